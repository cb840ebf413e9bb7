"""What stands between blanks, looked at once: many texts share most of it.

A chunk is what stands between two blanks of a text as it was written. Its tokens, what the lists
hold of them and their hashes are kept as arrays, so that a batch of texts is read by looking
numbers up. Nothing of it is stored, and it is forgotten once it has grown large.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from threading import RLock

import numpy as np
from numpy.typing import NDArray

from analysis.sentiment import hashed_pieces, lexicon, rules, spelling, vader_in_batch
from analysis.sentiment.hashed_pieces import Batch
from analysis.sentiment.lexicon import EVERY, JUDGING, Kind, Lexicon, Phrases, Sense
from collector.text.one_spelling import one_spelling

MOST_KEPT = 200_000  # chunks
MOST_SIGNS = 10_000_000  # of all chunks
SEEN_BITS = 23  # of the hashes of words that a prior may have seen
JOINER = "\u200c"  # Arabic letters elsewhere in a text decide whether it is read
AS_LISTED = -1  # kind of a sense that differs by language
PhraseIds = list[tuple[tuple[str, ...], int]]  # what follows, number of the sense
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Rows:
    """Lists of numbers, one after another. starts: int64 (n + 1,); flat: int64."""

    starts: Ints = field(default_factory=lambda: np.zeros(1, np.int64))
    flat: Ints = field(default_factory=lambda: np.empty(0, np.int64))

    def with_more(self, more: Sequence[Sequence[int]]) -> "Rows":
        """These and some more lists."""
        flat = np.array([number for row in more for number in row], dtype=np.int64)
        return self.with_flat([len(row) for row in more], flat)

    def with_flat(self, lengths: Sequence[int], flat: Ints) -> "Rows":
        """These and some more lists, given one after another."""
        ends = self.starts[-1] + np.cumsum(lengths, dtype=np.int64)
        return Rows(np.concatenate([self.starts, ends]), np.concatenate([self.flat, flat]))

    def lengths(self, ids: Ints) -> Ints:
        """How long some of the lists are."""
        return np.asarray(self.starts[ids + 1] - self.starts[ids], dtype=np.int64)

    def of(self, ids: Ints) -> Ints:
        """Some of the lists, one after another."""
        lengths = self.lengths(ids)
        before = np.cumsum(lengths) - lengths
        places = np.repeat(self.starts[ids] - before, lengths) + np.arange(lengths.sum())
        return np.asarray(self.flat[places], dtype=np.int64)


class _Growing:
    """Rows in the making: two plain lists, so that many short ones need not live at once."""

    def __init__(self) -> None:
        self.lengths: list[int] = []
        self.flat: list[int] = []

    def add(self, row: list[int]) -> None:
        """One more list."""
        self.lengths.append(len(row))
        self.flat += row

    def after(self, rows: Rows) -> Rows:
        """The rows and these."""
        return rows.with_flat(self.lengths, np.array(self.flat, dtype=np.int64))


@dataclass(frozen=True)
class Senses:
    """The lists' senses as arrays. kind: int64, AS_LISTED where languages differ; languages:
    uint64, one bit each; meanings, kinds: by sense, its languages' numbers and what it is there."""

    kind: Ints
    languages: NDArray[np.uint64]
    meanings: Rows
    kinds: Rows


@dataclass(frozen=True)
class Tokens:
    """What is known of each token: each an array (tokens,). sense: -1 where no list holds it."""

    hashes: NDArray[np.uint32]
    silent: Bools
    letters: Bools
    sense: Ints
    starts_phrase: Bools
    follows: Bools
    decimal: Bools
    best_mark: Bools
    breaks: Bools
    exclaims: Bools


@dataclass(frozen=True)
class Chunked:
    """A batch of texts. units: tokens for the word lists, runs without spaces in their entries, and
    unit_of their texts; chunks: int64, and chunk_of their texts; names: by token."""

    batch: Batch
    tokens: Tokens
    units: Ints
    unit_of: Ints
    chunks: Ints
    chunk_of: Ints
    chunk_words: NDArray[np.void]
    names: list[str]
    vocabulary: "Vocabulary"


class Vocabulary:
    """Grows as texts are read."""

    def __init__(self, known: Lexicon) -> None:
        self.known = known
        self.numbers = {code: place for place, code in enumerate(sorted(set(known.languages)))}
        self.every = np.uint64(1 << self.numbers[EVERY] if EVERY in self.numbers else 0)
        self.seconds = {second for of_first in known.phrases.values() for second in of_first}
        self.lock = RLock()
        self._forget()

    def _forget(self) -> None:
        self._chunks: dict[str, int] = {}
        self._signs = 0
        self._token_ids: dict[str, int] = {}
        self._names: list[str] = []
        self._phrases: list[Phrases] = []
        self._pairs: dict[int, PhraseIds] = {}
        self._sense_ids: dict[int, int] = {}
        self._kept: list[Sense] = []
        self._of_chunk, self._units_of_chunk = Rows(), Rows()
        self._words = np.empty(0, vader_in_batch.WORD)
        self._forms = Rows()
        self._tokens = _token_arrays([])
        self._senses = Senses(np.empty(0, np.int64), np.empty(0, np.uint64), Rows(), Rows())

    def read(self, texts: Sequence[str]) -> Chunked:
        """Texts -> arrays. Its numbers hold while the lock is held."""
        with self.lock:
            if len(self._chunks) > MOST_KEPT or self._signs > MOST_SIGNS:
                self._forget()
            split = [_chunks(text[: spelling.READ_CHARACTERS]) for text in texts]
            flat = [chunk for chunks in split for chunk in chunks]
            self._meet(dict.fromkeys(flat))
            ids = np.fromiter(map(self._chunks.__getitem__, flat), np.int64, len(flat))
            chunk_of = np.repeat(np.arange(len(texts)), [len(chunks) for chunks in split])
            return self._chunked(ids, chunk_of, len(texts))

    def sense_id(self, sense: Sense | None) -> int:
        """The number of a sense; -1 for none."""
        if sense is None:
            return -1
        place = self._sense_ids.get(id(sense))
        if place is None:
            place = self._sense_ids[id(sense)] = len(self._kept)
            self._kept.append(sense)
        return place

    def phrases(self, first: int, second: int) -> PhraseIds:
        """The phrases that two tokens begin, the longest first."""
        pair = first << 32 | second
        found = self._pairs.get(pair)
        if found is None:
            following = self._phrases[first].get(self._names[second], ())
            found = self._pairs[pair] = [(rest, self.sense_id(sense)) for rest, sense in following]
        return found

    def senses(self) -> Senses:
        """All senses met so far."""
        new = self._kept[len(self._senses.kind) :]
        if new:
            before = self._senses
            kind = [AS_LISTED if sense.kind is None else sense.kind for sense in new]
            codes = [[self.numbers[code] for code in sense.meanings] for sense in new]
            masks = [sum(1 << number for number in of_sense) for of_sense in codes]
            self._senses = Senses(
                np.concatenate([before.kind, np.array(kind, dtype=np.int64)]),
                np.concatenate([before.languages, np.array(masks, dtype=np.uint64)]),
                before.meanings.with_more(codes),
                before.kinds.with_more([list(sense.meanings.values()) for sense in new]),
            )
        return self._senses

    def _chunked(self, ids: Ints, chunk_of: Ints, texts: int) -> Chunked:
        flat = self._of_chunk.of(ids)
        distinct, places = _by_appearance(flat)
        batch = Batch(
            words=[self._names[i][: spelling.LONGEST_WORD] for i in distinct.tolist()],
            ids=places,
            text_of=np.repeat(chunk_of, self._of_chunk.lengths(ids)),
            texts=texts,
            hashes=self._tokens.hashes[distinct],
            silent=self._tokens.silent[distinct],
            letters=self._tokens.letters[distinct],
            forms=self._forms.of(distinct),
            form_counts=self._forms.lengths(distinct),
        )
        return Chunked(
            batch=batch,
            tokens=self._tokens,
            units=self._units_of_chunk.of(ids),
            unit_of=np.repeat(chunk_of, self._units_of_chunk.lengths(ids)),
            chunks=ids,
            chunk_of=chunk_of,
            chunk_words=self._words,
            names=self._names,
            vocabulary=self,
        )

    def _meet(self, chunks: Iterable[str]) -> None:
        new = [chunk for chunk in chunks if chunk not in self._chunks]
        if not new:
            return
        first = len(self._names)
        plain = [one_spelling(chunk) for chunk in new]
        tokens_of, units_of = _Growing(), _Growing()
        for chunk in plain:
            tokens = standard_tokens(chunk, self.known)
            ids = self._ids(tokens)
            tokens_of.add(ids)
            units_of.add(self._units(tokens, ids))
        self._of_chunk = tokens_of.after(self._of_chunk)
        self._units_of_chunk = units_of.after(self._units_of_chunk)
        words = np.fromiter(map(vader_in_batch.word, plain), vader_in_batch.WORD, len(plain))
        self._words = np.concatenate([self._words, words])
        self._look_at(self._names[first:])
        for chunk in new:
            self._chunks[chunk] = len(self._chunks)
            self._signs += len(chunk)

    def _units(self, tokens: Sequence[str], ids: list[int]) -> list[int]:
        """The tokens with runs without spaces in their entries."""
        found = self.known.look_up(tokens)
        if not any(word is not None and word.pieces for word in found):
            return ids
        both = zip(tokens, found, strict=True)
        return self._ids([p for t, word in both for p in rules.pieces(t, word)])

    def _ids(self, tokens: Sequence[str]) -> list[int]:
        ids, known = [], self._token_ids
        for token in tokens:
            place = known.get(token)
            if place is None:
                place = known[token] = len(self._names)
                self._names.append(token)
            ids.append(place)
        return ids

    def _look_at(self, names: Sequence[str]) -> None:
        rows = []
        for name in names:
            word = cut = self.known.word(name)
            if len(name) > spelling.LONGEST_WORD:
                cut = self.known.word(name[: spelling.LONGEST_WORD])
            self._phrases.append(word.phrases if word else {})
            sense = self.sense_id(word.sense if word else None)
            silent = _is_silent(cut.sense if cut else None)
            rows.append((name, sense, silent, bool(self._phrases[-1]), name in self.seconds))
        forms = [familiar_forms(name[: spelling.LONGEST_WORD]) for name in names]
        flat = hashed_pieces.word_bits([form for of_word in forms for form in of_word], SEEN_BITS)
        self._forms = self._forms.with_flat([len(of_word) for of_word in forms], flat)
        more = _token_arrays(rows)
        kept = self._tokens
        self._tokens = Tokens(
            *(
                np.concatenate([getattr(kept, name), getattr(more, name)])
                for name in Tokens.__dataclass_fields__
            )
        )


def _token_arrays(rows: Sequence[tuple[str, int, bool, bool, bool]]) -> Tokens:
    names = [row[0] for row in rows]

    def flags(found: Iterable[bool]) -> Bools:
        return np.fromiter(found, dtype=np.bool_, count=len(rows))

    return Tokens(
        hashes=hashed_pieces.word_hashes([name[: spelling.LONGEST_WORD] for name in names]),
        silent=flags(row[2] for row in rows),
        letters=flags(says(name[: spelling.LONGEST_WORD]) for name in names),
        sense=np.array([row[1] for row in rows], dtype=np.int64),
        starts_phrase=flags(row[3] for row in rows),
        follows=flags(row[4] for row in rows),
        decimal=flags(name.isdecimal() for name in names),
        best_mark=flags(name in rules.MARKS_OUT_OF for name in names),
        breaks=flags(name in rules.BREAKS for name in names),
        exclaims=flags(name == "!" for name in names),
    )


def _by_appearance(ids: Ints) -> tuple[Ints, Ints]:
    """(distinct ids in the order of their first appearance, place of each among them): whatever
    was read before, the same texts give the same arrays."""
    distinct, first, places = np.unique(ids, return_index=True, return_inverse=True)
    order = np.argsort(first)
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    return distinct[order], rank[places]


def _chunks(text: str) -> list[str]:
    if JOINER in text:
        return [text]
    return text.split()


def standard_tokens(text: str, known: Lexicon) -> list[str]:
    """A text's tokens, the elongated ones as the lists spell them. text: in one spelling."""
    normal = spelling.folded(text)
    if normal.isascii() and normal.isalnum():
        return [known.standard(normal)]
    found = spelling.tokens(normal)
    if spelling.shortened(normal) is None:
        return found
    return [known.standard(token) for token in found]


def _is_silent(sense: Sense | None) -> bool:
    """Whether a word alone leans neither way, whatever stars came with it: update, app, phone."""
    if sense is None:
        return False
    kinds = sense.meanings.values()
    return all(kind & Kind.NEUTRAL and not kind & JUDGING for kind in kinds)


def says(word: str) -> bool:
    """Whether a word holds letters or signs that mean something, such as emoji."""
    return word[:1].isalpha() or any(sign.isalpha() or ord(sign) > 0x2000 for sign in word)


def familiar_forms(word: str) -> list[str]:
    """By what a word is known: itself; in scripts without spaces its pairs of signs."""
    if len(word) < 3 or not spelling.is_dense(word):
        return [word]
    return [word[i : i + 2] for i in range(len(word) - 1)]


@cache
def shipped() -> Vocabulary:
    """Over the lexicon of this package, once a process."""
    return Vocabulary(lexicon.shipped())
