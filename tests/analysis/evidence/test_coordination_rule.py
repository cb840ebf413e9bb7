"""The written rule for signs of coordination, at each of its boundaries."""

from dataclasses import replace

import pytest

from analysis.evidence.coordination import coordination_rule
from analysis.evidence.coordination.coordination_rule import (
    Calling,
    acted_together,
    call_led,
    call_stands_out,
    level,
)
from analysis.incidents.cause import judge
from analysis.records import Evidence
from tests.analysis.evidence.build import swing

LED = Calling(
    p_value=coordination_rule.CALL_P,
    authors=coordination_rule.CALL_AUTHORS,
    direct_authors=coordination_rule.DIRECT_AUTHORS,
    share=coordination_rule.CALL_SHARE,
    hours_before=-coordination_rule.LATE_HOURS,
    during=6,
    busiest=3,
)


def signal(name: str, value: float | None, p: float | None, *, speaks: bool = False) -> Evidence:
    return Evidence(
        signal=name,
        value=value,
        baseline=None,
        p_value=p,
        speaks_for="coordination" if speaks else None,
        statement="",
    )


def test_a_call_that_just_meets_every_condition_led() -> None:
    assert call_led(LED)


@pytest.mark.parametrize(
    "change",
    [
        {"p_value": coordination_rule.CALL_P * 1.01},
        {"p_value": None},
        {"authors": coordination_rule.CALL_AUTHORS - 1},
        {"direct_authors": coordination_rule.DIRECT_AUTHORS - 1},
        {"share": coordination_rule.CALL_SHARE - 0.01},
        {"hours_before": -coordination_rule.LATE_HOURS - 0.01},
        {"during": 5},
        {"busiest": 4},
    ],
)
def test_missing_one_condition_is_enough(change: dict[str, float | None]) -> None:
    assert not call_led(replace(LED, **change))  # type: ignore[arg-type]


def test_calls_stand_out_from_five_at_one_in_ten_thousand() -> None:
    assert call_stands_out(5, 1e-4)
    assert not call_stands_out(4, 1e-4)
    assert not call_stands_out(5, 1.1e-4)
    assert not call_stands_out(50, None)


def test_accounts_act_together_from_five_at_one_in_a_hundred() -> None:
    assert acted_together(5, 0.01)
    assert not acted_together(4, 0.001)
    assert not acted_together(9, 0.011)


LEVELS: list[tuple[list[Evidence], str]] = [
    ([], "not_testable"),
    ([signal("call_to_action", None, None)], "not_testable"),
    ([signal("call_to_action", 30, None)], "not_testable"),
    ([signal("call_to_action", 0, None)], "none_seen"),
    ([signal("call_to_action", 0, 1.0)], "none_seen"),
    ([signal("call_to_action", 4, 1e-9)], "none_seen"),
    ([signal("call_to_action", 30, 1.1e-4)], "none_seen"),
    ([signal("call_to_action", 5, 1e-4)], "some"),
    ([signal("call_to_action", 5, 1e-4, speaks=True)], "strong"),
    ([signal("co_action", 9, 0.005, speaks=True)], "some"),
    ([signal("co_action", 9, 0.005)], "not_testable"),
    ([signal("call_to_action", 0, 1.0), signal("co_action", 9, 0.005, speaks=True)], "some"),
    ([signal("call_to_action", 9, 0.0, speaks=True), signal("co_action", 0, 1.0)], "strong"),
    ([signal("shared_phrases", 0.9, 0.0), signal("audience", 0.9, 0.016)], "not_testable"),
    ([signal("shared_phrases", 0.9, 0.0), signal("call_to_action", 0, 1.0)], "none_seen"),
]


@pytest.mark.parametrize(("evidence", "expected"), LEVELS)
def test_levels(evidence: list[Evidence], expected: str) -> None:
    assert level(evidence) == expected
    assert judge(swing(), evidence).coordination == expected


@pytest.mark.parametrize("name", ["shared_phrases", "audience", "synchrony", "burst_words"])
def test_reviews_alone_never_raise_the_level(name: str) -> None:
    for speaks in (False, True):
        assert level([signal(name, 1.0, 0.0, speaks=speaks)]) == "not_testable"
