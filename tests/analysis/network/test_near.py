"""Nearly equal texts, against all pairs."""

from itertools import combinations, pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.network.near import ALIKE, alike, near_groups


def runs(text: list[str]) -> set[tuple[str, ...]]:
    return set(pairwise(text)) if len(text) > 1 else {(w,) for w in text}


def likeness(one: list[str], other: list[str]) -> float:
    a, b = runs(one), runs(other)
    return len(a & b) / len(a | b) if a | b else 0.0


def texts(rng: np.random.Generator, number: int) -> list[list[str]]:
    """Invented texts, every third one a variant of an earlier one."""
    made: list[list[str]] = []
    for n in range(number):
        size = int(rng.integers(6, 25))
        text = [f"w{int(w)}" for w in rng.zipf(1.4, size) % 3000]
        if n % 3 == 2:
            text = list(made[int(rng.integers(0, n))])
            text[int(rng.integers(0, len(text)))] = f"v{n}"
        made.append(text)
    return made


def test_pairs_are_those_of_looking_at_all() -> None:
    made = texts(np.random.default_rng(2), 800)
    distinct = [list(t) for t in dict.fromkeys(map(tuple, made))]
    one, other = alike(distinct)
    found = set(zip(one.tolist(), other.tolist(), strict=True))
    true = {(n, m) for (n, a), (m, b) in combinations(enumerate(distinct), 2)
            if likeness(a, b) >= ALIKE}  # fmt: skip
    assert found <= true
    assert len(found) >= 0.98 * len(true)
    assert len(true) > 50


@settings(deadline=None, max_examples=60)
@given(st.lists(st.lists(st.sampled_from("abcdefg"), max_size=8), max_size=12))
def test_equal_texts_share_a_number_and_strangers_none(made: list[list[str]]) -> None:
    group = near_groups(made)
    for (n, one), (m, other) in combinations(enumerate(made), 2):
        if one == other:
            assert group[n] == group[m]
        if not set(one) & set(other) and (one or other):
            assert group[n] != group[m]


def test_near_texts() -> None:
    text = "everyone please look at what the city app does to our town every single day now"
    base = text.split(" ")
    other = ["something", "else", "is", "said", "here", "today"]
    texts = [base, [*base, "wow"], base[:-1], other, [], []]
    group = near_groups(texts)
    assert group[0] == group[1] == group[2]
    assert group[3] != group[0]
