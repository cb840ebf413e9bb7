"""What the pages for researchers show works as written: the ten minutes, and the notebook."""

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from benchmarks.floodbench.__main__ import entrants

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "research.md").read_text("utf-8")
BLOCK = re.compile(r"^```python\n(.*?)^```$", re.DOTALL | re.MULTILINE)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A researcher's folder with a file of reviews and one of shares, by names of their own."""
    rng = np.random.default_rng(2)
    start = pd.Timestamp("2025-03-01")
    usual = start + pd.to_timedelta(np.sort(rng.random(240)) * 150, unit="D").floor("s")
    flood = start + pd.to_timedelta(140.3 + np.sort(rng.random(45)) / 5, unit="D").floor("s")
    pd.DataFrame(
        {
            "Review Text": [
                *rng.choice(["nice", "works for me", "slow"], 240),
                *["bring it back"] * 45,
            ],
            "Score": [*rng.choice([2, 4, 5], 240), *[1] * 45],
            "Posted": [f"{at:%d/%m/%Y %H:%M:%S}" for at in usual.append(flood)],
        }
    ).sample(frac=1, random_state=1).to_csv(tmp_path / "reviews.csv", index=False)
    shares = [
        (f"u{n % 5}", f"https://example.org/{n // 5}", 1_700_000_000 + 10 * n) for n in range(50)
    ]
    pd.DataFrame(shares, columns=["user", "url", "timestamp"]).to_csv(
        tmp_path / "shares.csv", index=False
    )
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_ten_minutes_from_a_file_to_a_picture_a_table_and_a_network(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names: dict[str, Any] = {}
    for block in BLOCK.findall(PAGE):
        exec(compile(block, "docs/research.md", "exec"), names)  # noqa: S102
    said = capsys.readouterr().out
    assert names["swings"]["direction"].to_list() == ["negative"]
    assert "2025-07-19" in said  # day 140, whatever the order of day and month
    assert names["incident"].summary in said
    assert "5 accounts" in said
    assert "<html" in (folder / "timeline.html").read_text("utf-8").lower()


def test_the_page_counts_the_rules_right() -> None:
    words = {22: "twenty-two", 23: "twenty-three", 24: "twenty-four"}
    assert f"ours with {words[len(list(entrants([])))]} rules" in PAGE


def test_the_notebook_of_simulated_figures_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT / "docs")
    book = json.loads((ROOT / "docs" / "simulated-figures.ipynb").read_text("utf-8"))
    names: dict[str, Any] = {}
    sizes = "RUNS, YEARS = 20, 20"
    assert sum(sizes in "".join(cell["source"]) for cell in book["cells"]) == 1
    for cell in book["cells"]:
        if cell["cell_type"] == "code":
            assert not cell["outputs"]
            source = "".join(cell["source"]).replace(sizes, "RUNS, YEARS = 2, 2")
            exec(compile(source, cell["id"], "exec"), names)  # noqa: S102
    assert names["iwatch_case"]["by_review_5"] >= 0.5
    assert names["power"] >= 0.5
    assert (names["chance"]["a year"] <= 1.5).all()
    assert 0 < names["rate"] <= 0.2


def test_the_citation_is_of_this_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert f"\nversion: {project['version']}\n" in (ROOT / "CITATION.cff").read_text("utf-8")
