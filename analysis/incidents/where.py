"""One event, one incident: what is said outside the stores, and the reviews of the same days.

Talk that reaches the stores, or reviews that are talked of, are one event, told by the first alarm.
Whether they are is decided with what was known at the later of both alarms, and stays decided.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import reduce

from analysis.incidents.incident_ids import Names
from analysis.records import Alarm, Incident, Swing, Talk
from analysis.talk.swings_of_talk import is_over

FOLLOWED = timedelta(hours=48)  # so long after the talk was above usual, reviews can be of it
NEAR = timedelta(hours=6)  # the same of a trickle over days, which goes on whatever happens
TRICKLE_HOURS = 12  # of the window that a trickle alarmed in, more
LEAST_HEARD, HEARD = 4, 3.0  # opinions, and how many times the usual, for talk to go on
UNSAID = timedelta(hours=6)  # after a line of it, a side that joins an event needs none

Pair = tuple[Swing, tuple[Swing, ...]]  # of the stores with the talk of it; talk alone is both
# A swing of talk with what was said in it from one moment to another.
Hearing = Callable[[Swing, datetime, datetime], Swing]


def as_found(talk: Swing, *_: datetime) -> Swing:
    """Where no posts can be read: the swing as it was found."""
    return talk


def pairs(
    stores: Sequence[Swing], talks: Sequence[Swing], names: Names, heard: Hearing = as_found
) -> list[Pair]:
    """Swings of stores with the talk that belongs to them, and talk that stays talk."""
    held: dict[int, list[Swing]] = {}
    alone: list[Pair] = []
    for talk in sorted(talks, key=lambda s: s.alarmed_at):
        meets = [n for n, swing in enumerate(stores) if _one_event(swing, talk, names, heard)]
        if meets:
            held.setdefault(min(meets, key=lambda n: stores[n].alarmed_at), []).append(talk)
        else:
            alone.append((talk, (talk,)))
    return [*((swing, tuple(held.get(n, ()))) for n, swing in enumerate(stores)), *alone]


def _one_event(swing: Swing, talk: Swing, names: Names, heard: Hearing) -> bool:
    told = names.are_one(swing, talk)
    return belongs(swing, talk, heard) if told is None else told


def belongs(swing: Swing, talk: Swing, heard: Hearing = as_found) -> bool:
    """Whether reviews came while it was talked of or soon after, or were talked of as they came:
    as known at the later alarm."""
    first, later = sorted((swing, talk), key=lambda s: s.alarmed_at)
    known = later.alarmed_at
    if swing.direction == "fewer" or is_over(first, known):
        return False
    if talk.onset_at <= swing.onset_at and not _goes_on(talk, swing.onset_at, known, heard):
        return False
    leans = heard(talk, talk.onset_at, known).direction
    return {swing.counts or swing.direction, leans} != {"negative", "positive"}


def _goes_on(talk: Swing, onset: datetime, known: datetime, heard: Hearing) -> bool:
    """Whether more than usual was said around the onset of the reviews."""
    near = NEAR if talk.window_hours > TRICKLE_HOURS else FOLLOWED
    around = heard(talk, max(onset - near, talk.onset_at), min(onset + near, known))
    return around.items >= max(LEAST_HEARD, HEARD * around.expected_items)


def as_one(talks: Sequence[Swing]) -> Swing | None:
    """All that is said of the same reviews as one swing of talk; None without any."""
    return reduce(both_of, sorted(talks, key=lambda s: s.alarmed_at)) if talks else None


def both_of(first: Swing, later: Swing) -> Swing:
    """Two swings of talk that belong to the same reviews; nobody of both is counted twice."""
    one, other = first.talk, later.talk
    if one is None or other is None:
        return first
    ends, closes = (
        [getattr(s, name) for s in (first, later)] for name in ("ended_at", "closed_at")
    )
    return replace(
        first,
        ended_at=None if None in ends else max(ends),
        closed_at=None if None in closes else max(closes),
        hot_at=later.hot_at,
        items=first.items + later.items,
        expected_items=first.expected_items + later.expected_items,
        talk=Talk(
            posts=one.posts + other.posts,
            expected_posts=one.expected_posts + other.expected_posts,
            people=max(one.people, other.people),
            conversations=one.conversations + other.conversations,
            reach=max(one.reach, other.reach),
            negative=one.negative + other.negative,
            positive=one.positive + other.positive,
            networks=list(dict.fromkeys([*one.networks, *other.networks])),
        ),
    )


def lines(stores: Sequence[Alarm], talks: Sequence[Sequence[Alarm]]) -> list[Alarm]:
    """The log of an event: opened once, and of the talk what came before the reviews.

    A side that joins it when nothing was told of it for a while is told as growth.
    """
    reached = min((a.at for a in stores if a.kind == "opened"), default=None)
    of_talk = [a for talk in talks for a in talk]
    kept = [a for a in of_talk if reached is None or a.at < reached]
    rest = [a for a in [*stores, *kept] if a.kind != "opened"]
    begun = sorted((a for a in [*stores, *of_talk] if a.kind == "opened"), key=lambda a: a.at)
    return sorted([*rest, *_openings(begun, rest)], key=lambda alarm: alarm.at)


def _openings(begun: Sequence[Alarm], rest: Sequence[Alarm]) -> Iterator[Alarm]:
    told = sorted(a.at for a in rest if a.kind == "escalated")
    for n, line in enumerate(begun):
        if n == 0:
            yield line
        elif line.at - max(at for at in (begun[0].at, *told) if at <= line.at) > UNSAID:
            told.append(line.at)
            yield replace(
                line, kind="escalated", recurrence_days=None, where=line.where or "stores"
            )


def with_talk(incident: Incident, talk: Swing, *, alone: bool = False) -> Incident:
    """An incident with how much was said in it; alone: nothing of it is of the stores."""
    said = talk.talk
    if said is None:
        return incident
    return replace(
        incident,
        where="social" if alone else "both",
        sources=sorted({*([] if alone else incident.sources), *said.networks}),
        talk_onset_at=talk.onset_at,
        talk_alarmed_at=talk.alarmed_at,
        posts=said.posts,
        expected_posts=said.expected_posts,
        people=said.people,
        conversations=said.conversations,
        reach=said.reach,
        networks=said.networks,
    )
