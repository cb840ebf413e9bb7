"""Groups of nearly equal texts among millions: MinHash for candidates, then the exact measure.

Method: MinHash with banding (Broder 1997; Leskovec, Rajaraman and Ullman, ch. 3), signatures by
rensa. Likeness is Jaccard's of the texts' pairs of neighbouring words; groups are chains of alike
texts.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from analysis.hashed_words import MIX, SLOTS, numbers, signatures
from analysis.network.shares import Ints

ALIKE = 0.8
ROWS = 4
BANDS = SLOTS // ROWS  # texts that are alike to .8 meet in one of the bands with probability .9998
NEXT = 8  # texts behind each in its bucket that it is compared with, besides the bucket's first
AT_ONCE = 2_000_000  # words compared

Hashes = NDArray[np.uint64]


def near_groups(texts: Sequence[Sequence[str]]) -> Ints:
    """A number for each text (as words), the same for texts that are nearly equal."""
    first: dict[tuple[str, ...], int] = {}
    distinct = np.array([first.setdefault(tuple(t), len(first)) for t in texts], dtype=np.int64)
    if not first:
        return distinct
    one, other = alike(list(first))
    links = coo_array((np.ones(one.size), (one, other)), shape=(len(first), len(first)))
    group = connected_components(links, directed=False)[1].astype(np.int64)
    return group[distinct]


def alike(texts: Sequence[Sequence[str]], least: float = ALIKE) -> tuple[Ints, Ints]:
    """Pairs of texts whose pairs of words agree to at least so much; each pair once."""
    runs, starts = _runs(texts)
    size = np.diff(starts)
    keys = np.repeat(np.arange(size.size), size).astype(np.uint64) * _WIDE + runs
    found = [_agreeing(one, other, runs, starts, keys, least)
             for one, other in _candidates(runs, starts)]  # fmt: skip
    codes = np.unique(np.concatenate([*found, np.zeros(0, dtype=np.int64)]))
    return codes // len(texts), codes % len(texts)


_WIDE = np.uint64(1 << 40)


def _runs(texts: Sequence[Sequence[str]]) -> tuple[Hashes, Ints]:
    """(hashes of 40 bits of each text's different pairs of words, where each text's begin)."""
    vocabulary: dict[str, int] = {}
    ids = np.array(
        [vocabulary.setdefault(w, len(vocabulary)) for t in texts for w in t], dtype=np.int64
    )
    named = numbers(vocabulary)
    words = named[ids] if ids.size else np.zeros(0, dtype=np.uint64)
    sizes = np.array([len(t) for t in texts], dtype=np.int64)
    text = np.repeat(np.arange(sizes.size), sizes)
    last = np.ones(words.size, dtype=np.bool_)
    last[:-1] = text[1:] != text[:-1]
    after = np.append(words[1:], np.uint64(0)) if words.size else words
    alone = sizes[text] == 1
    runs = words * MIX[0] ^ np.where(last, np.uint64(0), after) * MIX[1]
    runs = (runs ^ (runs >> np.uint64(29))) * MIX[0] >> np.uint64(24)
    kept = ~last | alone
    keys = np.unique(text[kept].astype(np.uint64) * _WIDE + runs[kept])
    owner = (keys // _WIDE).astype(np.int64)
    return keys % _WIDE, np.searchsorted(owner, np.arange(sizes.size + 1)).astype(np.int64)


def _candidates(runs: Hashes, starts: Ints) -> Iterator[tuple[Ints, Ints]]:
    """Pairs of texts that meet in a band, band by band."""
    texts = np.flatnonzero(np.diff(starts) > 0)
    if texts.size == 0:
        return
    signature = signatures(runs, np.append(starts[texts], runs.size))
    for band in range(BANDS):
        part = np.ascontiguousarray(signature[:, band * ROWS : (band + 1) * ROWS])
        _, bucket = np.unique(part.view(f"V{4 * ROWS}").ravel(), return_inverse=True)
        order = np.argsort(bucket, kind="stable")
        yield from _neighbours(texts[order], bucket[order])


def _neighbours(texts: Ints, bucket: Ints) -> Iterator[tuple[Ints, Ints]]:
    """Each text with the next ones of its bucket and with the bucket's first. Sorted by bucket."""
    first = np.searchsorted(bucket, bucket, side="left")
    later = np.flatnonzero(first < np.arange(bucket.size) - NEXT)
    yield texts[first[later]], texts[later]
    for step in range(1, NEXT + 1):
        here = np.flatnonzero(bucket[step:] == bucket[:-step])
        yield texts[here], texts[here + step]


def _agreeing(
    one: Ints, other: Ints, runs: Hashes, starts: Ints, keys: Hashes, least: float
) -> Ints:
    """Codes of the pairs that agree enough, exactly measured."""
    size = np.diff(starts)
    fits = np.minimum(size[one], size[other]) >= least * np.maximum(size[one], size[other])
    one, other = one[fits], other[fits]
    codes = np.unique(np.minimum(one, other) * size.size + np.maximum(one, other))
    kept = []
    for part in np.array_split(codes, 1 + codes.size * 20 // AT_ONCE):
        first, second = part // size.size, part % size.size
        count = size[first]
        pair = np.repeat(np.arange(part.size), count)
        place = np.arange(pair.size) - np.repeat(np.cumsum(count) - count, count)
        sought = second[pair].astype(np.uint64) * _WIDE + runs[starts[first[pair]] + place]
        at = np.minimum(np.searchsorted(keys, sought), keys.size - 1)
        both = np.bincount(pair, weights=keys[at] == sought, minlength=part.size)
        kept.append(part[both >= least * (size[first] + size[second] - both)])
    return np.concatenate(kept)
