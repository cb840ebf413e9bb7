"""Documents and wording quote the constants: a sentence with a number says the number that holds.

The sentences stand in quoted.toml. One that was put otherwise is put otherwise there too.
"""

import re
import tomllib
from pathlib import Path

import pytest

from tests.golden.constants import CONSTANTS

TOP = Path(__file__).resolve().parents[2]
PACKAGES = ("collector", "analysis", "dashboard")
EN = "zero one two three four five six seven eight nine ten".split()  # noqa: SIM905
ES = "cero uno dos tres cuatro cinco seis siete ocho nueve diez".split()  # noqa: SIM905
WORDS = {"en": dict(enumerate(EN)) | {20: "twenty"}, "es": dict(enumerate(ES))}
QUOTES: dict[str, list[str]] = tomllib.loads(
    Path(__file__).with_name("quoted.toml").read_text("utf-8")
)


class Number(float):
    """A constant as a sentence says it: digits, or a word of a language."""

    def __format__(self, how: str) -> str:
        if how in WORDS:
            return WORDS[how].get(int(self), str(int(self)))
        return format(int(self) if self == int(self) else float(self), how)


def read(name: str) -> str:
    """A document's words with single blanks; en.ftl: all that is said in English."""
    files = [TOP / name]
    if name.endswith(".ftl"):
        folder = f"languages/{name.removesuffix('.ftl')}/*.ftl"
        files = [file for package in PACKAGES for file in (TOP / package).rglob(folder)]
    text = " ".join(file.read_text(encoding="utf-8") for file in files)
    return re.sub(r"\s+", " ", text)


@pytest.mark.parametrize("name", QUOTES)
def test_numbers_in_sentences_are_those_that_hold(name: str) -> None:
    text = read(name)
    values = {key: Number(value) for key, value in CONSTANTS.items()}
    said = [sentence.format(**values) for sentence in QUOTES[name]]
    assert [sentence for sentence in said if sentence not in text] == []


def test_every_constant_is_quoted_somewhere() -> None:
    quoted = " ".join(sentence for sentences in QUOTES.values() for sentence in sentences)
    assert [name for name in CONSTANTS if "{" + name not in quoted] == []
