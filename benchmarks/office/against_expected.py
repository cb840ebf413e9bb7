"""What was told of a history, held against what a person expects."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from analysis.swings.history import DAY, HOUR
from benchmarks.office.history import Expected, Office, moment
from benchmarks.office.told import Saying

SLACK = HOUR // 60
EARLY = 12 * HOUR  # before its start an event cannot be told; what is a little earlier is a guess
LATE = 7 * DAY  # after its end what is told is no longer of it
OVER = 24.0  # hours after the end by which it is to be told
HELD = 0.95  # of its days on which what lasts must be told


@dataclass(frozen=True, slots=True)
class Event:
    """What is one event to a person, and what was told of it. Hours; None where nothing was told.

    alarm: from its start to the alarm. onset, end: how far off. over: from its end until that was
    told. again: how often it was told anew. held: of its days, on how many it was told.
    """

    expected: tuple[Expected, ...]
    alarm: float | None = None
    onset: float | None = None
    end: float | None = None
    over: float | None = None
    again: int = 0
    held: float | None = None

    @property
    def in_time(self) -> bool:
        """Whether it was told in time, or for as long as it lasted."""
        if self.held is not None:
            return self.held >= HELD
        return self.alarm is not None and self.alarm <= self.expected[0].alarm_hours + 0.02

    @property
    def onset_right(self) -> bool:
        """Whether its start is where it was."""
        return self.onset is not None and abs(self.onset) <= self.expected[0].onset_hours

    @property
    def end_right(self) -> bool | None:
        """Whether its end is where it was; None where that is not asked."""
        near = self.expected[-1].end_hours
        if near is None:
            return None
        return self.end is not None and abs(self.end) <= near

    @property
    def over_in_time(self) -> bool | None:
        """Whether it was told in time, and not too soon, that it was over; None: not asked."""
        if self.expected[-1].end_hours is None:
            return None
        return self.over is not None and 0 <= self.over <= OVER


@dataclass(frozen=True, slots=True)
class Verdict:
    """A history's events, and what was told besides them."""

    office: Office
    events: tuple[Event, ...] = ()
    besides: tuple[Saying, ...] = field(default=())

    @property
    def as_many(self) -> bool:
        """Whether each event was told as one, and none within another."""
        return all(e.alarm is not None and not e.again for e in self.events)


def judge(office: Office, sayings: Sequence[Saying]) -> Verdict:
    """What the sayings are worth."""
    groups: dict[str, list[Expected]] = {}
    for one in office.expected:
        groups.setdefault(one.event, []).append(one)
    of: dict[str, list[Saying]] = {name: [] for name in groups}
    besides = []
    for saying in sorted(sayings, key=lambda s: s.alarmed):
        if saying.alarmed < moment(office.past) and not _lasts(saying, office):
            continue
        name = _whose(saying, groups)
        of.get(name or "", besides).append(saying)
    events = [_event(tuple(group), of[name]) for name, group in groups.items() if not group[0].may]
    return Verdict(office, tuple(events), tuple(besides))


def _lasts(saying: Saying, office: Office) -> bool:
    return saying.end is None or saying.end >= moment(office.past)


def _whose(saying: Saying, groups: dict[str, list[Expected]]) -> str | None:
    """The latest event that had begun by then and can be what was told; one that must be told
    before one that may."""
    begun = [
        (not one.may, one.day, name)
        for name, group in groups.items()
        for one in group
        if one.told in saying.told and _is_near(one, saying)
    ]
    return max(begun)[2] if begun else None


def _is_near(one: Expected, saying: Saying) -> bool:
    """Whether what was told can be this; what lasts may have been told before it was complete."""
    start, end = moment(one.day), moment(one.day + one.hours / 24)
    if one.told == "slow":
        return saying.onset < end and (saying.end is None or saying.end > start)
    return start - EARLY <= saying.alarmed <= end + LATE


def _event(expected: tuple[Expected, ...], sayings: list[Saying]) -> Event:
    start = moment(expected[0].day)
    end = moment(max(e.day + e.hours / 24 for e in expected))
    if expected[0].told == "slow":
        told = sum(min(s.end or end, end) - max(s.onset, start) for s in sayings)
        return Event(expected, alarm=0.0 if sayings else None, held=told / (end - start))
    if not sayings:
        return Event(expected)
    first = sayings[0]
    last = sayings[-1]
    return Event(
        expected,
        alarm=_hours(first.alarmed, start),
        onset=_hours(first.onset, start),
        end=_hours(last.end, end),
        over=_hours(last.over, end),
        again=len(sayings) - 1,
    )


def _hours(at: int | None, since: int) -> float | None:
    return None if at is None else (at - since) / HOUR
