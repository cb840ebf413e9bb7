"""Storefronts and languages that a file shows from a later day on than the rest of their source.

A dump of the newest 500 reviews of each storefront begins on another day in each. A storefront that
begins as steadily as it goes on is one whose beginning is the file's; a flood from a country that
never wrote before rises and falls, or gives other stars, and stays what it is.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from collector.store import Cursor, Store
from collector.store.reading.item_arrays import Split
from collector.times import DAY_US, HOUR_US

NOTED_AS = "begins:"
EXPECTED = 20
"""Reviews that its pace would have brought from the beginning of its source to its own."""
BLOCKS, FALLEN = 4, 1 / 3
"""The time since in so many parts, none of which falls below this part of their mean."""
FEWEST = 40
LONG = 28 * DAY_US
SHORT = 7 * DAY_US
BRIEF = 2 * DAY_US
"""Below this, days cannot be compared with each other: a night is no fall."""
ENDS_BEFORE = 12 * HOUR_US
ROUND = 50
"""A part that is younger than SHORT has a round number of reviews: so many, or a multiple; one that
is younger than LONG has it, or the stars of the others."""
ALIKE = 0.25
"""Farthest that its shares of low and of high stars are from those of the others."""
LOW, HIGH = 2, 4
PLACES: tuple[Literal["country", "lang"], ...] = ("country", "lang")


@dataclass(frozen=True, slots=True)
class Reviews:
    """Of one part of a source, by time: at int64 microseconds, stars int8, 0 without; (n,) each."""

    at: NDArray[np.int64]
    stars: NDArray[np.int8]


def note(store: Store, app: str, sources: Collection[str]) -> None:
    """Looks through an app's reviews and notes the parts of these sources that begin late, and no
    other ones of them."""
    found = [
        Cursor(app, source, f"{NOTED_AS}{place}:{code}", _written(place, code, begin))
        for place in PLACES
        for source, parts in _apart(store, app, sources, place).items()
        for code, begin in late(parts).items()
    ]
    store.cursors.replace(app, sources, NOTED_AS, found)


def forget(store: Store, app: str, sources: Collection[str]) -> None:
    """Takes back what was noted of these sources."""
    store.cursors.replace(app, sources, NOTED_AS, ())


def noted(store: Store, app: str) -> dict[str, list[tuple[Split, int]]]:
    """By source, the parts that begin late and when, in microseconds."""
    found: dict[str, list[tuple[Split, int]]] = {}
    for (source, _), value in store.cursors.named(app, NOTED_AS).items():
        kept = json.loads(value)
        split = Split(source=source, place=kept["place"], code=kept["code"])
        found.setdefault(source, []).append((split, kept["begin"]))
    return found


def late(apart: Mapping[str, Reviews]) -> dict[str, int]:
    """Of the parts of a source, by code, those that begin late, and when."""
    held = {code: one for code, one in apart.items() if len(one.at)}
    if len(held) < 2:
        return {}
    first = int(min(one.at[0] for one in held.values()))
    last = int(max(one.at[-1] for one in held.values()))
    return {
        code: int(one.at[0])
        for code, one in held.items()
        if len(one.at) >= FEWEST
        and _is_missing_before(one.at, first, last)
        and _begins_with_the_file(one, [o for c, o in held.items() if c != code], last)
    }


def _is_missing_before(at: NDArray[np.int64], first: int, last: int) -> bool:
    """Whether its pace would have brought some in the time before, of which the file tells."""
    begin, seen = int(at[0]), _seen(at, last)
    pace = np.searchsorted(at, begin + seen) / seen if seen else 0.0
    return bool(pace * (begin - first) >= EXPECTED)


def _begins_with_the_file(one: Reviews, others: list[Reviews], last: int) -> bool:
    length = last - int(one.at[0])
    is_round, alike = len(one.at) % ROUND == 0, _stars_alike(one, others)
    if length < SHORT:
        return is_round and alike and _goes_on(one.at, last)
    return (length >= LONG or is_round or alike) and _is_steady(one.at, last)


def _is_steady(at: NDArray[np.int64], last: int) -> bool:
    begin = int(at[0])
    counts = np.histogram(at, BLOCKS, (begin, begin + _seen(at, last)))[0]
    return bool((counts >= FALLEN * counts.mean()).all())


def _goes_on(at: NDArray[np.int64], last: int) -> bool:
    """Whether no day of a few falls behind the others, and some come until the end."""
    if last - int(at[-1]) > ENDS_BEFORE:
        return False
    days = (last - int(at[0])) // DAY_US
    if days * DAY_US < BRIEF:
        return True
    counts = np.histogram(at, days, (last - days * DAY_US, last))[0]
    return bool((counts >= FALLEN * counts.mean()).all())


def _seen(at: NDArray[np.int64], last: int) -> int:
    return min(last - int(at[0]), 4 * LONG)


def _stars_alike(one: Reviews, others: list[Reviews]) -> bool:
    mine, rest = _shares(one.stars), _shares(np.concatenate([each.stars for each in others]))
    return bool((np.abs(mine - rest) <= ALIKE).all())


def _shares(stars: NDArray[np.int8]) -> NDArray[np.float64]:
    """Of low and of high stars; nan where there are none."""
    rated = stars[stars > 0]
    if not len(rated):
        return np.full(2, np.nan)
    return np.asarray([(rated <= LOW).mean(), (rated >= HIGH).mean()])


def _written(place: str, code: str, begin: int) -> str:
    return json.dumps({"place": place, "code": code, "begin": begin})


def _apart(
    store: Store, app: str, sources: Collection[str], place: Literal["country", "lang"]
) -> dict[str, dict[str, Reviews]]:
    """By source and code; nothing where the app has one code in all."""
    codes = store.items.distinct(app, place)
    if len(codes) < 2:
        return {}
    split = [Split(source=s, place=place, code=c) for s in sorted(sources) for c in codes]
    parts = {part.name: part for part in split}
    items = store.items.arrays(app, split=split)
    found: dict[str, dict[str, Reviews]] = {}
    for number, name in enumerate(items.sources):
        if name in parts:
            mine = (items.source == number) & ~items.is_post
            part = Reviews(items.at[mine], items.stars[mine])
            found.setdefault(parts[name].source, {})[parts[name].code] = part
    return found
