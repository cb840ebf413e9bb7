"""What the network must be, by plain counting: every two rows looked at."""

from collections import Counter
from itertools import combinations
from typing import NamedTuple


class Share(NamedTuple):
    """One row of a table."""

    account: str
    thing: str
    message: str
    at: int


def pair_rows(rows: list[Share], window: int, least: int, *, loops: bool) -> list[tuple[int, int]]:
    """Pairs of row numbers that count."""
    often = Counter(row.account for row in rows)
    kept = [n for n, row in enumerate(rows) if often[row.account] >= least]
    found = [
        (n, m)
        for n, m in combinations(kept, 2)
        if rows[n].thing == rows[m].thing
        and abs(rows[n].at - rows[m].at) <= window
        and (loops or _apart(rows[n], rows[m]))
    ]
    paired = {rows[n].message for pair in found for n in pair}
    part = Counter(rows[n].account for n in kept if rows[n].message in paired)
    counted = {
        rows[n].message
        for n in kept
        if rows[n].message in paired and part[rows[n].account] >= least
    }
    return [(n, m) for n, m in found if rows[n].message in counted or rows[m].message in counted]


def weights(rows: list[Share], window: int, least: int, *, loops: bool) -> Counter[tuple[str, str]]:
    """Edges and their weights."""
    found = pair_rows(rows, window, least, loops=loops)
    return Counter(
        (min(a, b), max(a, b)) for a, b in ((rows[n].account, rows[m].account) for n, m in found)
    )


def _apart(one: Share, other: Share) -> bool:
    return (
        one.account != other.account
        and one.message != other.message
        and one.thing not in (one.message, other.message)
    )
