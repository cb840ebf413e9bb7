"""The summary keeps to three sentences and to words that accuse nobody."""

import re
from dataclasses import replace
from itertools import product
from typing import Any, get_args
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.evidence import all_signals
from analysis.incidents.cause import judge
from analysis.records import Cause, Coordination, Evidence, Incident, Phrase, Swing, Verdict
from analysis.words.catalogue import FactWording
from analysis.words.summary import summary
from tests.analysis.evidence.build import swing

FORBIDDEN = (
    "attack", "fake", "hostile", "bot", "bots", "troll", "enemy", "fraud", "spam", "brigade",
    "bomb", "proves", "proof", "certainly", "organised by", "caused by", "politic", "liar", "mob",
)  # fmt: skip


CAUSES, SIGNS = get_args(Cause), get_args(Coordination)


def summarise(
    name: str,
    swing: Swing,
    verdict: Verdict,
    evidence: list[Evidence],
    phrases: list[Phrase],
    *,
    lang: str = "en",
    **known: Any,
) -> str:
    """The summary of the incident that such a swing is."""
    plain: dict[str, Any] = {"coverage": "complete", **known}
    incident = Incident(
        id="x", app="city", sources=["google_play"], direction=swing.direction, cause=verdict.cause,
        cause_probability=verdict.cause_probability, causes=verdict.causes,
        coordination=verdict.coordination, onset_at=swing.onset_at, alarmed_at=swing.alarmed_at,
        peak_at=swing.peak_at, ended_at=swing.ended_at, items=swing.items,
        expected_items=swing.expected_items, recurrence_days=swing.recurrence_days, escalations=[],
        evidence=evidence, phrases=phrases, joined=[], split_from=None, detector=swing.detector,
        counts=swing.counts, counted_until=None if swing.ended_at else swing.hot_at, **plain,
    )  # fmt: skip
    return summary(incident, name, FactWording(lang, ZoneInfo("UTC")))


def told(verdict: Verdict, **changes: Any) -> str:
    return summarise(
        "City App", swing(**changes), verdict, [], [], rating_before=4.0, rating_during=1.1
    )


@pytest.mark.parametrize(("cause", "coordination"), list(product(CAUSES, SIGNS)))
def test_wording(cause: Any, coordination: Any) -> None:
    verdict = replace(judge(swing(), []), cause=cause, coordination=coordination)
    text = told(verdict)
    assert len(re.findall(r"[.!?](?=\s|$)", text)) <= 3
    for word in FORBIDDEN:
        assert not re.search(rf"\b{word}", text.lower()), word
    assert "What would change this reading" in text


def test_open_swings_are_said_to_go_on() -> None:
    assert "still going on" in told(judge(swing(), []), ended_at=None)


def test_an_open_swing_without_news_for_a_day_is_not_said_to_go_on() -> None:
    last = swing().peak_at
    text = summarise(
        "City App", swing(ended_at=None, hot_at=last), judge(swing(), []), [], [],
        rating_before=4.0, rating_during=1.1, quiet_since=last,
    )  # fmt: skip
    assert "still going on" not in text
    assert "(counted until 1 March 2026 03:00 UTC)" in text
    assert "no new low-star reviews have come since 1 March 2026 03:00 UTC" in text


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ("negative", "100 low-star reviews (and high stars rose too) from"),
        ("positive", "100 high-star reviews (and low stars rose too) from"),
        ("mixed", "100 reviews from"),
    ],
)
def test_what_a_swing_to_both_sides_counts_is_said(counts: str, said: str) -> None:
    assert said in told(judge(swing(), []), direction="mixed", counts=counts)


def test_numbers_and_words_are_named() -> None:
    phrase = Phrase(phrase="purple parade", items=9, authors=9, before_items=0, score=5.0)
    text = summarise(
        "City\nApp", swing(), judge(swing(), []), [], [phrase], rating_before=4.0, rating_during=1.1
    )
    assert text.startswith("City App received 100 low-star reviews")
    assert "1.1 stars on average against 4.0" in text
    assert "“purple parade”" in text


CALL = Evidence(
    signal="call_to_action",
    value=12.0,
    baseline=0.0,
    p_value=1e-9,
    speaks_for="coordination",
    details={
        "posts": 12, "first_at": "2026-03-01T01:00:00+00:00", "hours_before": 2.0,
        "posts_early": 9, "people_early": 8, "downloads": 0, "quiet_known": True,
        "languages": ["en", "es"],
    },
)  # fmt: skip


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "(English and Spanish), the first on 1 March 2026 01:00 UTC, 2 hours before"),
        ("es", "(inglés y español), la primera el 1 de marzo de 2026, 01:00 UTC, 2 horas antes"),
    ],
)
def test_a_call_to_action_is_told_with_time_and_lead(lang: str, said: str) -> None:
    verdict = judge(swing(), [CALL])
    text = summarise(
        "City App", swing(), verdict, [CALL], [], rating_before=4.0, rating_during=1.1, lang=lang
    )
    assert said in text
    assert "12 " in text
    assert len(re.findall(r"[.!?](?=\s|$)", text)) == 3


def test_a_sign_from_elsewhere_says_its_first_clause() -> None:
    said = "40% came at night; as never."
    plugged = replace(CALL, signal="night_share", value=0.4, statement=said, details={})
    verdict = replace(judge(swing(), []), coordination="some")
    text = summarise(
        "City App", swing(), verdict, [plugged], [], rating_before=None, rating_during=None
    )
    assert "activity (40% came at night); " in text


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
    assert "against this reading speaks: words never used before" in text


def test_the_two_questions_keep_their_own_reasons() -> None:
    before = replace(CALL, signal="trigger", p_value=None, speaks_for="external", details={})
    verdict = judge(swing(), [CALL, before])
    text = summarise(
        "City App", swing(), verdict, [CALL, before], [], rating_before=None, rating_during=None
    )
    cause, signs = text.split(", and there are strong signs")
    assert "for it speaks: posts just before that asked to act on the app)" in cause
    assert "12 posts" not in cause
    assert "12 posts that name the app ask people to rate" in signs


def evidence_of(name: str, value: float | None, speaks: str | None, statement: str) -> Evidence:
    return Evidence(
        signal=name,
        value=value,
        baseline=0.1,
        p_value=0.01,
        speaks_for=speaks,
        statement=statement,
    )


CALLS = replace(CALL, p_value=0.00001, speaks_for=None)
WORDING = Evidence(signal="call_wording", value=0.17, baseline=0.0, p_value=0.01,
                   speaks_for="coordination", details={"phrases": 2})  # fmt: skip
TOGETHER = Evidence(signal="co_action", value=9.0, baseline=None, p_value=0.01,
                    speaks_for="coordination", details={"people": 9})  # fmt: skip


@pytest.mark.parametrize(
    ("coordination", "found", "told"),
    [
        ("strong", [CALL, WORDING], "own wording returns in 17%"),
        ("strong", [CALL], "serious cannot be ruled out"),
        ("some", [CALLS], "12 posts that name the app ask people to rate"),
        ("some", [replace(CALLS, p_value=0.4)], "no call to action led the reviews"),
        ("some", [replace(CALLS, p_value=None)], "no quiet weeks of posts are there to compare"),
        ("some", [TOGETHER], "at most 9 accounts posted nearly the same words"),
        ("some", [WORDING], "own wording returns in 17%"),
        ("none_seen", [CALLS, TOGETHER], "no signs of coordination are seen"),
        ("not_testable", [], "social posts of these days"),
    ],
)
def test_signs_of_coordination_are_named_with_what_speaks_against(
    coordination: Any, found: list[Evidence], told: str
) -> None:
    verdict = replace(judge(swing(), []), coordination=coordination)
    text = summarise(
        "City App", swing(), verdict, found, [], rating_before=None, rating_during=None
    )
    assert told in text
    if coordination in ("none_seen", "not_testable"):
        assert "accounts posted" not in text


signals = st.builds(
    evidence_of,
    st.sampled_from([s.name for s in all_signals()]),
    st.none() | st.floats(0, 500),
    st.sampled_from([None, "external", "release", "service", "promotion", "coordination"]),
    st.sampled_from(
        [
            "12 posts that name the app ask people to rate it, the first on 1 March; 9 came early.",
            "Not testable: no posts of these days are collected.",
            "80% of the reviews hold a word that rose.",
        ]
    ),
)


@settings(deadline=None)
@given(
    st.sampled_from(sorted(CAUSES)),
    st.sampled_from(sorted(SIGNS)),
    st.lists(signals, max_size=8),
    st.sampled_from(["negative", "positive", "mixed"]),
    st.booleans(),
    st.integers(0, 5000),
    st.floats(0, 500),
)
def test_no_generated_incident_says_more_than_is_known(
    cause: Any,
    coordination: Any,
    found: list[Evidence],
    direction: Any,
    still: bool,
    items: int,
    expected: float,
) -> None:
    """Three sentences, none of the forbidden claims, always what would change the reading."""
    subject = swing(direction, items=items, expected_items=expected)
    if still:
        subject = replace(subject, ended_at=None)
    verdict = replace(judge(subject, found), cause=cause, coordination=coordination)
    text = summarise("City App", subject, verdict, found, [], rating_before=4.0, rating_during=1.5)
    assert len(re.findall(r"[.!?](?=\s|$)", text)) == 3
    assert "What would change this reading" in text
    for word in FORBIDDEN:
        assert not re.search(rf"\b{word}", text.lower()), word
    if coordination == "strong":
        assert "though not of who or why" in text
        assert "serious cannot be ruled out" in text
