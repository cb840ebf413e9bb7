"""The summary keeps to three sentences and to words that accuse nobody."""

import re
from dataclasses import replace
from itertools import product

import pytest

from analysis.records import Evidence, Phrase, Verdict
from analysis.summary import COORDINATION, LOOKS_LIKE, summarise
from analysis.verdict import judge
from tests.analysis.evidence.build import swing

FORBIDDEN = (
    "attack", "fake", "hostile", "bot", "bots", "troll", "enemy", "fraud", "spam", "brigade",
    "bomb", "proves", "proof", "certainly", "organised by", "caused by", "politic", "liar", "mob",
)  # fmt: skip


def told(verdict: Verdict, **changes: object) -> str:
    return summarise(
        "City App", swing(**changes), verdict, [], [], rating_before=4.0, rating_during=1.1
    )


@pytest.mark.parametrize(("cause", "coordination"), list(product(LOOKS_LIKE, COORDINATION)))
def test_wording(cause: str, coordination: str) -> None:
    verdict = replace(judge(swing(), []), cause=cause, coordination=coordination)
    text = told(verdict)
    assert len(re.findall(r"[.!?](?=\s|$)", text)) <= 3
    for word in FORBIDDEN:
        assert not re.search(rf"\b{word}", text.lower()), word
    assert "What would change this reading" in text


def test_open_swings_are_said_to_go_on() -> None:
    assert "still going on" in told(judge(swing(), []), ended_at=None)


def test_numbers_and_words_are_named() -> None:
    phrase = Phrase(phrase="purple parade", items=9, authors=9, before_items=0, score=5.0)
    text = summarise(
        "City\nApp", swing(), judge(swing(), []), [], [phrase], rating_before=4.0, rating_during=1.1
    )
    assert text.startswith("City App received 100 low-star reviews")
    assert "1.1 stars on average against 4.0" in text
    assert "“purple parade”" in text


def test_a_call_to_action_is_told_with_time_and_lead() -> None:
    call = Evidence(
        signal="call_to_action",
        value=12.0,
        baseline=0.0,
        p_value=1e-9,
        speaks_for="coordination",
        statement="12 posts ask people to rate it, the first on 1 March, 2 hours before the onset; "
        "9 of them came early.",
    )
    verdict = judge(swing(), [call])
    text = summarise("City App", swing(), verdict, [call], [], rating_before=4.0, rating_during=1.1)
    assert "the first on 1 March, 2 hours before the onset)" in text
    assert "9 of them" not in text
    assert len(re.findall(r"[.!?](?=\s|$)", text)) == 3


def test_what_speaks_against_is_named() -> None:
    doubt = Evidence(
        signal="new_words",
        value=0.5,
        baseline=0.1,
        p_value=0.016,
        speaks_for="external",
        statement="",
    )
    verdict = replace(judge(swing(), []), cause="service", cause_probability=0.7)
    text = summarise(
        "City App", swing(), verdict, [doubt], [], rating_before=None, rating_during=None
    )
    assert "against this reading speaks: new words" in text
