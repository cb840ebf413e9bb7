"""Posts that ask for nothing, put around events that nobody called for: never `strong`."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from analysis.evidence.coordination.coordination_rule import level
from benchmarks.evidence import coordination
from benchmarks.evidence.coordination import MIXES, Pool, outside, pool, stressed
from tests.analysis.evidence.build import END, ONSET, Review, window

PER_EVENT = 1  # of the mixes, in turn: benchmarks.evidence.coordination tries all of them
SHARE_OF_SOME = 0.05


@pytest.fixture(scope="module")
def posts(shared_data: Path) -> Pool:
    return pool(shared_data)


def test_shared_events_with_posts_around_them(shared_data: Path, posts: Pool) -> None:
    rng = np.random.default_rng(3)
    given: Counter[str] = Counter()
    for n, event in enumerate(coordination.not_coordinated(shared_data)):
        small = replace(
            event.window, items=event.window.items[:100], before=event.window.before[-100:]
        )
        given[level(outside(small))] += 1
        for k in range(PER_EVENT):
            mix = MIXES[(PER_EVENT * n + k) % len(MIXES)]
            given[level(outside(stressed(small, mix, posts, rng)))] += 1
    assert given["strong"] == 0
    assert given["some"] <= SHARE_OF_SOME * given.total()
    assert given["not_testable"] == given.total() / (1 + PER_EVENT)  # without posts


@pytest.mark.parametrize("mix", MIXES)
def test_an_invented_protest_with_any_posts(posts: Pool, mix: str) -> None:
    rng = np.random.default_rng(len(mix))
    swing = window(
        [Review(1, f"the new rule is unfair to family number{n}") for n in range(120)],
        [Review(n % 5 + 1, "map is slow") for n in range(300)],
    )
    levels = Counter(level(outside(stressed(swing, mix, posts, rng))) for _ in range(5))
    assert levels["strong"] == 0
    assert levels["some"] <= 1


def test_stressed_windows_hold_posts_before_and_during(posts: Pool) -> None:
    """A stress that puts nothing there would prove nothing."""
    swing = window([Review(1, "no")] * 60, [Review(3, "ok")] * 200)
    made = stressed(swing, "everything", posts, np.random.default_rng(1))
    at = made.posts["created_at"]
    assert (at < ONSET - timedelta(days=4)).sum() >= 20
    assert ((at >= ONSET - timedelta(days=3)) & (at < END)).sum() >= 20
