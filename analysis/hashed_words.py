"""Words as numbers that are the same wherever they are read, and MinHash signatures of texts.

Signatures by rensa.
"""

from collections.abc import Iterable
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray
from rensa import RMinHash

MIX = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F))
SLOTS, SEED = 64, 7
TEXTS_AT_ONCE = 50_000
Numbers = NDArray[np.uint64]
Places = NDArray[np.int64]


def numbers(words: Iterable[str]) -> Numbers:
    """A number for each word: its hash."""
    return np.array([_number(word) for word in words], dtype=np.uint64)


def signatures(runs: Numbers, starts: Places) -> NDArray[np.uint32]:
    """uint32 (texts, SLOTS). runs: of all texts; starts: where each one's begin, and the end."""
    found = np.empty((starts.size - 1, SLOTS), dtype=np.uint32)
    for begin in range(0, starts.size - 1, TEXTS_AT_ONCE):
        some = starts[begin : begin + TEXTS_AT_ONCE + 1]
        matrix = RMinHash.digest_matrix_from_flat_token_hashes(
            runs[some[0] : some[-1]], (some - some[0]).astype(np.uint64), SLOTS, SEED
        )
        found[begin : begin + some.size - 1] = matrix.to_rows()
    return found


def _number(word: str) -> int:
    hashed = blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(hashed, "little")
