"""Texts -> hashed words, pairs of words and pieces of words, the same for every language.

Words, neighbouring pairs and pairs around one word share one block of columns; pieces of 1 to 5
signs within a word the other (single signs only of scripts from Thai on). Nothing is stored but
hashes, so no vocabulary is needed, and whole batches are read as arrays.
"""

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

WORD_BITS, PIECE_BITS = 18, 19
PIECE_SIZES = (1, 2, 3, 4, 5)
_DENSE = 0x0E00  # from Thai on, single signs mean something
_START, _END = "\x02", "\x03"
Ints = NDArray[np.int64]
Hashes = NDArray[np.uint32]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Batch:
    """Texts as arrays. words: the distinct ones, with their hashes, whether they are silent (say
    nothing by themselves) and hold letters; ids: int64 (tokens,), places in `words`; text_of: int64
    (tokens,), the text of each; texts: their number; forms: hashes of what
    each word is known by, form_counts of them."""

    words: list[str]
    ids: Ints
    text_of: Ints
    texts: int
    hashes: Hashes
    silent: Bools
    letters: Bools
    forms: Ints
    form_counts: Ints


@dataclass(frozen=True, slots=True)
class Grams:
    """Columns of what occurs. rows, columns: int64, of the same length; places: int64, the first
    token of each, and spans: int64, how many tokens on its last one is."""

    rows: Ints
    columns: Ints
    places: Ints = field(default_factory=lambda: np.empty(0, np.int64))
    spans: Ints = field(default_factory=lambda: np.empty(0, np.int64))

    def owners(self) -> Iterator[tuple[tuple[int, ...], int]]:
        """Each gram's tokens, by place, with its column."""
        listed = (self.places.tolist(), self.spans.tolist(), self.columns.tolist())
        for place, span, column in zip(*listed, strict=True):
            yield ((place, place + span) if span else (place,)), column


def word_grams(read: Batch) -> Grams:
    """Words (but the silent ones), pairs and pairs around a word of each text."""
    hashes = read.hashes[read.ids]
    alone = ~read.silent[read.ids]
    places, found = [np.flatnonzero(alone)], [_mixed(hashes)[alone]]
    for apart in (1, 2):
        same = np.flatnonzero(read.text_of[:-apart] == read.text_of[apart:])
        pair = hashes[same] * np.uint32(0x9E3779B1) + hashes[same + apart] + np.uint32(apart)
        places.append(same)
        found.append(_mixed(pair))
    at = np.concatenate(places)
    columns = (np.concatenate(found) >> np.uint32(32 - WORD_BITS)).astype(np.int64)
    spans = np.repeat(np.arange(3), [len(part) for part in places])
    return Grams(read.text_of[at], columns, at, spans)


def pieces(words: Sequence[str]) -> Grams:
    """Pieces of 1 to 5 signs of each word, its ends marked; rows: places in `words`."""
    lengths = np.array([len(word) + 2 for word in words], dtype=np.int64)
    marked = "".join(f"{_START}{word}{_END}" for word in words)
    signs = np.frombuffer(marked.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    word_of = np.repeat(np.arange(len(words)), lengths)
    rows, found = [], []
    rolling = np.zeros(len(signs), dtype=np.uint32)
    for size in PIECE_SIZES:
        rolling = rolling[: len(signs) - size + 1] * np.uint32(0x01000193) ^ signs[size - 1 :]
        inside = word_of[: len(rolling)] == word_of[size - 1 :]
        if size == 1:
            inside = (signs >= _DENSE) & (signs < 0xD800)
        rows.append(word_of[: len(rolling)][inside])
        found.append(_mixed(rolling[inside] + np.uint32(size * 0x9E3779B1 & 0xFFFFFFFF)))
    columns = (np.concatenate(found) >> np.uint32(32 - PIECE_BITS)).astype(np.int64)
    return Grams(np.concatenate(rows), columns)


def sums(grams: Grams, weights: NDArray[np.float32], rows: int) -> tuple[NDArray[np.float64], Ints]:
    """(sum of the weights, number) of each row's grams, each (rows,)."""
    total = np.bincount(grams.rows, weights[grams.columns].astype(np.float64), rows)
    counts = np.bincount(grams.rows, minlength=rows)
    return np.asarray(total, dtype=np.float64), np.asarray(counts, dtype=np.int64)


def sums_of(rows: Ints, values: NDArray[np.generic], size: int) -> NDArray[np.float64]:
    """The sum of the values of each row, in their order, float64 (size,)."""
    return np.asarray(np.bincount(rows, values, size), dtype=np.float64)


def word_bits(words: Sequence[str], bits: int) -> Ints:
    """A number below 2**bits for each word, int64 (n,)."""
    return (_mixed(word_hashes(words)) >> np.uint32(32 - bits)).astype(np.int64)


def word_hashes(words: Sequence[str]) -> Hashes:
    """Hash of each word, uint32 (n,)."""
    crc = [zlib.crc32(word.encode("utf-8", "surrogatepass")) for word in words]
    return np.array(crc, dtype=np.uint32)


def _mixed(hashes: Hashes) -> Hashes:
    """Spreads hashes over all bits (MurmurHash3's last step)."""
    mixed = hashes ^ (hashes >> np.uint32(16))
    mixed = mixed * np.uint32(0x85EBCA6B)
    mixed ^= mixed >> np.uint32(13)
    mixed = mixed * np.uint32(0xC2B2AE35)
    return np.asarray(mixed ^ (mixed >> np.uint32(16)), dtype=np.uint32)
