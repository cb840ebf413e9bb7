"""Words of faults and of new versions beside other apps'; versions dated by their reviews."""

from dataclasses import replace
from datetime import timedelta

import numpy as np

from analysis.evidence import prepare
from analysis.evidence.fault_language.fault_words import Weights
from analysis.evidence.signals import fault_level, new_version, one_star, update_level
from analysis.evidence.version_clock import first_seen
from collector.times import DAY_US
from tests.analysis.evidence.build import END, ONSET, Review, frame, window

LEVELS = tuple(n / 200 for n in range(40, 101))
WORDS = {f"word{n}": 0.3 for n in range(120)} | {"login": 1.5, "protest": -1.5, "updated": 2.0}
LEARNED = {"en": Weights(WORDS, WORDS, (), 5, LEVELS, LEVELS)}
PAST = [Review(1 + n % 5, "word1 word2 login") for n in range(200)]


def test_the_level_needs_no_past_of_the_app() -> None:
    for text, cause in (("login word3", "service"), ("protest word3", "external")):
        case = prepare(window([Review(1, text)] * 20, []))
        found = fault_level.measure_with(case, LEARNED)
        assert found.speaks_for == cause
        assert found.details["own_past"] is False


def test_high_stars_and_few_reviews_say_nothing() -> None:
    for reviews in ([Review(5, "login word3")] * 40, [Review(1, "login word3")] * 9):
        assert fault_level.measure_with(prepare(window(reviews, PAST)), LEARNED).value is None


def test_a_language_without_vocabulary_is_not_testable() -> None:
    case = prepare(window([Review(1, "hibák mindenhol", lang="hu")] * 20, []))
    assert fault_level.measure_with(case, LEARNED).value is None


def test_talk_of_updates_speaks_for_a_release_and_its_lack_for_nothing() -> None:
    updated = prepare(window([Review(1, "updated word3")] * 20, PAST))
    assert update_level.measure_with(updated, LEARNED).speaks_for == "release"
    silent = prepare(window([Review(1, "protest word3")] * 20, PAST))
    assert update_level.measure_with(silent, LEARNED).speaks_for is None


def test_a_version_is_dated_by_three_reviews_within_a_week() -> None:
    days = np.array([0, 1, 2, 20, 31, 40, 41, 42, 43], dtype=np.int64) * DAY_US
    named = np.array(["1", "1", "1", "2", None, "2", "2", "2", "3"], dtype=object)
    assert first_seen(days, named) == {"2": 40 * DAY_US}


def test_reviews_of_a_new_version_are_told_from_those_of_an_old_one() -> None:
    before = frame(
        [Review(1, "slow", version="1.0") for _ in range(2000)], ONSET - timedelta(days=300), ONSET
    )
    items = frame([Review(1, "slow", version="2.0") for _ in range(20)], ONSET, END)
    case = replace(window([], []), items=items, before=before)
    found = new_version.measure(prepare(case))
    assert found.value == 1
    assert found.baseline == 0
    assert found.speaks_for == "release"
    items = frame([Review(1, "slow", version="1.0") for _ in range(20)], ONSET, END)
    assert new_version.measure(prepare(replace(case, items=items))).value == 0


def test_one_star_is_a_share_of_the_complaints() -> None:
    reviews = [Review(1, "no")] * 15 + [Review(3, "so so")] * 5 + [Review(5, "yes")] * 30
    found = one_star.measure(prepare(window(reviews, PAST)))
    assert found.value == 0.75
    assert abs(found.baseline - 1 / 3) < 0.01
