"""The alarms that were raised at the time: the stored history walked in order of arrival.

What a poll brings can have been published before an earlier analysis had looked, and what was known
then can have been edited since. The walk looks again after every collection that brought something
of this kind, exactly as the live path does; where nothing came late, one pass gives the same log.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from analysis import incidents, series, swings
from analysis.arrivals import Walk, walk_of
from analysis.records import Alarm, Swing
from collector.config import Settings
from collector.store import Store

DAY_US = 86_400_000_000
FARTHEST = 3  # days to go back for a state before one is made on purpose


def replay(
    settings: Settings,
    store: Store,
    app: str,
    now: datetime,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    moments: Sequence[datetime] | None = None,
) -> list[Alarm]:
    """The alarm log of a span as analyses at the time wrote it, each alarm as first raised.

    An alarm that later arrivals or edits made disappear stays in it. moments: when analyses ran;
    without them, after each collection (see arrivals.rounds). Changed readings of causes are not
    replayed: they follow from evidence, not from arrivals.
    """
    end = series.microseconds(min(until or now, now))
    given = None if moments is None else [series.microseconds(m) for m in moments]
    walk = walk_of(store, app, end, given)
    raised: dict[tuple[str, str, datetime], Alarm] = {}
    for found in looks(walk, settings.false_alarms_per_app_year):
        for swing in found:
            for alarm in incidents.alarms_of(app, swing):
                raised.setdefault((alarm.kind, alarm.incident, alarm.at), alarm)
    return sorted(
        (a for a in raised.values() if since is None or a.at >= since),
        key=lambda alarm: (alarm.at, alarm.incident),
    )


def looks(walk: Walk, budget: float) -> Iterator[list[Swing]]:
    """The swings known before each round that changed the past, and after the last round."""
    kept = _States()
    turns = [n for n, r in enumerate(walk.rounds) if r.changed_from is not None]
    for turn in [*turns, None]:
        last = len(walk.rounds) - 1 if turn is None else turn - 1
        if last < 0:
            continue
        changed = None if turn is None else walk.rounds[turn].changed_from
        if changed is not None and kept.newest(changed) + FARTHEST < changed // DAY_US:
            _look(walk, last, min(changed, walk.rounds[last].until), kept, budget)
        yield _look(walk, last, walk.rounds[last].until, kept, budget)
        if changed is not None:
            kept.drop_after(changed)


def _look(walk: Walk, round_: int, now: int, kept: "_States", budget: float) -> list[Swing]:
    state = kept.before(now)
    history = walk.history(round_, swings.needed_from(state))
    found, made = swings.advance(state, history, now=now, false_alarms_per_app_year=budget)
    if made is not None:
        kept.add(now // DAY_US, made)
    return [swing for swing in found if not swing.launch]


@dataclass(slots=True)
class _States:
    """The detector's states by day, oldest first."""

    days: list[int] = field(default_factory=list)
    states: list[bytes] = field(default_factory=list)

    def newest(self, moment: int) -> int:
        """The latest day that has a state and began by a moment; long ago if there is none."""
        place = bisect_right(self.days, moment // DAY_US)
        return self.days[place - 1] if place else -(2**31)

    def before(self, moment: int) -> bytes | None:
        """Its state."""
        place = bisect_right(self.days, moment // DAY_US)
        return self.states[place - 1] if place else None

    def add(self, day: int, state: bytes) -> None:
        """Keeps the state of a day after all others."""
        if not self.days or day > self.days[-1]:
            self.days.append(day)
            self.states.append(state)

    def drop_after(self, moment: int) -> None:
        """Forgets the states that know of items from a moment on."""
        keep = bisect_right(self.days, moment // DAY_US)
        del self.days[keep:], self.states[keep:]
