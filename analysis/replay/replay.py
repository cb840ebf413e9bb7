"""The alarms that were raised at the time: the stored history walked in order of arrival.

What a poll brings can have been published before an earlier analysis had looked, and what was known
then can have been edited since. It looks again after every collection that brought something
of this kind, exactly as the live path does; where nothing came late, one pass gives the same log.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from analysis import swings
from analysis.incidents.app_conclusions import subject_of
from analysis.incidents.find_talk import find_talk, hearing
from analysis.incidents.incident_ids import Names
from analysis.incidents.merge_split import detected
from analysis.incidents.waves import parts_by_reasons
from analysis.records import Alarm, Swing
from analysis.replay.rounds import ArrivalHistory, Round, arrival_history
from analysis.swings import Live
from analysis.talk.seen import observed_until
from collector.settings.config import Settings
from collector.store import Store
from collector.times import DAY_US, from_us, to_us

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
    without them, after each collection (see arrivals.rounds). Posts are taken to be known when they
    were published. Changed readings of causes are not
    replayed: they follow from evidence, not from arrivals.
    """
    end = to_us(min(until or now, now))
    given = None if moments is None else [to_us(m) for m in moments]
    arrived = arrival_history(store, app, end, given)
    names = Names(app, store.incidents.names(app))
    heard = hearing(store, app, subject_of(settings, store, app).names)
    talk = talk_of(settings, store, app, from_us(end))
    raised: dict[tuple[str, str, datetime], Alarm] = {}
    for round_, found in looks(arrived, settings.false_alarms_per_app_year):
        until, by = from_us(round_.until), from_us(round_.at)
        parting = parts_by_reasons(store, app, until, known_by=by)
        for event in detected(app, [*found, *known_at(talk, by)], names, parting, heard):
            for alarm in event.alarms:
                raised.setdefault((alarm.kind, alarm.incident, alarm.at), alarm)
    return sorted(
        (a for a in raised.values() if since is None or a.at >= since),
        key=lambda alarm: (alarm.at, alarm.incident),
    )


def talk_of(settings: Settings, store: Store, app: str, end: datetime) -> list[Swing]:
    """Swings of what is said outside the stores, up to a moment."""
    budget = settings.talk_false_alarms_per_app_year
    names = subject_of(settings, store, app).names
    return find_talk(store, app, observed_until(store, app, end), budget=budget, names=names)


def known_at(found: Sequence[Swing], at: datetime) -> list[Swing]:
    """Swings as they were known at a moment, of those that were."""
    return [
        replace(
            swing,
            escalations=tuple(e for e in swing.escalations if e.at <= at),
            over_before=tuple(over for over in swing.over_before if over <= at),
            closed_at=swing.closed_at if swing.closed_at and swing.closed_at <= at else None,
            ended_at=swing.ended_at if swing.closed_at and swing.closed_at <= at else None,
        )
        for swing in found
        if swing.alarmed_at <= at
    ]


def looks(arrived: ArrivalHistory, budget: float) -> Iterator[tuple[Round, list[Swing]]]:
    """The swings known before each round that changed the past, and after the last round."""
    analyses = _Analyses(arrived, budget)
    for turn, round_ in enumerate(arrived.rounds):
        changed = round_.changed_from
        if changed is None or turn == 0:
            continue
        analyses.prepare(turn - 1, changed)
        yield arrived.rounds[turn - 1], analyses.look(turn - 1)
        analyses.forget(changed)
    if arrived.rounds:
        yield arrived.rounds[-1], analyses.look(len(arrived.rounds) - 1)


@dataclass(slots=True)
class _Analyses:
    """The analyses along it: one live view as long as nothing came too late for it."""

    arrived: ArrivalHistory
    budget: float
    kept: "_States" = field(default_factory=lambda: _States())
    live: Live | None = None
    looked: int = -1  # the round of its last look

    def look(self, round_: int) -> list[Swing]:
        """The swings known after a round."""
        live, until = self.live, self.arrived.rounds[round_].until
        if live is None or live.day is None or until < live.until:
            live = self.live = self._begin(round_, until)
        else:
            before = self.looked, live.until
            live.look(self.arrived.history(round_, live.day, until, but=before), now=until)
            self.kept.keep(live)
        self.looked = round_
        return [swing for swing in live.found if not swing.launch]

    def prepare(self, round_: int, moment: int) -> None:
        """Sees to it that there is a state shortly before a moment, to begin again from."""
        if self.kept.newest(moment) + FARTHEST < moment // DAY_US:
            self._begin(round_, min(moment, self.arrived.rounds[round_].until))

    def forget(self, moment: int) -> None:
        """Drops what knows of the past from a moment on, where this has changed."""
        self.kept.drop_after(moment)
        if self.live is not None and (self.live.day is None or moment < self.live.day):
            self.live = None

    def _begin(self, round_: int, now: int) -> Live:
        state = self.kept.before(now)
        history = self.arrived.history(round_, swings.needed_from(state), now)
        live = Live(state, history, now=now, false_alarms_per_app_year=self.budget)
        self.kept.keep(live)
        return live


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

    def keep(self, live: Live) -> None:
        """Keeps the state of the day of the last look, if that is after all others."""
        if live.day is None or (self.days and live.day // DAY_US <= self.days[-1]):
            return
        state = live.checkpoint
        if state is not None:
            self.days.append(live.day // DAY_US)
            self.states.append(state)

    def drop_after(self, moment: int) -> None:
        """Forgets the states that know of items from a moment on."""
        keep = bisect_right(self.days, moment // DAY_US)
        del self.days[keep:], self.states[keep:]
