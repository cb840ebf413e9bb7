"""Phrases that set a swing apart."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from analysis.incidents.phrases import distinctive
from analysis.tokens import words

BEFORE = ["the map is slow", "the login fails", "the app is fine"] * 30


def test_a_new_phrase_comes_first() -> None:
    texts = ["the purple parade ate the app"] * 12 + ["the login fails"] * 5
    found = distinctive(texts, [None] * 17, BEFORE)
    assert found[0].phrase in "the purple parade ate the app"
    assert found[0].before_items == 0
    assert found[0].items == 12


def test_words_of_any_app_give_way_to_those_of_this_day() -> None:
    texts = ["people think the purple parade ate giraffes near oldtown"] * 12
    found = [p.phrase for p in distinctive(texts, [None] * 12, BEFORE)]
    assert found
    assert not {"people", "think"} & set(found)


def test_a_small_past_hides_nothing() -> None:
    texts = ["grieving fancam"] * 40 + ["something else"] * 400
    assert [p.phrase for p in distinctive(texts, [None] * 440, BEFORE)]


def test_a_longer_phrase_stands_for_its_parts() -> None:
    texts = ["the purple parade"] * 20 + ["parade"] * 5
    found = [p.phrase for p in distinctive(texts, [None] * 25, BEFORE)]
    assert any("purple parade" in phrase for phrase in found)
    assert "parade" not in found


def test_one_author_is_not_several() -> None:
    assert distinctive(["purple parade"] * 20, ["same"] * 20, BEFORE) == []


def test_usual_words_are_not_distinctive() -> None:
    assert distinctive(BEFORE[:30], [None] * 30, BEFORE) == []


@given(st.lists(st.text(alphabet="ab ", max_size=12), max_size=30), st.integers(2, 6))
def test_each_phrase_has_at_least_k_authors(texts: list[str], k: int) -> None:
    authors = [f"author {n % 7}" for n in range(len(texts))]
    for phrase in distinctive(texts, authors, BEFORE, k=k):
        users = {
            a
            for a, t in zip(authors, texts, strict=True)
            if f" {phrase.phrase} " in f" {' '.join(t.split())} "
        }
        assert len(users) == phrase.authors >= k


def test_what_chance_puts_there_is_not_distinctive() -> None:
    """Five of many rare words always fall together: false discoveries are controlled."""
    rng = np.random.default_rng(3)
    names = [f"word{n}" for n in range(400)]
    found = 0
    for _ in range(20):
        texts = [" ".join(rng.choice(names, 6)) for _ in range(400)]
        found += len(distinctive(texts[300:], [None] * 100, texts[:300]))
    assert found <= 2


def test_what_people_always_say_with_these_stars_is_not_distinctive() -> None:
    """Against all of the past it is, where that is mostly praise."""
    complaints = ["refund never granted", "clerk was unhelpful", "counter closed early"] * 25
    past = ["lovely service"] * 500 + complaints
    texts = ["refund never granted"] * 20 + ["purple parade ate it"] * 20
    beside_all = {p.phrase for p in distinctive(texts, [None] * 40, past)}
    beside_both = {p.phrase for p in distinctive(texts, [None] * 40, past, matched=complaints)}
    assert any("refund" in phrase for phrase in beside_all)
    assert not any("refund" in phrase for phrase in beside_both)
    assert any("parade" in phrase for phrase in beside_both)


def test_a_phrase_that_keeps_its_share_stays() -> None:
    """The rule is the same early and late, so more of the same cannot take a phrase away."""
    early = ["the purple parade"] * 8 + ["the giraffe fled"] * 8
    late = early * 6
    first, last = (
        {p.phrase for p in distinctive(t, [None] * len(t), BEFORE)} for t in (early, late)
    )
    assert first
    assert first <= last


def test_curved_apostrophes_are_straight_ones() -> None:
    assert words("It’s down") == words("it's down")
