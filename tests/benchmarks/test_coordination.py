"""The benchmark of signs in reviews: what it hands out is what it says, rivals do what they do."""

from dataclasses import replace

import numpy as np

from analysis.evidence import prepare
from analysis.evidence.signals import one_text
from benchmarks.coordination import floods, rivals
from tests.analysis.evidence.build import Review, window

WORDS = [f"{a}{b}" for a in ("ka", "lo", "mi", "ru", "te", "su") for b in "bdfgklmnprst"]


def past() -> list[Review]:
    rng = np.random.default_rng(3)
    return [Review(1, " ".join(rng.choice(WORDS, 25))) for _ in range(200)]


def test_a_share_of_the_flood_is_one_text() -> None:
    made = floods.handed_out(window([], past()), 80, 0.25, 2, np.random.default_rng(4))
    assert made is not None
    case = prepare(made[0])
    assert (len(case.flood.texts), case.flood.hands, made[1]) == (80, 80, 20)
    assert one_text.measure(case).details["people"] == 20
    assert not rivals.exact(case.flood)
    assert not rivals.coortweet(case.flood)


def test_a_share_of_nothing_changed_is_what_rivals_see_too() -> None:
    made = floods.handed_out(window([], past()), 80, 0.25, 0, np.random.default_rng(4))
    assert made is not None
    flood = prepare(made[0]).flood
    assert rivals.exact(flood)
    assert rivals.near(flood)
    moment = flood.frame.assign(created_at=flood.frame["created_at"].iloc[0])
    again = replace(flood, frame=moment, hand=flood.hand // 2)
    twice = replace(again, texts=["a", "b"] * 40, hand=np.arange(80) % 4 // 2)
    assert rivals.coortweet(twice)


def test_an_app_with_little_to_copy_gives_no_flood() -> None:
    assert floods.handed_out(window([], past()[:5]), 80, 0.25, 0, np.random.default_rng(4)) is None
    assert floods.own_words(window([], past()[:5]), 80, np.random.default_rng(4)) is None
