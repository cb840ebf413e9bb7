"""Spans in which an imported source is silent although the app's others go on: a file that lacks
them, not people who said nothing.

What comes back after such a span is compared with the time before it, and not with the silence.
"""

import json
from collections.abc import Collection, Mapping

import numpy as np
from numpy.typing import NDArray

from collector.store import Cursor, Store
from collector.times import DAY_US

NOTED_AS = "silent"
SHORTEST = 7 * DAY_US
BESIDE = 56 * DAY_US
"""On either side, by which the usual pace is known."""
GO_ON = 5
"""Reviews of another source within the span."""
EXPECTED = 20
"""Reviews that the pace would have brought: by chance, none comes once in five hundred million."""


def note(store: Store, app: str) -> None:
    """Looks through an app's reviews and notes the silent spans of each source."""
    items = store.items.arrays(app)
    review = ~items.is_post
    apart = {
        name: items.at[review & (items.source == code)] for code, name in enumerate(items.sources)
    }
    found = [
        Cursor(app, source, NOTED_AS, json.dumps(spans.tolist()))
        for source, spans in silences(apart).items()
        if len(spans)
    ]
    known = {source for source, name in store.cursors.named(app, NOTED_AS) if name == NOTED_AS}
    store.cursors.replace(app, known | {one.source for one in found}, NOTED_AS, found)


def forget(store: Store, app: str, sources: Collection[str]) -> None:
    """Takes back what was noted of these sources."""
    store.cursors.replace(app, sources, NOTED_AS, ())


def noted(store: Store, app: str) -> dict[str, NDArray[np.int64]]:
    """The silent spans of each source, int64 (n, 2) microseconds; sources without are left out."""
    found = {
        source: np.asarray(json.loads(value), dtype=np.int64).reshape(-1, 2)
        for (source, name), value in store.cursors.named(app, NOTED_AS).items()
        if name == NOTED_AS
    }
    return {source: spans for source, spans in found.items() if len(spans)}


def silences(apart: Mapping[str, NDArray[np.int64]]) -> dict[str, NDArray[np.int64]]:
    """By source, from the last review before to the first after each such span; times sorted."""
    found = {}
    for source, at in apart.items():
        others = [times for name, times in apart.items() if name != source]
        holes = np.flatnonzero(np.diff(at) >= SHORTEST)
        spans = [(int(at[n]) + 1, int(at[n + 1])) for n in holes]
        kept = [(a, b) for a, b in spans if _is_missing(at, others, a, b)]
        found[source] = np.asarray(kept, dtype=np.int64).reshape(-1, 2)
    return found


def _is_missing(
    at: NDArray[np.int64], others: list[NDArray[np.int64]], start: int, end: int
) -> bool:
    went_on = any(_between(times, start + DAY_US, end - DAY_US) >= GO_ON for times in others)
    pace = min(_between(at, start - BESIDE, start), _between(at, end, end + BESIDE)) / BESIDE
    return went_on and pace * (end - start) >= EXPECTED


def _between(times: NDArray[np.int64], start: int, end: int) -> int:
    low, high = np.searchsorted(times, [start, end])
    return int(high - low)
