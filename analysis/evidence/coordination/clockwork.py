"""Arrivals like clockwork: more even than chance, on one second, or while the app's people sleep.

Time-rescaling (Brown et al. 2002): with the flood's own changing rate taken out, arrivals of people
who know nothing of each other are a Poisson process. The rate is taken from the nearest neighbours
alone: of two gaps side by side, the first one's part is uniform; of two spans side by side, each
arrival falls into either with equal chance. People in a rush scatter more than that, never less.
Times are spread over the source's resolution first, so that full minutes by themselves say nothing.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binom

LEAST = 20  # arrivals
LEAST_EVEN = 60  # the same for gaps: some dozens that keep a distance are no sign by themselves
EVEN = 0.1  # how near to a half the part of a gap is that counts as even
IN_A_SPAN = 4  # arrivals, about
COARSEST_S = 300  # resolution; days and hours say nothing
ROUNDS = ((86_400, 0.9), (3_600, 0.9), (60, 0.9))
LEAST_NIGHTS = 3
NIGHT = 0.1  # of the past's reviews come in the hours that its people sleep
LEAST_PAST = 200
MOST_SPANS = 400  # pairs, the first
LEAST_SECONDS = 100  # times of the past that tell whether seconds are told
SEED = 4
Times = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Even:
    """share: of the neighbouring gaps that are even, or of arrivals on one second or at night;
    usual: the same by chance, or before; p: how often chance alone makes as much."""

    share: float
    usual: float
    p: float


def resolution_s(at: Times) -> float:
    """Seconds to which these times are rounded: 1 where they tell seconds."""
    return next((float(s) for s, most in ROUNDS if np.mean(at % s == 0) >= most), 1.0)


def even_gaps(at: Times) -> Even | None:
    """Whether arrivals keep a distance. at: seconds, ascending; None where that cannot be seen.

    The p is that of two exact tests, the smaller doubled: even gaps, and even spans.
    """
    resolution = resolution_s(at)
    if at.size < LEAST_EVEN or resolution > COARSEST_S:
        return None
    spread = np.random.default_rng(SEED).random(at.size) * resolution
    moved = np.sort(at + (spread if _rounded(at) else 0.0))
    share, gaps_p = _gaps(moved)
    return Even(share, 2 * EVEN, min(1.0, 2 * min(gaps_p, _spans(at))))


def _rounded(at: Times) -> bool:
    return bool(np.all(at == np.floor(at)))


def _gaps(at: Times) -> tuple[float, float]:
    """(share of even pairs of gaps, its p), in the better of the two ways to pair them, doubled."""
    gaps = np.diff(at)
    found = []
    for start in (0, 1):
        first, second = gaps[start:-1:2], gaps[start + 1 :: 2]
        both = first + second
        part = first[both > 0] / both[both > 0]
        even = int(np.count_nonzero(np.abs(part - 0.5) <= EVEN))
        found.append((even / max(part.size, 1), float(binom.sf(even - 1, part.size, 2 * EVEN))))
    share, p = min(found, key=lambda one: one[1])
    return share, min(1.0, 2 * p)


def _spans(at: Times) -> float:
    """How often chance shares arrivals out as evenly among neighbouring spans of the usual length.

    Exact: the number of pairs of spans that hold the same (or differ by one where they cannot) is
    a sum of independent draws, each with its own chance.
    """
    length = IN_A_SPAN * float(np.median(np.diff(at)))
    if length <= 0:
        return 1.0
    spans = ((at - at[0]) // length).astype(np.int64)
    if spans[-1] > 100 * at.size:
        return 1.0
    counts = np.bincount(spans)
    counts = counts[: counts.size - counts.size % 2].reshape(-1, 2)
    total = counts.sum(axis=1)
    counts, total = counts[total >= IN_A_SPAN], total[total >= IN_A_SPAN]
    if total.size < 5:
        return 1.0
    counts, total = counts[:MOST_SPANS], total[:MOST_SPANS]
    even = int(np.count_nonzero(np.abs(counts[:, 0] - counts[:, 1]) <= total % 2))
    chance = binom.pmf(total // 2, total, 0.5) * (1 + total % 2)
    return _at_least(even, chance)


def _at_least(hits: int, chance: Times) -> float:
    told = np.ones(1)
    for one in chance:
        told = np.convolve(told, [1 - one, one])
    return float(told[min(hits, told.size - 1) :].sum())


def one_second(at: Times, past: Times) -> Even | None:
    """Whether arrivals fall on one and the same second of the minute, as a timetable sets them.

    Times that tell no seconds say nothing, whatever the past's do: a file may hold days only.
    """
    if resolution_s(at) > 60 or bool(np.all(at % 60 == 0)):
        return None
    if min(at.size / LEAST, past.size / LEAST_SECONDS) < 1 or resolution_s(past) > 1:
        return None
    seconds = np.bincount((at % 60).astype(np.int64), minlength=60)
    most = int(seconds.argmax())
    usual = max(float(np.mean(past // 1 % 60 == most)), 1 / 60)
    return Even(
        float(seconds[most] / at.size),
        usual,
        min(1.0, 60 * float(binom.sf(seconds[most] - 1, at.size, min(2 * usual, 1.0)))),
    )


def at_night(at: Times, past: Times) -> Even | None:
    """Whether arrivals of several days fall into the hours in which the app's own people sleep."""
    days = np.unique(at // 86_400).size
    if at.size < LEAST or past.size < LEAST_PAST or days < LEAST_NIGHTS:
        return None
    if max(resolution_s(at), resolution_s(past)) > 3_600:
        return None
    profile = np.bincount((past // 3_600 % 24).astype(np.int64), minlength=24) / past.size
    order = np.argsort(profile, kind="stable")
    asleep = order[np.cumsum(profile[order]) <= NIGHT]
    share = float(np.isin((at // 3_600 % 24).astype(np.int64), asleep).mean())
    # Days, not reviews, are independent: a night's flood is one.
    nightly = sum(
        np.isin((at[at // 86_400 == day] // 3_600 % 24).astype(np.int64), asleep).mean() > 0.5
        for day in np.unique(at // 86_400)
    )
    return Even(share, float(profile[asleep].sum()), float(binom.sf(nightly - 1, days, NIGHT)))
