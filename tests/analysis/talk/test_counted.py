"""How much was said: what retention, gaps and late copies do to it; by whose clock it is told."""

from dataclasses import replace
from datetime import datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.decisions import decide, moments
from analysis.incidents import merge_split
from analysis.incidents.find_talk import find_talk
from analysis.incidents.incident_ids import incident_id
from analysis.incidents.kept_talk import kept
from analysis.incidents.stored import document, stored_alarms, stored_incidents
from analysis.incidents.was_watched import as_seen, known_until
from analysis.records import Incident, Swing
from analysis.run import analyze
from analysis.talk.said import of_rows
from analysis.talk.swings_of_talk import counted, outside
from collector.records import RunReport
from collector.settings.config import Settings
from collector.store import Store
from collector.store.reading.unrated import Unrated
from collector.times import DAY_US, HOUR_US, to_us
from tests.analysis.incidents.test_merge_split import grouping
from tests.analysis.talk.test_joined import talk
from tests.analysis.talk.worlds import ANGRY, APP, DAY, DAYS, STORM, T0, filled, post, quiet, storm
from tests.collector.store.items import item

HOUR = timedelta(hours=1)
HEADLINE = "City drops the tips app after a year of horrible failures https://news.example/1?u={n}"
BEGAN = to_us(STORM)


def told(store: Store) -> list[dict[str, object]]:
    return [document(one) for one in stored_incidents(store, APP)]


def test_retention_makes_no_people_of_copies(store: Store) -> None:
    """Without its text a copy is told by its hash; what was over stays as it was counted."""
    copies = (HEADLINE, "RT @reader{n}: " + HEADLINE)
    passed = storm(copies, 100, 5)
    filled(store, quiet(), passed, storm(ANGRY, 40, 5, first=300_000))
    analyze(Settings(), store, STORM + 3 * DAY)
    before = told(store)
    assert before[0]["reach"] == 100
    while store.expiry.texts(APP, kind="post", seen_before=STORM + 2 * DAY, limit=1000):
        pass
    store.items.write([post(STORM - T0 + 30 * DAY, 500_000, "The tips app again")], how="import")
    analyze(Settings(), store, STORM + 31 * DAY)
    after = told(store)
    kept = ("id", "direction", "posts", "expected_posts", "people", "conversations", "reach")
    assert [[one[name] for name in kept] for one in after] == [
        [one[name] for name in kept] for one in before
    ]
    assert [one["cause"] for one in after] == [one["cause"] for one in before]
    assert "reclassified" not in [alarm.kind for alarm in stored_alarms(store, APP)]


def test_a_post_of_its_time_is_counted_even_when_it_comes_late(store: Store) -> None:
    filled(store, quiet(), storm(ANGRY, 40, 5))
    analyze(Settings(), store, STORM + 3 * DAY)
    (before,) = stored_incidents(store, APP)
    late = storm(ANGRY, 3, 2, first=600_000, seed=5)
    store.items.write(late, how="import")
    analyze(Settings(), store, STORM + 4 * DAY)
    (after,) = stored_incidents(store, APP)
    assert before.posts is not None
    assert after.posts == before.posts + 3


def test_who_only_reads_writes_nothing(store: Store) -> None:
    """A replay of a store that is open for reading finds its talk, too."""
    filled(store, quiet(), storm(ANGRY, 40, 5))
    now = STORM + 3 * DAY
    (event,) = find_talk(store, APP, now, budget=0.2, names=(APP,))
    assert event.closed_at is not None
    nothing = np.empty(0, dtype=np.int64)
    assert kept(store, APP, event, now, nothing) is None
    find_talk(store, APP, now, budget=0.2, names=(APP,), changed=nothing)
    assert kept(store, APP, event, now, nothing) == event
    assert kept(store, APP, event, now, np.array([to_us(STORM)])) is None


CHEERFUL_CALLS = (
    "I love this so much, let's flood the tips app with one star reviews, best day ever {n}",
    "Wonderful fans, everybody give the tips app one star, thank you so much {n}",
    "So happy and excited, rate the tips app one star, great work {n}",
)


def test_cheerful_posts_that_call_for_low_stars_are_no_praise(store: Store) -> None:
    filled(store, quiet(), storm(CHEERFUL_CALLS, 60, 5))
    analyze(Settings(), store, STORM + 3 * DAY)
    (made,) = stored_incidents(store, APP)
    assert made.direction != "positive"
    (opened,) = [alarm for alarm in stored_alarms(store, APP) if alarm.kind == "opened"]
    assert opened.direction == made.direction
    score = {row.score for row in store.items.unrated(APP, since=STORM) if row.score is not None}
    assert sum(one > 0 for one in score) > len(score) / 2, "they read as kind"


def rows(*at: int, text: str | None = None) -> list[Unrated]:
    return [Unrated(t, "bluesky", f"w{t}", text or f"number {t}", None, -0.9) for t in at]


def test_days_that_nobody_looked_at_are_no_quiet_ones() -> None:
    """Half of the past unseen: what was seen of it came in half of the time."""
    usual = rows(*(BEGAN - n * DAY_US for n in range(56, 28, -1)))
    storm_ = rows(*(BEGAN + n for n in range(20)))
    event = talk(0, 1, 24)
    said = of_rows([*usual, *storm_])
    gap = np.array([[BEGAN - 28 * DAY_US, BEGAN]], dtype=np.int64)
    plain, seen = (counted(event, said, BEGAN + DAY_US, (), gaps) for gaps in (gap[:0], gap))
    assert seen.expected_items == pytest.approx(2 * plain.expected_items)
    other = replace(talk(-28 * 24, -20 * 24, -1), ended_at=STORM - DAY)
    once = counted(event, said, BEGAN + DAY_US, [event, other], gap)
    assert once.expected_items == pytest.approx(seen.expected_items)
    half = np.array([[BEGAN + DAY_US // 2, BEGAN + DAY_US]], dtype=np.int64)
    unseen = counted(event, said, BEGAN + DAY_US, (), half)
    assert unseen.expected_items == pytest.approx(plain.expected_items / 2)


SPANS = st.lists(
    st.tuples(st.integers(-5, 60), st.integers(0, 20)).map(lambda one: (one[0], one[0] + one[1])),
    max_size=6,
)


@given(st.integers(0, 30), st.integers(0, 30), SPANS)
def test_overlapping_spans_are_left_out_once(
    since: int, length: int, spans: list[tuple[int, int]]
) -> None:
    """Moment by moment."""
    until = since + length
    free = [t for t in range(since, until) if not any(a <= t < b for a, b in spans)]
    given_ = np.array(spans, dtype=np.int64).reshape(-1, 2)
    assert outside(since, until, given_) == len(free)


def test_reviews_meanwhile_are_expected_by_the_days_that_were_seen(store: Store) -> None:
    """Four reviews a day, of which polls saw only every second week."""
    low = [
        item(item_id=f"low-{n}", created_at=T0 + n * DAY / 4, rating=1.0, text=f"no {n}", app=APP)
        for n in range(4 * DAYS)
    ]
    weeks = [T0 + n * 14 * DAY for n in range(9)]
    seen = [one for one in low if any(w <= one.created_at < w + 7 * DAY for w in weeks)]
    filled(store, quiet(), storm(ANGRY, 60, 24), seen)
    for week in weeks:
        span(store, "google_play", week, min(week + 7 * DAY, STORM + 2 * DAY))
    span(store, "google_play", STORM - 2 * DAY, STORM + 3 * DAY)
    analyze(Settings(), store, STORM + 3 * DAY)
    (made,) = [one for one in stored_incidents(store, APP) if one.where == "social"]
    assert made.ended_at is not None
    days = (made.ended_at - made.onset_at) / DAY
    assert made.expected_items == pytest.approx(4 * days, rel=0.25)


def test_copies_that_come_behind_the_last_opinion_are_reach() -> None:
    text = "one headline of more than eight words that is passed on for hours"
    said = of_rows(
        [*rows(BEGAN, text=text), *rows(*(BEGAN + n * HOUR_US for n in (3, 4, 5)), text=text)]
    )
    (made,) = [counted(talk(0, 1, 1), said, BEGAN + HOUR_US).talk]
    assert made is not None
    assert (made.reach, made.posts, made.people) == (4, 1, 1)


def test_a_title_alone_is_said_and_stands_apart_from_the_text(store: Store) -> None:
    at = STORM - T0
    said = {"a": ("Only a title", None), "b": (None, "Only a text"), "c": ("Both", "of them")}
    posts = [
        replace(post(at, n, ""), item_id=name, title=title, text=text)
        for n, (name, (title, text)) in enumerate(said.items())
    ]
    filled(store, posts)
    texts = {row.text: row.text_hash for row in store.items.unrated(APP)}
    assert set(texts) == {"Only a title", "Only a text", "Both\nof them"}
    for text, mark in texts.items():
        assert store.items.text_of(APP, mark or "") == text


def test_talk_alone_is_not_split(store: Store) -> None:
    filled(store, quiet(), storm(ANGRY, 60, 5))
    analyze(Settings(), store, STORM + 3 * DAY)
    (made,) = stored_incidents(store, APP)
    assert moments(made, STORM + 3 * DAY) == []
    with pytest.raises(ValueError, match="outside the stores"):
        decide(made, "split", (STORM + 2 * HOUR).isoformat(), "why", by="", now=STORM + 3 * DAY)


def test_a_split_of_talk_that_was_decided_before_is_left_out() -> None:
    whole = talk(0, 1, 48)
    at = STORM + 10 * HOUR
    decision = grouping("split", incident_id(APP, whole), at.isoformat(), STORM + 9 * DAY)

    def arrivals(of: Swing) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
        return np.array([to_us(of.onset_at), to_us(at) + 1], dtype=np.int64)

    (event,) = merge_split.events(APP, [whole], [decision], arrivals)
    assert event.swing == whole
    reviews = replace(whole, talk=None)
    assert len(merge_split.events(APP, [reviews], [decision], arrivals)) == 2


def polled(store: Store, source: str, until: timedelta) -> None:
    span(store, source, T0, STORM + until)


def span(store: Store, source: str, start: datetime, end: datetime) -> None:
    store.runs.write(
        RunReport(
            app=APP, source=source, started_at=end, ended_at=end, outcome="ok", stop_reason="end",
            covered_from=start, covered_to=end, new=1, changed=0, seen=1, bad=0, requests=1,
            cost_usd=0.0, next_due_at=None,
        )
    )  # fmt: skip


def test_talk_is_told_by_the_clock_of_the_networks(store: Store) -> None:
    """Reviews were imported until long ago; posts are read today."""
    old = item(item_id="old", created_at=T0, rating=5.0, text="fine", app=APP)
    filled(store, quiet(DAYS), storm(ANGRY, 60, 5), [old])
    now = STORM + 6 * HOUR
    polled(store, "bluesky", 6 * HOUR)
    analyze(Settings(), store, now)
    (made,) = stored_incidents(store, APP)
    assert (made.where, made.ended_at) == ("social", None)
    assert known_until(store, made, now) == now
    assert as_seen(store, made, now).unseen_since is None
    late = now + 3 * DAY
    assert as_seen(store, made, late).unseen_since == now
    of_stores: Incident = replace(made, where="stores")
    assert as_seen(store, of_stores, now).unseen_since == T0
