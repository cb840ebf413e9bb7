"""Fifty-five histories say and show what they did before, on both databases.

A change that is meant to alter this runs `make golden`, looks at the diff, and says why in its
commit.
"""

import difflib
import os
from pathlib import Path

import pytest

from tests.golden import pinned
from tests.golden.histories import HISTORIES, POSTGRES
from tests.golden.product import SECRET, Store

# Apprise reads all of its plug-ins, and one of them an old standard module.
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")
MOST_SHOWN = 60  # lines of a difference
ON_POSTGRES = sorted(HISTORIES) if os.environ.get("GOLDEN_ALL") else POSTGRES


def differs(file: Path, made: str) -> str:
    """What is new in a text against a file; empty where nothing is."""
    old = file.read_text(encoding="utf-8") if file.exists() else ""
    lines = difflib.unified_diff(
        old.split("\n"), made.split("\n"), file.name, "now", lineterm="", n=1
    )
    return "\n".join(list(lines)[:MOST_SHOWN])


@pytest.mark.parametrize("name", HISTORIES)
def test_a_history_reads_as_before(name: str, store: Store, tmp_path: Path) -> None:
    made = pinned.run(store, HISTORIES[name], tmp_path)
    found = [differs(file, text) for file, text in zip(pinned.expected(name), made, strict=True)]
    assert found == ["", ""], "\n".join(
        [*found, "Meant? `make golden`, and say why in the commit."]
    )


@pytest.mark.postgres
@pytest.mark.parametrize("name", ON_POSTGRES)
def test_postgresql_gives_the_same(name: str, postgres_store: Store, tmp_path: Path) -> None:
    values, _ = pinned.run(postgres_store, HISTORIES[name], tmp_path, words=False)
    assert differs(pinned.expected(name)[0], values) == ""


def test_nothing_else_is_expected() -> None:
    named = {file.name for name in HISTORIES for file in pinned.expected(name)}
    assert {file.name for file in pinned.EXPECTED.iterdir()} == named
    assert len(HISTORIES) == 55


def test_the_sets_secret_is_the_tests_own(secret: bytes) -> None:
    assert secret == SECRET
