"""From evidence to a verdict."""

from analysis.verdict import judge
from tests.analysis.evidence.build import swing


def test_a_history_that_begins_with_the_swing_is_a_launch() -> None:
    assert judge(swing("mixed", launch=True), []).cause == "launch"


def test_without_evidence_nothing_is_decided() -> None:
    verdict = judge(swing(), [])
    assert verdict.cause == "undetermined"
    assert verdict.coordination == "not_testable"
