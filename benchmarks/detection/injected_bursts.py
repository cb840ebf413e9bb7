"""Bursts put into real quiet streams and into simulated ones: who sees them, and when."""

from dataclasses import replace
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.research.quiet_streams import arrivals
from analysis.swings import History
from analysis.swings.budget_split import WEIGHTS
from analysis.swings.history import DAY, HOUR
from benchmarks.calibrate import thresholds
from benchmarks.detection.best_possible import ceiling, share_ceiling
from benchmarks.detection.intervals import median
from benchmarks.detection.methods import first_message, swings, theirs, us
from benchmarks.detection.real_histories import AppCase
from benchmarks.detection.rivals import Rival

OURS = "Floodgauge"
POWER = (
    # low and high stars a day, burst, hours, days of history
    (1.0, 2.0, 15, 24, 230),
    (10.0, 20.0, 30, 24, 230),
    (50.0, 550.0, 30, 6, 230),
    (50.0, 550.0, 30, 6, 18),  # as long as that of the one real app of this size
)


def injections(
    cases: list[AppCase], methods: dict[str, tuple[Rival, float]], runs: int, seed: int = 5
) -> list[dict[str, Any]]:
    """Share of bursts of k low-star reviews in h hours that each method sees within a day of it."""
    rng = np.random.default_rng(seed)
    places = [
        (case, q)
        for case in cases
        for q in case.quiet
        if case.resolution_s == 1 and q.end - q.onset > 150 * DAY
    ]
    rows = []
    for hours in (6, 24, 48):
        for k in (5, 10, 15, 30, 60, 516):
            seen: dict[str, list[bool]] = {name: [] for name in (OURS, *methods)}
            delays: list[float] = []
            onsets: list[float] = []
            for run in range(runs):
                case, quiet = places[run % len(places)]
                start = int(rng.integers(quiet.onset + 100 * DAY, quiet.end - 5 * DAY))
                history = inject(case.history, start, k, hours, rng)
                until = start + (hours + 24) * HOUR
                found = swings(history, until)
                first_sent = first_message(found, start)
                seen[OURS].append(first_sent is not None)
                if first_sent is not None:
                    delays.append((first_sent - start) / HOUR)
                opened = [s for s in found if us(s.alarmed_at) == first_sent]
                onsets += [abs(us(s.onset_at) - start) / HOUR for s in opened]
                low = history.at[(history.stars > 0) & (history.stars <= 2)]
                first = int(history.at[0] // DAY)
                for name, (rival, threshold) in methods.items():
                    judged = theirs(rival(low, first, int(until // DAY - first + 1)), threshold)
                    hit = (judged.sent >= start) & (judged.sent <= until + DAY)
                    seen[name].append(bool(hit.any()))
            row: dict[str, Any] = {"k": k, "hours": hours, "runs": runs}
            row |= {name: float(np.mean(found)) for name, found in seen.items()}
            row["delay_h"] = median(delays)
            row["onset_error_h"] = median(onsets)
            rows.append(row)
    return rows


def power(runs: int, seed: int = 8) -> list[dict[str, Any]]:
    """Share of bursts seen before they end on simulated apps of known dispersion.

    power: low and high stars scatter apart from day to day; together: with the same mix every day;
    rho: overdispersion of the share of low stars where they scatter apart. ceiling: of a detector
    of counts, and of the same mix of one of the share, that knows the truth (detection_ceiling).
    """
    rows = []
    for (low, high, k, hours, days), phi in product(POWER, (0.05, 0.1, 0.3)):
        seen = {}
        for apart in (True, False):
            rng = np.random.default_rng([seed, k, hours, int(100 * phi)])
            seen[apart] = 0
            for _ in range(runs):
                bad, good = _scattered(rng, low, high, phi, days, apart)
                start = (10_000 + days) * DAY + int(rng.integers(4 * DAY))
                burst = start + (rng.random(k) * hours * HOUR).astype(np.int64)
                stars = np.repeat(np.array([1, 5, 1], dtype=np.int8), [len(bad), len(good), k])
                history = thresholds.history_of(np.concatenate([bad, good, burst]), stars)
                sent = first_message(swings(history, start + hours * HOUR), start)
                seen[apart] += sent is not None
        row = {"low_a_day": low, "high_a_day": high, "phi": phi, "k": k, "hours": hours}
        q = low * high / (low + high) ** 2
        row |= {"days": days, "rho": 2 * q * phi / (1 + 2 * q * phi), "runs": runs}
        row |= {"power": seen[True] / runs, "together": seen[False] / runs}
        at_best = ceiling(low, phi, k, hours, WEIGHTS["negative"])
        row |= dict(zip(("ceiling", "ceiling_of_the_day"), at_best, strict=True))
        row["ceiling_of_the_share"] = share_ceiling(low, high, phi, k, hours)
        rows.append(row)
    return rows


def _scattered(
    rng: np.random.Generator, low: float, high: float, phi: float, days: int, apart: bool
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Low and high stars whose days scatter apart, or together with the same mix every day."""
    if apart:
        bad, good = (arrivals(rng, level, phi, 10_000, days + 5) for level in (low, high))
        return bad, good
    every = arrivals(rng, low + high, phi, 10_000, days + 5)
    is_low = rng.random(len(every)) < low / (low + high)
    return every[is_low], every[~is_low]


def inject(history: History, start: int, k: int, hours: int, rng: np.random.Generator) -> History:
    """The history of the 400 days before with k one-star reviews from `start` on."""
    kept = (history.at > start - 400 * DAY) & (history.at < start + (hours + 24) * HOUR)
    at = np.concatenate([history.at[kept], start + (rng.random(k) * hours * HOUR).astype(np.int64)])
    order = np.argsort(at, kind="stable")
    return replace(
        history,
        at=at[order],
        stars=np.append(history.stars[kept], np.ones(k, dtype=np.int8))[order],
        source=np.append(history.source[kept], np.repeat(history.source[kept][-1:], k))[order],
        is_post=np.zeros(len(at), dtype=bool),
    )


def iwatch(runs: int = 300, seed: int = 3) -> dict[str, Any]:
    """516 low ratings in 18 hours on an app with one to four a week: reviews until the alarm."""
    rng = np.random.default_rng(seed)
    reviews, minutes = [], []
    for _ in range(runs):
        weekly = rng.uniform(1, 4)
        quiet = arrivals(rng, weekly / 7, 0.3, 10_000, 200)
        good = arrivals(rng, weekly / 14, 0.3, 10_000, 200)
        start = (10_000 + 195) * DAY + int(rng.integers(DAY))
        flood = np.sort(start + (rng.random(516) * 18 * HOUR).astype(np.int64))
        times = np.concatenate([quiet[quiet < start], good[good < start], flood])
        stars = np.ones(len(times), np.int8)
        stars[(quiet < start).sum() : (quiet < start).sum() + (good < start).sum()] = 5
        found = [
            us(s.alarmed_at)
            for s in swings(thresholds.history_of(times, stars), int(flood[-1]))
            if us(s.alarmed_at) >= start
        ]
        reviews.append(int((flood <= found[0]).sum()) if found else 517)
        minutes.append((found[0] - start) / 6e7 if found else np.inf)
    return {
        "runs": runs,
        "by_review_5": float(np.mean(np.array(reviews) <= 5)),
        "median_reviews": float(np.median(reviews)),
        "median_minutes": float(np.median(minutes)),
    }
