"""The real events: what must never be said of them."""

from pathlib import Path

import pytest

from analysis.evidence import gather
from analysis.evidence.coordination.coordination_rule import level
from analysis.evidence.coordination.review_rule import SIGNS
from analysis.incidents.cause import judge
from analysis.records import Evidence, Verdict
from benchmarks.windows import Labelled, labelled_windows, quiet_windows

FILES = ("trump2020-ios-us", "tiktok-play-id", "apetiz-play-fr", "mypertamina-play-id")


@pytest.fixture(scope="module")
def gathered(shared_data: Path) -> list[tuple[Labelled, tuple[Evidence, ...]]]:
    events = [event for event in labelled_windows(shared_data) if event.file in FILES]
    return [(event, tuple(gather(event.window))) for event in events]


@pytest.fixture(scope="module")
def judged(
    gathered: list[tuple[Labelled, tuple[Evidence, ...]]],
) -> list[tuple[Labelled, Verdict]]:
    return [(event, judge(event.window.swing, found)) for event, found in gathered]


def test_jokes_about_faults_are_not_faults(judged: list[tuple[Labelled, Verdict]]) -> None:
    causes = [verdict.cause for event, verdict in judged if event.file == "trump2020-ios-us"]
    assert len(causes) == 2
    assert not {"release", "service"} & set(causes)


def test_reviews_alone_show_no_coordination(
    gathered: list[tuple[Labelled, tuple[Evidence, ...]]], judged: list[tuple[Labelled, Verdict]]
) -> None:
    """They have been looked at; of posts, where there are none, nothing can be said."""
    assert [verdict.coordination for _, verdict in judged] == ["none_seen"] * 9
    posts = [[one for one in found if one.signal not in SIGNS] for _, found in gathered]
    assert [level(found) for found in posts] == ["not_testable"] * 9


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
