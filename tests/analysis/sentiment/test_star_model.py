"""The star model: learns, keeps, explains, and survives any text."""

import base64
from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import roc_auc_score

from analysis.sentiment import calibration, disagreement, features, languages, training
from analysis.sentiment import choose_engine as auto
from analysis.sentiment.star_model import StarModel
from tests.analysis.sentiment.corpus import examples, rated_texts

UNTIL = datetime(2025, 1, 1, tzinfo=UTC)


def trained(*parts: list[training.Example]) -> StarModel:
    together = [example for part in parts for example in part]
    model = training.train(together, app="town", trained_until=UNTIL, usual="fr")
    assert model is not None
    return model


@pytest.fixture(scope="module")
def french() -> StarModel:
    return trained(examples("fr", 600))


@pytest.fixture(scope="module")
def english() -> StarModel:
    return trained(examples("en", 600))


def test_it_reads_texts_that_it_never_saw(french: StarModel) -> None:
    texts, stars = zip(*rated_texts("fr", 300, seed=9), strict=True)
    scores = auto.score(texts, ["fr"] * 300, french, model_name="m")
    assert set(scores.engines) == {"m"}
    assert roc_auc_score(np.array(stars) >= 3, scores.values) > 0.95


def test_a_score_means_the_stars_that_such_texts_get(french: StarModel) -> None:
    texts, stars = zip(*rated_texts("fr", 600, seed=5), strict=True)
    expected = auto.score(texts, ["fr"] * 600, french).values * 2 + 3
    high = expected > 3
    assert abs(expected[high].mean() - np.array(stars)[high].mean()) < 0.3
    assert abs(expected[~high].mean() - np.array(stars)[~high].mean()) < 0.3


def test_bytes_and_back_give_the_same_scores(french: StarModel) -> None:
    texts = [text for text, _ in rated_texts("fr", 50, seed=3)]
    again = StarModel.from_bytes(french.to_bytes())
    first = auto.score(texts, ["fr"] * 50, french).values
    np.testing.assert_array_equal(first, auto.score(texts, ["fr"] * 50, again).values)
    assert (again.usual, again.languages, again.quality) == ("fr", ("fr",), french.quality)
    assert again.trained_until == UNTIL


def test_other_bytes_are_refused() -> None:
    with pytest.raises(ValueError, match=r".+"):
        StarModel.from_bytes(b"not a model")


def test_the_same_examples_give_the_same_model(french: StarModel) -> None:
    assert trained(examples("fr", 600)).to_bytes() == french.to_bytes()


def test_batches_do_not_change_scores(french: StarModel) -> None:
    texts = [text for text, _ in rated_texts("fr", 40, seed=4)]
    together = auto.score(texts, ["fr"] * 40, french).values
    single = [auto.score([text], ["fr"], french).values[0] for text in texts]
    np.testing.assert_allclose(together, single, atol=1e-6)


def test_too_few_or_one_sided_examples_make_no_model() -> None:
    few = examples("fr", training.MIN_ITEMS - 1)
    praise = [e for e in examples("fr", 900) if e.stars >= 4]
    for part in (few, praise, []):
        assert training.train(part, app="town", trained_until=UNTIL, usual=None) is None


def test_a_pool_helps_while_the_app_has_few() -> None:
    texts, stars = zip(*rated_texts("id", 300, seed=8), strict=True)
    alone = trained(examples("fr", 300), examples("id", 8, seed=2))
    helped = trained(examples("id", 300, seed=1, own=False), examples("id", 8, seed=2))
    read = auto.score(texts, ["id"] * 300, helped).values
    assert roc_auc_score(np.array(stars) >= 3, read) > 0.95
    assert np.isnan(auto.score(texts, ["id"] * 300, alone).values).mean() > 0.75
    assert (helped.own_items, helped.pool_items) == (8, 300)


def test_a_large_pool_weighs_no_more_than_its_share() -> None:
    own = np.array([False] * 20_000 + [True] * 10)
    weights = training.example_weights(own)
    assert weights[~own].sum() == pytest.approx(training.POOL_WEIGHT)
    assert (weights[own] == 1).all()


def test_words_explain_the_raw_prediction(english: StarModel) -> None:
    text = "the permit page terrible crashes but I love the map"
    normal = features.normalise(text)
    compounds = training.english_compounds([(text, "en")])
    raw = english.raw([normal], compounds)[0][0]
    words = dict(auto.explain(text, "en", english))
    assert english.intercept + sum(words.values()) == pytest.approx(raw, abs=1e-4)
    assert words["terrible"] < 0 < words["love"]
    assert auto.explain("", "en", english) == []


def test_unreadable_is_missing_and_never_zero(french: StarModel) -> None:
    gibberish = base64.b64encode(bytes(range(256))).decode()
    texts = ["", " \n", "Приложение совсем не работает", gibberish, "😐"]
    codes = languages.resolve(texts, [None] * 5, "fr")
    scores = auto.score(texts, codes, french)
    assert np.isnan(scores.values[:4]).all()
    assert set(scores.engines[:4]) == {auto.NOTHING}


def test_emoji_are_read_in_any_language_without_a_model() -> None:
    scores = auto.score(["trop nul 😡 😂", "trop nul"], ["fr", "fr"])
    assert scores.engines == ["vader-3.3.2", "none"]
    assert np.isnan(scores.values[1])


def test_english_posts_stay_near_vader(english: StarModel) -> None:
    text = "I love this city service"
    post = auto.score([text], ["en"], english, model_name="m", posts=[True])
    alone = auto.score([text], ["en"], None)
    assert post.engines == ["vader-3.3.2+m"]
    assert alone.engines == ["vader-3.3.2"]
    assert abs(post.values[0] - alone.values[0]) < 0.4


def test_the_star_model_alone_never_speaks_for_a_post(english: StarModel) -> None:
    text = "reporting a pothole refuses"
    post = auto.score([text], ["en"], english, posts=[True]).values[0]
    review = auto.score([text], ["en"], english).values[0]
    assert -0.3 < post < 0
    assert review < post


def test_vader_reads_english_where_it_measured_better(english: StarModel) -> None:
    worse = StarModel.from_bytes(english.to_bytes())
    worse.quality["en"] = type(worse.quality["en"])(stars=0.7, vader=0.8, items=100)
    assert auto.score(["I love this app"], ["en"], worse).engines == ["vader-3.3.2"]
    assert auto.score(["I love this app"], ["en"], english, model_name="m").engines == ["m"]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(), max_size=5), st.sampled_from(["fr", "en", "und", "mul", "zxx", "xx"]))
def test_any_text_gives_a_score_or_missing(french: StarModel, texts: list[str], code: str) -> None:
    for values in (
        auto.score(texts, [code] * len(texts), french).values,
        auto.score(texts, languages.resolve(texts, [None] * len(texts)), french).values,
    ):
        assert np.all(np.isnan(values) | (np.abs(values) <= 1))


@pytest.mark.parametrize(
    "text",
    [
        "x" * 1_000_000,
        "A BUY NOW " * 100_000,
        "\ud800 parfait \udfff",
        "ممتاز \u202e génial \u200f",
        "\x00\x00",
        "génial\u0301" * 50,
        "😀" * 10_000,
        base64.b64encode(bytes(200_000)).decode(),
    ],
)
def test_bad_texts_do_not_raise(french: StarModel, text: str) -> None:
    for code in ("fr", "en", languages.resolve([text], [None], "fr")[0]):
        [value] = auto.score([text], [code], french).values
        assert np.isnan(value) or -1 <= value <= 1
        auto.explain(text, code, french)


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.tuples(st.floats(0, 6), st.floats(1, 5)), min_size=60, max_size=300),
    st.lists(st.floats(-5, 11), min_size=2, max_size=20),
)
def test_calibration_keeps_order_and_range(
    pairs: list[tuple[float, float]], asked: list[float]
) -> None:
    raw, stars = (np.array(column) for column in zip(*pairs, strict=True))
    found = calibration.expected_stars(np.sort(np.array(asked)), calibration.fit_curve(raw, stars))
    assert (np.diff(found) >= -1e-9).all()
    assert found.min() >= 1
    assert found.max() <= 5


def test_disagreement_of_text_and_stars() -> None:
    sentiment = np.array([0.9, -0.9, 0.9, np.nan, 0.1])
    stars = np.array([1.0, 5.0, 5.0, 1.0, 3.0])
    np.testing.assert_allclose(
        disagreement.disagreement(sentiment, stars), [1.9, -1.9, -0.1, np.nan, 0.1]
    )
    assert disagreement.disagrees(sentiment, stars).tolist() == [True, True, False, False, False]
