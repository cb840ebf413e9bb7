"""The shops' own totals over time, with the ratings that come without text."""

from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from analysis.simulate.drafts import Draft
from analysis.simulate.plans import Scenario
from analysis.simulate.publish import Published, moment
from collector.records import RatingSnapshot, RawItem
from collector.times import to_us

CLOSE_DAYS = 10  # at the end of the history, totals are read every hour or so
CLOSE_HOURS = 2.0


def snapshots(scenario: Scenario, published: Published) -> tuple[RatingSnapshot, ...]:
    """One series of totals a shop and country, by time."""
    rows: list[RatingSnapshot] = []
    times = _reading_times(scenario)
    for source, country in _places(scenario):
        base = np.array(scenario.base_ratings if country in ("all", scenario.storefronts[0]) else 0)
        at, weights = _ratings(source, country, published)
        totals = base + np.vstack([np.zeros((1, 5)), np.cumsum(weights, axis=0)])
        for moment_us in times:
            stars = totals[np.searchsorted(at, moment_us, "right")].round().astype(int).tolist()
            rows.append(_snapshot(scenario, source, country, moment_us, stars))
    return tuple(sorted(rows, key=lambda row: row.at))


def _places(scenario: Scenario) -> list[tuple[str, str]]:
    places: list[tuple[str, str]] = []
    for source, _ in scenario.shops:
        countries = scenario.storefronts if source == "app_store" else ("all",)
        places += [(source, country) for country in countries]
    return places


def _reading_times(scenario: Scenario) -> list[int]:
    close = max(scenario.start, scenario.end - timedelta(days=CLOSE_DAYS))
    steps = [
        (scenario.start, close, timedelta(hours=scenario.snapshot_hours)),
        (close, scenario.end, timedelta(hours=min(CLOSE_HOURS, scenario.snapshot_hours))),
    ]
    return [to_us(a + i * step) for a, b, step in steps for i in range(int((b - a) / step))]


def _ratings(
    source: str, country: str, published: Published
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Times (n,) and star counts (n, 5) that each review adds, its silent companions included."""
    chosen: list[tuple[RawItem, Draft]] = [
        (item, draft)
        for item, draft in zip(published.items, published.drafts, strict=True)
        if item.source == source and (country == "all" or item.country == country)
    ]
    at = np.array([draft.at_us for _, draft in chosen], np.int64)
    weights = np.zeros((len(chosen), 5))
    for row, (_, draft) in enumerate(chosen):
        weights[row, draft.stars - 1] = 1 + draft.silent
    return at, weights


def _snapshot(
    scenario: Scenario, source: str, country: str, at_us: int, stars: list[int]
) -> RatingSnapshot:
    count = sum(stars)
    total = sum(n * (i + 1) for i, n in enumerate(stars))
    return RatingSnapshot(
        app=scenario.app,
        source=source,
        country=country,
        at=moment(at_us),
        average=round(total / count, 4) if count else None,
        count=count,
        star_1=stars[0],
        star_2=stars[1],
        star_3=stars[2],
        star_4=stars[3],
        star_5=stars[4],
    )
