"""What a filter matches, by bin and class of stars: from the roll-up or one by one."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.trends.bins import index_of
from analysis.trends.panels import STAR_CLASSES
from collector.store import Store
from collector.store.counts.groups import By
from collector.store.records import ItemFilter
from collector.times import HOUR_US, to_us

COLUMNS = {"sources": "source", "kinds": "kind", "stars": "stars"}
SPLIT: dict[str, By] = {"versions": "version", "countries": "country", "langs": "lang"}
"""Fields of a filter that the roll-up has as columns: always, and where it is asked for them."""
CLASSES = {**STAR_CLASSES, "no_stars": (0,)}
Counts = dict[str, NDArray[np.int64]]


def matching(store: Store, wanted: ItemFilter, bounds: Sequence[datetime]) -> Counts | None:
    """How many items of an app match, by class of stars: int64 (bins,) each.

    None where the roll-up cannot tell and they are too many to look at each.
    """
    inside = (wanted.since or bounds[0]) <= bounds[0] and bounds[-1] <= (wanted.until or bounds[-1])
    rolled = inside and is_rolled(wanted)
    found = _rolled(store, wanted, bounds) if rolled else _each(store, wanted, bounds)
    if found is None:
        return None
    counts = {}
    for name, stars in CLASSES.items():
        mine = found[found["stars"].isin(stars)]
        added = np.bincount(mine["bin"], mine["items"], minlength=len(bounds) - 1)
        counts[name] = added.astype(np.int64)
    return counts


def is_rolled(wanted: ItemFilter) -> bool:
    """Whether the roll-up has all that a filter asks for: columns of it, and whole hours."""
    plain = ItemFilter()
    known = {*COLUMNS, *SPLIT, "apps", "since", "until"}
    rest = (field.name for field in fields(wanted) if field.name not in known)
    ends = (end for end in (wanted.since, wanted.until) if end is not None)
    whole = all(to_us(end) % HOUR_US == 0 for end in ends)
    alone = len(wanted.apps) == 1
    return alone and whole and all(getattr(wanted, n) == getattr(plain, n) for n in rest)


def _rolled(store: Store, wanted: ItemFilter, bounds: Sequence[datetime]) -> pd.DataFrame:
    asked = [column for name, column in SPLIT.items() if getattr(wanted, name)]
    sums = store.groups.sums(wanted.apps[0], bounds, asked)
    for name, column in {**COLUMNS, **SPLIT}.items():
        if values := getattr(wanted, name):
            sums = sums[sums[column].isin(values)]
    return sums[["bin", "stars", "items"]]


def _each(store: Store, wanted: ItemFilter, bounds: Sequence[datetime]) -> pd.DataFrame | None:
    rows = store.items.matched(wanted)
    if rows is None:
        return None
    at = pd.DatetimeIndex(rows["created_at"])
    place = index_of(bounds).searchsorted(at, side="right") - 1
    stars = np.floor(rows["rating"].fillna(0) + 0.5).astype("int64")
    inside = (place >= 0) & (place < len(bounds) - 1)
    return pd.DataFrame({"bin": place, "stars": stars, "items": 1})[inside]
