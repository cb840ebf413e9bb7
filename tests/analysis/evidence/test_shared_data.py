"""The real events: what must never be said of them."""

from pathlib import Path

import pytest

from analysis.evidence import gather
from analysis.incidents.cause import judge
from analysis.records import Verdict
from benchmarks.windows import Labelled, labelled_windows, quiet_windows

FILES = ("trump2020-ios-us", "tiktok-play-id", "apetiz-play-fr", "mypertamina-play-id")


@pytest.fixture(scope="module")
def judged(shared_data: Path) -> list[tuple[Labelled, Verdict]]:
    events = [event for event in labelled_windows(shared_data) if event.file in FILES]
    return [(event, judge(event.window.swing, gather(event.window))) for event in events]


def test_jokes_about_faults_are_not_faults(judged: list[tuple[Labelled, Verdict]]) -> None:
    causes = [verdict.cause for event, verdict in judged if event.file == "trump2020-ios-us"]
    assert len(causes) == 2
    assert not {"release", "service"} & set(causes)


def test_reviews_alone_show_no_coordination(judged: list[tuple[Labelled, Verdict]]) -> None:
    assert {verdict.coordination for _, verdict in judged} <= {"not_testable", "none_seen"}


def test_decided_causes_are_right(judged: list[tuple[Labelled, Verdict]]) -> None:
    names = {"reaction": "external", "coordinated": "external"}
    for event, verdict in judged:
        cause = verdict.cause
        assert cause in ("undetermined", names.get(event.character, event.character)) or (
            event.character == "unknown"
        )


def test_quiet_windows_stay_undetermined(shared_data: Path) -> None:
    windows = list(quiet_windows(shared_data, 34))
    named = [w for w in windows if judge(w.swing, gather(w)).cause != "undetermined"]
    assert len(named) <= 2
