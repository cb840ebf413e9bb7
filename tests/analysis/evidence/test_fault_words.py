"""Fault words are learned from histories, without labels."""

import random

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from analysis.evidence.fault_language.fault_words import QuietHistory, learn, mean_weight, shipped

FAULTS = ("login broken", "screen frozen", "login loop")
PRAISE = ("lovely maps", "so useful", "great help")


def history(app: str, topic: str, seed: int) -> QuietHistory:
    """Four hundred reviews: praise, faults in bursts, and at one star a topic of this app alone."""
    rng = random.Random(seed)
    stars, words = [], []
    for n in range(400):
        burst = (n // 20) % 2 == 0
        star = rng.choice((1, 2, 3, 4, 5))
        low = f"{rng.choice(FAULTS)} again" if burst else f"bad {topic}"
        text = low if star <= 2 else rng.choice(PRAISE) if star > 3 else rng.choice(FAULTS)
        stars.append(star)
        words.append(text.split())
    return QuietHistory(
        app, "en", np.array(stars), np.arange(400) * 3_600_000_000, words, [None] * 400
    )


def test_what_recurs_in_several_apps_has_a_weight() -> None:
    weights = learn([history("a", "tax", 1), history("b", "parking", 2)])["en"].fault
    assert weights["login"] > weights["useful"]
    assert weights["login"] > 0


def test_what_is_bound_to_one_app_has_none() -> None:
    weights = learn([history("a", "tax", 1), history("b", "parking", 2)])["en"].fault
    assert "tax" not in weights
    assert "parking" not in weights


def test_one_app_teaches_nothing() -> None:
    assert learn([history("a", "tax", 1)]) == {}


def test_the_shipped_languages() -> None:
    assert {"en", "de", "fr", "id", "it", "ru"} <= shipped().keys()
    assert all(weights.apps >= 2 for weights in shipped().values())


@given(st.lists(st.floats(-3, 3), min_size=1, max_size=60), st.randoms())
def test_the_order_of_words_does_not_show(weights: list[float], rng: random.Random) -> None:
    """A set gives its words in another order with every start of the program."""
    said = [str(n) for n in range(len(weights))]
    learned = dict(zip(said, weights, strict=True))
    before = mean_weight([said], learned)
    rng.shuffle(said)
    assert mean_weight([[word] for word in said], learned) == before
