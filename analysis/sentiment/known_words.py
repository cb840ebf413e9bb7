"""Which words are, or look like, words of the training texts: gibberish is missing, not neutral."""

from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from sklearn.feature_extraction import FeatureHasher

PIECE_BITS = 2**18
WORD_BITS = 2**19
MIN_WORDS_SHARE = 0.6  # of a word's pieces
MIN_COUNT = 2
_DENSE_SCRIPTS = 0x0E00  # from Thai on, scripts whose words are short or unspaced


class Familiar:
    """The words of the training texts and their three-sign pieces (two signs from Thai on).

    Both as sets of hashes: in about one case in twenty a strange word counts as known.
    """

    def __init__(self, pieces: NDArray[np.uint8], words: NDArray[np.uint8]) -> None:
        """pieces: uint8 (2**15,), words: uint8 (2**16,); packed bits."""
        self.pieces = pieces
        self.words = words

    @classmethod
    def of(cls, words: Sequence[str], counts: NDArray[np.int64]) -> "Familiar":
        """What occurs in at least two texts. counts: texts that use each word."""
        weights = counts.astype(np.float64)
        pieces = np.asarray(weights @ _pieces(words)).ravel() if words else np.zeros(PIECE_BITS)
        whole = np.bincount(_columns(words), weights, WORD_BITS)
        return cls(np.packbits(pieces >= MIN_COUNT), np.packbits(whole >= MIN_COUNT))

    def contains(self, words: Sequence[str]) -> NDArray[np.bool_]:
        """Whether each word itself is known, bool (n,)."""
        return np.unpackbits(self.words).astype(bool)[_columns(words)]

    def resembles(self, words: Sequence[str]) -> NDArray[np.bool_]:
        """Whether at least 60 % of a word's pieces are known, bool (n,)."""
        if not words:
            return np.empty(0, dtype=bool)
        pieces = _pieces(words)
        known = pieces @ np.unpackbits(self.pieces).astype(np.float32)
        total = np.asarray(pieces.sum(axis=1)).ravel()
        return np.asarray(known >= MIN_WORDS_SHARE * total, dtype=bool)


@cache
def _hasher(columns: int) -> FeatureHasher:
    return FeatureHasher(columns, input_type="string", alternate_sign=False, dtype=np.float32)


def _columns(words: Sequence[str]) -> NDArray[np.int64]:
    """Bit of each word, int64 (n,)."""
    if not words:
        return np.empty(0, dtype=np.int64)
    matrix = _hasher(WORD_BITS).transform([word] for word in words)
    return np.asarray(matrix.indices, dtype=np.int64)


def _pieces(words: Sequence[str]) -> sp.csr_matrix:
    """Counts of pieces, float32 (words, 2**18)."""
    return sp.csr_matrix(_hasher(PIECE_BITS).transform(_split(word) for word in words))


def _split(word: str) -> Iterator[str]:
    size = 2 if any(ord(sign) >= _DENSE_SCRIPTS for sign in word[:8]) else 3
    padded = f" {word} "
    return (padded[i : i + size] for i in range(len(padded) - size + 1))
