"""`export items --versions`: every version that is kept, also those that are no opinion."""

from pathlib import Path

import pandas as pd
import pytest

from tests.dashboard.commands.test_import_and_status import Floodgauge, floodgauge

__all__ = ["floodgauge"]  # a fixture

HEAD = "review_id,created_at,rating,text,edited_at"
FIRST = [
    HEAD,
    "a,2025-01-01T10:00:00Z,5,works as it should and it is quick,",
    "b,2025-01-02T10:00:00Z,4,useful for the hole street,",
]
LATER = [
    HEAD,
    "a,2025-01-01T10:00:00Z,1,they sell what we tell them,2025-06-01T10:00:00Z",
    "b,2025-01-02T10:00:00Z,4,useful for the whole street,2025-06-02T10:00:00Z",
]


@pytest.mark.parametrize("together", [True, False])
def test_every_version_stands_at_its_own_time(
    floodgauge: Floodgauge, tmp_path: Path, together: bool
) -> None:
    """One file with several versions of an id, or one after the other."""
    files = [[*FIRST, *LATER[1:]]] if together else [FIRST, LATER]
    for number, rows in enumerate(files):
        path = tmp_path / f"{number}.csv"
        path.write_text("\n".join(rows) + "\n", encoding="utf-8")
        assert floodgauge("import", path, "--app", "tips").code == 0
    found = {}
    for name, more in (("opinions", ()), ("versions", ("--versions",))):
        out = tmp_path / f"{name}.csv"
        assert floodgauge("export", "items", "-o", out, *more).code == 0
        found[name] = pd.read_csv(out).sort_values(["item_id", "created_at"])
    opinions, versions = found["opinions"], found["versions"]
    assert opinions[["item_id", "rating"]].to_numpy().tolist() == [["a", 5], ["a", 1], ["b", 4]]
    assert opinions["rating_before"].fillna(0).tolist() == [0, 5, 0]
    assert versions["counts"].tolist() == [1, 1, 1, 0]
    assert versions["created_at"].tolist()[1:] == [
        "2025-06-01T10:00:00.000000Z",
        "2025-01-02T10:00:00.000000Z",
        "2025-06-02T10:00:00.000000Z",
    ]
    told = floodgauge("export", "runs", "-o", tmp_path / "runs.csv", "--versions")
    assert told.code == 2
