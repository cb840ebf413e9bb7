"""The word lists: their form, and what the rules make of them."""

import pytest

from analysis.sentiment import lexicon, rules, spelling
from analysis.sentiment.rules import Reading

TINY = {
    "language": "en",
    "praise": ["good", "great", "fast"],
    "blame": ["bad", "slow", "crash*"],
    "blame_phrases": ["does not open", "gets on my nerves"],
    "praise_phrases": ["not bad at all"],
    "negations": ["not", "never"],
    "intensifiers": ["very", "super"],
    "contrast": ["but"],
    "stars_named_low": ["one star"],
    "stars_named_high": ["five stars"],
    "neutral": ["app", "update"],
}
GERMAN = {
    "language": "de",
    "praise": ["gut", "schön"],
    "neutral": ["bad", "fast"],
    "intensifiers": ["sehr"],
    "negations": ["nicht"],
    "negations_after": ["nicht"],
}
THAI = {"language": "th", "praise": ["ดี"], "blame": ["แย่"], "negations": ["ไม่"]}
EMOJI = {"language": "emoji", "praise": ["😍", ":)"], "blame": ["💔"]}
KNOWN = lexicon.compiled([TINY, GERMAN, THAI, EMOJI])


def read(text: str, stated: str | None = None) -> Reading:
    found = spelling.tokens(spelling.normalise(text))
    return rules.read([KNOWN.standard(token) for token in found], KNOWN, stated)


def lean(text: str, stated: str | None = None) -> float:
    found = read(text, stated)
    return found.praise - found.blame


@pytest.mark.parametrize(
    "text",
    ["good", "GREAT!!", "not bad", "not bad at all", "never crashes", "goooood", "good 😍", ":)",
     "slow but good", "five stars", "ไม่แย่", "ดีมาก", "Schön", "ｇｏｏｄ",
     "9 out of 10", "10/10", "10 de 10", "8 of 10 points"],
)  # fmt: skip
def test_praise_is_above_zero(text: str) -> None:
    assert lean(text) > 0


@pytest.mark.parametrize(
    "text",
    ["bad", "sloooow", "not good", "does not open", "It CRASHED", "super slow", "good but slow",
     "one star", "💔", "ไม่ดี", "gut ist das nicht", "nicht gut", "never a good app",
     "0/10", "1 von 5", "3 out of 10"],
)  # fmt: skip
def test_blame_is_below_zero(text: str) -> None:
    assert lean(text) < 0


@pytest.mark.parametrize(
    "text",
    ["", "app update", "xyzzy", "12", "the update of the app", "2 of 3", "12 of 10", "5 of 10"],
)
def test_what_judges_nothing_is_nothing(text: str) -> None:
    assert lean(text) == 0


def test_emphasis_counts() -> None:
    assert lean("very good") > lean("good")
    assert lean("good!") > lean("good")


def test_a_word_of_two_languages_is_read_in_that_of_the_text() -> None:
    assert lean("bad") < 0
    assert lean("das bad ist sehr") == 0
    assert lean("bad", "de") == 0
    assert lean("the app is bad", "en") < 0


def test_every_part_of_a_reading_is_named() -> None:
    assert [text for text, _ in read("good app, does not open").parts] == ["good", "does not open"]


@pytest.mark.parametrize(
    "file",
    [{"praise": ["good"]}, {"language": "en", "praise": "good"}, {"language": "en", "liked": []},
     {"language": "en", "praise": [""]}, {"language": "en", "praise": [1]}],
)  # fmt: skip
def test_a_list_of_another_form_is_refused(file: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="word list"):
        lexicon.compiled([file])
