"""Wording of the calls that returns; phrases against other apps; stores at once; the audience."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import hypergeom

from analysis.evidence import Window, gather, prepare
from analysis.evidence.coordination.coordination_rule import level
from analysis.evidence.coordination.review_rule import SIGNS
from analysis.evidence.languages import in_languages
from analysis.evidence.signals import shared_phrases
from analysis.records import Evidence
from analysis.words.catalogue import english
from analysis.words.evidence import finding
from collector.text.post_parts import written
from tests.analysis.evidence.build import ONSET, Review, frame, window

PAST = [Review(n % 5 + 1, f"the map is slow on page{n}", author=f"old{n}") for n in range(300)]
SLOGAN = "purple parade forever"


def found(case: Window, name: str) -> Evidence:
    return next(e for e in gather(case) if e.signal == name)


def calls(text: str, count: int = 12) -> list[Review]:
    start = ONSET - timedelta(hours=4)
    return [
        Review(0, f"{text} {n}", author=f"caller{n}", at=start + timedelta(minutes=9 * n))
        for n in range(count)
    ]


def chatter(text: str, count: int = 30) -> list[Review]:
    start = ONSET - timedelta(days=50)
    return [
        Review(0, f"City App {text} {n}", author=f"c{n}", at=start + timedelta(days=1.6 * n))
        for n in range(count)
    ]


def flood(text: str, count: int = 60) -> list[Review]:
    return [Review(1, f"{text} number{n}", author=f"new{n}") for n in range(count)]


CALL = f"Everyone rate City App one star and write {SLOGAN}"


def test_the_slogan_of_the_calls_returns() -> None:
    case = window(flood(f"well {SLOGAN} says"), PAST, chatter("told me news") + calls(CALL))
    wording = found(case, "call_wording")
    assert wording.value == 1.0
    assert wording.speaks_for == "coordination"
    assert "purple parade forever" in wording.details["words"]
    assert level(gather(case)) == "strong"


def test_other_words_in_the_reviews_are_no_return() -> None:
    case = window(flood("this is unfair to families"), PAST, chatter("has news") + calls(CALL))
    wording = found(case, "call_wording")
    assert wording.value == 0.0
    assert wording.speaks_for is None


def test_what_everybody_says_is_not_the_calls_own() -> None:
    """The occasion's words are in the other posts on the app as well."""
    crowd = [
        Review(0, f"City App and the {SLOGAN} again {n}", author=f"o{n}",
               at=ONSET - timedelta(hours=3) + timedelta(minutes=3 * n))
        for n in range(60)
    ]  # fmt: skip
    case = window(flood(f"about the {SLOGAN} again"), PAST, chatter("news") + crowd + calls(CALL))
    assert found(case, "call_wording").speaks_for is None


def test_what_calls_quote_or_show_is_not_their_wording() -> None:
    quoting = written(f"{CALL.replace(SLOGAN, 'this')} now", quoted=[SLOGAN], pictures=["a map"])
    case = window(flood(f"well {SLOGAN} says"), PAST, chatter("told me news") + calls(quoting))
    wording = found(case, "call_wording")
    assert wording.speaks_for is None
    shown = window(flood("a picture was quoted"), PAST, chatter("news") + calls(quoting))
    assert found(shown, "call_wording").speaks_for is None


def test_wording_that_the_past_knows_is_no_return() -> None:
    past = [replace(r, text=f"{r.text} {SLOGAN}") for r in PAST]
    case = window(flood(f"well {SLOGAN} says"), past, chatter("news") + calls(CALL))
    assert found(case, "call_wording").speaks_for is None


def test_a_phrase_is_shown_only_where_five_reviewers_use_it() -> None:
    few = flood("this is unfair", 56) + flood(f"{SLOGAN} says", 4)
    case = window(few, PAST, chatter("news") + calls(CALL))
    assert SLOGAN not in finding(found(case, "call_wording"), english())


def test_three_callers_are_too_few_to_test() -> None:
    case = window(flood(SLOGAN), PAST, chatter("news") + calls(CALL, 3))
    assert found(case, "call_wording").value is None


def test_returning_wording_without_quiet_weeks_is_some_sign() -> None:
    """No quiet weeks to hold the calls against: the exact test of the wording still counts."""
    case = window(flood(f"well {SLOGAN} says"), PAST, calls(CALL))
    assert found(case, "call_to_action").p_value is None
    assert level(gather(case)) == "some"


def test_calls_without_quiet_weeks_cannot_be_tested() -> None:
    case = window(flood("unfair to families"), PAST, calls(CALL))
    posts = [e for e in gather(case) if e.signal not in SIGNS]
    assert level(posts) == "not_testable"
    assert level(gather(case)) == "none_seen"  # the reviews have been looked at
    assert "No quiet weeks" in finding(found(case, "call_to_action"), english())
    since = replace(case, posts_since=ONSET - timedelta(days=21))
    assert level(gather(since)) == "strong"


def others(text: str, count: int = 400, lang: str | None = "en") -> pd.DataFrame:
    rows = {"app": "other", "lang": lang, "title": None, "text": [text] * count}
    return pd.DataFrame(rows).astype("str").where(lambda f: f.notna(), None)


def test_phrases_that_other_apps_use_anyway_are_not_rare() -> None:
    items = flood("it keeps crashing on start", 60)
    alone = found(window(items, PAST), "shared_phrases")
    beside = found(window(items, PAST, others=others("it keeps crashing on start")),
                   "shared_phrases")  # fmt: skip
    elsewhere = found(window(items, PAST, others=others("something else entirely")),
                      "shared_phrases")  # fmt: skip
    assert alone.value == 1.0
    assert beside.value == 0.0
    assert elsewhere.value == 1.0
    assert beside.details["references"] == 2


def test_other_apps_without_a_language_beside_some_that_state_one() -> None:
    rows = [("stated", "en", None, "it crashes on start")] * 30
    rows += [("unstated", None, None, "it crashes whenever I open the map")] * 30
    frame = pd.DataFrame(rows, columns=["app", "lang", "title", "text"], dtype="str")
    assert len(in_languages(frame, ("en",))) == 60
    assert in_languages(frame, ("fi",)) == []
    # As where no app at all states one and pandas is left to guess the column's type.
    guessed = frame[frame["app"] == "unstated"].assign(lang=float("nan"))
    assert len(in_languages(guessed, ("en",))) == 30


def test_other_languages_are_no_reference() -> None:
    items = flood("it keeps crashing on start", 60)
    case = window(items, PAST, others=others("it keeps crashing on start", lang="fi"))
    assert found(case, "shared_phrases").details["references"] == 1


@settings(deadline=None)
@given(st.integers(0, 40), st.integers(0, 200), st.integers(40, 80), st.integers(200, 900))
def test_the_tail_is_the_hypergeometric_one(c: int, k: int, n: int, size: int) -> None:
    p = shared_phrases._tail(np.array([c, 0]), np.array([k, k]), n, size)
    assert p[0] == pytest.approx(hypergeom(size + n, c + k, n).sf(c - 1), rel=1e-6, abs=1e-300)
    assert p[1] == pytest.approx(1.0)


def test_the_tail_of_a_common_phrase_is_a_number() -> None:
    p = shared_phrases._tail(np.array([1000]), np.array([1]), 1000, 500_000)
    assert 0 <= p[0] < 1e-100


def stores(count: int, *, both: bool) -> list[Review]:
    return [
        Review(1, "no", source="google_play" if both and n % 2 else "app_store", country="us")
        for n in range(count)
    ]


def test_stores_that_swing_together_are_compared_with_quiet_spans() -> None:
    past = stores(300, both=True)
    together = found(window(stores(80, both=True), past), "synchrony")
    assert together.value == 1.0
    assert together.p_value is not None
    assert together.p_value <= 0.05
    assert together.speaks_for is None
    one = found(window(stores(80, both=False), past), "synchrony")
    assert one.value == 0.5


def test_one_store_or_a_short_past_cannot_be_tested() -> None:
    past = stores(300, both=False)
    assert found(window(stores(80, both=False), past), "synchrony").value is None
    case = window(stores(80, both=True), stores(60, both=True))
    short = replace(case, before=frame(stores(60, both=True), ONSET - timedelta(days=9), ONSET))
    assert found(short, "synchrony").value is None


def test_an_audience_without_traits_cannot_be_tested() -> None:
    silent = [Review(n % 5 + 1, "1 2 3", lang=None) for n in range(200)]
    audience = found(window(flood("hello there"), silent), "audience")
    assert audience.value is None
    assert audience.details["reason"] == "no-traits"


def test_another_script_is_another_audience() -> None:
    hangul = [Review(1, f"이 앱은 정말 별로예요 {n}", lang=None) for n in range(60)]
    audience = found(window(hangul, PAST), "audience")
    assert audience.value == 1.0
    assert audience.p_value is not None
    assert audience.p_value <= 0.02


def test_a_case_reads_its_posts_once() -> None:
    case = prepare(window(flood("no"), PAST, chatter("news")))
    assert case.posts is case.posts
