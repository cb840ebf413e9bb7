"""Scenarios to choose from: a quiet app, and apps to which one thing happens. All of them data."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from analysis.simulate import events
from analysis.simulate.drill import iwatch_drill, iwatch_without_posts
from analysis.simulate.plans import ReleasePlan, Scenario

START = datetime(2024, 1, 8, 6, tzinfo=UTC)
__all__ = [
    "angry_protest_with_news",
    "bad_release",
    "call_nobody_follows",
    "counter_swing",
    "iwatch_drill",
    "iwatch_without_posts",
    "outage",
    "policy_reaction",
    "press_launch",
    "promotion",
    "quiet",
]


def quiet(per_day: float = 3.0, *, days: int = 180, app: str = "city-helper") -> Scenario:
    """Nothing happens: ordinary reviews, a release every six weeks, a statement now and then."""
    return Scenario(
        app=app,
        name="City Helper",
        start=START,
        end=START + timedelta(days=days),
        per_day=per_day,
        posts_per_day=min(per_day / 6, 20.0),
        releases=tuple(
            ReleasePlan(version=f"3.{i}.0", at=START + timedelta(days=42 * i + 9, hours=10))
            for i in range(1 + max(0, days - 9) // 42)
        ),
    )


def bad_release(per_day: float = 3.0, items: int = 120, *, days: int = 160) -> Scenario:
    """A release that fails, on day 120."""
    return quiet(per_day, days=days).with_events(events.bad_release(_day(120, 15), items))


def outage(per_day: float = 3.0, items: int = 80, *, days: int = 160) -> Scenario:
    """A service that fails for 20 hours, on day 120."""
    return quiet(per_day, days=days).with_events(events.outage(_day(120, 13), items))


def policy_reaction(per_day: float = 3.0, items: int = 200, *, days: int = 160) -> Scenario:
    """Users who protest against a decision, from day 120; not coordinated."""
    return quiet(per_day, days=days).with_events(events.policy_reaction(_day(120, 16), items))


def angry_protest_with_news(per_day: float = 3.0, items: int = 500) -> Scenario:
    """A protest as large as a flood, loud in the networks and in the news; not coordinated."""
    plan = events.policy_reaction(_day(120, 16), items, posts=items // 3)
    return quiet(per_day, days=160).with_events(plan)


def promotion(per_day: float = 3.0, items: int = 100, *, days: int = 160) -> Scenario:
    """A day of prompted praise, on day 120."""
    return quiet(per_day, days=days).with_events(events.promotion(_day(120, 15), items))


def press_launch(per_day: float = 6.0, items: int = 900, *, days: int = 120) -> Scenario:
    """A history that begins with the app's launch: a surge without a before."""
    return quiet(per_day, days=days).with_events(events.press_launch(_day(0, 14), items))


def counter_swing(per_day: float = 3.0, items: int = 300, *, days: int = 160) -> Scenario:
    """A flood on day 120 and its supporters' answer two days later."""
    return quiet(per_day, days=days).with_events(
        events.flood(_day(120, 15), items), events.counter_swing(_day(122, 14), items // 2)
    )


def call_nobody_follows(per_day: float = 3.0, calls: int = 40, *, days: int = 160) -> Scenario:
    """Posts on day 120 ask for a flood that never comes: nothing to be found in the shops."""
    bursts = events.calls_to_action(calls, 0.0)
    chatter = tuple((_day(120, 15), burst) for burst in bursts)
    return replace(quiet(per_day, days=days), chatter=chatter)


def _day(number: int, hour: int) -> datetime:
    """A moment of the history: the hour, UTC, of the day that began `number` days after START."""
    return START + timedelta(days=number, hours=hour - 6)
