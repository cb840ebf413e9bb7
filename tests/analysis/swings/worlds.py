"""Quiet worlds of several sources: own starts, caps, gaps, and what polls could tell of them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.swings import History
from analysis.swings.history import DAY, HOUR
from tests.analysis.swings.builders import NO_SPANS, START

DAYS = 365
NOW = START + DAYS * DAY
SHOWN = 500  # reviews that a capped feed shows
KINDS = ("capped", "added", "failing", "gap", "all at once")


@dataclass(frozen=True, slots=True)
class Source:
    """One source's reviews, and the spans that polls did not see, if polls tell."""

    at: NDArray[np.int64]
    stars: NDArray[np.int8]
    unseen: NDArray[np.int64]

    def without(self, since: int, until: int, *, told: bool) -> "Source":
        """The same where nothing of a span was read."""
        kept = (self.at < since) | (self.at >= until)
        unseen = np.concatenate([self.unseen, [[since, until]]]) if told else self.unseen
        return Source(self.at[kept], self.stars[kept], unseen)

    def since(self, moment: int) -> "Source":
        """The same where nothing before a moment was ever shown."""
        return Source(self.at[self.at >= moment], self.stars[self.at >= moment], self.unseen)

    def with_flood(self, rng: np.random.Generator, n: int, hours: float, since: int) -> "Source":
        """The same with low stars within some hours."""
        at = np.concatenate([self.at, since + (rng.random(n) * hours * HOUR).astype(np.int64)])
        order = np.argsort(at, kind="stable")
        stars = np.concatenate([self.stars, np.ones(n, np.int8)])
        return Source(at[order], stars[order], self.unseen)


def quiet(rng: np.random.Generator, per_day: float, low: float) -> Source:
    """A year of a source: daily rates scatter and have a weekly and a daily rhythm."""
    weekly = np.tile(rng.uniform(0.7, 1.3, 7), DAYS // 7 + 1)[:DAYS]
    phi = rng.uniform(0.05, 0.25)
    counts = rng.poisson(per_day * weekly * rng.gamma(1 / phi, phi, DAYS))
    days = np.repeat(np.arange(DAYS), counts)
    hours = (rng.normal(15, 4, len(days)) % 24 * HOUR).astype(np.int64)
    at = np.sort(START + days * DAY + np.maximum(hours, 1))
    stars = np.where(rng.random(len(at)) < low, rng.integers(1, 3, len(at)), 5)
    return Source(at, stars.astype(np.int8), NO_SPANS)


def world(rng: np.random.Generator, kind: str) -> list[Source]:
    """Two or three sources of unequal size of which one has something of `kind`."""
    first, second, third = (
        quiet(rng, float(rng.uniform(4, 20)), float(rng.uniform(0.15, 0.4))) for _ in range(3)
    )
    begin = START + int(rng.integers(100, 300)) * DAY + int(rng.integers(DAY))
    if kind == "capped":
        return [first, second.since(int(second.at[-SHOWN]))]
    if kind == "added":
        return [first, second.since(int(second.at[-SHOWN])), third.since(begin)]
    if kind == "failing":
        return [first, second.without(begin, begin + 30 * DAY, told=True)]
    if kind == "gap":
        spans = [(begin, begin + 5 * DAY), (begin + 20 * DAY, begin + 22 * DAY)]
        for since, until in spans:
            first, second = (s.without(since, until, told=True) for s in (first, second))
        return [first, second]
    return [source.since(begin) for source in (first, second, third)]


def seen_together(sources: list[Source]) -> History:
    """What an analysis reads of them."""
    at = np.concatenate([source.at for source in sources])
    order = np.argsort(at, kind="stable")
    names = tuple(f"store_{n}" for n in range(len(sources)))
    code = np.repeat(np.arange(len(sources), dtype=np.int16), [len(s.at) for s in sources])
    spans = {tuple(span) for source in sources for span in source.unseen.tolist()}
    everywhere = {s for s in spans if all(list(s) in one.unseen.tolist() for one in sources)}
    return History(
        at=at[order],
        stars=np.concatenate([source.stars for source in sources])[order],
        source=code[order],
        is_post=np.zeros(len(at), dtype=bool),
        sources=names,
        gaps=_array(everywhere),
        truncated=_array(spans - everywhere),
        unseen={name: one.unseen for name, one in zip(names, sources, strict=True)},
    )


def _array(spans: set[tuple[int, ...]]) -> NDArray[np.int64]:
    return np.asarray(sorted(spans), dtype=np.int64).reshape(-1, 2)
