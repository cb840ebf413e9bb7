"""The shipped prior and an app's own stars: never silly, never raising, never a guessed zero."""

import base64
from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.sentiment import app_model, calibration, disagreement, prior, reader
from analysis.sentiment.app_model import AppModel
from tests.analysis.sentiment.corpus import rated_texts
from tests.analysis.sentiment.short_texts import short_texts

UNTIL = datetime(2025, 1, 1, tzinfo=UTC)


def taught(texts: list[str], stars: list[float], model: AppModel | None = None) -> AppModel:
    before = model or app_model.nothing_learned("town")
    found = reader.read(texts, [None] * len(texts), before)
    return before.learned(found.cues, found.prior, found.scores, np.array(stars))


def one(text: str, model: AppModel | None = None) -> float:
    return float(reader.score([text], [None], model)[0])


def test_short_texts_have_the_sign_that_a_reader_gives() -> None:
    listed = short_texts()
    scores = reader.score([text.text for text in listed], [None] * len(listed))
    right = np.sign(scores) == [text.sign for text in listed]
    assert right.mean() >= 0.97


@pytest.mark.parametrize("stars", [1.0, 5.0])
def test_words_never_seen_lean_neither_way_whatever_stars_an_app_gets(stars: float) -> None:
    model = taught([f"la page {n} du permis" for n in range(60)], [stars] * 60)
    for text in ("qwxzv brrtk", "zzyzx", "12345", "app", "update"):
        assert np.isnan(one(text, model))
    assert abs(one("the", model) - one("the")) < 0.1


def test_spellings_of_one_text_score_alike() -> None:
    pairs = [
        ("don't like", "don’t like"),
        ("génial", "ge\u0301nial"),
        ("good", "ｇｏｏｄ"),
        ("❤", "❤️"),
    ]
    for one_way, another in pairs:
        assert one(one_way) == one(another)


def test_the_apps_own_stars_move_what_the_prior_does_not_know() -> None:
    good, bad = [f"flibber {n}" for n in range(40)], [f"glorpen {n}" for n in range(40)]
    model = taught(good + bad, [5.0] * 40 + [1.0] * 40)
    found = reader.read(["flibber", "glorpen"], [None, None], model)
    leans = model.moved(found.cues, found.prior)
    assert leans[0] > 0.1 > -0.1 > leans[1]


def test_no_history_turns_plain_words_round() -> None:
    """Fifty times "good" with one star: people who press the wrong star do not change the word."""
    model = taught(["good", "great app"] * 200, [1.0, 1.0] * 200)
    assert one("good", model) > 0
    assert one("worst app ever", model) < 0


def test_learning_goes_on_from_bytes_as_it_would_have_without() -> None:
    texts, stars = (list(column) for column in zip(*rated_texts("fr", 120), strict=True))
    first = app_model.rounded(taught(texts[:60], stars[:60]))
    again = AppModel.from_bytes(first.to_bytes())
    assert first.to_bytes() == again.to_bytes()
    whole, parts = (taught(texts[60:], stars[60:], model) for model in (first, again))
    np.testing.assert_array_equal(whole.means, parts.means)


def test_other_bytes_are_refused() -> None:
    with pytest.raises(ValueError, match=r".+"):
        AppModel.from_bytes(b"not a model")


def test_the_shipped_prior_is_small_and_holds_no_text() -> None:
    assert prior.FILE.stat().st_size < 5_000_000
    with np.load(prior.FILE, allow_pickle=False) as arrays:
        kinds = {name: arrays[name].dtype.kind for name in arrays if name != "meta"}
    assert set(kinds.values()) <= {"f", "u"}


def test_batches_do_not_change_scores() -> None:
    texts = [text.text for text in short_texts()[:80]]
    together = reader.score(texts, [None] * 80)
    single = [one(text) for text in texts]
    np.testing.assert_allclose(together, single, atol=1e-6)


def test_words_explain_what_the_prior_makes_of_a_text() -> None:
    text = "love the map but it crashes"
    words = dict(reader.explain(text, None))
    assert words["crashes"] < 0 < words["love"]
    assert reader.explain("", None) == []


def test_unreadable_is_missing_and_never_zero() -> None:
    gibberish = base64.b64encode(bytes(range(256))).decode()
    texts = ["", " \n", "12345", gibberish, "qwxzv brrtk vlkpt"]
    assert np.isnan(reader.score(texts, [None] * len(texts))).all()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(), max_size=5), st.sampled_from(["fr", "en", None, "zh-TW"]))
def test_any_text_gives_a_score_or_missing(texts: list[str], code: str | None) -> None:
    values = reader.score(texts, [code] * len(texts))
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
def test_bad_texts_do_not_raise(text: str) -> None:
    [value] = reader.score([text], [None])
    assert np.isnan(value) or -1 <= value <= 1
    reader.explain(text, None)


def test_expected_stars_are_the_apps_own_and_rise() -> None:
    curve = calibration.no_stars()
    scores = np.repeat([-0.8, 0.8], 300)
    curve = calibration.counted(curve, scores, np.repeat([3.5, 4.9], 300))
    low, high = calibration.expected_stars(np.array([-0.8, 0.8]), curve)
    assert 3.0 < low < 3.6
    assert 4.7 < high <= 5
    asked = calibration.expected_stars(np.linspace(-1, 1, 50), curve)
    assert (np.diff(asked) >= 0).all()
    assert np.isnan(calibration.expected_stars(np.array([np.nan]), curve)).all()


def test_disagreement_of_text_and_stars() -> None:
    sentiment = np.array([0.9, -0.9, 0.9, np.nan, 0.1])
    stars = np.array([1.0, 5.0, 5.0, 1.0, 3.0])
    np.testing.assert_allclose(
        disagreement.disagreement(sentiment, stars), [1.9, -1.9, -0.1, np.nan, 0.1]
    )
    assert disagreement.disagrees(sentiment, stars).tolist() == [True, True, False, False, False]
