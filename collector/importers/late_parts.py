"""Storefronts and languages that a file shows from a later day on than the rest of their source.

A dump of the newest 500 reviews of each storefront begins on another day in each. A storefront that
begins as steadily as it goes on is one whose beginning is the file's; a flood from a country that
never wrote before rises and falls, and stays what it is.
"""

import json
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from collector.store import Cursor, Store
from collector.store.reading.item_arrays import Split
from collector.times import DAY_US

NOTED_AS = "begins:"
EXPECTED = 20
"""Reviews that its pace would have brought from the beginning of its source to its own."""
BLOCKS, FALLEN = 4, 1 / 3
"""The time since in so many parts, none of which falls below this part of their mean."""
FEWEST = 40
LONG = 28 * DAY_US
SHORT = 7 * DAY_US
ROUND = 50
"""A part that is younger than LONG has a round number of reviews: so many, or a multiple."""
Place = Literal["country", "lang"]


def note(store: Store, app: str) -> None:
    """Looks through an app's reviews and notes the parts of each source that begin late."""
    for place in ("country", "lang"):
        codes = store.items.distinct(app, place)
        if len(codes) < 2:
            continue
        for source in store.items.distinct(app, "source"):
            split = [Split(source=source, place=place, code=code) for code in codes]
            begins = late(_apart(store, app, split))
            for code, begin in begins.items():
                value = json.dumps({"place": place, "code": code, "begin": begin})
                store.cursors.set(Cursor(app, source, f"{NOTED_AS}{place}:{code}", value))


def noted(store: Store, app: str) -> dict[str, list[tuple[Split, int]]]:
    """By source, the parts that begin late and when, in microseconds."""
    found: dict[str, list[tuple[Split, int]]] = {}
    for (source, _), value in store.cursors.named(app, NOTED_AS).items():
        kept = json.loads(value)
        split = Split(source=source, place=kept["place"], code=kept["code"])
        found.setdefault(source, []).append((split, kept["begin"]))
    return found


def late(apart: dict[str, NDArray[np.int64]]) -> dict[str, int]:
    """Of the parts of a source, by code, those that begin late, and when; times sorted."""
    held = {code: at for code, at in apart.items() if len(at)}
    if len(held) < 2:
        return {}
    first, last = min(at[0] for at in held.values()), max(at[-1] for at in held.values())
    return {
        code: int(at[0])
        for code, at in held.items()
        if len(at) >= FEWEST and _begins_steadily(at, int(first), int(last))
    }


def _begins_steadily(at: NDArray[np.int64], first: int, last: int) -> bool:
    begin, length = int(at[0]), last - int(at[0])
    if length < SHORT or (length < LONG and len(at) % ROUND):
        return False
    seen = min(length, 4 * LONG)
    counts = np.histogram(at, BLOCKS, (begin, begin + seen))[0]
    pace = counts.sum() / seen
    steady = bool((counts >= FALLEN * counts.mean()).all())
    return steady and pace * (begin - first) >= EXPECTED


def _apart(store: Store, app: str, split: list[Split]) -> dict[str, NDArray[np.int64]]:
    items = store.items.arrays(app, split=split)
    names = {part.name: part.code for part in split}
    return {
        names[name]: items.at[(items.source == number) & ~items.is_post]
        for number, name in enumerate(items.sources)
        if name in names
    }
