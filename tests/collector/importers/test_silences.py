"""A store that a file lacks for a month is missing, not silent."""

from pathlib import Path

import numpy as np
import pytest

from analysis import series
from analysis.swings import detect
from analysis.swings.history import DAY
from collector.importers.load import ImportOptions, import_file
from collector.importers.silences import noted, silences
from collector.store import Store
from collector.times import from_us
from tests.analysis.swings.builders import START
from tests.analysis.swings.worlds import NOW, quiet

HOLE = (START + 200 * DAY, START + 235 * DAY)


def dump(folder: Path, seed: int) -> Path:
    """Both stores in one file; one lacks five weeks."""
    rng = np.random.default_rng([seed, 5])
    both = {"google_play": quiet(rng, 9, 0.3), "app_store": quiet(rng, 6, 0.3)}
    both["google_play"] = both["google_play"].without(*HOLE, told=False)
    rows = [
        (int(at), f"{source}-{n},{source},{int(stars)},{from_us(int(at)).isoformat()},fine {n}")
        for source, one in both.items()
        for n, (at, stars) in enumerate(zip(one.at, one.stars, strict=True))
    ]
    path = folder / "dump.csv"
    lines = ["review_id,source,rating,created_at,text", *(line for _, line in sorted(rows))]
    path.write_text("\n".join(lines))
    return path


@pytest.mark.parametrize("seed", range(2))
def test_what_comes_back_is_no_incident(any_store: Store, tmp_path: Path, seed: int) -> None:
    import_file(any_store, dump(tmp_path, seed), ImportOptions(app="tips"), now=from_us(NOW))
    (span,) = noted(any_store, "tips")["google_play"].tolist()
    assert HOLE[0] - 3 * DAY < span[0] <= HOLE[0]
    assert HOLE[1] <= span[1] < HOLE[1] + 3 * DAY
    assert detect(series.history(any_store, "tips"), now=NOW) == []


def test_a_lull_of_a_small_store_is_a_lull() -> None:
    busy = np.arange(0, 400 * DAY, DAY // 4)
    small = np.concatenate([np.arange(0, 100 * DAY, 5 * DAY), np.arange(120, 300, 5) * DAY])
    found = silences({"google_play": busy, "app_store": small})
    assert {source: len(spans) for source, spans in found.items()} == {
        "google_play": 0,
        "app_store": 0,
    }


def test_silence_everywhere_is_silence() -> None:
    at = np.concatenate([np.arange(0, 100 * DAY, DAY // 4), np.arange(140 * DAY, 300 * DAY, DAY)])
    assert len(silences({"google_play": at, "app_store": at + 1})["app_store"]) == 0
