"""What people joined or took apart, applied on top of the swings that the detector found.

The detector never learns of it: its swings are found anew at each analysis and the decisions are
applied again in the order in which they were made, so that the same store gives the same incidents.
Lines of the alarm log up to a decision stay as they were sent; later ones follow the decision.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.decisions import Decision
from analysis.incidents import where
from analysis.incidents.incident_ids import Names
from analysis.incidents.swing_to_incident import alarms_of
from analysis.incidents.waves import (
    Parting,
    from_moment,
    is_same,
    may_be_wave,
    parts_always,
    with_wave,
)
from analysis.incidents.where import Hearing
from analysis.records import Alarm, Direction, Swing
from collector.times import HOUR_US, INSTANT, from_us, to_us

Arrivals = Callable[[Swing], NDArray[np.int64]]  # times of a swing's own items, ascending
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Event:
    """One incident to be. joined: ids of those merged into it. split_from: what it was part of.

    talk: what is said of it outside the stores; where it is of talk alone, that is its swing.
    """

    id: str
    swing: Swing
    alarms: tuple[Alarm, ...]
    joined: tuple[str, ...] = ()
    split_from: str | None = None
    talk: Swing | None = None

    @property
    def alarmed_at(self) -> datetime:
        """When it was told first."""
        known = [self.swing.alarmed_at, *([self.talk.alarmed_at] if self.talk else [])]
        return min(known)

    @property
    def ids(self) -> tuple[str, ...]:
        """Its own id, and those merged into it."""
        return (self.id, *self.joined)


def events(
    app: str,
    found: Sequence[Swing],
    groupings: Sequence[Decision],
    arrivals: Arrivals,
    names: Names | None = None,
    parting: Parting = parts_always,
    heard: Hearing = where.as_found,
) -> list[Event]:
    """The detector's swings as people see them, by alarm; what no longer fits is left out.

    groupings: as decisions.groupings gives them. arrivals: int64 microseconds, ascending, of the
    items in a swing's direction, onset to end.
    names: the ids that were given so far; takes in those that are given now. parting: which
    swings are waves of one event. heard: what was said in a swing of talk by a moment.
    """
    names = names or Names(app)
    held = detected(app, found, names, parting, heard)
    for decision in groupings:
        merges = decision.kind == "merge"
        after = _merged(held, decision) if merges else _split(held, decision, arrivals, names)
        if after is None:
            log.info("%s of %s no longer fits and is left out", decision.kind, decision.incident)
        else:
            held = after
    return sorted(held, key=lambda e: (e.alarmed_at, e.swing.direction))


def detected(
    app: str,
    found: Sequence[Swing],
    names: Names,
    parting: Parting = parts_always,
    heard: Hearing = where.as_found,
) -> list[Event]:
    """The detector's swings as events, waves with the event they belong to, whatever people made
    of them.

    An id that was once given stays. Of a swing that was first told as a wave, and then turned out
    to be an event of its own, the event before it keeps the line that said so.
    """
    told: list[tuple[Swing, list[Alarm]]] = []
    talks = [swing for swing in found if swing.talk is not None]
    stores = [swing for swing in found if swing.talk is None]
    for swing in sorted(stores, key=lambda s: (s.alarmed_at, s.direction)):
        place = next((n for n in range(len(told) - 1, -1, -1) if is_same(told[n][0], swing)), None)
        known = names.is_given(swing)
        at: datetime | None = swing.alarmed_at
        if place is not None and not known and may_be_wave(told[place][0], swing):
            at = parting(told[place][0], swing)
        if at is None and place is not None:
            told[place] = (with_wave(told[place][0], swing), told[place][1])
        elif at is not None:
            if place is not None and at > swing.alarmed_at:
                told[place][1].append(_wave_line(app, swing))
            told.append((from_moment(swing, at), []))
    met = where.pairs([swing for swing, _ in told], talks, names, heard)
    wave_lines = [more for _, more in told] + [[] for _ in met[len(told) :]]
    named = names.of([_named_by(pair, names) for pair in met])
    for name, (swing, of_it) in zip(named, met, strict=True):
        for part in (swing, *of_it):
            names.share(name, part)
    return [
        _event(app, name, pair, more)
        for name, pair, more in zip(named, met, wave_lines, strict=True)
    ]


def _named_by(pair: where.Pair, names: Names) -> Swing:
    """Which of both has the event's id: the one that has been given one, or alarmed first."""
    return min((pair[0], *pair[1]), key=lambda s: (not names.is_given(s), s.alarmed_at))


def _event(app: str, name: str, pair: where.Pair, more: Sequence[Alarm]) -> Event:
    swing, talks = pair
    of_stores = [] if swing in talks else _lines(app, swing, name, more)
    of_talk = [alarms_of(app, talk, name) for talk in talks]
    return Event(name, swing, tuple(where.lines(of_stores, of_talk)), talk=where.as_one(talks))


def _wave_line(app: str, swing: Swing) -> Alarm:
    return Alarm(
        at=swing.alarmed_at,
        incident="",
        app=app,
        kind="escalated",
        recurrence_days=None,
        factor=1.0,
        again=True,
    )


def _lines(app: str, swing: Swing, name: str, more: Sequence[Alarm]) -> list[Alarm]:
    lines = [*alarms_of(app, swing, name), *(replace(line, incident=name) for line in more)]
    return sorted(lines, key=lambda alarm: alarm.at)


def join(first: Swing, second: Swing) -> Swing:
    """Two swings as one event; the earlier alarm stays the alarm."""
    early, late = sorted((first, second), key=lambda s: (s.alarmed_at, s.direction))
    directions = {early.direction, late.direction}
    mixed: Direction = "mixed"
    busier = max((early, late), key=lambda s: s.items)
    ends = [s.ended_at for s in (early, late) if s.ended_at is not None]
    closes = [s.closed_at for s in (early, late) if s.closed_at is not None]
    grown = {e.at: e for s in (early, late) for e in s.escalations}
    hot = [s.hot_at for s in (early, late) if s.hot_at is not None]
    return replace(
        early,
        counts=early.counts if early.counts == late.counts else mixed,
        hot_at=max(hot) if hot else None,
        direction=early.direction if len(directions) == 1 else mixed,
        onset_at=min(early.onset_at, late.onset_at),
        peak_at=busier.peak_at,
        ended_at=max(ends) if len(ends) == 2 else None,
        closed_at=max(closes) if len(closes) == 2 else None,
        items=early.items + late.items,
        expected_items=early.expected_items + late.expected_items,
        recurrence_days=max(early.recurrence_days, late.recurrence_days),
        escalations=tuple(grown[at] for at in sorted(grown)),
        over_before=tuple(sorted({*early.over_before, *late.over_before})),
        launch=False,
        **_tail_of(max((early, late), key=lambda s: s.hot_at or s.ended_at or s.alarmed_at)),
    )


def _tail_of(swing: Swing) -> dict[str, Any]:
    names = ("tail_until", "tail_items", "tail_expected", "tail_running")
    return {name: getattr(swing, name) for name in names}


def cut(
    swing: Swing, at: datetime, arrivals: NDArray[np.int64], declared_at: datetime
) -> tuple[Swing, Swing] | None:
    """A swing before and from a moment on; None where the moment does not part it.

    The later part alarms with the growth that had been noticed in it, else at the cut. Expected
    items go by length of time; both parts keep the recurrence interval of the alarm they came from.
    """
    moment = to_us(at)
    early, late = arrivals[arrivals < moment], arrivals[arrivals >= moment]
    if at < swing.alarmed_at + timedelta(minutes=1) or not len(early) or not len(late):
        return None
    end = swing.ended_at or from_us(int(late[-1]))
    share = min(1.0, (at - swing.onset_at) / max(end - swing.onset_at, INSTANT))
    grown = [e for e in swing.escalations if e.at >= at]
    before = replace(
        swing,
        peak_at=_busiest(early),
        ended_at=from_us(int(early[-1])),
        closed_at=min(swing.closed_at or declared_at, declared_at),
        items=len(early),
        counts=swing.counts or swing.direction,
        expected_items=swing.expected_items * share,
        escalations=tuple(e for e in swing.escalations if e.at < at),
        over_before=tuple(moment for moment in swing.over_before if moment < at),
        waves=1,
        tail_until=None,
        tail_items=0,
        tail_expected=0.0,
        tail_running=False,
    )
    after = replace(
        swing,
        onset_at=from_us(int(late[0])),
        alarmed_at=grown[0].at if grown else max(at, from_us(int(late[0]))),
        peak_at=_busiest(late),
        items=len(late),
        counts=swing.counts or swing.direction,
        hot_at=None,
        expected_items=swing.expected_items * (1 - share),
        escalations=tuple(grown[1:]),
        over_before=tuple(moment for moment in swing.over_before if moment >= at),
        waves=1,
        launch=False,
    )
    return before, after


def _merged(held: list[Event], decision: Decision) -> list[Event] | None:
    one, other = _holding(held, decision.incident), _holding(held, decision.value)
    if one is None or other is None or one is other:
        return None
    first, second = sorted((one, other), key=lambda e: (e.alarmed_at, e.swing.direction))
    swing, talk = _joined(first, second)
    lines = _after_merge(first, second, swing, decision.made_at)
    made = Event(
        first.id,
        swing,
        tuple(sorted(lines, key=lambda a: a.at)),
        joined=(*first.joined, *second.ids),
        split_from=first.split_from if first.split_from not in second.ids else None,
        talk=talk,
    )
    return [e for e in held if e is not one and e is not other] + [made]


def _joined(first: Event, second: Event) -> tuple[Swing, Swing | None]:
    """The swing and the talk of two events as one: reviews stay apart from what is said of them."""
    stores = [e.swing for e in (first, second) if e.swing is not e.talk]
    talks = [e.talk for e in (first, second) if e.talk is not None]
    talk = where.as_one(talks)
    return (reduce(join, stores) if stores else talk or first.swing), talk


def _after_merge(first: Event, second: Event, swing: Swing, at: datetime) -> list[Alarm]:
    lines = [*first.alarms, *second.alarms]
    kept = [a for a in lines if a.at <= at]
    kept += [replace(a, incident=first.id) for a in lines if a.at > at and a.kind != "ended"]
    over = [a for a in lines if a.kind == "ended"]
    if swing.closed_at is not None and swing.closed_at > at and over:
        last = max(over, key=lambda a: a.at)
        kept.append(replace(last, incident=first.id, at=swing.closed_at))
    return kept


def _split(
    held: list[Event], decision: Decision, arrivals: Arrivals, names: Names
) -> list[Event] | None:
    whole = _holding(held, decision.incident)
    at = parsed(decision.value or "")
    if whole is None or at is None or whole.swing is whole.talk:
        return None
    parts = cut(whole.swing, at, arrivals(whole.swing), decision.made_at)
    if parts is None:
        return None
    name = names.of_part(parts[1])
    later = [a for a in whole.alarms if a.at > decision.made_at]
    sent = tuple(a for a in whole.alarms if a.at <= decision.made_at)
    moved = tuple(replace(a, incident=name) for a in later)
    return [
        *(e for e in held if e is not whole),
        replace(whole, swing=parts[0], alarms=sent),
        Event(name, parts[1], moved, split_from=whole.id),
    ]


def parsed(moment: str) -> datetime | None:
    """ISO 8601 with a zone, or None."""
    try:
        found = datetime.fromisoformat(moment)
    except ValueError:
        return None
    return found if found.tzinfo is not None else None


def _holding(held: Sequence[Event], name: str | None) -> Event | None:
    return next((event for event in held if name in event.ids), None)


def _busiest(arrivals: NDArray[np.int64]) -> datetime:
    hours, counts = np.unique(arrivals // HOUR_US, return_counts=True)
    return from_us(int(hours[int(np.argmax(counts))]) * HOUR_US)
