"""Which swings are waves of one event, and which an event of their own: told by their reasons.

The detector tells what begins anew by arrivals alone. Within a week of the end of a burst it is a
wave of the same event, unless its texts give other reasons; where nobody writes, arrivals decide.
No decision rests on what came after it: it is taken at the alarm, and again as reviews come.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache

import pandas as pd

from analysis.evidence.reason_change import FEWEST, compare_texts
from analysis.evidence.texts import full_texts
from analysis.incidents.star_classes import of_counted
from analysis.records import Escalation, Swing
from analysis.scored_items import ScoredItem
from analysis.swings.episodes import WAVE
from collector.store import Store
from collector.times import INSTANT

NEAR = timedelta(microseconds=WAVE)  # from the end of a burst to the beginning of a wave
LOOKS = (8, 16, 32)  # texts of a wave at which its reasons are looked at again
USUAL = timedelta(days=90)  # for what is said on any day
MOST_USUAL = 200

Written = Sequence[tuple[datetime, str]]
# An event's swings so far and a later one -> when it is known to be an event of its own, or never.
Parting = Callable[[Swing, Swing], datetime | None]


def parts_always(_: Swing, later: Swing) -> datetime:
    """Where there are no texts to read: by arrivals alone."""
    return later.alarmed_at


def parts_by_reasons(
    store: Store,
    app: str,
    until: datetime,
    as_of: datetime | None = None,
    known_by: datetime | None = None,
) -> Parting:
    """By what reviews say, up to a moment. known_by: of a replay, what had come by then."""

    def read(since: datetime, end: datetime) -> pd.DataFrame:
        reviews = store.items.frame(
            app, since=since, until=end, kind="review", as_of=as_of, record=ScoredItem
        )
        if known_by is None:
            return reviews
        return reviews[~(reviews["arrived_at"] > pd.Timestamp(known_by))]

    return parts_by_texts(read, until)


def parts_by_texts(read: Callable[[datetime, datetime], pd.DataFrame], until: datetime) -> Parting:
    """The same of reviews that are read otherwise.

    read: those published from a moment on and before another, with created_at, rating, title, text.
    """

    @cache
    def written(counts: str, since: datetime, end: datetime) -> Written:
        reviews = of_counted(read(since, end), counts)
        return _written(reviews.sort_values("created_at", kind="stable"))

    def parting(earlier: Swing, later: Swing) -> datetime | None:
        counts = later.counts or later.direction
        before = written(counts, earlier.onset_at - USUAL, earlier.onset_at)
        end = min(earlier.ended_at or until, later.onset_at)
        first = written(counts, earlier.onset_at, end + INSTANT)
        second = written(counts, later.onset_at, min(later.ended_at or until, until) + INSTANT)
        return parts_at(later, first, second, before)

    return parting


def parts_at(
    later: Swing, first: Written, second: Written, before: Written = ()
) -> datetime | None:
    """When a swing is known to give other reasons than the event before it; None: a wave of it.

    first, second: times and texts of both in order; before: of other days.
    """
    alarm = later.alarmed_at
    said, usual = [text for _, text in first], [text for _, text in before[-MOST_USUAL:]]
    at_alarm = sum(at <= alarm for at, _ in second)
    if not at_alarm or len(said) < FEWEST:
        return alarm
    looks = {n: max(second[n - 1][0], alarm) for n in LOOKS if at_alarm < n <= len(second)}
    looks[at_alarm] = alarm
    if later.closed_at is not None:
        looks.setdefault(len(second), later.closed_at)
    for n, moment in sorted(looks.items()):
        compared = compare_texts(said, [text for _, text in second[:n]], usual)
        if compared is not None and compared.differs:
            return moment
    return None


def may_be_wave(earlier: Swing, later: Swing) -> bool:
    """Whether a swing is near enough behind another of the same stars."""
    ended = earlier.ended_at
    return (
        is_same(earlier, later)
        and ended is not None
        and timedelta(0) <= later.onset_at - ended <= NEAR
    )


def is_same(one: Swing, other: Swing) -> bool:
    """Whether two swings are of the same stars, and both of more than usual; talk has none."""
    if one.talk is not None or other.talk is not None:
        return False
    same = (one.counts or one.direction) == (other.counts or other.direction)
    return same and "fewer" not in (one.direction, other.direction)


def with_wave(event: Swing, wave: Swing) -> Swing:
    """An event and a further wave as one swing: told to be over, and that it was not."""
    told = () if event.closed_at is None else (event.closed_at,)
    begun = Escalation(at=wave.alarmed_at, factor=1.0, again=True)
    busier = max((event, wave), key=lambda s: s.items)
    return replace(
        event,
        direction=event.direction if event.direction == wave.direction else "mixed",
        peak_at=busier.peak_at,
        ended_at=wave.ended_at,
        closed_at=wave.closed_at,
        over_before=(*event.over_before, *told, *wave.over_before),
        items=event.items + wave.items,
        expected_items=event.expected_items + wave.expected_items,
        escalations=(*event.escalations, begun, *wave.escalations),
        hot_at=wave.hot_at,
        tail_until=wave.tail_until,
        tail_items=wave.tail_items,
        tail_expected=wave.tail_expected,
        tail_running=wave.tail_running,
        waves=event.waves + wave.waves,
    )


def from_moment(swing: Swing, at: datetime) -> Swing:
    """A swing that is told as an event of its own only from a moment on."""
    if at <= swing.alarmed_at:
        return swing
    later = tuple(e for e in swing.escalations if e.at > at)
    return replace(swing, alarmed_at=at, escalations=later)


def _written(reviews: pd.DataFrame) -> Written:
    times = [at.to_pydatetime() for at in reviews["created_at"]]
    return [(at, text) for at, text in zip(times, full_texts(reviews), strict=True) if text]
