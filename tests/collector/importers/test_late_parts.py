"""A dump of the newest reviews of each storefront begins on another day in each: no incident."""

from pathlib import Path

import numpy as np
import pytest

from analysis import series
from analysis.swings import detect
from analysis.swings.history import DAY, HOUR
from collector.importers.late_parts import late, noted
from collector.importers.load import ImportOptions, import_file
from collector.store import Store
from collector.times import from_us
from tests.analysis.swings.builders import START, flood
from tests.analysis.swings.worlds import NOW, quiet


@pytest.mark.parametrize(("busy", "shown"), [(18, 500), (6, 500)])
def test_storefronts_of_a_dump(store: Store, tmp_path: Path, busy: float, shown: int) -> None:
    rng = np.random.default_rng(7)
    own = {"us": quiet(rng, busy, 0.3), "at": quiet(rng, 1.2, 0.3)}
    own["us"] = own["us"].since(int(own["us"].at[-shown]))
    rows = [
        (
            int(at),
            f"{code}{n},app_store,{code},{int(stars)},{from_us(int(at)).isoformat()},ok {n}",
        )
        for code, one in own.items()
        for n, (at, stars) in enumerate(zip(one.at, one.stars, strict=True))
    ]
    path = tmp_path / "dump.csv"
    head = "review_id,source,country,rating,created_at,text"
    path.write_text("\n".join([head, *(line for _, line in sorted(rows))]))
    import_file(store, path, ImportOptions(app="tips"), now=from_us(NOW))
    ((split, begin),) = noted(store, "tips")["app_store"]
    assert (split.code, begin) == ("us", int(own["us"].at[0]))
    assert detect(series.history(store, "tips"), now=NOW) == []


@pytest.mark.parametrize("count", [60, 100, 500])
def test_a_flood_from_a_country_that_never_wrote_before_is_a_flood(count: int) -> None:
    rng = np.random.default_rng(1)
    old = np.sort(START + (rng.random(900) * 365 * DAY).astype(np.int64))
    for hours in (5, 60):
        begin = NOW - 20 * DAY
        new = np.sort(np.concatenate([flood(rng, count, hours, begin), [NOW - 3 * HOUR]]))
        assert late({"us": old, "br": new}) == {}


def test_a_small_country_that_writes_now_and_then_does_not_begin_late() -> None:
    old = np.arange(START, NOW, DAY // 3)
    small = np.arange(START + 100 * DAY, NOW, 20 * DAY)
    assert late({"us": old, "lu": small}) == {}
