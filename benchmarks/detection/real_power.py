"""Power on real quiet streams: bursts put in where the app has the volume that is asked for.

Places lie in the quiet spans of events.json, on days whose 28 days before lie there too and held
the volume asked for. An app takes its turn with the others, whatever the number of its days. Where
a swing is open already at the burst's first moment (an alarm of the app's own, chance or not), it
is drawn again.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.swings.history import DAY, HOUR
from benchmarks.detection.injected_bursts import inject
from benchmarks.detection.intervals import wilson
from benchmarks.detection.methods import first_message, swings
from benchmarks.detection.real_histories import AppCase

BEFORE = 28  # days from which the usual volume is taken
FEWEST_DAYS = 10  # on which an app has a place for a burst
MOST_DRAWS = 20  # for one run


@dataclass(frozen=True, slots=True)
class Asked:
    """A burst and the app that it comes to: low stars or all reviews a day, from least to most.

    history: days of the app's past that the detector must have.
    """

    k: int
    hours: int
    least: float
    most: float
    of_low: bool
    history: int


ASKED = (
    Asked(15, 24, 0.5, 2.0, True, 70),
    Asked(30, 24, 5.0, 20.0, True, 70),
    Asked(30, 6, 300.0, 1200.0, False, 14),  # the one app of this size has 26 whole days
)


@dataclass(frozen=True, slots=True)
class Places:
    """Where bursts go in one app. days: those on which one may begin, numbers since 1970.

    phi: dispersion of these days' low stars, rho: overdispersion of their share of low stars, both
    against the BEFORE days before each.
    """

    case: AppCase
    days: NDArray[np.int64]
    low_a_day: float
    every_a_day: float
    phi: float
    rho: float


def real_power(cases: list[AppCase], runs: int, seed: int = 11) -> list[dict[str, Any]]:
    """Share of bursts seen before they end: a row for each app, before them one for all of them.

    runs: of each burst, over its apps together.
    """
    rows = []
    for asked in ASKED:
        rng = np.random.default_rng([seed, asked.k, asked.hours])
        found = [p for case in cases if (p := places(case, asked)) is not None]
        seen: list[list[bool]] = [[] for _ in found]
        again = [0] * len(found)
        for run in range(runs if found else 0):
            which = run % len(found)
            hit, drawn = _one(found[which], asked, rng)
            again[which] += drawn - (hit is not None)
            if hit is not None:
                seen[which].append(hit)
        burst = {"k": asked.k, "hours": asked.hours}
        parts = [
            burst | {"app": p.case.app.split(" ")[0]} | _row([p], [s], a)
            for p, s, a in zip(found, seen, again, strict=True)
        ]
        if len(found) > 1:
            rows.append(burst | {"app": None} | _row(found, seen, sum(again)))
        rows += parts
    return rows


def places(case: AppCase, asked: Asked) -> Places | None:
    """Where in an app's quiet spans it has the volume asked for; None if hardly anywhere."""
    history = case.history
    if case.resolution_s > 1 or not len(history.at):
        return None
    low = (history.stars > 0) & (history.stars <= 2)
    first = int(history.at[0] // DAY) + 1  # the first day is seen in part
    n = max(int(history.at[-1] // DAY) - first, 0)  # so is the last
    daily = [
        np.bincount(d[(d >= 0) & (d < n)], minlength=n)
        for d in (history.at[low] // DAY - first, history.at // DAY - first)
    ]
    summed = [np.concatenate([[0], np.cumsum(x)]) for x in daily]
    day = np.arange(asked.history, n)
    begin = np.maximum(day - BEFORE, 0)
    lows, every = ((s[day] - s[begin]) / (day - begin) for s in summed)
    volume = lows if asked.of_low else every
    at = (first + day) * DAY
    quiet = np.zeros(len(day), dtype=bool)
    for span in case.quiet:
        since = span.onset + min(BEFORE, asked.history - 1) * DAY
        quiet |= (at >= since) & (at + (24 + asked.hours) * HOUR <= span.end)
    chosen = quiet & (volume >= asked.least) & (volume <= asked.most)
    if chosen.sum() < FEWEST_DAYS:
        return None
    lows, every, day = lows[chosen], every[chosen], day[chosen]
    x, m, share = daily[0][day], daily[1][day], lows / np.maximum(every, 1e-9)
    q = share * (1 - share)
    return Places(
        case=case,
        days=first + day,
        low_a_day=float(lows.mean()),
        every_a_day=float(every.mean()),
        phi=_positive(((x - lows) ** 2 - lows).sum(), (lows**2).sum()),
        rho=_positive(((x - m * share) ** 2 - m * q).sum(), (m * (m - 1) * q).sum()),
    )


def _positive(excess: float, pairs: float) -> float:
    """A moment estimate of scatter; where a level falls it may come out below nought."""
    return max(0.0, float(excess / max(pairs, 1e-9)))


def _one(place: Places, asked: Asked, rng: np.random.Generator) -> tuple[bool | None, int]:
    """Whether one burst is seen before its end, and how many draws its place took."""
    history = place.case.history
    for draw in range(1, MOST_DRAWS + 1):
        start = int(rng.choice(place.days)) * DAY + int(rng.integers(DAY))
        bursting = inject(history, start, asked.k, asked.hours, rng)
        before = swings(bursting, start - 1)
        if any(s.direction != "positive" and s.ended_at is None for s in before):
            continue
        found = swings(bursting, start + asked.hours * HOUR)
        return first_message(found, start) is not None, draw
    return None, MOST_DRAWS


def _row(found: list[Places], seen: list[list[bool]], again: int) -> dict[str, Any]:
    """Power over some apps; volumes and scatter are the median app's."""
    hits = [hit for one in seen for hit in one]
    low, high = wilson(sum(hits), len(hits))
    scales = ("low_a_day", "every_a_day", "phi", "rho")
    row: dict[str, Any] = {n: float(np.median([getattr(p, n) for p in found])) for n in scales}
    row |= {"apps": len(found), "days": sum(len(p.days) for p in found), "runs": len(hits)}
    power = float(np.mean(hits)) if hits else 0.0
    return row | {"again": again, "power": power, "power_low": low, "power_high": high}
