"""The lock files serve every pip: what is required with an extra is pinned with it."""

import importlib.util
from pathlib import Path

import pytest

TOP = Path(__file__).parents[1]
spec = importlib.util.spec_from_file_location("locked_extras", TOP / ".ci/locked_extras.py")
assert spec is not None
assert spec.loader is not None
locked_extras = importlib.util.module_from_spec(spec)
spec.loader.exec_module(locked_extras)


@pytest.mark.parametrize("lock", locked_extras.LOCKS)
def test_what_is_required_with_an_extra_is_pinned_with_it(lock: str) -> None:
    assert locked_extras.missing(TOP / lock) == []


def test_a_lock_that_lost_an_extra_is_named(tmp_path: Path) -> None:
    kept = (TOP / "requirements-dev.lock").read_text()
    stripped = tmp_path / "stripped.lock"
    stripped.write_text(kept.replace("coverage[toml]==", "coverage=="))

    [fault] = locked_extras.missing(stripped)

    assert "pytest-cov requires coverage[toml], pinned without it" in fault


def test_no_index_address_is_in_a_lock() -> None:
    for lock in locked_extras.LOCKS:
        lines = (TOP / lock).read_text().splitlines()
        assert not [line for line in lines if line.startswith("--") or "://" in line]
