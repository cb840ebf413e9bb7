"""Signals from posts: calls to action, co-action, candidates for the trigger."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from analysis.evidence import Window, gather
from analysis.evidence.coordination.coordination_rule import level as level_of
from analysis.records import Evidence
from analysis.words.catalogue import english
from analysis.words.evidence import finding
from collector.record_frames import to_frame
from collector.records import ContextEvent, Release
from tests.analysis.evidence.build import ONSET, Review, window

LOW = [Review(1, f"silly joke number{n}") for n in range(60)]
PAST = [Review(n % 5 + 1, "map is slow") for n in range(300)]
CALL = "Everyone rate City App one star"


def posts(text: str, count: int, start: datetime, every: timedelta, who: str = "p") -> list[Review]:
    return [
        Review(0, text.replace("#", str(n)), author=f"{who}{n}", at=start + n * every)
        for n in range(count)
    ]


def chatter(count: int = 30) -> list[Review]:
    """One post in two days that names the app and asks for nothing."""
    start = ONSET - timedelta(days=60)
    return posts("City App told me # news", count, start, timedelta(days=2), "c")


def evidence(window: Window, name: str) -> Evidence:
    return next(e for e in gather(window) if e.signal == name)


def level(window: Window) -> str:
    return level_of(gather(window))


def test_calls_before_the_reviews_are_strong() -> None:
    calls = posts(CALL, 12, ONSET - timedelta(hours=3), timedelta(minutes=10))
    case = window(LOW, PAST, chatter() + calls)
    found = evidence(case, "call_to_action")
    assert level(case) == "strong"
    assert found.value == 12
    assert found.p_value is not None
    assert found.p_value < 1e-9
    assert "Sat 28 Feb 2026, 21:00 UTC, 3 hours before the onset" in finding(found, english())


def test_calls_after_the_reviews_are_not() -> None:
    calls = posts(CALL, 12, ONSET + timedelta(hours=30), timedelta(minutes=10))
    assert level(window(LOW, PAST, chatter() + calls)) != "strong"


def test_one_account_that_calls_often_is_not() -> None:
    calls = posts(CALL, 12, ONSET - timedelta(hours=3), timedelta(minutes=10))
    same = [replace(call, author="one") for call in calls]
    assert level(window(LOW, PAST, chatter() + same)) != "strong"


def test_posts_that_name_nobody_are_not_counted_as_several_people() -> None:
    """A file without accounts may hold one person's posts, or each row twice."""
    calls = posts(CALL, 12, ONSET - timedelta(hours=3), timedelta(minutes=10))
    told = posts("City App is down and nobody answers at all", 9, ONSET, timedelta(seconds=20))
    unnamed = [replace(post, author=None) for post in calls + told]
    assert level(window(LOW, PAST, chatter() + unnamed)) == "none_seen"


def test_calls_every_week_are_no_sign() -> None:
    start = ONSET - timedelta(days=59)
    calls = posts(CALL, 120, start, timedelta(hours=12))
    assert level(window(LOW, PAST, calls)) == "none_seen"


def test_calls_lost_among_complaints_are_not_strong() -> None:
    start = ONSET - timedelta(hours=3)
    angry = posts("City App ruined my day number #", 200, start, timedelta(minutes=5), "a")
    calls = posts(CALL, 5, start, timedelta(minutes=10))
    assert level(window(LOW, PAST, chatter() + angry + calls)) != "strong"


def test_calls_for_praise_do_not_explain_complaints() -> None:
    calls = posts("Please give City App five stars", 12, ONSET - timedelta(hours=3), timedelta(1))
    assert level(window(LOW, PAST, chatter() + calls)) == "none_seen"


def test_complaints_in_posts_are_no_call() -> None:
    angry = posts("City App made me wait # hours", 200, ONSET, timedelta(minutes=5))
    case = window(LOW, PAST, chatter() + angry)
    assert level(case) == "none_seen"
    assert "No post" in finding(evidence(case, "call_to_action"), english())


def test_without_posts_nothing_can_be_tested() -> None:
    assert level(window(LOW, PAST)) == "none_seen", "the reviews can be"
    assert level(window(LOW[:12], PAST)) == "not_testable"


def test_sources_that_were_read_and_had_nothing_are_an_answer() -> None:
    quiet = replace(window(LOW, PAST), posts_since=ONSET - timedelta(days=21))
    assert evidence(quiet, "call_to_action").p_value == 1.0
    assert evidence(quiet, "call_to_action").value == 0
    assert level(quiet) == "none_seen"
    assert evidence(quiet, "call_to_action").details["posts"] == 0
    new = replace(quiet, posts_since=ONSET - timedelta(days=4))
    assert evidence(new, "call_to_action").p_value is None, "a day of quiet is no comparison"


def test_calls_of_before_the_sources_were_read_count_for_nothing() -> None:
    """Found by a search that reaches back: too few to say what a usual week is."""
    called = posts(CALL, 12, ONSET - timedelta(hours=5), timedelta(minutes=10))
    old = posts(CALL, 3, ONSET - timedelta(days=40), timedelta(hours=30), "old")
    case = replace(window(LOW, PAST, old + called), posts_since=ONSET - timedelta(days=21))
    assert evidence(case, "call_to_action").baseline == 0
    new = replace(case, posts_since=ONSET - timedelta(days=4))
    assert evidence(new, "call_to_action").p_value is None


def test_same_words_within_minutes_are_some_sign() -> None:
    text = "look at what City App does to our town every single day"
    burst = posts(text, 8, ONSET - timedelta(hours=5), timedelta(seconds=20))
    later = posts("City App again # and again and again", 60, ONSET, timedelta(minutes=40), "z")
    case = window(LOW, PAST, chatter() + burst + later)
    assert evidence(case, "co_action").speaks_for == "coordination"
    assert level(case) == "some"


def test_one_news_link_shared_by_many_is_no_co_action() -> None:
    shares = [
        Review(0, f"reader {n} says {n * 7}: https://news.example/city-app", author=f"s{n}",
               at=ONSET + timedelta(seconds=20 * n))
        for n in range(20)
    ]  # fmt: skip
    assert evidence(window(LOW, PAST, chatter() + shares), "co_action").speaks_for is None


@pytest.mark.parametrize("hours", [1, 30])
def test_trigger_candidates_are_ranked_by_lead(hours: int) -> None:
    at = ONSET - timedelta(hours=hours)
    news = ContextEvent(
        app="city-app", source="feed", event_id="1", at=at, kind="news",
        title="Council votes on fees", url=None, first_seen=at,
    )  # fmt: skip
    release = Release(
        app="city-app", source="google_play", version="2.0",
        released_at=ONSET - timedelta(days=2), first_seen=ONSET, notes=None,
    )  # fmt: skip
    case = window(
        LOW, PAST, context=to_frame(ContextEvent, [news]), releases=to_frame(Release, [release])
    )
    said = finding(evidence(case, "trigger"), english())
    ranked = ("news “", "version 2.0") if hours == 1 else ("version 2.0", "news “")
    assert said.index(ranked[0]) < said.index(ranked[1])


def test_no_candidate_is_an_answer() -> None:
    assert evidence(window(LOW, PAST, chatter()), "trigger").details == {"reason": "no-trigger"}
