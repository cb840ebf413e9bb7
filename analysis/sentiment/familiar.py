"""Which words look like words of the training texts: gibberish is missing, not neutral."""

from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from sklearn.feature_extraction import FeatureHasher

BITS = 2**18
MIN_WORDS_SHARE = 0.6  # of a word's pieces
MIN_COUNT = 2
_DENSE_SCRIPTS = 0x0E00  # from Thai on, scripts whose words are short or unspaced


class Familiar:
    """A set of three-sign pieces of words (two signs from Thai to Korean), hashed to 2**18 bits."""

    def __init__(self, bits: NDArray[np.uint8]) -> None:
        """bits: uint8 (2**15,), packed."""
        self.bits = bits

    @classmethod
    def of(cls, words: Sequence[str], counts: NDArray[np.int64]) -> "Familiar":
        """Pieces that occur in at least two texts. counts: texts that use each word."""
        seen = np.zeros(BITS, dtype=bool)
        if words:
            totals = counts.astype(np.float64) @ _pieces(words)
            seen[np.asarray(totals).ravel() >= MIN_COUNT] = True
        return cls(np.packbits(seen))

    def knows(self, words: Sequence[str]) -> NDArray[np.bool_]:
        """Whether at least 60 % of a word's pieces are known, bool (n,)."""
        if not words:
            return np.empty(0, dtype=bool)
        pieces = _pieces(words)
        known = pieces @ np.unpackbits(self.bits).astype(np.float32)
        total = np.asarray(pieces.sum(axis=1)).ravel()
        return np.asarray(known >= MIN_WORDS_SHARE * total, dtype=bool)


@cache
def _hasher() -> FeatureHasher:
    return FeatureHasher(BITS, input_type="string", alternate_sign=False, dtype=np.float32)


def _pieces(words: Sequence[str]) -> sp.csr_matrix:
    """Counts of pieces, float32 (words, 2**18)."""
    return sp.csr_matrix(_hasher().transform(_split(word) for word in words))


def _split(word: str) -> Iterator[str]:
    size = 2 if any(ord(sign) >= _DENSE_SCRIPTS for sign in word[:8]) else 3
    padded = f" {word} "
    return (padded[i : i + size] for i in range(len(padded) - size + 1))
