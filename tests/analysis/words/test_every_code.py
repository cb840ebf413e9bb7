"""Every code of every kind is said in every language: the codes are read off the code itself."""

import ast
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import product
from pathlib import Path
from typing import Any, get_args
from zoneinfo import ZoneInfo

import pytest

import analysis.evidence
from analysis.evidence import all_signals
from analysis.evidence.details import CALL, triggers
from analysis.evidence.not_testable import ReasonCode
from analysis.evidence.signals.trigger import REACH
from analysis.records import (
    Alarm,
    AlarmKind,
    Cause,
    Coordination,
    Coverage,
    Direction,
    Evidence,
    Incident,
    Reading,
    Where,
)
from analysis.words.alarms import alarm_line
from analysis.words.catalogue import LANGUAGES, MISSING, FactWording, keys
from analysis.words.evidence import finding
from analysis.words.summary import summary

NOON = datetime(2024, 5, 5, 12, 0, tzinfo=UTC)
WORDINGS = [FactWording(lang, ZoneInfo("UTC")) for lang in LANGUAGES]
NOTHING = Evidence(signal="", value=None, baseline=None, p_value=None, speaks_for=None)
DIRECTIONS: tuple[Direction, ...] = get_args(Direction)


def reasons_given() -> Iterator[tuple[str, frozenset[str]]]:
    """Each `why(code, numbers)` of the evidence: its code and the names of its numbers."""
    for path in Path(analysis.evidence.__path__[0]).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "why":
                codes = [
                    one.value
                    for one in ast.walk(node.args[0])
                    if isinstance(one, ast.Constant) and isinstance(one.value, str)
                ]
                names = frozenset(str(word.arg) for word in node.keywords)
                yield from ((code, names) for code in codes)


REASONS = sorted(set(reasons_given()), key=str)


def flood(**changes: Any) -> Incident:
    plain: dict[str, Any] = {
        "id": "tips-1", "app": "tips", "sources": ["google_play"], "direction": "negative",
        "cause": "undetermined", "cause_probability": 0.4, "causes": {"service": 0.6},
        "coordination": "none_seen", "onset_at": NOON, "alarmed_at": NOON, "peak_at": NOON,
        "ended_at": None, "items": 30, "expected_items": 2.0, "rating_before": 4.0,
        "rating_during": 1.0, "recurrence_days": 900.0, "escalations": [], "evidence": [],
        "phrases": [], "coverage": "complete",
    }  # fmt: skip
    return Incident(**{**plain, **changes})


def test_every_reason_that_is_given_is_known_and_given() -> None:
    assert {code for code, _ in REASONS} == set(get_args(ReasonCode))
    for lang in LANGUAGES:
        said = {k.removeprefix("untested-") for k in keys(lang) if k.startswith("untested-")}
        assert said == set(get_args(ReasonCode))


@pytest.mark.parametrize(("code", "names"), REASONS)
def test_reasons_are_said_with_their_numbers(code: str, names: frozenset[str]) -> None:
    untested = replace(
        NOTHING, signal="emoji", details={"reason": code, **dict.fromkeys(names, 41)}
    )
    for words in WORDINGS:
        said = finding(untested, words)
        assert said != MISSING
        assert said.count("41") == len(names)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_signals_and_their_findings_are_those_that_there_are(lang: str) -> None:
    names = {signal.name for signal in all_signals()}
    for stem in ("signal", "finding"):
        said = {k.removeprefix(f"{stem}-") for k in keys(lang) if k.startswith(f"{stem}-")}
        assert said - {"withheld", "theme", "file_cut"} == names
    for stem in ("spoken", "seen"):
        assert {k.partition("-")[2] for k in keys(lang) if k.startswith(f"{stem}-")} <= names


@pytest.mark.parametrize(
    ("direction", "cause", "signs"),
    list(product(DIRECTIONS, get_args(Cause), get_args(Coordination))),
)
def test_every_reading_has_a_summary(direction: Any, cause: Any, signs: Any) -> None:
    states: list[dict[str, Any]] = [
        {"counted_until": NOON},
        {"quiet_since": NOON, "detector": "ratings"},
        {"unseen_since": NOON},
        {"as_of": NOON},
        {"ended_at": NOON},
        {"ended_at": NOON, "unseen_since": NOON},
    ]
    for words, coverage, state in product(WORDINGS, get_args(Coverage), states):
        incident = flood(
            direction=direction, cause=cause, coordination=signs, coverage=coverage, **state
        )
        said = summary(incident, "Tip line", words)
        assert "Tip line" in said
        assert "{" not in said


@pytest.mark.parametrize("kind", get_args(AlarmKind))
def test_every_alarm_has_its_line(kind: AlarmKind) -> None:
    readings = [
        Reading(cause=cause, coordination=signs)
        for cause, signs in product(get_args(Cause), get_args(Coordination))
    ]
    alarm = Alarm(
        at=NOON, incident="tips-1", app="tips", kind=kind, recurrence_days=900.0, factor=3.0
    )
    for words, direction in product(WORDINGS, (None, *DIRECTIONS)):
        for was, became in [(None, None), *zip(readings, readings[::-1], strict=True)]:
            line = replace(alarm, direction=direction, was=was, became=became)
            assert alarm_line(line, words) not in ("", MISSING)


def test_a_side_that_joins_is_told_in_other_words_than_growth() -> None:
    grown = Alarm(
        at=NOON, incident="tips-1", app="tips", kind="escalated", recurrence_days=None, factor=None
    )
    sides: tuple[Where, ...] = ("stores", "social")
    lines = {
        alarm_line(replace(grown, direction=direction, where=side), words)
        for words, side, direction in product(WORDINGS, sides, DIRECTIONS[:3])
    }
    assert len(lines) == 12
    assert MISSING not in lines


def test_a_line_of_an_older_release_keeps_its_own_words() -> None:
    old = Alarm(
        at=NOON, incident="x", app="tips", kind="escalated", recurrence_days=None, factor=None,
        statement="grew to 3.0 times",
    )  # fmt: skip
    assert [alarm_line(old, words) for words in WORDINGS] == ["grew to 3.0 times"] * 2


def trigger(**kept: Any) -> Evidence:
    return replace(
        NOTHING,
        signal="trigger",
        value=3.0,
        details={"candidates": [{"hours_before": 3.0, **kept}]},
    )


@pytest.mark.parametrize("kind", sorted(REACH))
def test_every_kind_of_trigger_is_said_whoever_dated_it(kind: str) -> None:
    dated = (False, True) if kind == "release" else (False,)
    for words, by_reviews in product(WORDINGS, dated):
        said = finding(trigger(kind=kind, what="<2.0>", dated_by_reviews=by_reviews), words)
        assert "{" not in said
        assert ("<2.0>" in said) == (kind != CALL)


@pytest.mark.parametrize(
    ("kind", "old", "new"),
    [
        ("call to action", "the first post", {"kind": CALL, "what": ""}),
        ("release", "version 2.0", {"kind": "release", "what": "2.0"}),
        ("news", "version 2 is out", {"kind": "news", "what": "version 2 is out"}),
        (
            "release",
            "version 2.0, by its reviews",
            {"kind": "release", "what": "2.0", "dated_by_reviews": True},
        ),
    ],
)
def test_a_trigger_of_an_older_release_reads_as_one_of_today(
    kind: str, old: str, new: dict[str, Any]
) -> None:
    today = trigger(**{"dated_by_reviews": False, **new})
    assert triggers(trigger(kind=kind, what=old)) == triggers(today)
    for words in WORDINGS:
        assert finding(trigger(kind=kind, what=old), words) == finding(today, words)
