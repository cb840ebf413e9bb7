"""What is going to be published, before it has words: time, place, stars, theme."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from analysis.simulate.plans import Burst, EventPlan, Mix, Scenario
from analysis.simulate.rhythm import Times, background_times, burst_times
from collector.records import Kind
from collector.times import HOUR_US, to_us

BACKGROUND = -1  # `event` of what belongs to none

# Themes of ordinary reviews by stars.
_THEMES: dict[int, Mix] = {
    1: (("complaint", 0.42), ("fault", 0.42), ("short_neg", 0.16)),
    2: (("complaint", 0.5), ("fault", 0.4), ("short_neg", 0.1)),
    3: (("mixed", 0.8), ("short_mid", 0.2)),
    4: (("praise", 0.5), ("mixed", 0.35), ("short_pos", 0.15)),
    5: (("praise", 0.72), ("short_pos", 0.28)),
}


@dataclass(frozen=True, slots=True)
class Draft:
    """One review or post to be written. stars: 1 to 5, 0 for posts."""

    at_us: int
    kind: Kind
    source: str
    language: str
    stars: int
    theme: str
    event: int = BACKGROUND
    newest: float | None = None
    silent: float = 1.0
    reach: float = 8.0


def stream(seed: int, name: str) -> np.random.Generator:
    """An independent generator for one part of the world: a new event leaves the rest alone."""
    return np.random.default_rng([seed, crc32(name.encode())])


def draft_all(scenario: Scenario, seed: int) -> list[Draft]:
    """Everything that the scenario publishes, by time."""
    start, end = to_us(scenario.start), to_us(scenario.end)
    drafts = _background_reviews(scenario, stream(seed, "reviews"))
    for number, event in enumerate(scenario.events):
        injected = _event(scenario, event, number, stream(seed, f"event {number} {event.kind}"))
        if event.whole:
            span = [d.at_us for d in injected if d.kind == "review"]
            drafts = [
                d for d in drafts if d.event != BACKGROUND or not min(span) <= d.at_us <= max(span)
            ]
        drafts += injected
    drafts += _background_posts(scenario, stream(seed, "posts"))
    for number, (at, burst) in enumerate(scenario.chatter):
        drafts += _burst(scenario, burst, at, BACKGROUND, stream(seed, f"chatter {number}"))
    return sorted((d for d in drafts if start <= d.at_us < end), key=lambda d: d.at_us)


def _background_reviews(scenario: Scenario, rng: np.random.Generator) -> list[Draft]:
    times = _ordinary(scenario, rng, scenario.per_day)
    stars = 1 + _weighted(rng, scenario.stars, len(times))
    themes = [_choose(rng, _THEMES[s], 1)[0] for s in stars.tolist()]
    places = _choose(rng, scenario.shops, len(times))
    tongues = _choose(rng, scenario.languages, len(times))
    return [
        Draft(at, "review", place, tongue, star, theme, silent=scenario.silent)
        for at, place, tongue, star, theme in zip(
            times.tolist(), places, tongues, stars.tolist(), themes, strict=True
        )
    ]


def _background_posts(scenario: Scenario, rng: np.random.Generator) -> list[Draft]:
    if scenario.posts_per_day <= 0:
        return []
    times = _ordinary(scenario, rng, scenario.posts_per_day)
    places = _choose(rng, scenario.networks, len(times))
    tongues = _choose(rng, scenario.languages, len(times))
    return [
        Draft(at, "post", place, tongue, 0, "post_mention")
        for at, place, tongue in zip(times.tolist(), places, tongues, strict=True)
    ]


def _ordinary(scenario: Scenario, rng: np.random.Generator, per_day: float) -> Times:
    return background_times(
        rng,
        to_us(scenario.start),
        to_us(scenario.end),
        per_day,
        scenario.dispersion,
        scenario.timezone,
    )


def _event(
    scenario: Scenario, event: EventPlan, number: int, rng: np.random.Generator
) -> list[Draft]:
    drafts: list[Draft] = []
    for burst in event.bursts:
        drafts += _burst(scenario, burst, event.onset, number, rng)
    return drafts


def _burst(
    scenario: Scenario, burst: Burst, onset: datetime, event: int, rng: np.random.Generator
) -> list[Draft]:
    count = burst.items if burst.exact else int(rng.poisson(burst.items * rng.gamma(25, 1 / 25)))
    times = burst_times(
        rng,
        count,
        to_us(onset) + round(burst.delay_hours * HOUR_US),
        burst.rise_hours,
        burst.decay_hours,
        burst.length_hours,
        scenario.timezone,
        burst.rhythm,
    )
    own = scenario.shops if burst.kind == "review" else scenario.networks
    places = _choose(rng, burst.sources or own, count)
    tongues = _choose(rng, burst.languages or scenario.languages, count)
    themes = _choose(rng, burst.themes, count)
    stars = _burst_stars(rng, burst, count)
    return [
        Draft(
            at,
            burst.kind,
            place,
            tongue,
            star,
            _fitting(theme, star, burst),
            event,
            burst.newest,
            burst.silent,
            burst.reach,
        )
        for at, place, tongue, theme, star in zip(
            times.tolist(), places, tongues, themes, stars, strict=True
        )
    ]


def _burst_stars(rng: np.random.Generator, burst: Burst, count: int) -> list[int]:
    if burst.kind == "post":
        return [0] * count
    if burst.exact:
        every = np.repeat(np.arange(1, 6), np.array(burst.stars, int))
        return [int(star) for star in rng.permutation(every)]
    stars: list[int] = (1 + _weighted(rng, burst.stars, count)).tolist()
    return stars


def _fitting(theme: str, stars: int, burst: Burst) -> str:
    """The theme, or an ordinary one where a burst's lone opposite rating would contradict it."""
    usual = 1 + int(np.argmax(burst.stars))
    if stars == 0 or abs(stars - usual) < 3:
        return theme
    return _THEMES[stars][0][0] if not theme.startswith("facetious") else theme


def _choose(rng: np.random.Generator, mix: Mix, count: int) -> list[str]:
    names = [name for name, _ in mix]
    return [names[i] for i in _weighted(rng, [w for _, w in mix], count).tolist()]


def _weighted(rng: np.random.Generator, weights: Sequence[float], count: int) -> NDArray[np.int64]:
    edges = np.cumsum(weights)
    chosen: NDArray[np.int64] = np.searchsorted(edges / edges[-1], rng.random(count), "right")
    return chosen
