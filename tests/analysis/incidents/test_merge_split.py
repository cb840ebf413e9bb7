"""Merge and split: what people made of the swings, deterministic, undoable, alarms never moved."""

import json
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import load_labels
from analysis.decisions import Decision, decisions, groupings
from analysis.incidents import merge_split
from analysis.incidents.incident_ids import incident_id
from analysis.incidents.swing_to_incident import alarms_of
from analysis.records import Escalation, Swing
from analysis.run import analyze, regroup
from analysis.simulate import scenarios, simulate
from analysis.simulate.load import load_world
from analysis.simulate.world import World
from collector import record_frames
from collector.records import StoredDecision
from collector.settings.config import Settings
from collector.store import Store, open_store

APP = "tip-line"
T0 = datetime(2024, 5, 5, 8, tzinfo=UTC)
DAY = timedelta(days=1)


def swing(day: float, length: float | None = 1.0, **other: Any) -> Swing:
    onset = T0 + day * DAY
    ended = None if length is None else onset + length * DAY
    values: dict[str, Any] = {
        "direction": "negative",
        "onset_at": onset,
        "alarmed_at": onset + timedelta(hours=1),
        "peak_at": onset + timedelta(hours=2),
        "ended_at": ended,
        "closed_at": None if ended is None else ended + 10 * DAY,
        "items": 100,
        "expected_items": 2.0,
        "recurrence_days": 4000.0,
        "escalations": (Escalation(at=onset + timedelta(hours=12), factor=4.0),),
        "detector": "count",
        "window_hours": 6.0,
        "launch": False,
    }
    return Swing(**{**values, **other})


def arrivals(of: Swing) -> "np.ndarray[Any, np.dtype[np.int64]]":
    """As many items as the swing has, evenly from the onset on."""
    end = of.ended_at or of.onset_at + 2 * DAY
    first, last = (round(m.timestamp() * 1e6) for m in (of.onset_at, end))
    return np.linspace(first, last, of.items).astype(np.int64)


def grouping(kind: str, incident: str, value: str, at: datetime) -> Decision:
    return Decision(app=APP, kind=kind, incident=incident, value=value, made_at=at)


def merge(one: Swing, other: Swing, at: datetime) -> Decision:
    return grouping("merge", incident_id(APP, one), incident_id(APP, other), at)


def split(of: Swing, moment: datetime, at: datetime) -> Decision:
    return grouping("split", incident_id(APP, of), moment.isoformat(), at)


def test_a_merge_is_one_event_under_the_earlier_alarm() -> None:
    one, other = swing(0), swing(20, items=40, direction="positive")
    (event,) = merge_split.events(APP, [one, other], [merge(other, one, T0 + 40 * DAY)], arrivals)
    assert event.id == incident_id(APP, one)
    assert event.joined == (incident_id(APP, other),)
    assert (event.swing.direction, event.swing.items) == ("mixed", 140)
    assert (event.swing.onset_at, event.swing.ended_at) == (one.onset_at, other.ended_at)
    assert event.swing.peak_at == one.peak_at


def test_lines_already_sent_stay_and_later_ones_follow() -> None:
    one, other = swing(0), swing(20)
    merged_at = other.alarmed_at + timedelta(hours=1)
    (event,) = merge_split.events(APP, [one, other], [merge(one, other, merged_at)], arrivals)
    before = [
        *alarms_of(APP, one, incident_id(APP, one)),
        *alarms_of(APP, other, incident_id(APP, other)),
    ]
    sent = [a for a in before if a.at <= merged_at]
    assert [a for a in event.alarms if a.at <= merged_at] == sorted(sent, key=lambda a: a.at)
    later = [a for a in event.alarms if a.at > merged_at]
    assert [(a.kind, a.incident) for a in later] == [
        ("escalated", event.id),
        ("ended", event.id),
    ]
    assert later[-1].at == other.closed_at


def test_an_event_with_an_open_part_is_open() -> None:
    one, other = swing(0), swing(20, None)
    (event,) = merge_split.events(APP, [one, other], [merge(one, other, T0 + 21 * DAY)], arrivals)
    assert event.swing.ended_at is None
    assert event.swing.closed_at is None


def test_a_split_parts_items_and_alarms_with_the_growth_that_was_noticed() -> None:
    whole = swing(0, 2.0)
    at = T0 + timedelta(hours=10)
    first, second = merge_split.events(APP, [whole], [split(whole, at, T0 + 30 * DAY)], arrivals)
    assert first.id == incident_id(APP, whole)
    assert first.swing.items + second.swing.items == 100
    assert first.swing.ended_at is not None
    assert first.swing.ended_at < at <= second.swing.onset_at
    assert second.split_from == first.id
    assert second.swing.alarmed_at == whole.escalations[0].at
    assert first.alarms == tuple(alarms_of(APP, whole, incident_id(APP, whole)))
    assert second.alarms == ()
    total = first.swing.expected_items + second.swing.expected_items
    assert total == pytest.approx(whole.expected_items)


def test_growth_after_a_split_belongs_to_the_later_part() -> None:
    whole = swing(0, None)
    decision = split(whole, T0 + timedelta(hours=10), T0 + timedelta(hours=11))
    first, second = merge_split.events(APP, [whole], [decision], arrivals)
    assert [a.kind for a in first.alarms] == ["opened"]
    assert [(a.kind, a.incident) for a in second.alarms] == [("escalated", second.id)]
    assert second.swing.ended_at is None


@pytest.mark.parametrize(
    "moment", [T0 - DAY, T0 + timedelta(minutes=30), T0 + 9 * DAY, "not a time", "2024-05-05T20:00"]
)
def test_a_moment_that_parts_nothing_leaves_all_as_it_is(moment: datetime | str) -> None:
    whole = swing(0)
    text = moment if isinstance(moment, str) else moment.isoformat()
    decision = grouping("split", incident_id(APP, whole), text, T0 + 30 * DAY)
    (event,) = merge_split.events(APP, [whole], [decision], arrivals)
    assert event.swing == whole


def note(kind: str, incident: str, value: str, minutes: int) -> StoredDecision:
    at = T0 + 60 * DAY + timedelta(minutes=minutes)
    text = json.dumps({"value": value, "reason": "same cause", "by": "operator"})
    return StoredDecision(app=APP, incident_id=incident, at=at, made_at=at, kind=kind, text=text)


SWINGS = [swing(0), swing(20), swing(40, direction="positive"), swing(41, None)]
NAMES = [incident_id(APP, s) for s in SWINGS]
MOMENTS = [(T0 + timedelta(hours=h)).isoformat() for h in (9, 14, 20 * 24 + 9)]
DECISIONS = st.lists(
    st.one_of(
        st.tuples(
            st.sampled_from(["merge", "unmerge"]), st.sampled_from(NAMES), st.sampled_from(NAMES)
        ),
        st.tuples(
            st.sampled_from(["split", "unsplit"]), st.sampled_from(NAMES), st.sampled_from(MOMENTS)
        ),
    ),
    max_size=8,
)


def groupings_of(decided: list[tuple[str, str, str]]) -> list[Decision]:
    notes = [note(kind, name, value, n) for n, (kind, name, value) in enumerate(decided)]
    return groupings(decisions(record_frames.to_frame(StoredDecision, notes)))


@given(DECISIONS)
def test_no_decision_loses_an_item_an_alarm_or_an_id(decided: list[tuple[str, str, str]]) -> None:
    found = merge_split.events(APP, SWINGS, groupings_of(decided), arrivals)
    ids = [name for event in found for name in event.ids]
    assert len(ids) == len(set(ids))
    assert set(NAMES) <= set(ids)
    assert sum(event.swing.items for event in found) == 400
    decided_at = T0 + 60 * DAY
    sent = {
        (a.incident, a.kind, a.at) for s in SWINGS for a in alarms_of(APP, s, incident_id(APP, s))
    }
    kept = {(a.incident, a.kind, a.at) for event in found for a in event.alarms}
    assert {line for line in sent if line[2] <= decided_at} <= kept


@given(DECISIONS, DECISIONS)
def test_taking_everything_back_gives_the_detectors_own(
    decided: list[tuple[str, str, str]], more: list[tuple[str, str, str]]
) -> None:
    undone = [
        (f"un{kind.removeprefix('un')}", name, value) for kind, name, value in (*decided, *more)
    ]
    found = merge_split.events(APP, SWINGS, groupings_of([*decided, *more, *undone]), arrivals)
    assert [(e.swing, e.joined, e.split_from) for e in found] == [(s, (), None) for s in SWINGS]


@pytest.fixture(scope="module")
def world() -> World:
    return simulate(scenarios.counter_swing(items=120), 5)


@pytest.fixture(scope="module")
def analysed_once(world: World, secret: bytes, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("join") / "s.db"
    with open_store(f"sqlite:///{path}", secret=secret) as store:
        load_world(store, world)
        analyze(Settings(), store, world.end)
    return path


@pytest.fixture
def analysed(analysed_once: Path, secret: bytes, tmp_path: Path) -> Iterator[Store]:
    """Two incidents of one app, in a store of its own."""
    shutil.copy(analysed_once, tmp_path / "s.db")
    with open_store(f"sqlite:///{tmp_path / 's.db'}", secret=secret) as store:
        yield store


def decide(store: Store, kind: str, incident: str, value: str, at: datetime) -> None:
    text = json.dumps({"value": value, "reason": "one story", "by": "operator"})
    app = store.apps.keys()[0]
    store.decisions.add(
        StoredDecision(app=app, incident_id=incident, at=at, made_at=at, kind=kind, text=text)
    )


def test_a_merge_survives_the_next_analysis_and_can_be_undone(
    analysed: Store, world: World
) -> None:
    before = analysed.incidents.documents(), analysed.incidents.alarms()
    assert len(before[0]) == 2
    late, early = (d["id"] for d in before[0])
    at = world.end + DAY
    decide(analysed, "merge", late, early, at)
    regroup(Settings(), analysed, world.app, world.end)
    (joined,) = analysed.incidents.documents()
    assert (joined["id"], joined["joined"]) == (early, [late])
    assert joined["direction"] == "mixed"
    assert joined["items"] == sum(d["items"] for d in before[0])
    analyze(Settings(), analysed, world.end)
    assert analysed.incidents.documents() == [joined]
    sent = [a for a in analysed.incidents.alarms() if a["kind"] != "reclassified"]
    assert sent == before[1]
    # Nothing that was decided later is known at an earlier moment.
    analyze(Settings(), analysed, world.end, as_of=world.end - timedelta(hours=1))
    assert len(analysed.incidents.documents()) == 2
    decide(analysed, "unmerge", early, late, at + DAY)
    analyze(Settings(), analysed, world.end)
    assert analysed.incidents.documents() == before[0]


def test_a_split_survives_the_next_analysis(analysed: Store, world: World) -> None:
    whole = analysed.incidents.documents()[-1]
    moment = (datetime.fromisoformat(whole["onset_at"]) + timedelta(hours=12)).isoformat()
    decide(analysed, "split", whole["id"], moment, world.end + DAY)
    regroup(Settings(), analysed, world.app, world.end)
    after = analysed.incidents.documents()
    assert len(after) == 3
    (part,) = [d for d in after if d["split_from"]]
    (rest,) = [d for d in after if d["id"] == whole["id"]]
    assert part["split_from"] == whole["id"]
    assert rest["ended_at"] < part["onset_at"]
    assert abs(rest["items"] + part["items"] - whole["items"]) <= 2
    analyze(Settings(), analysed, world.end)
    assert analysed.incidents.documents() == after


def test_labels_are_a_frame(analysed: Store, world: World) -> None:
    incident = analysed.incidents.documents()[0]["id"]
    decide(analysed, "merge", incident, "other", world.end)
    frame = load_labels(store=analysed)
    assert frame[["incident", "kind", "value", "by"]].to_numpy().tolist() == [
        [incident, "merge", "other", "operator"]
    ]
    assert frame["made_at"].iloc[0] == pd.Timestamp(world.end)
