"""From evidence to a verdict: the rules, not the data."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.incidents import cause as module
from analysis.incidents.cause import CAUSES, QUESTIONS, judge, shipped
from analysis.records import Evidence
from tests.analysis.evidence.build import swing


def signal(
    name: str, value: float | None, baseline: float = 0.0, p: float | None = 0.016, **more: Any
) -> Evidence:
    return replace(
        Evidence(
            signal=name, value=value, baseline=baseline, p_value=p, speaks_for=None, statement=""
        ),
        **more,
    )


def complaints(
    faults: float, level: float = 0.0, version: float = 1.0, update: float = 0.0
) -> list[Evidence]:
    return [
        signal("failure_words", faults, 0.3),
        signal("fault_level", level),
        signal("update_level", update),
        signal("burst_words", 0.6, 0.1),
        signal("star_mix", 1.2, 4.0),
        signal("version_concentration", 0.9, 0.2, p=version),
    ]


def test_a_history_that_begins_with_the_swing_is_a_launch() -> None:
    assert judge(swing("mixed", launch=True), []).cause == "launch"


def test_a_history_that_begins_amid_low_stars_is_not() -> None:
    assert judge(swing("negative", launch=True), []).cause == "undetermined"


def test_what_its_first_complaints_are_about_can_be_plain() -> None:
    assert judge(swing("negative", launch=True), complaints(0.0, -2.5)).cause == "external"
    assert judge(swing("negative", launch=True), complaints(0.0, -1.0)).cause == "undetermined"


def test_content_users_who_write_as_well_speak_for_a_release() -> None:
    alone = [*complaints(0.8, level=2.0), signal("other_stars", 0.5, 1.0)]
    beside = [*complaints(0.8, level=2.0), signal("other_stars", 7.0, 1.0)]
    assert judge(swing(), alone).causes["service"] > judge(swing(), beside).causes["service"]
    assert judge(swing(), alone).cause == "service"


def test_without_evidence_nothing_is_decided() -> None:
    verdict = judge(swing(), [])
    assert verdict.cause == "undetermined"
    assert verdict.coordination == "not_testable"


@pytest.mark.parametrize(
    ("evidence", "cause"),
    [
        (complaints(0.8, level=1.0), "service"),
        (complaints(0.8, level=1.0, version=0.016), "release"),
        (complaints(0.8, level=1.0, update=2.0), "release"),
        (complaints(-0.1, level=-1.5), "external"),
        (complaints(0.1, level=0.0), "undetermined"),
    ],
)
def test_complaints(evidence: list[Evidence], cause: str) -> None:
    assert judge(swing(), evidence).cause == cause


@pytest.mark.parametrize(
    ("version", "cause"), [(1.0, "promotion"), (0.016, "release"), (0.15, "undetermined")]
)
def test_praise(version: float, cause: str) -> None:
    evidence = [
        signal("star_mix", 4.9, 3.9),
        signal("version_concentration", 0.9, 0.1, p=version),
        signal("failure_words", 0.0, 0.1),
    ]
    assert judge(swing("positive"), evidence).cause == cause


def test_praise_amid_as_many_complaints_is_not_named() -> None:
    praise = [signal("star_mix", 4.9, 3.9), signal("version_concentration", 0.9, 0.1, p=1.0)]
    assert judge(swing("positive"), praise).cause == "promotion"
    amid = [*praise, signal("other_stars", 5.0, 1.0, p=0.02)]
    assert judge(swing("positive"), amid).cause == "undetermined"


def test_an_app_that_always_speaks_of_versions_does_not_speak_of_a_new_one() -> None:
    usual = [signal("update_level", 2.0, 2.5) if e.signal == "update_level" else e
             for e in complaints(0.8, level=1.0, update=2.0)]  # fmt: skip
    assert judge(swing(), usual).cause == "service"


def test_what_is_thinly_spread_is_a_drift() -> None:
    long = swing(ended_at=swing().onset_at + timedelta(days=120))
    assert judge(long, complaints(0.8, level=1.0)).cause == "undetermined"
    assert judge(replace(long, launch=True, direction="mixed"), []).cause == "undetermined"


def test_what_is_hardly_a_swing_is_undetermined() -> None:
    evidence = complaints(0.8, level=1.0)
    assert judge(swing(items=100, expected_items=60), evidence).cause == "undetermined"
    assert judge(swing(items=6, expected_items=0.1), evidence).cause == "undetermined"


def test_a_call_to_action_is_an_occasion_outside_the_app() -> None:
    call = signal("call_to_action", 20, p=1e-9, speaks_for="coordination")
    assert judge(swing(), [call]).cause == "external"
    assert judge(swing(), [call]).coordination == "strong"
    assert judge(swing("positive"), [call]).cause == "promotion"


@given(st.floats(-1, 2), st.floats(0, 1), st.floats(-4, 4), st.floats(0.001, 1), st.booleans())
def test_probabilities_are_probabilities(
    low: float, more: float, level: float, version: float, praise: bool
) -> None:
    subject = swing("positive" if praise else "negative")
    verdict = judge(subject, complaints(low, level, version))
    assert set(verdict.causes) == {*CAUSES, "undetermined"}
    assert abs(sum(verdict.causes.values()) - 1) < 0.001
    assert 0 <= verdict.cause_probability <= 1
    if not praise:
        higher = judge(subject, complaints(low + more, level, version)).causes
        assert higher["external"] <= verdict.causes["external"]


def test_the_weights_are_those_of_the_questions() -> None:
    data = json.loads(Path(module.__file__).with_name(module.FILE).read_text("utf-8"))
    assert set(data["questions"]) == set(QUESTIONS)
    for name, question in shipped().questions.items():
        assert tuple(question.weights) == QUESTIONS[name]
    for name in ("faults_not_external", "release_not_service"):
        assert all(weight > 0 for weight in shipped().questions[name].weights.values())


def test_complaints_that_speak_less_of_faults_than_usual_are_not_of_a_fault() -> None:
    """An app whose users always complain of faults is protested against: nothing new is broken."""
    usual = [signal("failure_words", 0.3, 0.8), signal("fault_level", 1.7, 6.9)]
    rest = [signal("burst_words", 0.9, 0.1), signal("star_mix", 1.2, 4.0)]
    assert judge(swing(), [*usual, *rest]).cause == "undetermined"
    more = [signal("failure_words", 0.9, 0.8), signal("fault_level", 1.7, 6.9)]
    assert judge(swing(), [*more, *rest]).cause == "service"


def test_faults_support_a_bad_release_as_well() -> None:
    for signal in ("failure_words", "fault_level"):
        assert module.speaks_for("release", signal, "service")
        assert not module.speaks_against("release", signal, "service")
        assert module.speaks_against("external", signal, "service")
    assert module.speaks_against("release", "burst_words", "external")
    assert module.speaks_against("service", "version_concentration", "release")
    assert not module.speaks_against("release", "call_to_action", "coordination")
