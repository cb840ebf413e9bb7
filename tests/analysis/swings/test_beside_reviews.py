"""What the stores' totals and posts add to the reviews."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from analysis.swings import History, detect
from analysis.swings.history import DAY, HOUR
from tests.analysis.swings.builders import START, arrivals, flood, history

EVENT = START + 120 * DAY + 5 * HOUR
NONE = np.empty(0, dtype=np.int64)


def quiet(
    rng: np.random.Generator,
    *,
    low: NDArray[np.int64] = NONE,
    posts: NDArray[np.int64] = NONE,
    ratings: NDArray[np.int64] = NONE,
) -> History:
    """125 days with one low star, two high ones, one post and three low ratings a day, and more."""
    parts = [(arrivals(rng, 1, 125), 1), (arrivals(rng, 2, 125), 5), (low, 1)]
    parts += [(arrivals(rng, 1, 125), 0), (posts, 0)]
    h = history(parts)
    hours = -(-np.concatenate([arrivals(rng, 3, 125), ratings]) // HOUR) * HOUR
    return replace(h, is_post=h.stars == 0, ratings=np.sort(hours))


def test_low_ratings_without_a_text_are_a_negative_swing() -> None:
    rng = np.random.default_rng(1)
    found = detect(quiet(rng, ratings=flood(rng, 300, 12, EVENT)), now=START + 125 * DAY)
    assert [(s.direction, s.detector) for s in found] == [("negative", "ratings")]
    assert found[0].items > 250
    assert EVENT <= round(found[0].alarmed_at.timestamp() * 1e6) <= EVENT + 6 * HOUR


def test_ratings_alone_are_counted_as_long_as_reviews_do_not_follow() -> None:
    rng = np.random.default_rng(2)
    assert detect(quiet(rng), now=START + 125 * DAY) == []


def test_posts_alone_are_no_swing() -> None:
    for seed in range(5):
        rng = np.random.default_rng(seed)
        h = quiet(rng, posts=flood(rng, 400, 10, EVENT))
        assert detect(h, now=START + 125 * DAY) == []


def test_a_rise_beside_many_posts_is_seen_earlier() -> None:
    gained = []
    for seed in range(8):
        rng = np.random.default_rng(seed)
        low = flood(rng, 12, 12, EVENT + HOUR)
        without = detect(quiet(rng, low=low), now=START + 125 * DAY)
        beside = quiet(rng, low=low, posts=flood(rng, 60, 6, EVENT - 4 * HOUR))
        found = detect(beside, now=START + 125 * DAY)
        assert [s.direction for s in found] == ["negative"]
        late = without[0].alarmed_at if without else found[0].alarmed_at
        gained.append((late - found[0].alarmed_at).total_seconds())
    assert np.median(gained) > 0


def test_posts_count_only_if_they_came_before() -> None:
    rng = np.random.default_rng(3)
    low = flood(rng, 7, 20, EVENT)
    later = flood(rng, 60, 6, EVENT + 3 * DAY)
    assert detect(quiet(rng, low=low, posts=later), now=START + 125 * DAY) == []
