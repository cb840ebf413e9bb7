"""The grammars: every theme in every language, enough variety, nothing left unfilled."""

import re
import tomllib
from importlib.resources import files

import numpy as np
import pytest

from analysis.simulate import scenarios, simulate
from analysis.simulate.texts import Dice, grammar, languages, write

FACTS = {"app": "City Helper", "version": "3.1.0", "link": "https://play.example/app"}


def near_duplicate_share(texts: list[str]) -> float:
    """Share of texts with a twin: at least 0.8 of all words of both in common."""
    words = [frozenset(re.findall(r"\w+", text.lower())) for text in texts]
    twins = sum(
        any(len(a & b) >= 0.8 * len(a | b) for j, b in enumerate(words) if i != j)
        for i, a in enumerate(words)
    )
    return twins / len(words)


def test_languages_are_those_asked_for() -> None:
    assert {"en", "es", "de", "fr", "id", "ko"} <= set(languages())


@pytest.mark.parametrize("language", languages())
def test_every_language_has_the_same_themes(language: str) -> None:
    assert set(grammar(language).themes) == set(grammar("en").themes)


@pytest.mark.parametrize("language", languages())
def test_every_slot_is_known_and_used(language: str) -> None:
    path = files("analysis.simulate") / "templates" / f"{language}.toml"
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    phrases = [p for part in data.values() for options in part.values() for p in options]
    used = set(re.findall(r"\{(\w+)\}", " ".join(phrases)))
    assert used - set(data["slots"]) - set(FACTS) == {"n"}
    assert set(data["slots"]) <= used
    assert not [p for p in phrases if re.search(r"[{}]", re.sub(r"\{\w+\}", "", p))]


@pytest.mark.parametrize("language", languages())
def test_every_theme_can_be_written(language: str) -> None:
    dice = Dice(np.random.default_rng(1))
    for theme in grammar(language).themes:
        texts = [write(dice, language, theme, FACTS) for _ in range(20)]
        assert all(text.strip() and "{" not in text and len(text) < 500 for text in texts), theme


def test_the_same_seed_writes_the_same_text() -> None:
    first, second = (Dice(np.random.default_rng(9)) for _ in range(2))
    assert [write(first, "en", "praise", FACTS) for _ in range(50)] == [
        write(second, "en", "praise", FACTS) for _ in range(50)
    ]


@pytest.mark.parametrize(
    "scenario",
    [scenarios.iwatch_drill(), scenarios.bad_release(10, 400), scenarios.promotion(20, 300)],
    ids=["drill", "bad release", "promotion"],
)
def test_duplicates_stay_rare(scenario: scenarios.Scenario) -> None:
    texts = [i.text for i in simulate(scenario, 3).items if i.text and len(i.text) > 20]
    assert 1 - len(set(texts)) / len(texts) < 0.03
    reviews = [i.text for i in simulate(scenario, 3).reviews if i.text and len(i.text) > 20]
    assert near_duplicate_share(reviews[-500:]) < 0.02
