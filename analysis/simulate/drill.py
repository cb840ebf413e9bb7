"""The demo's drill: the public facts of 31 May 2020 in Dallas, with everything else invented.

A quiet app; at 00:48 local time the agency asks for videos of protests; posts call to flood the
app; 516 mostly one-star reviews, averaging about 1.1, within the day; the app is down by evening;
a statement follows the next day. Store ids, authors, texts and hours in between are made up.
"""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from analysis.simulate.events import FLOOD_LANGUAGES, FLOOD_THEMES, calls_to_action
from analysis.simulate.plans import Burst, ContextPlan, EventPlan, ReleasePlan, Scenario

DALLAS = ZoneInfo("America/Chicago")
REQUEST = datetime(2020, 5, 31, 0, 48, tzinfo=DALLAS).astimezone(UTC)
FLOOD_STARS = (480, 24, 9, 2, 1)  # 516 reviews, mean 1.10
START = datetime(2017, 6, 1, 5, tzinfo=UTC)
END = datetime(2020, 6, 4, 5, tzinfo=UTC)
VERSIONS = ("1.2.0", "1.3.0", "1.4.0", "1.5.0", "1.5.1", "1.6.0")


def iwatch_drill() -> Scenario:
    """Three quiet years, the flood of one Sunday, and the three days after it."""
    return Scenario(
        app="iwatch-dallas",
        name="iWatch Dallas",
        start=START,
        end=END,
        per_day=2.5 / 7,
        dispersion=0.25,
        languages=(("en", 0.9), ("es", 0.1)),
        networks=(("x", 0.9), ("mastodon", 0.1)),
        posts_per_day=0.05,
        statements_per_year=4.0,
        silent=0.3,
        base_ratings=(3, 1, 2, 5, 19),
        releases=_releases(),
        events=(_flood_of_sunday(),),
        ids=(("google_play", "org.example.iwatchdallas"), ("app_store", "1500000516")),
    )


def iwatch_without_posts() -> Scenario:
    """The drill as the two shops alone would have shown it."""
    return iwatch_drill().without_posts()


def _releases() -> tuple[ReleasePlan, ...]:
    return tuple(
        ReleasePlan(version=version, at=START + timedelta(days=20 + 195 * i))
        for i, version in enumerate(VERSIONS)
    )


def _flood_of_sunday() -> EventPlan:
    onset = REQUEST + timedelta(minutes=72)
    midnight = datetime(2020, 6, 1, tzinfo=DALLAS)
    left_hours = (midnight - onset) / timedelta(hours=1)
    sunday = Burst(
        themes=FLOOD_THEMES,
        items=sum(FLOOD_STARS),
        stars=FLOOD_STARS,
        exact=True,
        rise_hours=7,
        decay_hours=9,
        length_hours=left_hours,
        rhythm=0.6,
        languages=FLOOD_LANGUAGES,
        silent=5.0,
    )
    tail = Burst(
        themes=(("facetious", 0.3), ("serious", 0.5), ("short_neg", 0.2)),
        items=58,
        stars=(54, 3, 1, 0, 0),
        exact=True,
        delay_hours=left_hours,
        rise_hours=0.5,
        decay_hours=18,
        length_hours=70,
        languages=FLOOD_LANGUAGES,
        silent=3.0,
    )
    return EventPlan(
        kind="flood",
        onset=onset,
        cause="external",
        direction="negative",
        coordinated=True,
        whole=True,
        bursts=(sunday, tail, *calls_to_action(130, -1.0), _down_posts(midnight - onset)),
        context=_statements(),
        removed=0.06,
        remove_hours=44.0,
    )


def _down_posts(left: timedelta) -> Burst:
    return Burst(
        kind="post",
        themes=(("post_outage", 1.0),),
        items=24,
        delay_hours=left / timedelta(hours=1) - 6,
        rise_hours=1,
        decay_hours=4,
        length_hours=18,
    )


def _statements() -> tuple[ContextPlan, ...]:
    return (
        ContextPlan(
            at=REQUEST,
            kind="statement",
            title="Police ask for videos of the protests through the iWatch Dallas app",
        ),
        ContextPlan(
            at=datetime(2020, 5, 31, 11, 20, tzinfo=DALLAS).astimezone(UTC),
            kind="news",
            title="Music fans send the iWatch Dallas app concert clips instead of protest videos",
        ),
        ContextPlan(
            at=datetime(2020, 5, 31, 18, 35, tzinfo=DALLAS).astimezone(UTC),
            kind="statement",
            title="Due to technical difficulties the iWatch Dallas app is down temporarily",
        ),
        ContextPlan(
            at=datetime(2020, 6, 1, 10, 15, tzinfo=DALLAS).astimezone(UTC),
            kind="statement",
            title="Department explains what the iWatch Dallas app is for and thanks its users",
        ),
        ContextPlan(
            at=datetime(2020, 6, 1, 13, 40, tzinfo=DALLAS).astimezone(UTC),
            kind="news",
            title="The iWatch Dallas app went offline after a day of one-star reviews",
        ),
    )
