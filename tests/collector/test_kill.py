"""A few kills at random moments; `python -m tests.kill_collect` does two hundred."""

from pathlib import Path

from tests.kill_collect import run_kills


def test_killed_runs_leave_nothing_broken(tmp_path: Path) -> None:
    outcome = run_kills(kills=5, seed=7, folder=tmp_path, longest_s=0.8)
    assert outcome.problems == ()
    assert outcome.items > 800
    assert outcome.revisions > 0
