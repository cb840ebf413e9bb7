"""Swings of what is said: opinions, those that read as negative or positive, and their share.

Two looks of the detector of the stars (analysis.swings), each with half of the budget: one at all
opinions, whatever they say, and one at what they lean to, pooled and by network. What both find at
one time is one event.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from analysis.records import Direction, Swing, Talk
from analysis.series import Missed
from analysis.swings import History
from analysis.talk.voices import UNKNOWN, Said, opinions
from collector.times import DAY_US, to_us

LOOKS = ("all", "leans")
STARS = np.array([1, 3, 5], dtype=np.int8)  # of negative, untold, positive
PAST = 56 * DAY_US  # what is usual before an onset
CO_MOVES = 0.5  # the other lean grew by at least this share: people are of two minds
NO_GAPS = np.empty((0, 2), dtype=np.int64)
LEAST_LEANING = 0.25  # of what is more than usual, for a lean to be told at all


def history(said: Said, look: str, missed: Missed) -> History:
    """Opinions in the shape that the detector reads. look: one of LOOKS."""
    own = said.of(opinions(said))
    stars = np.ones(len(own.at), dtype=np.int8) if look == "all" else STARS[own.lean + 1]
    return History(
        at=own.at,
        stars=stars,
        source=own.network,
        is_post=np.zeros(len(own.at), dtype=bool),
        sources=own.networks,
        gaps=missed.gaps,
        truncated=missed.truncated,
        unseen=missed.unseen,
        polled=missed.polled,
        talk=True,
    )


def joined(found: Sequence[Swing]) -> list[Swing]:
    """What the looks found, as events of talk by alarm: what one of them finds is of the event of
    another that had not been told to be over by then."""
    whole: list[Swing] = []
    for swing in sorted(found, key=lambda s: (s.alarmed_at, s.onset_at, s.items)):
        place = next((n for n, one in enumerate(whole) if not is_over(one, swing.alarmed_at)), None)
        if place is None:
            whole.append(swing)
        else:
            whole[place] = _together(whole[place], swing)
    return whole


def is_over(swing: Swing, at: datetime) -> bool:
    """Whether a swing had been told to be over by then, and not that it began again."""
    closed = [] if swing.closed_at is None else [swing.closed_at]
    over = [moment for moment in (*swing.over_before, *closed) if moment <= at]
    begun = [grown.at for grown in swing.escalations if grown.again and grown.at <= at]
    return bool(over) and max(over) > max(begun, default=swing.alarmed_at)


def _together(event: Swing, later: Swing) -> Swing:
    """One event: it lasts as long as the longer, and its alarm is the first."""
    ends, closes = (
        [getattr(s, name) for s in (event, later)] for name in ("ended_at", "closed_at")
    )
    hot = [s.hot_at for s in (event, later) if s.hot_at is not None]
    longer = max((event, later), key=lambda s: s.items)
    return replace(
        event,
        onset_at=min(event.onset_at, later.onset_at),
        peak_at=longer.peak_at,
        ended_at=None if None in ends else max(ends),
        closed_at=None if None in closes else max(closes),
        hot_at=max(hot) if hot else None,
        items=longer.items,
        expected_items=longer.expected_items,
        recurrence_days=max(event.recurrence_days, later.recurrence_days),
        escalations=tuple(e for e in longer.escalations if e.at > event.alarmed_at),
        over_before=(),
        tail_until=None,
        tail_items=0,
        tail_expected=0.0,
        tail_running=False,
    )


def counted(
    event: Swing,
    said: Said,
    end: int,
    others: Sequence[Swing] = (),
    gaps: NDArray[np.int64] = NO_GAPS,
) -> Swing:
    """An event with how much was said from its onset to a moment, and what it leans to.

    said: from PAST before the onset on, as far back as there is anything; what comes behind `end`
    counts for the reach alone. others: events whose days are no usual ones. gaps: int64 (n, 2),
    when nobody looked.
    """
    start, own = to_us(event.onset_at), opinions(said)
    inside = (said.at >= start) & (said.at <= end)
    before, past = _usual(said, start, [one for one in others if one is not event], gaps)
    length = outside(start, max(end, start), gaps) / past
    counts = {lean: int((inside & own & (said.lean == lean)).sum()) for lean in (-1, 0, 1)}
    usual = {lean: (before & own & (said.lean == lean)).sum() * length for lean in (-1, 0, 1)}
    opinions_before = max(int((before & own).sum()), 1)
    told = sum(counts.values())
    passed = float(before.sum()) / opinions_before if before.any() else 1.0
    direction = _direction({lean: counts[lean] - usual[lean] for lean in counts})
    return replace(
        event,
        direction=direction,
        counts=None,
        source=None,
        items=told,
        expected_items=float(sum(usual.values())),
        talk=Talk(
            posts=int(inside.sum()),
            expected_posts=round(float(sum(usual.values())) * passed, 2),
            people=_people(said.who[inside & own]),
            conversations=len(np.unique(said.thread[inside])),
            reach=_reach(said.thing[said.at >= start], said.thing[inside]),
            negative=counts[-1],
            positive=counts[1],
            networks=_networks(said, inside),
        ),
    )


def _usual(
    said: Said, start: int, others: Sequence[Swing], gaps: NDArray[np.int64]
) -> tuple[NDArray[np.bool_], int]:
    """What was said in the PAST before a moment outside other events, and for how long of that
    somebody looked."""
    since = max(start - PAST, int(said.at[0]) if len(said.at) else start)
    before = (said.at >= since) & (said.at < start)
    spans = [
        (to_us(one.onset_at), to_us(one.ended_at or one.hot_at or one.alarmed_at)) for one in others
    ]
    apart = np.array(spans, dtype=np.int64).reshape(-1, 2)
    for begin, end in _within(apart, since, start):
        before &= (said.at < begin) | (said.at > end)
    return before, max(outside(since, start, np.concatenate([apart, gaps])), DAY_US)


def outside(since: int, until: int, spans: NDArray[np.int64]) -> int:
    """How long between two moments lies in none of some spans, which may overlap: microseconds."""
    inside, reached = 0, since
    for begin, end in sorted(_within(spans, since, until)):
        inside += max(end - max(begin, reached), 0)
        reached = max(reached, end)
    return until - since - inside


def _within(spans: NDArray[np.int64], since: int, until: int) -> Iterator[tuple[int, int]]:
    """What of some spans lies between two moments."""
    for begin, end in np.clip(spans, since, until).tolist():
        if begin < end:
            yield begin, end


def _direction(more: Mapping[int, float]) -> Direction:
    """What the opinions beyond the usual lean to: mixed where to both, or to neither."""
    against, praising = max(more[-1], 0.0), max(more[1], 0.0)
    whole = max(sum(max(one, 0.0) for one in more.values()), 1e-9)
    if max(against, praising) < LEAST_LEANING * whole:
        return "mixed"
    if min(against, praising) >= CO_MOVES * max(against, praising):
        return "mixed"
    return "negative" if against > praising else "positive"


def _people(who: NDArray[np.int64]) -> int:
    return len(np.unique(who[who != UNKNOWN])) + int((who == UNKNOWN).sum())


def _reach(thing: NDArray[np.int64], of: NDArray[np.int64]) -> int:
    """How often the one of some things was said that was said most."""
    things, counts = np.unique(thing, return_counts=True)
    return int(counts[np.isin(things, of)].max(initial=0))


def _networks(said: Said, inside: NDArray[np.bool_]) -> list[str]:
    counts = np.bincount(said.network[inside], minlength=len(said.networks))
    order = np.argsort(-counts, kind="stable")
    return [said.networks[n] for n in order.tolist() if counts[n]]
