"""Our loop gives vaderSentiment's scores, in time that grows with the length only."""

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from vaderSentiment.vaderSentiment import BOOSTER_DICT, NEGATE, SentimentIntensityAnalyzer

from analysis.sentiment import vader

ORIGINAL = SentimentIntensityAnalyzer()
RULE_WORDS = [
    *"""no nor or but But BUT least at very never so this without doubt kind of sort just enough the
    shit bomb bad ass badass bus stop yeah right kiss death to die for beating heart good GOOD great
    AWFUL hate love x app good! (bad) ... :) :D !! ? ?? ???? ❤ 😂 😀😡 İn't Σ ſo""".split(),  # noqa: SIM905
    *sorted(BOOSTER_DICT),
    *NEGATE,
]
WORDS = st.one_of(st.sampled_from(RULE_WORDS), st.sampled_from(sorted(ORIGINAL.lexicon)))
SENTENCES = st.lists(WORDS, max_size=14).map(" ".join)


def original(text: str) -> float:
    return float(ORIGINAL.polarity_scores(text)["compound"])


@settings(max_examples=600, deadline=None)
@given(SENTENCES)
@example("not bad but not good but good good")
@example("good bad good but bad good bad")
def test_the_score_is_the_originals_on_sentences(text: str) -> None:
    assert vader.compound(text) == original(text)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=80))
def test_the_score_is_the_originals_on_any_text(text: str) -> None:
    assert vader.compound(text) == original(text)


@pytest.mark.parametrize("name", ["tweets", "amazon", "movie", "nyt"])
def test_the_score_is_the_published_one(shared_data: Path, name: str) -> None:
    frame = pd.read_parquet(shared_data / "sentiment" / f"vader_{name}.parquet")
    np.testing.assert_array_equal(
        vader.compounds(frame["text"].tolist()), frame["vader_compound_332"].to_numpy()
    )


def test_the_score_is_the_originals_on_real_reviews(shared_data: Path) -> None:
    for path in sorted((shared_data / "reviews").glob("*.parquet")):
        texts = pd.read_parquet(path, columns=["text"])["text"].dropna().drop_duplicates()
        sample = texts.sample(min(400, len(texts)), random_state=1).tolist()
        wrong = sum(vader.compound(text) != original(text) for text in sample)
        assert wrong == 0, path.name


def test_workers_give_the_same_scores_in_the_same_order() -> None:
    texts = [f"{'not ' * (n % 3)}good {n}" for n in range(2 * vader.CHUNK + 5)]
    with ThreadPoolExecutor(2) as executor:
        spread = vader.compounds(texts, executor)
    np.testing.assert_array_equal(spread, vader.compounds(texts))
    assert len(set(spread.tolist())) > 1


@pytest.mark.parametrize("phrase", ["not bad but really GOOD !! ", "😀 ", "good"])
def test_the_time_grows_with_the_length_only(phrase: str) -> None:
    def seconds(length: int) -> float:
        text = (phrase * (length // len(phrase)))[:length]
        runs = []
        for _ in range(3):
            started = time.process_time()
            vader.compound(text)
            runs.append(time.process_time() - started)
        return min(runs)

    assert seconds(100_000) < 12 * seconds(25_000) + 0.05  # the original: more than 16 times


def test_words_that_made_a_score_sum_to_it() -> None:
    words = dict(vader.word_valences("Not a good app, but I love the map"))
    assert words["love"] > 0 > words["good"]
    assert vader.word_valences("the of and") == []


def test_what_vader_can_read() -> None:
    assert vader.reads("a good app")
    assert vader.reads("😂")
    assert not vader.reads("une appli lente")
    assert vader.emoji_only("très 😂 nul 😡") == "😂 😡"
