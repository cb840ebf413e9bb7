"""Many reviews that vanish from a store at once: a clean-up, or a wave of deleted accounts.

They are told as an event beside the counts; what was said stays counted where it was said.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import pandas as pd

from analysis.records import Removal, Swing
from collector.store import Store

LEAST = 20  # reviews
TIMES = 5.0  # the usual number
TOGETHER = timedelta(hours=24)
USUAL = timedelta(days=90)  # before it, for the usual number
LOOKBACK = timedelta(days=540)  # of what was said
AFTERWARDS = timedelta(days=14)  # an incident's reviews may be cleaned up so long after it
PART = 1 / 3  # of those that vanished, said during an incident
SIGHTS = timedelta(days=30)  # of the store's average


@dataclass(frozen=True, slots=True)
class Wave:
    """A removal and when what vanished had been said: one time a review, ascending."""

    removal: Removal
    said: tuple[datetime, ...]


def waves(store: Store, app: str, now: datetime) -> list[Wave]:
    """The waves known at a moment, by time."""
    counts = store.removed.counts(app, since=now - LOOKBACK, until=now)
    found: list[Wave] = []
    for group in _groups(counts):
        first, last = group[0][0], group[-1][0]
        if sum(n for _, n in group) < LEAST:
            continue
        reviews = store.removed.reviews(app, since=first, until=last)
        for source, gone in reviews.groupby("source"):
            if len(gone) >= max(LEAST, TIMES * _usual(counts, gone, first)):
                found.append(_wave(store, app, str(source), gone))
    return sorted(found, key=lambda wave: (wave.removal.at, wave.removal.source))


def of_swing(found: Sequence[Wave], swing: Swing, now: datetime) -> list[Removal]:
    """Those that belong to a swing: they came during it, or much of them was said in it."""
    end = swing.ended_at or now
    return [wave.removal for wave in found if _belongs(wave, swing.onset_at, end)]


def _belongs(wave: Wave, onset: datetime, end: datetime) -> bool:
    at = wave.removal.at
    if not onset <= at <= end + AFTERWARDS:
        return False
    inside = sum(onset <= said <= end for said in wave.said)
    return at <= end or inside >= PART * len(wave.said)


def _groups(
    counts: Sequence[tuple[datetime, int]],
) -> Iterator[list[tuple[datetime, int]]]:
    """Removals in spans of at most a day."""
    group: list[tuple[datetime, int]] = []
    for at, n in counts:
        if group and at - group[0][0] > TOGETHER:
            yield group
            group = []
        group.append((at, n))
    if group:
        yield group


def _usual(counts: Sequence[tuple[datetime, int]], gone: pd.DataFrame, first: datetime) -> float:
    """How many vanish in as long as nobody had looked at these."""
    before = sum(n for at, n in counts if first - USUAL <= at < first and n < LEAST)
    seen = gone["last_seen"].max().to_pydatetime()
    return float(before / USUAL.days * max((first - seen) / timedelta(days=1), 1.0))


def _wave(store: Store, app: str, source: str, gone: pd.DataFrame) -> Wave:
    at = gone["at"].min().to_pydatetime()
    before, after = _averages(store, app, source, at)
    removal = Removal(
        at=at,
        source=source,
        reviews=len(gone),
        low=int((gone["rating"] < 2.5).sum()),
        high=int((gone["rating"] >= 3.5).sum()),
        average_before=before,
        average_after=after,
    )
    return Wave(removal, tuple(t.to_pydatetime() for t in gone["created_at"]))


def _averages(
    store: Store, app: str, source: str, at: datetime
) -> tuple[float | None, float | None]:
    """The store's own average at its last sight before and its first from then on."""
    seen = store.timeline.snapshots(app, since=at - SIGHTS, until=at + SIGHTS)
    seen = seen[(seen["source"] == source) & seen["average"].notna()]
    if seen.empty:
        return None, None
    places = seen.groupby("country")["count"].max().fillna(0)
    seen = seen[seen["country"] == places.idxmax()]
    moment = pd.Timestamp(at)
    before, after = seen[seen["at"] < moment]["average"], seen[seen["at"] >= moment]["average"]
    return (
        float(before.iloc[-1]) if len(before) else None,
        float(after.iloc[0]) if len(after) else None,
    )
