"""Simulated cases to train on: what is known hour by hour, and how a verdict fared. Pure.

What a case is stays hidden until the verdict is given; its number names it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from analysis.records import Cause, Coordination
from analysis.simulate import Scenario, TrueEvent, World, scenarios

Answer = Literal["nothing"] | Cause
ANSWERS: tuple[Answer, ...] = (
    "nothing",
    "release",
    "service",
    "external",
    "promotion",
    "undetermined",
)
SIGNS: tuple[Coordination, ...] = ("not_testable", "none_seen", "some", "strong")
STEPS_HOURS = (1, 6, 24)
SHOWN = timedelta(days=7)
QUIET_DAY = 100  # of the history, where nothing happens: a case has to begin somewhere


@dataclass(frozen=True, slots=True)
class TrainingCase:
    """scenario: made anew for each. seed: of the simulation. lead_hours: quiet before the onset."""

    scenario: Callable[[], Scenario]
    seed: int
    lead_hours: int


# In an order that gives nothing away.
CASES: tuple[TrainingCase, ...] = (
    TrainingCase(scenarios.outage, 11, 19),
    TrainingCase(scenarios.iwatch_drill, 2021, 26),
    TrainingCase(lambda: scenarios.quiet(8.0, days=160), 12, 0),
    TrainingCase(scenarios.policy_reaction, 13, 9),
    TrainingCase(scenarios.bad_release, 14, 31),
    TrainingCase(scenarios.call_nobody_follows, 15, 0),
    TrainingCase(scenarios.angry_protest_with_news, 16, 22),
    TrainingCase(scenarios.promotion, 17, 14),
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a person said of a case, and when."""

    at: datetime
    answer: Answer
    signs: Coordination


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a verdict fared. event: what was going on at that moment, None where nothing was.

    after: time from the onset to the verdict.
    """

    event: TrueEvent | None
    right: bool
    signs_right: bool
    after: timedelta | None


def start(case: TrainingCase, world: World) -> datetime:
    """The moment at which a case begins, on a whole hour."""
    if world.truth:
        began = world.truth[0].onset - timedelta(hours=case.lead_hours)
    else:
        began = world.start + timedelta(days=QUIET_DAY)
    return began.replace(minute=0, second=0, microsecond=0)


def end(case: TrainingCase, world: World) -> datetime:
    """The last moment of a case: four days from where it began, or the end of its history."""
    return min(start(case, world) + timedelta(days=4), world.end)


def judge(world: World, verdict: Verdict) -> Outcome:
    """A verdict against the truth of the case at that moment."""
    begun = [event for event in world.truth if event.onset <= verdict.at]
    if not begun:
        calm = verdict.answer == "nothing"
        return Outcome(None, calm, verdict.signs in ("not_testable", "none_seen"), None)
    event = begun[0]
    seen = verdict.signs in ("some", "strong")
    return Outcome(
        event, verdict.answer == event.cause, seen == event.coordinated, verdict.at - event.onset
    )
