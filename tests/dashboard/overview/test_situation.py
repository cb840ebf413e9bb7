"""How an app stands: the state, its reason, and the numbers beside it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest

from analysis.app_state import weekly
from analysis.app_state.situation import Situation, assess, ordered
from analysis.app_state.standing import Standing
from analysis.records import Incident
from analysis.scored_items import SeriesHour
from analysis.sentiment.score_words import Mood
from analysis.swings.slow_change import SlowChange
from collector import record_frames
from collector.records import RatingSnapshot, RunReport
from collector.store.apps import App
from dashboard.drawing import spark_lines
from dashboard.incident import incident_texts
from dashboard.overview import overview_words
from dashboard.words.catalogue import MISSING, Wording
from tests.dashboard import builders
from tests.dashboard.drawing.test_binning import START, hours_of

NOW = START + timedelta(days=50)
SEEN = datetime(2024, 2, 17, 8, tzinfo=UTC)
APP = App("a", "App", False, START)


def assessed(**other: Any) -> Situation:
    counts = [(24 * day + 5, 1, 1) for day in range(50)]
    values: dict[str, Any] = {
        "now": NOW,
        "hours": hours_of(counts),
        "span": (START, NOW - timedelta(hours=1)),
        "sources": ("google_play",),
        "incidents": [],
        "runs": runs(),
        "snapshots": record_frames.empty_frame(RatingSnapshot),
        "missing": np.empty((0, 2), dtype=np.int64),
        "waiting_hours": 0,
        "standing": standing(other.get("incidents", [])),
    }
    return assess(APP, **{**values, **other})


def standing(incidents: list[Incident]) -> Standing:
    going_on = any(i.ended_at is None or i.ended_at > NOW for i in incidents)
    return Standing("incident", "open") if going_on else Standing("calm", "calm")


def runs(*made: RunReport) -> pd.DataFrame:
    return record_frames.to_frame(RunReport, made)


def incident(onset: datetime, ended: datetime | None) -> Incident:
    return builders.flood(onset_at=onset, ended_at=ended)


def test_calm() -> None:
    found = assessed()
    assert (found.state, found.reason, found.live) == ("calm", "reason-calm", False)
    assert found.as_of == NOW - timedelta(hours=1)
    assert found.stars == 1.0
    assert found.last_day["negative"] == 1


@pytest.mark.parametrize(
    ("ended_days_ago", "state"), [(None, "incident"), (-1, "incident"), (1, "watch"), (8, "calm")]
)
def test_incidents(ended_days_ago: float | None, state: str) -> None:
    onset = NOW - timedelta(days=10)
    end = None if ended_days_ago is None else NOW - timedelta(days=ended_days_ago)
    assert assessed(incidents=[incident(onset, end)]).state == state


@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize(
    ("known", "end"),
    [
        ({"quiet_since": SEEN}, None),
        ({"unseen_since": SEEN}, None),
        ({"unseen_since": SEEN}, NOW - timedelta(days=1)),
        (
            {
                "as_of": SEEN,
                "quiet_since": SEEN - timedelta(days=1),
            },
            None,
        ),
        ({}, None),
    ],
)
def test_the_overview_says_of_an_incident_what_its_page_says(
    lang: str, known: dict[str, Any], end: datetime | None
) -> None:
    words = Wording(lang, ZoneInfo("UTC"))
    one = replace(incident(NOW - timedelta(days=10), end), **known)
    said = overview_words.reason(assessed(incidents=[one]), words)
    facts = {label: value for label, value, _ in incident_texts.facts(one, words)}
    assert facts[words("fact-state")] in said or not known
    plain = words("reason-open", since=words.time(NOW - timedelta(days=10)))
    assert (said == plain) == (not known)


def test_a_busy_day_is_watched_before_any_incident() -> None:
    counts = [(24 * day + 5, 1, 1) for day in range(50)] + [(50 * 24 - 3, 1, 9)]
    found = assessed(hours=hours_of(counts))
    assert (found.state, found.reason) == ("watch", "reason-busy")


def test_a_slow_rise_is_watched_and_said() -> None:
    found = assessed(slow=SlowChange(low=60, reviews=100, usual=0.2))
    assert (found.state, found.reason) == ("watch", "reason-slow")
    said = overview_words.reason(found, Wording("en", ZoneInfo("UTC")))
    assert "60%" in said
    assert "20% in the year before" in said
    during = incident(NOW - timedelta(days=1), None)
    assert assessed(slow=found.slow, incidents=[during]).state == "incident"


def test_what_is_not_judged_is_shown_as_that_with_the_reason() -> None:
    unseen = Standing("not judged", "seen-until", {"seen": NOW - timedelta(days=3)})
    busy = hours_of([(24 * day + 5, 1, 1) for day in range(50)] + [(50 * 24 - 3, 1, 9)])
    found = assessed(standing=unseen, hours=busy)
    assert (found.state, found.reason) == ("silent", "reason-seen-until")
    for lang, word in (("en", "Not judged"), ("es", "Sin valorar")):
        words = Wording(lang, ZoneInfo("UTC"))
        row = overview_words.app_row(found, words)
        assert row.state_word == word
        assert words.time(NOW - timedelta(days=3)) in row.reason


def test_posts_that_are_read_do_not_hide_that_the_stores_are_not() -> None:
    since = NOW - timedelta(days=3)
    stores = [
        builders.run(since, app="a"),
        builders.run(NOW, outcome="failed", source="app_store", app="a"),
    ]
    read = builders.run(NOW, source="x", app="a")
    unknown = np.array([[round(m.timestamp() * 1e6) for m in (since, NOW)]])
    before = hours_of([(24 * day + 5, 1, 1) for day in range(46)])
    found = assessed(hours=before, runs=runs(*stores, read), missing=unknown)
    assert found.polled == since
    assert found.unseen[-4:] == (False, True, True, True)
    row = overview_words.app_row(found, Wording("en", ZoneInfo("UTC")))
    assert (row.day_total, row.day_groups) == (MISSING, [])
    only_posts = assessed(runs=runs(read))
    assert (only_posts.live, only_posts.polled) == (True, NOW)


def test_a_failed_run_is_no_data() -> None:
    failed = builders.run(NOW, outcome="failed", source="app_store", app="a")
    assert assessed(runs=runs(failed)).failing == ("app_store",)


def test_an_incident_does_not_make_itself_usual() -> None:
    quiet = [(24 * day + 5, 1, 1) for day in range(50)]
    flood = [(24 * day + 6, 1, 500) for day in range(40, 48)]
    during = incident(START + timedelta(days=40), START + timedelta(days=48))
    found = assessed(hours=hours_of(quiet + flood), incidents=[during])
    assert found.usual_low is not None
    assert found.usual_low.high <= 1


def test_no_items_and_not_analysed() -> None:
    assert assessed(span=None).reason == "reason-no-items"
    waits = Standing("not judged", "not-analysed")
    waiting = assessed(hours=hours_of([]), waiting_hours=12, standing=waits)
    assert (waiting.state, waiting.reason) == ("silent", "reason-not-analysed")


def test_praise_that_is_going_on_is_drawn_by_its_own_stars() -> None:
    quiet = [(24 * day + 5, 1, 1) for day in range(50)]
    hours = hours_of([*quiet, *((24 * day + 6, 5, 9 if day > 47 else 2) for day in range(50))])
    praise = replace(incident(NOW - timedelta(days=2), None), direction="positive")
    words = Wording("en", ZoneInfo("UTC"))
    found = assessed(hours=hours, incidents=[praise])
    assert (found.drawn, found.daily[-1], found.daily[-5]) == ("positive", 9, 2)
    assert found.usual_drawn is not None
    assert found.usual_drawn.high == 2
    row = overview_words.app_row(found, words)
    assert (found.state, row.state, row.state_word) == ("incident", "praise", "Praise")
    assert "High-star" in row.spark_label + row.spark_alt
    assert all("stars=5" in day.address for day in row.spark_days)
    later = replace(praise, ended_at=NOW - timedelta(days=20))
    for other in ([replace(praise, direction="negative")], [later], []):
        shown = assessed(hours=hours, incidents=other)
        assert (shown.drawn, shown.daily[-1]) == ("negative", 1)
        assert overview_words.app_row(shown, words).state == shown.state
        assert "Low-star" in overview_words.app_row(shown, words).spark_alt


@pytest.mark.parametrize(("reviews", "stars"), [(4, None), (5, 2.0)])
def test_no_mean_of_fewer_than_five_stars(reviews: int, stars: float | None) -> None:
    end = 50 * 24
    recent, before = ([(end - days * 24, 2, reviews)] for days in (10, 40))
    found = assessed(hours=hours_of(recent + before))
    assert (found.stars, found.stars_before) == (stars, stars)


def test_the_stores_own_stars_are_weighted_and_of_their_time() -> None:
    shots = record_frames.to_frame(
        RatingSnapshot,
        [
            builders.snapshot(NOW - timedelta(days=40), (0, 0, 0, 0, 10), "a"),
            builders.snapshot(NOW - timedelta(days=1), (10, 0, 0, 0, 10), "a"),
            builders.snapshot(NOW + timedelta(days=1), (99, 0, 0, 0, 0), "a"),
        ],
    )
    found = assessed(snapshots=shots)
    assert (found.shop_stars, found.shop_stars_before) == (3.0, 5.0)


def test_the_most_urgent_comes_first() -> None:
    calm, silent = assessed(), assessed(span=None)
    hot = assessed(incidents=[incident(NOW - timedelta(days=1), None)])
    assert [s.state for s in ordered([calm, silent, hot])] == ["incident", "silent", "calm"]


def test_complaints_come_before_praise() -> None:
    def going_on(direction: str, items: int) -> Situation:
        incident = builders.flood(ended=False, direction=direction, items=items)
        return Situation(app=APP, state="incident", reason="reason-open", incident=incident)

    found = ordered([going_on("positive", 900), going_on("negative", 30), going_on("mixed", 40)])
    assert [s.incident.direction for s in found if s.incident] == [
        "mixed",
        "negative",
        "positive",
    ]


def test_days_that_nobody_saw_are_marked() -> None:
    gap = [[START + timedelta(days=30), START + timedelta(days=33)]]
    missing = np.array([[round(m.timestamp() * 1e6) for m in span] for span in gap], dtype=np.int64)
    found = assessed(missing=missing)
    assert 2 <= sum(found.unseen[-30:]) <= 3
    assert found.as_of is not None
    assert found.as_of.tzinfo == UTC


def test_a_quiet_incident_is_not_said_to_go_on() -> None:
    words = Wording("en", ZoneInfo("UTC"))
    since = datetime(2020, 5, 31, 12, tzinfo=UTC)
    quiet = builders.flood(ended=False, quiet_since=since, direction="mixed", counts="negative")
    said = incident_texts.headline(quiet, "Tips", words)
    assert "still going on" not in said
    assert "None of these have come since Sun 31 May 2020, 12:00" in said
    assert "low-star reviews (and high stars rose too)" in said


def test_sentiment_is_a_word_first_and_every_number_has_its_uncertainty() -> None:
    """How the mean moved is no surer than the two means are."""
    words = Wording("en", ZoneInfo("UTC"))
    now, before = Mood(0.30, 0.03, 90, 100), Mood(0.10, 0.04, 80, 100)
    row = overview_words.app_row(replace(assessed(), sentiment=now, sentiment_before=before), words)
    assert row.sentiment == "positive"
    assert row.sentiment_mean == "mean +0.30 ± 0.03, from 90 of 100 reviews"
    assert row.sentiment_change == "+0.20 ± 0.05 against the 30 days before"
    alone = replace(assessed(), sentiment=now, sentiment_before=Mood(0.1, None, 1, 1))
    assert "±" not in overview_words.app_row(alone, words).sentiment_change
    assert "0." not in overview_words.app_row(alone, words).sentiment_change
    unread = overview_words.app_row(replace(assessed(), sentiment=None), words)
    assert unread.sentiment == "cannot tell"


def test_the_lines_of_the_weeks_are_those_of_the_items() -> None:
    """Seven reviews a week: five stars, but one of two in the fifth week; none in the third."""
    end = pd.Timestamp(NOW).ceil("h")
    rows = []
    for week in range(8):
        for n in range(7 if week != 2 else 4):
            at = end - timedelta(days=56) + timedelta(days=7 * week, hours=20 * n)
            rows.append((at, 2 if (week, n) == (4, 0) else 5))
    hours = record_frames.to_frame(
        SeriesHour,
        [
            SeriesHour(
                app="a", source="google_play", kind="review", hour=at, stars=stars, items=1,
                rating_sum=float(stars), sentiment_sum=0.5, sentiment_items=1,
                sentiment_squares=0.25,
            )
            for at, stars in rows
        ],
    )  # fmt: skip
    stars, mood = weekly.weekly_stars(hours, end), weekly.weekly_sentiment(hours, end)
    assert stars.value == (5.0, 5.0, None, 5.0, pytest.approx(32 / 7), 5.0, 5.0, 5.0)
    assert mood.value == (0.5, 0.5, None, 0.5, 0.5, 0.5, 0.5, 0.5)
    assert stars.low[4] is not None
    assert stars.low[4] < 32 / 7 < (stars.high[4] or 0) <= 5
    drawn = spark_lines.spark_line(stars.value, stars.low, stars.high, (1.0, 5.0))
    assert [piece.line.count(",") for piece in drawn.pieces] == [2, 5]
    assert all(piece.band for piece in drawn.pieces)
    assert drawn.pieces[0].line.split()[0] == "3,3"  # five stars, at the top


def test_a_week_alone_is_a_dot_without_a_band() -> None:
    drawn = spark_lines.spark_line([None, 3.0, None], [None, 2.0, None], [None, 4.0, None], (1, 5))
    (piece,) = drawn.pieces
    assert (piece.band, piece.dots) == ("", ((59.0, 20.0),))
