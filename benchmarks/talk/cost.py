"""What it costs to follow posts, without reading what they say (benchmarks/sentiment)."""

import time
from dataclasses import dataclass

import numpy as np

from analysis.talk.said import of_rows
from benchmarks.talk.conversations import START
from benchmarks.talk.finding import events_in
from collector.store.reading.unrated import Unrated
from collector.times import DAY_US

DAYS = 730
WORDS = [
    "the",
    "app",
    "sends",
    "my",
    "report",
    "to",
    "nobody",
    "and",
    "the",
    "map",
    "of",
    "the",
    "town",
    "is",
    "old",
    "again",
    "today",
]


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of processor: copies and accounts told apart, and swings found."""

    posts: int
    things: float
    swings: float


def cost(posts: int) -> Cost:
    """Of so many posts of two years, a third of them copies."""
    rows = _rows(posts)
    begun = time.process_time()
    said = of_rows(rows)
    read = time.process_time()
    events_in(said, int(said.at[-1]))
    return Cost(posts, read - begun, time.process_time() - read)


def _rows(posts: int) -> list[Unrated]:
    rng = np.random.default_rng(1)
    at = np.sort(rng.integers(0, DAYS * DAY_US, posts)) + START
    number = rng.integers(0, posts * 2 // 3, posts).tolist()
    score = rng.uniform(-1, 1, posts).tolist()
    order = [rng.permutation(WORDS)[:12].tolist() for _ in range(997)]
    return [
        Unrated(t, "network", f"{n % 50_000:032x}", f"{' '.join(order[n % 997])} {n}", None, s)
        for t, n, s in zip(at.tolist(), number, score, strict=True)
    ]
