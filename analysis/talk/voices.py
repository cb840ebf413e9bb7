"""Posts -> opinions: what is passed on, copied, or said again by one account counts once.

Each rule looks back over a bounded time, so that a post counts or not whatever comes later and
however far back the reading began.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from collector.times import DAY_US, HOUR_US

ECHO = 7 * DAY_US  # for so long the same thing said again is an echo of what was said before
LOOKBACK = ECHO + HOUR_US  # what a post is held against lies no further back
UNKNOWN = -1


@dataclass(frozen=True, slots=True)
class Said:
    """Posts of one app in order of time, (n,) each.

    at: microseconds UTC. who: a number an account, UNKNOWN where the network tells none. thing: a
    number each for what is said; copies and what is passed on have that of the first. thread: a
    number a conversation. lean: -1 negative, 1 positive, 0 where it cannot be told. network: index
    into networks.
    """

    at: NDArray[np.int64]
    who: NDArray[np.int64]
    thing: NDArray[np.int64]
    thread: NDArray[np.int64]
    lean: NDArray[np.int8]
    network: NDArray[np.int16]
    networks: tuple[str, ...]

    def of(self, which: NDArray[np.bool_] | slice) -> "Said":
        """Some of them."""
        return Said(
            at=self.at[which],
            who=self.who[which],
            thing=self.thing[which],
            thread=self.thread[which],
            lean=self.lean[which],
            network=self.network[which],
            networks=self.networks,
        )


def opinions(said: Said) -> NDArray[np.bool_]:
    """Which posts count: the first of a thing, of an account in a clock hour, and of an account in
    a conversation on a day (UTC)."""
    own = ~_again(said.thing, said.at, ECHO)
    known = said.who != UNKNOWN
    own &= ~known | _first(own, said.who, said.at // HOUR_US)
    talking = known & (said.thread != UNKNOWN)
    once = _first(own & talking, said.who, said.thread, said.at // DAY_US)
    return np.asarray(own & (~talking | once))


def _again(what: NDArray[np.int64], at: NDArray[np.int64], within: int) -> NDArray[np.bool_]:
    """Whether the same was there shortly before: (n,)."""
    order = np.argsort(what, kind="stable")
    again = np.zeros(len(what), dtype=bool)
    same = what[order][1:] == what[order][:-1]
    again[order[1:]] = same & (np.diff(at[order]) <= within)
    return again


def _first(among: NDArray[np.bool_], *keys: NDArray[np.int64]) -> NDArray[np.bool_]:
    """The earliest with each combination of keys among some: (n,)."""
    places = np.flatnonzero(among)
    first = np.zeros(len(among), dtype=bool)
    if len(places):
        table = np.stack([key[places] for key in keys])
        order = np.lexsort((places, *table[::-1]))
        new = np.ones(len(places), dtype=bool)
        new[1:] = (np.diff(table[:, order]) != 0).any(axis=0)
        first[places[order[new]]] = True
    return first
