"""Storefronts and languages that are compared by themselves, because they were not seen from the
same day on as the rest of their source.

A feed that shows the newest 500 reviews of each storefront begins on another day in each; where a
busy one begins, its arrivals are added to those of the others. So such a part counts as a source
of its own, which brings no arrivals before it has a past (swings.source_groups).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from collector.store.polls.part_spans import SeenPart
from collector.store.reading.item_arrays import Split
from collector.times import DAY_US

LONG_HOLE = DAY_US  # not seen for so long, a part has days that tell nothing


@dataclass(frozen=True, slots=True)
class Apart:
    """One such part. since: when it was first seen, or None where it was seen as long as its
    source; unseen: int64 (n, 2), when it was not."""

    split: Split
    since: int | None
    unseen: NDArray[np.int64]


def apart(
    parts: Mapping[str, Sequence[SeenPart]],
    late: Mapping[str, Sequence[tuple[Split, int]]] | None = None,
) -> dict[str, list[Apart]]:
    """By source, the parts that are compared by themselves; none where a source has one part.

    late: parts that imported files show from a moment on.
    """
    none = np.empty((0, 2), dtype=np.int64)
    found = {
        source: [Apart(split, since, none) for split, since in mine]
        for source, mine in (late or {}).items()
    }
    for source, mine in parts.items():
        if len(mine) < 2:
            continue
        latest = max(part.spans[-1][2] for part in mine)
        for part in mine:
            holes = _holes(part, latest)
            if part.cut or len(holes):
                split = Split(source=source, place=part.place, code=part.code)
                others = [one for one in found.get(source, []) if one.split != split]
                found[source] = others
                since = part.spans[0][1] if part.cut else None
                found.setdefault(source, []).append(Apart(split, since, holes))
    return found


def _holes(part: SeenPart, latest: int) -> NDArray[np.int64]:
    ends = [span[2] for span in part.spans]
    starts = [*(span[1] for span in part.spans[1:]), latest]
    holes = [(a, b) for a, b in zip(ends, starts, strict=True) if b - a >= LONG_HOLE]
    return np.asarray(holes, dtype=np.int64).reshape(-1, 2)
