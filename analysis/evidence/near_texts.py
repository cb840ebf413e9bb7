"""Groups of nearly equal texts, for up to 100,000 posts in seconds."""

from collections.abc import Sequence
from itertools import pairwise
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

BANDS = 8
ROWS = 4  # texts whose pairs of words agree to 80 % meet in one of the bands with probability .98
ALIKE = 0.8  # Jaccard similarity of the pairs of words
PRIME = (1 << 31) - 1


def near_groups(texts: Sequence[Sequence[str]]) -> NDArray[np.int64]:
    """A number for each text (as words), the same for texts that are nearly equal.

    Method: MinHash of neighbouring words with banding (Broder 1997; Leskovec, Rajaraman and Ullman,
    ch. 3); a candidate joins the oldest text of its band if their pairs of words agree to 80 %.
    """
    first: dict[tuple[str, ...], int] = {}
    distinct = [first.setdefault(tuple(words), len(first)) for words in texts]
    shingles = [_shingles(words) for words in first]
    owner = list(range(len(shingles)))
    signature = _signatures(shingles)
    for band in range(BANDS):
        oldest: dict[bytes, int] = {}
        for n, key in enumerate(signature[:, band * ROWS : (band + 1) * ROWS]):
            other = oldest.setdefault(key.tobytes(), n)
            if other != n and _alike(shingles[n], shingles[other]):
                _join(owner, n, other)
    return np.array([_root(owner, n) for n in distinct], dtype=np.int64)


def _shingles(words: Sequence[str]) -> frozenset[int]:
    pairs = pairwise(words) if len(words) > 1 else [(w, "") for w in words]
    return frozenset(crc32(f"{a} {b}".encode("utf-8", "surrogatepass")) for a, b in pairs)


def _signatures(shingles: list[frozenset[int]]) -> NDArray[np.int64]:
    rng = np.random.default_rng(7)
    a = rng.integers(1, PRIME, BANDS * ROWS)
    b = rng.integers(0, PRIME, BANDS * ROWS)
    found = np.empty((len(shingles), BANDS * ROWS), dtype=np.int64)
    for n, held in enumerate(shingles):
        values = np.fromiter(held, dtype=np.int64, count=len(held)) % PRIME
        # Texts without words are their own: no two of them meet.
        found[n] = ((values[:, None] * a + b) % PRIME).min(axis=0) if values.size else -1 - n
    return found


def _alike(one: frozenset[int], other: frozenset[int]) -> bool:
    both = len(one & other)
    return both >= ALIKE * (len(one) + len(other) - both)


def _join(owner: list[int], n: int, other: int) -> None:
    first, second = sorted((_root(owner, n), _root(owner, other)))
    owner[second] = first


def _root(owner: list[int], n: int) -> int:
    while owner[n] != n:
        owner[n] = owner[owner[n]]
        n = owner[n]
    return n
