"""Decisions: kept with their reason, the last word counts, only for those who may."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import decisions as acting
from collector import record_frames as tables
from collector.records import Annotation
from collector.store import Store
from dashboard import widgets
from tests.dashboard import builders
from tests.dashboard.conftest import OpenPage, shown

NOW = datetime(2024, 5, 6, 12, 0, tzinfo=UTC)
CHOICES = [(kind, value) for kind, values in acting.CHOICES.items() for value in values]


@given(st.lists(st.sampled_from(CHOICES), max_size=12), st.text(min_size=1))
def test_the_last_word_of_each_kind_counts(
    decided: list[tuple[acting.Kind, str]], words: str
) -> None:
    made = [
        acting.decide(
            builders.flood(),
            kind,
            value,
            "why " + words,
            by="a@b.org",
            now=NOW + timedelta(hours=n),
        )
        for n, (kind, value) in enumerate(decided)
    ]
    read = acting.acts(tables.to_frame(Annotation, made))
    held = acting.standing(read, builders.ID)
    for kind, value in dict(decided).items():
        assert getattr(held, kind) == value
    assert [act.by for act in read] == ["a@b.org"] * len(decided)
    assert acting.standing(read, "another") == acting.Standing()


@pytest.mark.parametrize(("kind", "value"), [("mute", "8h"), ("verdict", "mistaken"), ("note", "")])
def test_a_decision_without_a_reason_is_refused(kind: acting.Kind, value: str) -> None:
    with pytest.raises(ValueError, match="needs a reason"):
        acting.decide(builders.flood(), kind, value, " \u200b ", by="", now=NOW)


def test_an_unknown_value_is_refused() -> None:
    with pytest.raises(ValueError, match="is no phase"):
        acting.decide(builders.flood(), "phase", "panic", "", by="", now=NOW)


@pytest.mark.parametrize(
    ("mute", "hours", "muted"),
    [("8h", 7.9, True), ("8h", 8.1, False), ("7d", 167, True), ("7d", 169, False)],
)
def test_a_mute_runs_out(mute: str, hours: float, muted: bool) -> None:
    held = acting.Standing(mute=mute, mute_since=NOW)
    assert held.muted(NOW + timedelta(hours=hours)) is muted


def test_a_mute_until_escalation_lasts() -> None:
    assert acting.Standing(mute="until_escalation", mute_since=NOW).muted(NOW + timedelta(days=99))
    assert not acting.Standing(mute="off", mute_since=NOW).muted(NOW)


def test_notes_of_other_tools_are_read_as_they_are() -> None:
    note = Annotation(app="a", incident_id=None, at=NOW, made_at=NOW, kind="note", text="{not json")
    (act,) = acting.acts(tables.to_frame(Annotation, [note]))
    assert (act.reason, act.value, act.incident) == ("{not json", "", None)


def test_a_verdict_is_saved_logged_and_counted(flooded: Store, open_page: OpenPage) -> None:
    at = open_page("incident")
    assert "nobody has looked yet" in shown(at)
    at.selectbox(key="act-kind").set_value("verdict").run()
    assert at.button(key="act-save").disabled
    at.text_area(key="act-reason").set_value("the store was down <b>").run()
    at.selectbox(key="act-value-verdict").set_value("mistaken").run()
    at.button(key="act-save").click().run()
    assert not at.exception
    page = shown(at)
    assert "a false alarm" in page
    assert "the store was down &lt;b&gt;" in page
    assert "calls 1 of them false" in shown(open_page("wrong"))


def test_a_viewer_looks_but_does_not_act(
    flooded: Store, open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(widgets, "may_act", lambda: False)
    at = open_page("incident")
    assert not at.exception
    assert [b for b in at.button if b.key == "act-save"] == []
    assert at.get("download_button") == []
    assert "Ask them for a file" in "".join(m.value for m in open_page("data").markdown)


def test_a_phase_is_set_with_one_click(flooded: Store, open_page: OpenPage) -> None:
    at = open_page("incident")
    assert "nobody has looked yet" in shown(at)
    at.button_group(key=f"phase-{builders.ID}").set_value("looking").run()
    assert not at.exception
    assert "nobody has looked yet" not in shown(at)
    assert "Phase: looking into it" in shown(at)  # in the log
    (act,) = acting.acts(flooded.decisions.frame(builders.APP))
    assert (act.kind, act.value, act.reason) == ("phase", "looking", "")


def test_a_phase_comes_after_the_summary_and_before_the_reading(
    flooded: Store, open_page: OpenPage
) -> None:
    page = shown(open_page("incident"))
    summary = page.index("Tip line received 200 low-star reviews")
    assert summary < page.index("nobody has looked yet") < page.index("What it looks like")
