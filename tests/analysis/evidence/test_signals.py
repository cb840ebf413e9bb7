"""Each signal on invented reviews whose answer is known."""

import random

import pytest

from analysis.evidence import Window, all_signals, gather, prepare
from analysis.evidence.signals import burst_words, themes
from analysis.records import Evidence
from analysis.words.catalogue import english
from analysis.words.evidence import finding
from tests.analysis.evidence.build import Review, window

USUAL = (
    "slow map again",
    "login fails for me",
    "cannot report a pothole",
    "too many notices",
    "map does not load",
    "password reset never comes",
    "buttons too small",
    "report got lost",
)


def usual(n: int, version: str = "1.0", seed: int = 1) -> list[Review]:
    """Reviews as the app always gets them, half of them low."""
    rng = random.Random(seed)
    return [
        Review(rng.choice((1, 2, 4, 5)), " ".join(rng.sample(USUAL, 2)), version) for _ in range(n)
    ]


def found(window: Window, name: str) -> Evidence:
    return next(e for e in gather(window) if e.signal == name)


def test_every_signal_answers_on_an_empty_window() -> None:
    for evidence in gather(window([], [])):
        assert evidence.value is None
        assert evidence.details["reason"]


def test_names_are_unique() -> None:
    names = [signal.name for signal in all_signals()]
    assert len(names) == len(set(names))


def test_the_same_window_gives_the_same_evidence() -> None:
    case = window(usual(60, seed=2), usual(400))
    assert gather(case) == gather(case)


def test_new_words_are_seen() -> None:
    strange = [Review(1, f"penguins of march number{n} dance tonight") for n in range(40)]
    evidence = found(window(strange, usual(400)), "new_words")
    assert evidence.p_value is not None
    assert evidence.p_value < 0.05
    assert evidence.speaks_for == "external"


def test_usual_words_are_not_new() -> None:
    evidence = found(window(usual(60, seed=3), usual(400)), "new_words")
    assert evidence.value == 0
    assert evidence.speaks_for is None


def test_a_version_that_carries_the_swing_is_seen() -> None:
    evidence = found(window(usual(60, "2.0", seed=4), usual(400)), "version_concentration")
    assert evidence.value == pytest.approx(1.0)
    assert evidence.speaks_for == "release"


def test_a_version_that_was_there_before_is_not() -> None:
    evidence = found(window(usual(60, seed=4), usual(400)), "version_concentration")
    assert evidence.value == pytest.approx(0.0)
    assert evidence.speaks_for is None


def test_the_star_mix_is_told_in_words() -> None:
    evidence = found(window([Review(1, "no")] * 60, usual(400)), "star_mix")
    assert evidence.value == 1
    assert "One star: 100% of the reviews" in finding(evidence, english())


def test_praise_speaks_for_a_promotion() -> None:
    good = [Review(5, "lovely")] * 60
    evidence = found(window(good, usual(400), direction="positive"), "star_mix")
    assert evidence.speaks_for == "promotion"


def test_content_users_who_come_as_well_are_counted() -> None:
    past = [Review(5 if n % 2 else 1, "as always") for n in range(360)]  # one a day each
    crowd = [Review(5, "now it works")] * 59 + [Review(1, "now it does not")] * 60
    beside = found(window(crowd, past), "other_stars")
    assert beside.value == pytest.approx(20.0, rel=0.1)
    assert beside.p_value is not None
    assert beside.p_value <= 0.02
    alone = found(window([Review(1, "down again")] * 60, past), "other_stars")
    assert alone.value is not None
    assert alone.value < 1
    assert alone.p_value is not None
    assert alone.p_value > 0.5
    assert found(window(crowd, past, direction="positive"), "other_stars").details["stars"] == "low"


def test_without_a_past_of_those_stars_their_pace_is_not_testable() -> None:
    assert found(window(usual(60), [Review(1, "no")] * 300), "other_stars").value is None


def test_words_of_every_second_text_are_no_topic() -> None:
    topics = [
        "the purple parade ate the giraffe",
        "the counter is closed and the clerk left",
        "the ferry sank and the pier is gone",
        "the librarian is on the moon",
        "the fountain and the statue is pink",
    ]
    said = [Review(1, topics[n % 5], author=f"a{n}") for n in range(100)]
    case = prepare(window(said, usual(400)))
    told = burst_words.measure(case).details["words"]
    labels = [theme.label for theme in themes.themes(case)]
    assert told
    assert len(labels) == len(set(labels)) >= 3
    filler = {"the", "and", "is"}
    assert filler.isdisjoint(told)
    assert all(filler.isdisjoint((label.split()[0], label.split()[-1])) for label in labels)
