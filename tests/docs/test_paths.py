"""What the docs name is there: files, folders, other pages."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PLACES = ("collector/", "analysis/", "dashboard/", "floodgauge/", "benchmarks/", "tests/", "docs/")
NAMED = re.compile(r"`((?:" + "|".join(map(re.escape, PLACES)) + r")[\w./-]*)`")
LINKED = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")
PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_file_that_a_page_names_is_there(page: Path) -> None:
    text = page.read_text("utf-8")
    missing = [name for name in NAMED.findall(text) if not (ROOT / name).exists()]
    missing += [link for link in LINKED.findall(text) if not (page.parent / link).exists()]
    assert missing == []


def test_the_promises_name_code_and_tests() -> None:
    rows = [
        line for line in (ROOT / "docs/privacy.md").read_text("utf-8").splitlines() if "| `" in line
    ]
    assert len(rows) >= 10
    for row in rows:
        _, _promise, code, test, _ = row.split("|")
        assert NAMED.search(code), row
        assert "`tests/" in test, row
