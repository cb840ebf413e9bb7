"""Invented texts in several languages, written by small grammars.

A grammar is one TOML file in templates/: `[slots]` name lists of phrases, `[themes]` name lists of
sentences; `{name}` in either is replaced by a phrase of that slot, or by a fact of the app
(`{app}`, `{version}`, `{link}`, `{query}`). Nothing in them was copied from real reviews.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TypeVar

import numpy as np

T = TypeVar("T")
Part = str | tuple[str]  # literal text, or a one-tuple naming a slot
Phrase = tuple[Part, ...]

_SLOT = re.compile(r"\{(\w+)\}")
_SENTENCES = (0.40, 0.78)  # chance of at most one, at most two sentences
_EMOJI = ("👍", "😀", "🙄", "😡", "🙏", "😂", "🤔", "💜", "🎉", "😕")
_NUMBERS = 28
_ENOUGH = 20_000  # ways to write a text; one that has fewer goes on for another sentence
_ONE_SENTENCE = ("short_", "title_", "reply_")


class Dice:
    """Quick single draws from a NumPy generator, buffered; deterministic for its seed."""

    def __init__(self, rng: np.random.Generator) -> None:
        self._rng = rng
        self._buffer: list[float] = []

    def unit(self) -> float:
        """A uniform number in [0, 1)."""
        if not self._buffer:
            self._buffer = self._rng.random(4096).tolist()
        return self._buffer.pop()

    def below(self, n: int) -> int:
        """A whole number from 0 to n - 1."""
        return int(self.unit() * n)

    def pick(self, options: Sequence[T]) -> T:
        """One of the options."""
        return options[self.below(len(options))]


@dataclass(frozen=True, slots=True)
class Grammar:
    """The phrases and sentences of one language, split at their slots."""

    language: str
    slots: Mapping[str, tuple[Phrase, ...]]
    themes: Mapping[str, tuple[Phrase, ...]]

    def variety(self, phrase: Phrase) -> int:
        """How many different texts the phrase can become."""
        ways = 1
        for part in phrase:
            if not isinstance(part, str):
                options = self.slots.get(part[0])
                ways *= sum(map(self.variety, options)) if options else _NUMBERS
        return ways


@cache
def grammar(language: str) -> Grammar:
    """The grammar of a language. Raises FileNotFoundError where there is none."""
    source = files("analysis.simulate") / "templates" / f"{language}.toml"
    data = tomllib.loads(source.read_text(encoding="utf-8"))
    return Grammar(
        language,
        {name: tuple(map(_split, phrases)) for name, phrases in data["slots"].items()},
        {name: tuple(map(_split, phrases)) for name, phrases in data["themes"].items()},
    )


def languages() -> list[str]:
    """Languages that have a grammar."""
    folder = files("analysis.simulate") / "templates"
    return sorted(p.name.removesuffix(".toml") for p in folder.iterdir() if p.name[-5:] == ".toml")


def write(dice: Dice, language: str, theme: str, facts: Mapping[str, str]) -> str:
    """A text of the theme, one to three sentences, sometimes carelessly typed.

    Two texts are seldom the same: sentences that leave little choice come with another one.
    """
    rules = grammar(language)
    sentences = rules.themes[theme]
    roll = dice.unit()
    wanted = 1 if roll < _SENTENCES[0] else 2 if roll < _SENTENCES[1] else 3
    chosen = [dice.pick(sentences)]
    ways = _variety(language, chosen[0])
    most = 1 if theme.startswith(_ONE_SENTENCE) else min(3, len(set(sentences)))
    while len(chosen) < most:
        if len(chosen) >= wanted and ways >= _ENOUGH:
            break
        sentence = dice.pick(sentences)
        if sentence not in chosen:
            chosen.append(sentence)
            ways *= _variety(language, sentence)
    written = [_expand(dice, rules, sentence, facts) for sentence in chosen]
    if not theme.startswith("post_"):
        written = [sentence[:1].upper() + sentence[1:] for sentence in written]
    text = " ".join(written)
    return text if theme.startswith(("reply_", "title_")) else _typed(dice, text)


@cache
def _variety(language: str, sentence: Phrase) -> int:
    return grammar(language).variety(sentence)


def _split(phrase: str) -> Phrase:
    pieces = _SLOT.split(phrase)
    return tuple((piece,) if i % 2 else piece for i, piece in enumerate(pieces) if i % 2 or piece)


def _expand(dice: Dice, rules: Grammar, phrase: Phrase, facts: Mapping[str, str]) -> str:
    written: list[str] = []
    for part in phrase:
        if isinstance(part, str):
            written.append(part)
        elif part[0] in rules.slots:
            written.append(_expand(dice, rules, dice.pick(rules.slots[part[0]]), facts))
        elif part[0] == "n":
            written.append(str(2 + dice.below(_NUMBERS)))
        else:
            written.append(facts[part[0]])
    return "".join(written)


def _typed(dice: Dice, text: str) -> str:
    """The text as somebody in a hurry might type it; links stay whole."""
    if "://" in text:
        return text
    if dice.unit() < 0.3:
        text = text[:1].lower() + text[1:]
    if dice.unit() < 0.35:
        text = text.rstrip(".。")
    if dice.unit() < 0.06:
        text = text.replace(".", "!").replace("!", "!!", 1)
    if dice.unit() < 0.02:
        text = text.upper()
    if len(text) > 12 and dice.unit() < 0.08:
        at = 1 + dice.below(len(text) - 3)
        if text[at].isalpha() and text[at + 1].isalpha():
            text = text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    if dice.unit() < 0.07:
        text += " " + dice.pick(_EMOJI) * (1 + dice.below(3))
    return text
