"""How soon real events were told of, and how soon a detector of counts could have told at best.

The latter knows the app's level, hours and dispersion of the quiet days before the event exactly,
and looks at each low review at trailing windows of a few minutes to a week. Its thresholds are set
on that very null to the app's whole budget of false alarms. Two of them: one spends it on one
window alone, the one that turns out to be the first to tell of this event (a bound: nobody can
know which), the other on all of them at once, weighed as the scan weighs them.
"""

from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.records import Swing
from analysis.swings import scan
from analysis.swings.history import DAY, HOUR, uncovered_hours
from benchmarks.calibrate import thresholds
from benchmarks.detection.intervals import bootstrap, median
from benchmarks.detection.methods import swings, us
from benchmarks.detection.real_histories import AppCase, Span, clean

WINDOWS = (0.1, 0.25, 0.5, 1, 2, 4, 8, 16, 24, 48, 96, 168)  # hours
AROUND, ENOUGH = 56, 14  # quiet days before the event; with fewer, those after it as well
MOST_SIMULATED = 200_000  # items of the null, of at most 400 years
PSEUDO_ITEMS = 60.0  # that pull the hours of the day to flat
Times = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Truth:
    """What is usual: low stars a day, dispersion of the days, share of the day by its hours."""

    level: float
    phi: float
    until_hour: NDArray[np.float64]

    def expected(self, begin: NDArray[Any], end: Times) -> NDArray[np.float64]:
        """Low stars expected between moments."""

        def days(at: NDArray[Any]) -> NDArray[np.float64]:
            whole, rest = np.divmod(at / HOUR, 24)
            return np.asarray(whole + np.interp(rest, np.arange(25), self.until_hour))

        return self.level * (days(end) - days(begin))


def delays(cases: list[AppCase], seed: int = 6) -> list[dict[str, Any]]:
    """The clean negative events with times that opened a swing: a row each."""
    rows = []
    for case in cases:
        if case.resolution_s > 1:
            continue
        found = [s for s in swings(case.history) if s.direction != "positive"]
        for event in clean(case):
            own = [s for s in found if event.onset - DAY <= us(s.alarmed_at) < event.end]
            if own:
                rows.append(_row(case, event, own[0], seed))
    return rows


def summary(rows: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Medians over the events with 95 % intervals: from the own onset, and from the known hour.

    Where ours told sooner than the ideal detector, ours counts as its delay too.
    """
    found: dict[str, dict[str, Any]] = {}
    for onset in ("own", "known"):
        some = [r[onset] for r in rows if r[onset]]
        found[onset] = {"events": len(some)}
        for who, unit in product(("ours", "all", "one"), ("minutes", "reviews")):
            values = [min(d[w][unit] for w in ("ours", who) if d[w]) for d in some]
            found[onset][f"{who}_{unit}"] = median(values)
            found[onset][f"{who}_{unit}_interval"] = bootstrap(values)
    return found


def _row(case: AppCase, event: Span, swing: Swing, seed: int) -> dict[str, Any]:
    low = case.history.at[(case.history.stars > 0) & (case.history.stars <= 2)]
    truth = _truth(case, event, low)
    onset, told = us(swing.onset_at), us(swing.alarmed_at)
    to_the_hour = event.onset % DAY != 0
    since = min(onset, event.onset) if to_the_hour else onset
    scores = _scores(low, truth, (low >= since - 7 * DAY) & (low < event.end))
    seen = low[(low >= since - 7 * DAY) & (low < event.end)]
    crossed = scores < _limits(truth, seed)
    row: dict[str, Any] = {"app": case.app.split(":")[1], "event": event.name}
    row |= {"level": truth.level, "phi": truth.phi, "known": None}
    for name, begin in (("own", onset), ("known", event.onset)):
        if name == "known" and not to_the_hour:
            continue
        after = seen >= begin
        firsts = {
            "ours": told,
            "all": _first(seen, crossed[:, -1] & after),
            "one": _first(seen, crossed[:, :-1].any(axis=1) & after),
        }
        row[name] = {who: _delay(low, begin, at) for who, at in firsts.items()}
    return row


def _first(times: Times, which: NDArray[np.bool_]) -> int | None:
    return int(times[which.argmax()]) if which.any() else None


def _delay(low: Times, begin: int, at: int | None) -> dict[str, float] | None:
    if at is None:
        return None
    reviews = int(((low >= begin) & (low <= at)).sum())
    return {"minutes": max(at - begin, 0) / 6e7, "reviews": reviews}


def _truth(case: AppCase, event: Span, low: Times) -> Truth:
    """From the quiet days before the event, of other events one day before to seven after."""
    first = int(low[0] // DAY) + 1
    n = int(low[-1] // DAY) - first
    at = (first + np.arange(n)) * DAY
    unseen = uncovered_hours(case.history.gaps, first, n).reshape(n, 24).mean(axis=1)
    usable = unseen == 0
    for other in case.events:
        usable &= (at + DAY <= other.onset - DAY) | (at >= other.end + 7 * DAY)
    before = np.flatnonzero(usable & (at < event.onset))[-AROUND:]
    after = np.flatnonzero(usable & (at >= event.end))[: AROUND - len(before)]
    days = before if len(before) >= ENOUGH else np.concatenate([before, after])
    here = np.isin(low // DAY - first, days)
    counts = np.bincount(low[here] // DAY - first, minlength=n)[days]
    level, phi = _moments(counts.astype(np.float64))
    hours = np.bincount(low[here] % DAY // HOUR, minlength=24) + PSEUDO_ITEMS / 24
    return Truth(level, phi, np.concatenate([[0], np.cumsum(hours) / hours.sum()]))


def _moments(counts: NDArray[np.float64]) -> tuple[float, float]:
    """Mean and dispersion of days, those far above clipped: a bump is not what is usual."""
    kept, phi = counts, 0.0
    for _ in range(5):
        level = max(float(kept.mean()), 0.5 / len(counts))
        phi = max(float(((kept - level) ** 2 - level).mean() / level**2), 0.01)
        kept = np.minimum(counts, level + 3 * np.sqrt(level + phi * level**2) + 1)
    return level, phi


def _scores(low: Times, truth: Truth, chosen: NDArray[np.bool_]) -> NDArray[np.float64]:
    """p-values of each window at the chosen arrivals, last the least of them weighed as the scan
    weighs them: (m, windows + 1)."""
    at = low[chosen]
    place = np.flatnonzero(chosen)
    found = np.empty((len(at), len(WINDOWS) + 1))
    for i, width in enumerate(WINDOWS):
        begin = at - width * HOUR
        count = place + 1 - np.searchsorted(low, begin, side="right")
        mean = np.maximum(truth.expected(begin, at), 1e-9)
        found[:, i] = scan.tail(count, mean, np.full(len(at), 1 / truth.phi))
    looks = (24 / np.minimum(WINDOWS, 24)) ** 0.8
    found[:, -1] = (found[:, :-1] * looks).min(axis=1)
    return found


def _limits(truth: Truth, seed: int) -> NDArray[np.float64]:
    """The scores that the null undercuts as often as the app's budget allows: (windows + 1,)."""
    rng = np.random.default_rng(seed)
    years = min(400.0, MOST_SIMULATED / (365.25 * truth.level))
    n = int(365.25 * years)
    day = np.repeat(np.arange(n), rng.poisson(truth.level * rng.gamma(1 / truth.phi, truth.phi, n)))
    within = np.interp(rng.random(len(day)), truth.until_hour, np.arange(25) / 24)
    at = np.sort(((10_000 + day + within) * DAY).astype(np.int64))
    scores = _scores(at, truth, np.ones(len(at), dtype=bool))
    limits = []
    for column in scores.T:
        few = np.sort(np.argsort(column, kind="stable")[: int(50 * years)])
        looks = thresholds.Looks(years, at[few], column[few], column[few], column[few])
        limits.append(thresholds.quantile(looks, column[few], thresholds.NOMINAL))
    return np.array(limits)
