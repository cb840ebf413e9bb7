"""Texts as runs of two words, each run a number that is the same wherever it is read."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.hashed_words import MIX, Numbers, Places, numbers
from analysis.tokens import part_of_word

RUN = 2  # words; three letters of a script without blanks
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Shingles:
    """Runs of words of many texts, one text after the other.

    words: uint64, a number a word; first: where each text's words begin, and the end of the last;
    own: how much of a word each is (two letters of a script without blanks are a part);
    runs, text, at: of each run its number, its text and its first word.
    """

    words: Numbers
    own: NDArray[np.float64]
    first: Places
    runs: Numbers
    text: Places
    at: Places

    @property
    def texts(self) -> int:
        """How many there are."""
        return int(self.first.size) - 1

    @property
    def text_of_word(self) -> Places:
        """Of each word its text."""
        return np.repeat(np.arange(self.texts, dtype=np.int64), np.diff(self.first))


def shingles(texts: Sequence[Sequence[str]]) -> Shingles:
    """The runs of these texts, given as words; a text of fewer than two has none."""
    vocabulary: dict[str, int] = {}
    ids = np.array(
        [vocabulary.setdefault(word, len(vocabulary)) for words in texts for word in words],
        dtype=np.int64,
    )
    words = numbers(vocabulary)[ids]
    own = np.array([part_of_word(word) for word in vocabulary], dtype=np.float64)[ids]
    sizes = np.array([len(words) for words in texts], dtype=np.int64)
    first = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(sizes)])
    text = np.repeat(np.arange(sizes.size, dtype=np.int64), sizes)
    at = np.flatnonzero(np.arange(words.size) + RUN <= first[text + 1]).astype(np.int64)
    runs = np.zeros(at.size, dtype=np.uint64)
    for place in range(RUN):
        runs = (runs ^ words[at + place]) * MIX[place]
        runs ^= runs >> np.uint64(29)
    return Shingles(words, own, first, runs, text[at], at)


def holders(runs: Numbers, owner: Places) -> tuple[Numbers, Places]:
    """(every run once, ascending; how many different owners hold it)."""
    order = np.lexsort((owner, runs))
    runs, owner = runs[order], owner[order]
    begins = np.ones(runs.size, dtype=np.bool_)
    begins[1:] = runs[1:] != runs[:-1]
    new = begins.copy()
    new[1:] |= owner[1:] != owner[:-1]
    starts = np.flatnonzero(begins)
    if starts.size == 0:
        return runs, np.zeros(0, dtype=np.int64)
    return runs[starts], np.add.reduceat(new.astype(np.int64), starts)


def counted(wanted: Numbers, known: Numbers, counts: Places) -> Places:
    """Of each wanted number its count in a table of ascending ones, 0 where it is not there."""
    if known.size == 0:
        return np.zeros(wanted.size, dtype=np.int64)
    at = np.minimum(np.searchsorted(known, wanted), known.size - 1)
    return np.where(known[at] == wanted, counts[at], 0)
