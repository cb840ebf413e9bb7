"""Simulated talk without events: days that scatter, and posts that are answered.

A day's own posts are Poisson around level * weekday * gamma(1/phi, phi) with a daily rhythm; each
post is answered by others, and answers are answered (a branching process): a share `answered` of
all posts are answers, which come within hours.
"""

import numpy as np
from numpy.typing import NDArray

from analysis.talk.voices import UNKNOWN, Said
from collector.times import DAY_US, HOUR_US

START = 18_262 * DAY_US
WEEKDAYS = np.array([1.15, 1.1, 1.1, 1.05, 1.0, 0.8, 0.8])
ANSWER_HOURS = 1.5  # mean time until a post is answered
HOURS = 1 + 0.8 * np.sin((np.arange(24) - 9) / 24 * 2 * np.pi)


def talk(rng: np.random.Generator, level: float, phi: float, answered: float, days: int) -> Said:
    """Opinions of so many days, `level` a day. answered: share that are answers, 0 to 1."""
    factor = rng.gamma(1 / phi, phi, days) * WEEKDAYS[np.arange(days) % 7]
    roots = rng.poisson(level * (1 - answered) * factor)
    hour = rng.choice(24, int(roots.sum()), p=HOURS / HOURS.sum())
    at = np.repeat(np.arange(days), roots) * 24.0 + hour + rng.random(len(hour))
    every = [at]
    while len(at):
        more = rng.poisson(answered, len(at))
        at = np.repeat(at, more) + rng.exponential(ANSWER_HOURS, int(more.sum()))
        every.append(at)
    times = np.sort(np.concatenate(every))
    return _said(rng, (START + times * HOUR_US).astype(np.int64))


def _said(rng: np.random.Generator, at: NDArray[np.int64]) -> Said:
    n = len(at)
    return Said(
        at=at,
        who=np.full(n, UNKNOWN, dtype=np.int64),
        thing=np.arange(n, dtype=np.int64),
        thread=np.arange(n, dtype=np.int64),
        lean=rng.choice(np.array([-1, 0, 1], dtype=np.int8), n, p=[0.35, 0.35, 0.3]),
        network=np.zeros(n, dtype=np.int16),
        networks=("network",),
    )
