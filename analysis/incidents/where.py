"""One event, one incident: what is said outside the stores, and the reviews of the same days.

Talk that reaches the stores, or reviews that are talked of, are one event, told by the first alarm.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from analysis.records import Alarm, Incident, Swing, Talk

FOLLOWED = timedelta(hours=48)  # after the talk has ended, for reviews to belong to it

Pair = tuple[Swing, Swing | None]  # of the stores with the talk of it; talk alone is both


def pairs(stores: Sequence[Swing], talks: Sequence[Swing]) -> list[Pair]:
    """Swings of stores with the talk that belongs to them, and talk that stays talk."""
    held: dict[int, Swing] = {}
    alone: list[Pair] = []
    for talk in sorted(talks, key=lambda s: s.alarmed_at):
        place = next((n for n, swing in enumerate(stores) if belongs(swing, talk)), None)
        if place is None:
            alone.append((talk, talk))
        else:
            known = held.get(place)
            held[place] = talk if known is None else both_of(known, talk)
    return [*((swing, held.get(n)) for n, swing in enumerate(stores)), *alone]


def belongs(swing: Swing, talk: Swing) -> bool:
    """Whether reviews came while it was talked of or soon after, or were talked of as they came."""
    if swing.direction == "fewer":
        return False
    ended = talk.ended_at
    after = talk.onset_at <= swing.alarmed_at and (
        ended is None or swing.onset_at <= ended + FOLLOWED
    )
    over = swing.ended_at
    before = swing.onset_at <= talk.alarmed_at and (over is None or talk.onset_at <= over)
    return after or before


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


def lines(stores: Sequence[Alarm], talk: Sequence[Alarm]) -> list[Alarm]:
    """The log of an event of both: opened once, and of the talk what came before the reviews."""
    every = sorted([*stores, *talk], key=lambda alarm: alarm.at)
    opened = next((a for a in every if a.kind == "opened"), None)
    reached = min((a.at for a in stores if a.kind == "opened"), default=None)
    kept = [a for a in talk if reached is None or a.at < reached] if stores else list(talk)
    found = [a for a in [*stores, *kept] if a.kind != "opened" or a is opened]
    return sorted(found, key=lambda alarm: alarm.at)


def with_talk(incident: Incident, talk: Swing, *, alone: bool = False) -> Incident:
    """An incident with how much was said in it; alone: nothing of it is of the stores."""
    said = talk.talk
    if said is None:
        return incident
    return replace(
        incident,
        where="social" if alone else "both",
        sources=sorted({*([] if alone else incident.sources), *said.networks}),
        alarmed_at=min(incident.alarmed_at, talk.alarmed_at),
        posts=said.posts,
        expected_posts=said.expected_posts,
        people=said.people,
        conversations=said.conversations,
        reach=said.reach,
        networks=said.networks,
    )
