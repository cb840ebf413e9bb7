"""Decisions: kept with their reason, the last word counts."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import decisions
from collector import record_frames
from collector.records import StoredDecision
from tests.dashboard import builders

NOW = datetime(2024, 5, 6, 12, 0, tzinfo=UTC)
CHOICES = [(kind, value) for kind, values in decisions.CHOICES.items() for value in values]


@given(st.lists(st.sampled_from(CHOICES), max_size=12), st.text(min_size=1))
def test_the_last_word_of_each_kind_counts(
    decided: list[tuple[decisions.Kind, str]], words: str
) -> None:
    made = [
        decisions.decide(
            builders.flood(),
            kind,
            value,
            "why " + words,
            by="a@b.org",
            now=NOW + timedelta(hours=n),
        )
        for n, (kind, value) in enumerate(decided)
    ]
    read = decisions.readable(record_frames.to_frame(StoredDecision, made))
    held = decisions.in_force(read, builders.ID)
    for kind, value in dict(decided).items():
        assert getattr(held, kind) == value
    assert [one.by for one in read] == ["a@b.org"] * len(decided)
    assert decisions.in_force(read, "another") == decisions.InForce()


@pytest.mark.parametrize(("kind", "value"), [("mute", "8h"), ("verdict", "mistaken"), ("note", "")])
def test_a_decision_without_a_reason_is_refused(kind: decisions.Kind, value: str) -> None:
    with pytest.raises(ValueError, match="needs a reason"):
        decisions.decide(builders.flood(), kind, value, " \u200b ", by="", now=NOW)


def test_an_unknown_value_is_refused() -> None:
    with pytest.raises(ValueError, match="is no phase"):
        decisions.decide(builders.flood(), "phase", "panic", "", by="", now=NOW)


@pytest.mark.parametrize(
    ("mute", "hours", "muted"),
    [("8h", 7.9, True), ("8h", 8.1, False), ("7d", 167, True), ("7d", 169, False)],
)
def test_a_mute_runs_out(mute: str, hours: float, muted: bool) -> None:
    held = decisions.InForce(mute=mute, mute_since=NOW)
    assert held.muted(NOW + timedelta(hours=hours)) is muted


def test_a_mute_until_escalation_lasts() -> None:
    assert decisions.InForce(mute="until_escalation", mute_since=NOW).muted(
        NOW + timedelta(days=99)
    )
    assert not decisions.InForce(mute="off", mute_since=NOW).muted(NOW)


def test_notes_of_other_tools_are_read_as_they_are() -> None:
    note = StoredDecision(
        app="a", incident_id=None, at=NOW, made_at=NOW, kind="note", text="{not json"
    )
    (one,) = decisions.readable(record_frames.to_frame(StoredDecision, [note]))
    assert (one.reason, one.value, one.incident) == ("{not json", None, None)


def test_a_level_is_accepted_of_an_app_with_a_reason() -> None:
    now = datetime(2024, 5, 1, tzinfo=UTC)
    with pytest.raises(ValueError, match="needs a reason"):
        decisions.accept_level("tips", " ", by="", now=now)
    stored = decisions.accept_level("tips", "fees are here to stay", by="", now=now)
    assert stored.incident_id is None
    made = decisions.decisions(record_frames.to_frame(StoredDecision, [stored]))
    assert decisions.accepted_level(made) == now
    assert decisions.accepted_level([]) is None
