"""How people judge software, by language: word lists written for this project (`lexicon/*.toml`).

A word ends in `*` where any ending may follow. In languages written without spaces the entries are
looked for within the text. `emoji.toml` holds for all languages.
"""

import gc
import gzip
import hashlib
import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import TypeVar

from analysis.sentiment import spelling

FOLDER = Path(__file__).parent / "lexicon"
EVERY = "emoji"  # holds in every language
PACKED = Path(__file__).parent / "lexicon.json.gz"  # `python -m benchmarks.sentiment.lists --write`
VERSION = "1"  # of how lists are read: another spelling of entries, another number
MIN_STEM = 2
MOST_KEPT = 200_000  # tokens looked up
SHORT_PLAIN = 4  # without its accents a shorter word may be another word


class Kind:
    """What an entry does, as bits: a word may do several things."""

    PRAISE = 1
    BLAME = 2
    NEGATION = 4
    NEGATION_AFTER = 8
    INTENSIFIER = 16
    DIMINISHER = 32
    CONTRAST = 64
    LOW_STARS = 128
    HIGH_STARS = 256
    NEUTRAL = 512


KINDS = {
    "praise": Kind.PRAISE,
    "praise_phrases": Kind.PRAISE,
    "blame": Kind.BLAME,
    "blame_phrases": Kind.BLAME,
    "negations": Kind.NEGATION,
    "negations_after": Kind.NEGATION_AFTER,
    "intensifiers": Kind.INTENSIFIER,
    "diminishers": Kind.DIMINISHER,
    "contrast": Kind.CONTRAST,
    "stars_named_low": Kind.LOW_STARS,
    "stars_named_high": Kind.HIGH_STARS,
    "neutral": Kind.NEUTRAL,
}
JUDGING = Kind.PRAISE | Kind.BLAME | Kind.LOW_STARS | Kind.HIGH_STARS
Meanings = dict[str, int]  # by language
K = TypeVar("K")


@dataclass(frozen=True, slots=True)
class Sense:
    """What an entry is in each language. kind: what it is in all; None where they differ."""

    meanings: Meanings
    kind: int | None


Phrases = dict[str, list[tuple[tuple[str, ...], Sense]]]  # what follows, the longest first


@dataclass(frozen=True, slots=True)
class Word:
    """A token that some list holds: what it is alone; the phrases that it begins, by their second
    word; pieces: the entries in a run of a script without spaces, and what lies between."""

    sense: Sense | None
    phrases: Phrases = field(default_factory=dict)
    pieces: tuple[str, ...] = ()


@dataclass(frozen=True)
class Lexicon:
    """All languages' entries, ready to look tokens up.

    words, stems: by token; plain: by token without accents; phrases: by first token; dense: finds
    entries of languages without spaces inside a run of signs.
    """

    languages: tuple[str, ...]
    words: dict[str, Sense]
    stems: dict[str, Sense]
    plain: dict[str, Sense]
    phrases: dict[str, Phrases]
    dense: "re.Pattern[str] | None"
    _known: dict[str, Word | None] = field(default_factory=dict, repr=False)

    @cached_property
    def longest_stem(self) -> int:
        """In signs."""
        return max(map(len, self.stems), default=0)

    def word(self, token: str) -> Word | None:
        """What a token is; None where no language lists it."""
        try:
            return self._known[token]
        except KeyError:
            if len(self._known) > MOST_KEPT:
                self._known.clear()
            found = self._known[token] = self._look_up(token)
            return found

    def look_up(self, tokens: Sequence[str]) -> list[Word | None]:
        """What each token is."""
        known = self._known
        try:
            return [known[token] for token in tokens]
        except KeyError:
            return [self.word(token) for token in tokens]

    def standard(self, token: str) -> str:
        """An elongated token as the lists spell it: "goooood" is "good", "sloooow" "slow"."""
        shorter = spelling.shortened(token)
        if shorter is None:
            return token
        return next((form for form in shorter if self._sense(form)), shorter[0])

    def _look_up(self, token: str) -> Word | None:
        sense, phrases = self._sense(token), self.phrases.get(token, {})
        if sense or phrases:
            return Word(sense, phrases)
        if self.dense is None or not spelling.is_dense(token):
            return None
        pieces = tuple(piece for piece in self.dense.split(token) if piece)
        return Word(None, pieces=pieces) if len(pieces) > 1 else None

    def _sense(self, token: str) -> Sense | None:
        exact = self.words.get(token)
        if exact:
            return exact
        for end in range(min(len(token), self.longest_stem), MIN_STEM - 1, -1):
            if token[:end] in self.stems:
                return self.stems[token[:end]]
        if token.isascii():
            return self.plain.get(token) if len(token) >= SHORT_PLAIN else None
        bare = spelling.without_accents(token)
        if len(bare) >= SHORT_PLAIN and bare in self.plain:
            return self.plain[bare]
        shorter = (self.words.get(form) for form in spelling.without_clitics(token))
        return next((sense for sense in shorter if sense), None)


@cache
def shipped() -> Lexicon:
    """The lexicon of this package, read once a process: from the packed file while the word lists
    are those that it was made from, else from the lists (about a second)."""
    collects = gc.isenabled()
    gc.disable()  # looking through what is being built, and stays, would take most of the time
    try:
        kept = unpacked(PACKED.read_bytes(), digest()) if PACKED.is_file() else None
        return kept or listed()
    finally:
        if collects:
            gc.enable()


def listed() -> Lexicon:
    """The lexicon as the word lists have it."""
    return compiled(
        tomllib.loads(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.toml"))
    )


def digest() -> str:
    """Names the word lists by what is in them, and how they are read."""
    found = hashlib.blake2b(VERSION.encode(), digest_size=16)
    for path in sorted(FOLDER.glob("*.toml")):
        found.update(path.read_text("utf-8").encode())
    return found.hexdigest()


def packed(lexicon: Lexicon, name: str) -> bytes:
    """A lexicon as compressed JSON; the same lexicon, the same JSON. name: of what made it."""
    senses: dict[str, int] = {}

    def number(sense: Sense) -> int:
        return senses.setdefault(json.dumps(sense.meanings), len(senses))

    def numbers(table: Mapping[str, Sense]) -> dict[str, int]:
        return {key: number(sense) for key, sense in table.items()}

    tables = [numbers(lexicon.words), numbers(lexicon.stems), numbers(lexicon.plain)]
    phrases = {
        first: {
            second: [(rest, number(sense)) for rest, sense in endings]
            for second, endings in following.items()
        }
        for first, following in lexicon.phrases.items()
    }
    dense = lexicon.dense.pattern if lexicon.dense else None
    meanings = [json.loads(key) for key in senses]
    whole = [name, lexicon.languages, meanings, *tables, phrases, dense]
    return gzip.compress(json.dumps(whole, ensure_ascii=False).encode(), mtime=0)


def unpacked(blob: bytes, name: str) -> Lexicon | None:
    """The lexicon that `packed` wrote; None where something else made it."""
    made_of, languages, meanings, *tables, phrases, dense = json.loads(gzip.decompress(blob))
    if made_of != name:
        return None
    senses = [_sense_of(of_sense) for of_sense in meanings]
    words, stems, plain = ({key: senses[n] for key, n in table.items()} for table in tables)
    return Lexicon(
        languages=tuple(languages),
        words=words,
        stems=stems,
        plain=plain,
        phrases={
            first: {
                second: [(tuple(rest), senses[n]) for rest, n in endings]
                for second, endings in following.items()
            }
            for first, following in phrases.items()
        },
        dense=re.compile(dense) if dense else None,
    )


def compiled(files: Iterable[Mapping[str, object]]) -> Lexicon:
    """Word lists -> lexicon. Raises ValueError where a file has another shape."""
    words: dict[str, Meanings] = {}
    stems: dict[str, Meanings] = {}
    phrases: dict[tuple[str, ...], Meanings] = {}
    dense: set[str] = set()
    languages = []
    for file in files:
        language = _language(file)
        languages.append(language)
        for entry, kind in _entries(file):
            tokens = tuple(spelling.tokens(spelling.normalise(entry)))
            stem = entry.endswith("*") and len(tokens) == 2
            if stem:
                _add(stems, tokens[0], language, kind)
            elif len(tokens) == 1:
                _add(words, tokens[0], language, kind)
            elif tokens:
                _add(phrases, tokens, language, kind)
            if len(tokens) == 1 + stem and spelling.is_dense(tokens[0]):
                dense.add(tokens[0])
                if stem:
                    _add(words, tokens[0], language, kind)
    return Lexicon(
        languages=tuple(languages),
        words=_senses(words),
        stems=_senses(stems),
        plain=_senses(_plain(words)),
        phrases=_by_start(_plain_phrases(phrases) | phrases),
        dense=_pattern(dense),
    )


def _language(file: Mapping[str, object]) -> str:
    language = file.get("language")
    if not isinstance(language, str) or not language:
        raise ValueError("a word list without its `language`")
    unknown = set(file) - set(KINDS) - {"language"}
    if unknown:
        raise ValueError(f"word list {language}: unknown keys {sorted(unknown)}")
    return language


def _entries(file: Mapping[str, object]) -> Iterator[tuple[str, int]]:
    for key, kind in KINDS.items():
        listed = file.get(key, [])
        if not isinstance(listed, list) or not all(isinstance(e, str) and e for e in listed):
            raise ValueError(f"word list {file['language']}: {key} must be a list of strings")
        for entry in listed:
            yield entry, kind


def _add(table: dict[K, Meanings], key: K, language: str, kind: int) -> None:
    meanings = table.setdefault(key, {})
    meanings[language] = meanings.get(language, 0) | kind


def _plain(words: dict[str, Meanings]) -> dict[str, Meanings]:
    """Words with accents, by their form without."""
    found: dict[str, Meanings] = {}
    for word, meanings in words.items():
        bare = spelling.without_accents(word)
        if bare != word:
            for language, kind in meanings.items():
                _add(found, bare, language, kind)
    return found


def _plain_phrases(phrases: dict[tuple[str, ...], Meanings]) -> dict[tuple[str, ...], Meanings]:
    """Phrases with accents, as typed without."""
    found: dict[tuple[str, ...], Meanings] = {}
    for tokens, meanings in phrases.items():
        bare = tuple(map(spelling.without_accents, tokens))
        if bare != tokens:
            for language, kind in meanings.items():
                _add(found, bare, language, kind)
    return found


def _senses(table: dict[str, Meanings]) -> dict[str, Sense]:
    return {key: _sense_of(meanings) for key, meanings in table.items()}


def _sense_of(meanings: Meanings) -> Sense:
    """What holds for every language stands alone."""
    if EVERY in meanings:
        return Sense({EVERY: meanings[EVERY]}, meanings[EVERY])
    kinds = set(meanings.values())
    return Sense(meanings, kinds.pop() if len(kinds) == 1 else None)


def _by_start(phrases: dict[tuple[str, ...], Meanings]) -> dict[str, Phrases]:
    found: dict[str, Phrases] = {}
    for (first, second, *rest), meanings in phrases.items():
        following = found.setdefault(first, {}).setdefault(second, [])
        following.append((tuple(rest), _sense_of(meanings)))
    for of_first in found.values():
        for following in of_first.values():
            following.sort(key=lambda phrase: (-len(phrase[0]), phrase[0]))
    return found


def _pattern(entries: set[str]) -> "re.Pattern[str] | None":
    if not entries:
        return None
    longest_first = sorted(entries, key=lambda entry: (-len(entry), entry))
    return re.compile(f"({'|'.join(map(re.escape, longest_first))})")
