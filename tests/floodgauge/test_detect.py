"""`fg.detect` on a table says what the command line says of the same rows."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import floodgauge as fg
from analysis.run import analyze
from analysis.words.documents import shown_incidents
from collector.errors import ContractError
from collector.importers.load import ImportOptions, import_file
from collector.settings.config import Settings
from collector.store import open_store

SAME = (
    "id", "direction", "onset_at", "alarmed_at", "peak_at", "ended_at", "over_at", "items",
    "expected_items", "recurrence_days", "detector", "counts", "waves",
)  # fmt: skip
START = pd.Timestamp("2024-01-01", tz="UTC")
SECRET = b"a secret that is long enough for it"
COMPLAINTS = ("it crashes at the start since the update", "the update broke the login, crash")
OTHERS = ("why do you spy on us, we want no police state", "shame on this policy, never again")
USUAL = ("works well", "nice app, thanks", "good", "not bad at all", "it is slow now and then")


def stream(seed: int, a_day: float = 6, days: int = 260, *, texts: bool = False) -> pd.DataFrame:
    """A quiet app with two floods of low stars, and one of high stars in its second store."""
    rng = np.random.default_rng(seed)

    def some(n: int, since: float, long: float, stars: Any, said: Any, source: str) -> pd.DataFrame:
        at = START + pd.to_timedelta(since + rng.random(n) * long, unit="D").floor("s")
        frame = pd.DataFrame({"created_at": at, "rating": rng.choice(stars, n), "source": source})
        return frame.assign(text=rng.choice(said, n)) if texts else frame

    n = rng.poisson(a_day * days)
    parts = [
        some(n, 0, days, [1, 2, 3, 4, 5, 5, 5], USUAL, "google_play"),
        some(n // 2, 0, days, [1, 2, 4, 5, 5], USUAL, "app_store"),
        some(int(8 * a_day), 150, 0.4, [1, 1, 2], COMPLAINTS, "google_play"),
        some(int(6 * a_day), 154, 0.3, [1, 1, 2], OTHERS, "google_play"),
        some(int(9 * a_day), 215, 0.5, [5], USUAL, "app_store"),
    ]
    return pd.concat(parts, ignore_index=True).sample(frac=1, random_state=seed)


def by_command_line(frame: pd.DataFrame, folder: Path) -> list[dict[str, Any]]:
    """Import, analyze and incidents, as their commands do."""
    path = folder / "rows.csv"
    frame.to_csv(path, index=False)
    now = datetime.now(UTC)
    with open_store(str(folder / "store.db"), secret=SECRET) as store:
        import_file(store, path, ImportOptions(app="app"), now=now)
        analyze(Settings(), store, now)
        found = shown_incidents(store, "app", now)
    return [{name: getattr(one, name) for name in SAME} for one in reversed(found)]


def told(found: pd.DataFrame) -> list[dict[str, Any]]:
    """The same fields of a frame of swings."""
    rows = found[list(SAME)].astype(object).to_dict("records")
    return [{n: None if v is pd.NaT else v for n, v in row.items()} for row in rows]


@pytest.mark.parametrize(
    ("seed", "a_day", "texts"), [(1, 6, True), (2, 1.5, False), (3, 0.4, True), (4, 25, False)]
)
def test_it_says_what_the_command_line_says(
    seed: int, a_day: float, texts: bool, tmp_path: Path
) -> None:
    frame = stream(seed, a_day, texts=texts)
    wanted = by_command_line(frame, tmp_path)
    found = told(fg.detect(frame))
    assert wanted
    assert [row["id"] for row in found] == [row["id"] for row in wanted]
    for mine, theirs in zip(found, wanted, strict=True):
        for name in SAME:
            if isinstance(theirs[name], float):
                assert mine[name] == pytest.approx(theirs[name]), name
            else:
                assert mine[name] == theirs[name], name
