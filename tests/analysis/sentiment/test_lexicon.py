"""The written lexicons hold together: a slip in one line would turn a language's reviews around."""

import tomllib
import unicodedata
from collections import Counter
from functools import cache
from itertools import product
from pathlib import Path

import pytest

from analysis.sentiment import lexicon as lists

FOLDER = Path(__file__).parents[3] / "analysis" / "sentiment" / "lexicon"
FILES = sorted(FOLDER.glob("*.toml"))
LISTS = (
    "praise",
    "blame",
    "praise_phrases",
    "blame_phrases",
    "negations",
    "negations_after",
    "intensifiers",
    "diminishers",
    "contrast",
    "stars_named_low",
    "stars_named_high",
    "neutral",
)
JUDGING = LISTS[:4]
RICH = [
    "en",
    "es",
    "pt",
    "fr",
    "de",
    "it",
    "nl",
    "pl",
    "cs",
    "sk",
    "hu",
    "ro",
    "ru",
    "uk",
    "bg",
    "sr",
    "hr",
    "el",
    "tr",
    "ar",
    "fa",
    "he",
    "hi",
    "bn",
    "ur",
    "ta",
    "te",
    "mr",
    "gu",
    "th",
    "vi",
    "id",
]
SPACED = [path for path in FILES if path.stem not in {"th", "zh", "ja", "emoji"}]
EMOJI = FOLDER / "emoji.toml"


@cache
def read(path: Path) -> dict[str, list[str]]:
    with path.open("rb") as file:
        lexicon = tomllib.load(file)
    assert lexicon.pop("language") == path.stem
    return lexicon


def stems(entries: list[str]) -> list[str]:
    return [entry[:-1] for entry in entries if entry.endswith("*")]


@pytest.fixture(params=FILES, ids=lambda path: path.stem)
def path(request: pytest.FixtureRequest) -> Path:
    return request.param


def test_only_known_lists_of_strings(path: Path) -> None:
    lexicon = read(path)
    assert tuple(lexicon) == LISTS
    assert all(isinstance(entry, str) for entries in lexicon.values() for entry in entries)


def test_entries_are_composed_lower_case_and_trimmed(path: Path) -> None:
    for entry in (entry for entries in read(path).values() for entry in entries):
        assert entry == unicodedata.normalize("NFC", entry).lower()
        assert entry == " ".join(entry.split()) != ""
        assert "’" not in entry, "the straight apostrophe stands for both"


def test_no_list_says_a_thing_twice(path: Path) -> None:
    for name, entries in read(path).items():
        twice = [entry for entry, times in Counter(entries).items() if times > 1]
        assert not twice, name


def test_no_entry_praises_and_blames(path: Path) -> None:
    lexicon = read(path)
    good = {*lexicon["praise"], *lexicon["praise_phrases"], *lexicon["stars_named_high"]}
    bad = {*lexicon["blame"], *lexicon["blame_phrases"], *lexicon["stars_named_low"]}
    assert not good & bad
    assert not {*good, *bad} & {*lexicon["neutral"]}


def test_no_negation_judges_by_itself(path: Path) -> None:
    lexicon = read(path)
    judging = {entry for name in JUDGING for entry in lexicon[name]}
    assert not judging & {*lexicon["negations"], *lexicon["negations_after"]}


def test_no_stem_takes_a_word_that_says_otherwise(path: Path) -> None:
    lexicon = read(path)
    others = {"praise": ("blame", "neutral"), "blame": ("praise", "neutral")}
    taken = [
        (stem, word)
        for name, rivals in others.items()
        for rival in rivals
        for stem, word in product(stems(lexicon[name]), lexicon[rival])
        if word.startswith(stem)
    ]
    assert not taken


def test_a_star_only_ends_a_stem_of_some_length(path: Path) -> None:
    lexicon = read(path)
    for name, entries in lexicon.items():
        for entry in (entry for entry in entries if "*" in entry and path != EMOJI):
            assert name in ("praise", "blame")
            assert entry.index("*") == len(entry) - 1 >= 2
    assert path != EMOJI or not any(map(stems, lexicon.values()))


@pytest.mark.parametrize("path", SPACED, ids=lambda path: path.stem, indirect=True)
def test_words_and_phrases_stand_in_their_own_lists(path: Path) -> None:
    lexicon = read(path)
    assert not [word for name in ("praise", "blame") for word in lexicon[name] if " " in word]
    phrases = [phrase for name in JUDGING[2:] for phrase in lexicon[name]]
    assert all(" " in phrase and "*" not in phrase for phrase in phrases)


def test_enough_is_written(path: Path) -> None:
    lexicon = read(path)
    least = 120 if path.stem in RICH else 60
    assert sum(len(lexicon[name]) for name in JUDGING) >= least
    assert min(len(lexicon["praise"]), len(lexicon["blame"])) >= 20


def test_many_languages_are_written() -> None:
    languages = {path.stem for path in FILES} - {"emoji"}
    assert languages.issuperset(RICH)
    assert len(languages) >= 40


def test_the_packed_lists_are_those_of_the_files() -> None:
    """Made by `python -m benchmarks.sentiment.lists --write`; without it the lists are read."""
    made = lists.listed()
    assert lists.unpacked(lists.PACKED.read_bytes(), lists.digest()) == made
    assert lists.unpacked(lists.packed(made, "these"), "others") is None
