"""The fifty-five histories: every kind that the product meets, small, each with its seed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from tests.golden.pinned import Decision, History, Polls
from tests.golden.product import (
    DRILL_SEED,
    ReleasePlan,
    Scenario,
    World,
    events,
    iwatch_drill,
    simulate,
)
from tests.golden.worlds import (
    HOUR,
    ONSET,
    app,
    callers,
    chorus,
    day,
    edited_low,
    event,
    kept,
    removed_low,
    rewritten,
    with_posts,
    without_texts,
    world,
)

DRILL_FROM = datetime(2019, 12, 1, 6, tzinfo=UTC)
SOON = ONSET + 10 * HOUR
LATE = day(78)
END = day(88)
FAULT = (("outage", 0.85), ("short_neg", 0.15))
POLICY = (("policy", 0.85), ("short_neg", 0.15))
PRAISE = (("praise", 0.5), ("promo", 0.3), ("short_pos", 0.2))
LAUNCH = (("launch", 0.75), ("praise", 0.25))
JOKES = (("facetious", 0.6), ("serious", 0.4))
LOW = (80.0, 14.0, 4.0, 1.0, 1.0)
HIGH = (1.0, 1.0, 3.0, 15.0, 80.0)
POLLS = Polls(begins=day(60), every=6 * HOUR)
BOTH_STORES = ("google_play", "app_store")
SPAN = ONSET + 14 * HOUR, ONSET + 32 * HOUR


def history(about: str, *made: Callable[[], World], **more: Any) -> History:
    """Worlds in one store, looked at once at the end unless told otherwise."""
    looks = more.pop("looks", (END,))
    return History(about=about, worlds=lambda: tuple(one() for one in made), looks=looks, **more)


def lazily(scenario: Callable[[], Scenario], seed: int, *changes: Any) -> Callable[[], World]:
    return lambda: world(scenario(), seed, *changes)


def with_fault(items: int = 40, **changed: Any) -> Scenario:
    return app(**changed).with_events(event(ONSET, FAULT, items, LOW))


def burst(
    onset: datetime,
    themes: tuple[tuple[str, float], ...],
    items: int,
    hours: float,
    stars: tuple[float, float, float, float, float] = LOW,
) -> Any:
    """Reviews that come evenly within some hours, and then no more."""
    return event(onset, themes, items, stars, hours=hours, rise=0.01, fades=False)


def pair(
    apart_hours: float, themes: tuple[tuple[str, float], ...], days: int = 88, **changed: Any
) -> Scenario:
    """A failure of eight hours, and something else so many hours later."""
    later = ONSET + apart_hours * HOUR
    return app(4.0, days, **changed).with_events(
        burst(ONSET, FAULT, 50, 8), burst(later, themes, 60, 10)
    )


POSTGRES = (
    "as_of",
    "edited",
    "file",
    "pair_joined",
    "polled_gap",
    "ratings_alone",
    "two_apps",
    "waves_of_one_event",
)
"""Histories that ask most of a store; `make golden` runs all of them on PostgreSQL too."""

HISTORIES: dict[str, History] = {
    "quiet": history("Nothing happens.", lazily(app, 101)),
    "quiet_sparse": history(
        "A review a week, and nothing happens.",
        lazily(lambda: app(0.15, 120), 102),
        looks=(day(120),),
    ),
    "bad_release": history(
        "A release fails, its repair follows; seen early, then when it is over.",
        lazily(lambda: app().with_events(events.bad_release(ONSET, 50)), 104),
        looks=(SOON, END),
        replayed=True,
    ),
    "outage": history(
        "The service fails for a day; people post about it.",
        lazily(lambda: app().with_events(events.outage(ONSET, 50)), 106),
        looks=(SOON, END),
        networks=True,
    ),
    "outage_quiet_since": history(
        "An outage is over by the look of it, but the three quiet days have not passed.",
        lazily(lambda: with_fault(days=78), 107),
        looks=(day(76, 20),),
    ),
    "protest": history(
        "People protest against a decision that was announced and in the news.",
        lazily(lambda: app().with_events(events.policy_reaction(ONSET, 70, posts=12)), 108),
        looks=(SOON, END),
        networks=True,
    ),
    "protest_spanish": history(
        "The same among people who write Spanish.",
        lazily(
            lambda: app(languages=(("es", 1.0),), storefronts=("mx",)).with_events(
                event(ONSET, POLICY, 50, LOW, hours=72)
            ),
            109,
        ),
    ),
    "called": history(
        "Posts ask for low stars and reviews follow.",
        lazily(lambda: app().with_events(events.flood(ONSET, 70, calls=24)), 110),
        looks=(SOON, END),
        networks=True,
    ),
    "called_unseen": history(
        "The same where no posts are collected.",
        lazily(lambda: app().with_events(events.flood(ONSET, 70)).without_posts(), 110),
    ),
    "called_by_three": history(
        "Three people call, and reviews follow: too few to have led.",
        lazily(
            lambda: app(posts_per_day=0.4).with_events(event(ONSET, JOKES, 40, LOW)),
            111,
            with_posts(callers(3, 9)),
        ),
        networks=True,
    ),
    "called_by_four": history(
        "Four people call, and reviews follow.",
        lazily(
            lambda: app(posts_per_day=0.4).with_events(event(ONSET, JOKES, 40, LOW)),
            111,
            with_posts(callers(4, 9)),
        ),
        networks=True,
    ),
    "call_unheeded": history(
        "Calls that nobody follows.",
        lazily(
            lambda: app(chatter=tuple((ONSET, burst) for burst in events.calls_to_action(20, 0.0))),
            112,
        ),
        networks=True,
    ),
    "chorus": history(
        "Eight accounts post the same words within minutes.",
        lazily(lambda: with_fault(), 113, with_posts(chorus(8))),
        networks=True,
    ),
    "promotion": history(
        "Praise that was asked for.",
        lazily(lambda: app().with_events(events.promotion(ONSET, 50)), 114),
        looks=(SOON, END),
    ),
    "launch": history(
        "The history begins with the app's launch.",
        lazily(
            lambda: app(1.5, 45).with_events(
                event(day(0, 14), LAUNCH, 120, (16, 6, 11, 22, 45), hours=110)
            ),
            116,
        ),
        looks=(day(20), day(45)),
    ),
    "relaunch": history(
        "Nothing for two years, then the app is back.",
        lazily(
            lambda: app(1.5, 790),
            117,
            kept(lambda item: not day(12) < item.created_at < day(755)),
        ),
        looks=(day(790),),
    ),
    "slow_growth": history(
        "Low stars become more over two months: no alarm, and the overview says so.",
        lazily(
            lambda: app(2.5, 230).with_events(
                event(day(160), FAULT, 90, LOW, hours=24 * 70, rise=24 * 60)
            ),
            118,
        ),
        looks=(day(229),),
    ),
    "new_level": history(
        "More reviews than before, and it stays so.",
        lazily(
            lambda: app(1.5, 112).with_events(
                event(ONSET, PRAISE, 240, (25, 10, 10, 15, 40), hours=24 * 120, rise=1)
            ),
            119,
        ),
        looks=(day(112),),
    ),
    "both_ways": history(
        "Complaints and praise at once.",
        lazily(
            lambda: app().with_events(
                event(ONSET, POLICY, 40, LOW), event(ONSET + HOUR, PRAISE, 40, HIGH)
            ),
            120,
        ),
    ),
    "answered": history(
        "A flood, and two days later its supporters' answer.",
        lazily(
            lambda: app().with_events(
                events.flood(ONSET, 50, calls=15), events.counter_swing(ONSET + 48 * HOUR, 40)
            ),
            121,
        ),
        networks=True,
    ),
    "middle_stars": history(
        "Three stars from many.",
        lazily(lambda: app().with_events(event(ONSET, FAULT, 45, (4, 6, 80, 6, 4))), 122),
    ),
    "no_words": history(
        "Low stars without a text.",
        lazily(lambda: with_fault(45), 123, without_texts(ONSET)),
    ),
    "ratings_alone": history(
        "The stores' totals rise; hardly anybody writes.",
        lazily(lambda: app().with_events(event(ONSET, FAULT, 5, LOW, silent=40.0)), 124),
    ),
    "one_store": history(
        "One of two stores alone, ten days after a release.",
        lazily(
            lambda: app(
                releases=(
                    ReleasePlan(version="3.0.0", at=day(9)),
                    ReleasePlan(version="3.1.0", at=ONSET - 240 * HOUR),
                )
            ).with_events(event(ONSET, FAULT, 25, LOW, sources=(("app_store", 1.0),))),
            125,
        ),
    ),
    "small_stores": history(
        "Six storefronts, few ratings in each.",
        lazily(
            lambda: with_fault(
                45,
                storefronts=("us", "mx", "de", "fr", "id", "kr"),
                languages=(
                    ("en", 0.4),
                    ("es", 0.2),
                    ("de", 0.1),
                    ("fr", 0.1),
                    ("id", 0.1),
                    ("ko", 0.1),
                ),
                shops=(("google_play", 0.3), ("app_store", 0.7)),
            ),
            126,
        ),
    ),
    "korean_visitors": history(
        "People from elsewhere, in a language that the app rarely had.",
        lazily(
            lambda: app().with_events(event(ONSET, JOKES, 45, LOW, languages=(("ko", 1.0),))), 127
        ),
    ),
    "steep_days": history(
        "People write in office hours alone; a fault at night.",
        lazily(
            lambda: app(5.0).with_events(event(day(72, 20), FAULT, 12, LOW, hours=9)),
            128,
            kept(lambda item: item.created_at >= ONSET or 15 <= item.created_at.hour < 23),
        ),
    ),
    "working_week": history(
        "People write from Monday to Friday; a fault on a Sunday.",
        lazily(
            lambda: app(5.0).with_events(event(day(76, 9), FAULT, 10, LOW, hours=12)),
            129,
            kept(lambda item: item.created_at >= ONSET or item.created_at.weekday() < 5),
        ),
    ),
    "busy": history(
        "Many reviews a day, and an outage.",
        lazily(
            lambda: app(12.0, 52).with_events(event(day(45, 10), FAULT, 90, LOW, hours=20)), 130
        ),
        looks=(day(52),),
    ),
    "sparse": history(
        "A review a week, then a dozen in two days.",
        lazily(lambda: app(0.2, 130).with_events(event(day(110, 10), POLICY, 12, LOW)), 131),
        looks=(day(130),),
    ),
    "polled_gap": history(
        "No poll saw the second night of an outage; since then the polls have stopped.",
        lazily(lambda: with_fault(60), 132),
        looks=(SOON, day(78)),
        polls=replace(
            POLLS,
            ends=day(74, 12),
            lost=tuple((store, *SPAN) for store in BOTH_STORES),
        ),
        replayed=True,
    ),
    "polled_cut": history(
        "A store showed less than there was: counts are lower bounds.",
        lazily(lambda: with_fault(60), 133),
        looks=(day(74, 12), END),
        polls=replace(POLLS, cut=(("app_store", *SPAN),)),
    ),
    "file": history(
        "Reviews out of a CSV file, masked on the way in.",
        lazily(
            lambda: with_fault(40),
            134,
            rewritten(
                lambda n, item: (
                    replace(
                        item,
                        text=f"{item.text} Call {2145550100 + n} or write to a{n}@example.org.",
                    )
                    if n % 9 == 0
                    else item
                )
            ),
        ),
        file=True,
    ),
    "edited": history(
        "Earlier praise becomes one star, and the store removes some of what came.",
        lazily(
            lambda: with_fault(35),
            135,
            edited_low(ONSET, ONSET + HOUR, 12),
            removed_low(ONSET, 20 * HOUR, 3),
        ),
        looks=(SOON, LATE),
        replayed=True,
    ),
    "pair_joined": history(
        "An outage, then a protest: people join the two, then part them again.",
        lazily(
            lambda: app(days=90).with_events(
                event(day(60, 10), FAULT, 35, LOW), event(day(76, 10), POLICY, 40, LOW)
            ),
            136,
        ),
        looks=(day(86), day(90)),
        decisions=(
            Decision(after=0, incident=0, kind="merge", value="other"),
            Decision(after=0, incident=0, kind="verdict", value="right"),
        ),
    ),
    "wave_split": history(
        "Two waves of one protest: people split them, and rest the alerts.",
        lazily(
            lambda: app().with_events(
                event(ONSET, POLICY, 40, LOW, hours=30),
                event(ONSET + 60 * HOUR, POLICY, 60, LOW, hours=30),
            ),
            137,
        ),
        looks=(SOON, day(77), END),
        decisions=(
            Decision(after=0, incident=0, kind="mute", value="until_escalation"),
            Decision(after=0, incident=0, kind="phase", value="looking"),
            Decision(after=1, incident=0, kind="split", value=(ONSET + 58 * HOUR).isoformat()),
        ),
    ),
    "two_surges": history(
        "A protest that simmers, and two surges on top of it within a day.",
        lazily(
            lambda: app(1.5).with_events(
                event(ONSET, POLICY, 30, LOW, hours=8),
                event(ONSET, POLICY, 45, LOW, hours=24 * 10, rise=24 * 10),
                event(ONSET + 96 * HOUR, JOKES, 50, LOW, hours=14, rise=7),
                event(ONSET + 114 * HOUR, JOKES, 100, LOW, hours=14, rise=7),
            ),
            103,
        ),
    ),
    "as_of": history(
        "Read as of the middle of an outage, long after it.",
        lazily(lambda: with_fault(45), 138),
        as_of=ONSET + 16 * HOUR,
    ),
    "two_apps": history(
        "Two apps in one store; the other has two waves of one protest.",
        lazily(lambda: with_fault(45), 139),
        lazily(
            lambda: replace(app(2.0, 88), app="park-finder", name="Park Finder").with_events(
                event(day(40, 9), POLICY, 30, LOW), event(day(48, 9), POLICY, 40, LOW)
            ),
            140,
        ),
    ),
    "failure_of_forty_minutes": history(
        "A failure of forty minutes: it ends the same hour, and is told to be over the next day.",
        lazily(lambda: app(6.0).with_events(burst(ONSET, FAULT, 30, 0.7)), 141),
        looks=(SOON, day(74)),
    ),
    "failure_of_two_weeks": history(
        "A failure of two weeks.",
        lazily(lambda: app(4.0, 100).with_events(burst(ONSET, FAULT, 250, 24 * 14)), 142),
        looks=(day(80), day(100)),
    ),
    "failure_with_a_tail": history(
        "Eight hours, and somewhat more than usual for four days behind them.",
        lazily(
            lambda: app(10.0).with_events(
                burst(ONSET, FAULT, 60, 8), burst(ONSET + 8 * HOUR, FAULT, 16, 96)
            ),
            143,
        ),
        looks=(day(74), END),
    ),
    "pair_two_days": history(
        "A failure, and two days later a protest: two incidents, the second linked to the first.",
        lazily(lambda: pair(48, POLICY), 144),
        looks=(day(73, 12), END),
        replayed=True,
    ),
    "pair_seven_days": history(
        "The same a week apart.", lazily(lambda: pair(24 * 7, POLICY), 145), looks=(END,)
    ),
    "pair_nine_days": history(
        "A failure, and another nine days later: never one.",
        lazily(lambda: pair(24 * 9, FAULT), 146),
    ),
    "pair_fourteen_days": history(
        "The same two weeks apart.",
        lazily(lambda: pair(24 * 13, POLICY, days=92), 147),
        looks=(day(92),),
    ),
    "pair_spanish": history(
        "A failure, and two days later a protest, in Spanish.",
        lazily(lambda: pair(48, POLICY, languages=(("es", 1.0),), storefronts=("mx",)), 148),
    ),
    "pair_without_texts": history(
        "Stars alone, two days apart: arrivals decide.",
        lazily(lambda: pair(48, POLICY), 149, without_texts(day(0))),
    ),
    "pair_of_both_signs": history(
        "Praise, and two days later a failure.",
        lazily(
            lambda: app(4.0).with_events(
                burst(ONSET, PRAISE, 60, 10, HIGH), burst(ONSET + 48 * HOUR, FAULT, 50, 8)
            ),
            150,
        ),
    ),
    "waves_of_one_event": history(
        "A failure comes back after three days: the incident begins again.",
        lazily(lambda: pair(72, FAULT), 151),
        looks=(day(73, 12), day(75, 20), END),
        replayed=True,
    ),
    "waves_each_day": history(
        "The same failure on three evenings.",
        lazily(
            lambda: app(4.0).with_events(
                *(burst(ONSET + 24 * n * HOUR, FAULT, 40, 6) for n in range(3))
            ),
            152,
        ),
    ),
    "two_causes_on_one_day": history(
        "A failure in the morning, a protest in the evening: one burst.",
        lazily(lambda: pair(10, POLICY), 153),
    ),
    "first_kind_then_angry": history(
        "Three five stars before the alarm, and then sixty one-stars: low stars.",
        lazily(
            lambda: app(1.0).with_events(
                burst(ONSET, PRAISE, 3, 0.3, HIGH), burst(ONSET, POLICY, 60, 8)
            ),
            154,
        ),
    ),
    "after_a_pause": history(
        "The first reviews after four months: one event, whatever their stars.",
        lazily(
            lambda: app(4.0, 190),
            155,
            kept(lambda item: item.created_at < day(40) or item.created_at > day(160)),
        ),
        looks=(day(163), day(190)),
    ),
    "drill": history(
        "The drill of the demo: its last half year, with every moment known at once.",
        lambda: simulate(replace(iwatch_drill(), start=DRILL_FROM), DRILL_SEED),
        looks=(iwatch_drill().end,),
        networks=True,
    ),
}
