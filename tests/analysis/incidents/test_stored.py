"""Incidents and alarms come back from the store as the records that they were."""

from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.incidents.stored import (
    UNLISTED,
    document,
    listed_incidents,
    record_of,
    stored_alarms,
    stored_incident,
    stored_incidents,
)
from analysis.records import Alarm, Escalation, Evidence, Incident, Phrase
from collector.errors import ContractError
from collector.store import Store
from collector.store.incidents.incidents import DETAILS

AT = datetime(2024, 5, 5, 8, 30, tzinfo=UTC)
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)
KNOWN: dict[Any, st.SearchStrategy[Any]] = {
    datetime: st.datetimes(timezones=st.just(UTC)),
    float: st.floats(allow_nan=False, allow_infinity=False),
}


def values(hint: Any) -> st.SearchStrategy[Any]:
    """Any value of a field of this type."""
    inner = get_args(hint)
    if get_origin(hint) in (Union, UnionType):
        return st.one_of(*(values(kind) for kind in inner))
    if get_origin(hint) is list:
        return st.lists(values(inner[0]), max_size=3)
    if get_origin(hint) is dict and float in inner:
        return st.dictionaries(st.text(), KNOWN[float], max_size=3)
    if is_dataclass(hint):
        return made(hint)
    return KNOWN[hint] if hint in KNOWN else st.from_type(hint)


def made(record: Any, **held: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Any record of a class, from its own fields."""
    hints = get_type_hints(record)
    return st.builds(record, **({f.name: values(hints[f.name]) for f in fields(record)} | held))


EVIDENCE = made(Evidence, details=st.dictionaries(st.text(), PLAIN, max_size=3))
INCIDENTS = made(Incident, evidence=st.lists(EVIDENCE, max_size=3))


@given(INCIDENTS, st.dictionaries(st.text(min_size=1).map(lambda n: f"later {n}"), PLAIN))
def test_an_incident_comes_back_as_it_was(incident: Incident, later: dict[str, Any]) -> None:
    """In UTC, and without the fields of later versions."""
    back = record_of(Incident, document(incident) | later)
    assert back == incident
    times = [v for f in fields(back) if isinstance(v := getattr(back, f.name), datetime)]
    assert {time.tzinfo for time in times} == {UTC}


@given(made(Alarm))
def test_an_alarm_comes_back_as_it_was(alarm: Alarm) -> None:
    assert record_of(Alarm, document(alarm)) == alarm


def incident(**other: Any) -> Incident:
    """One with all that a document must have, the rest as the class has it."""
    values: dict[str, Any] = {
        "id": "tip-line-1", "app": "tip-line", "sources": ["app_store"], "direction": "negative",
        "cause": "service", "cause_probability": 0.8, "causes": {"service": 0.8},
        "coordination": "none_seen", "onset_at": AT, "alarmed_at": AT, "peak_at": AT,
        "ended_at": None, "items": 9, "expected_items": 0.5, "rating_before": None,
        "rating_during": 1.0, "recurrence_days": 400.0,
        "escalations": [Escalation(at=AT, factor=4.0)],
        "evidence": [
            Evidence(
                signal="themes", value=0.5, baseline=0.1, p_value=None, speaks_for="service",
                statement="Half of it.", details={"themes": [{"label": "login", "reviews": 7}]},
            )
        ],
        "phrases": [Phrase(phrase="log in", items=7, authors=6, before_items=0, score=3.0)],
        "coverage": "complete", "summary": "Nine low-star reviews.", "joined": [],
        "split_from": None,
    }  # fmt: skip
    return Incident(**(values | other))


def opened(of: Incident) -> Alarm:
    return Alarm(
        at=of.alarmed_at, incident=of.id, app=of.app, kind="opened",
        recurrence_days=of.recurrence_days, factor=None, statement="one sentence",
    )  # fmt: skip


def keep(store: Store, *found: Incident) -> None:
    rows = [(document(one), "mark") for one in found]
    store.incidents.replace("tip-line", rows, [document(opened(one)) for one in found])


def test_the_store_gives_back_what_it_was_given(any_store: Store) -> None:
    first, later = incident(), incident(id="tip-line-2", joined=["tip-line-0"])
    keep(any_store, first, later)
    assert stored_incidents(any_store, "tip-line") == [first, later]
    assert stored_incidents(any_store, "other-app") == []
    assert stored_incident(any_store, "tip-line-0") == later
    assert stored_incident(any_store, "tip-line-9") is None
    assert stored_alarms(any_store) == [opened(first), opened(later)]


def test_lists_have_all_but_what_they_do_without(any_store: Store) -> None:
    assert set(UNLISTED) == set(DETAILS)
    keep(any_store, incident())
    assert listed_incidents(any_store) == [
        replace(incident(), evidence=[], phrases=[], summary=None)
    ]


def test_a_document_of_the_first_version_is_read(any_store: Store) -> None:
    """It had none of the fields that came later, and no details of its evidence."""
    old = document(incident())
    for name in (
        "joined", "split_from", "coverage_basis", "detector", "counts", "counted_until",
        "quiet_since", "unseen_since", "as_of",
    ):  # fmt: skip
        del old[name]
    del old["evidence"][0]["details"]
    any_store.incidents.replace("tip-line", [(old, "mark")], [])
    back = stored_incident(any_store, "tip-line-1")
    assert back is not None
    assert (back.joined, back.split_from, back.unseen_since) == ([], None, None)
    assert (back.coverage_basis, back.detector) == ("polled", "count")
    assert back.evidence[0].details == {}
    assert record_of(Incident, old) == back


def test_what_must_be_there_is_named() -> None:
    with pytest.raises(ContractError, match="Incident without id, onset_at"):
        record_of(Incident, {k: v for k, v in document(incident()).items()
                             if k not in ("id", "onset_at")})  # fmt: skip
