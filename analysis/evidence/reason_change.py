"""Whether two groups of reviews give the same reasons, told by what they say; in any script.

Each review is a row of features: today its words; `differ` takes reasons as well, one column a
reason, as soon as reviews have them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, vstack

from analysis.tokens import Vocabulary, words

FEWEST = 4  # reviews of each group that say anything
MOST = 80  # of each that are compared, spread over its time
SHUFFLES = 399
CHANCE = 0.02  # of so great a difference between groups of the same reasons
ALIKE = 0.5  # likeness from which on reasons are the same, however certain the difference
STEM = 5  # letters of a word: charge, charged and charges are one
LEAST_USUAL = 20  # usual reviews that tell what is said on any day


@dataclass(frozen=True, slots=True)
class Comparison:
    """alike: cosine of what the groups say beyond the usual, 1 where nothing tells them apart.

    p_value: how often shuffled groups are at least as different.
    """

    alike: float
    p_value: float

    @property
    def differs(self) -> bool:
        """Whether the reasons are others."""
        return self.p_value <= CHANCE and self.alike < ALIKE


def compare_texts(
    first: Sequence[str], second: Sequence[str], usual: Sequence[str] = ()
) -> Comparison | None:
    """Compares two groups of texts; None where one of them says too little.

    usual: texts of other days, for what is said on any day.
    """
    vocabulary = Vocabulary()
    groups = [_spread([_stems(t) for t in texts]) for texts in (first, second)]
    if min(len(group) for group in groups) < FEWEST:
        return None
    past = [stems for stems in map(_stems, usual) if stems]
    counted = [vocabulary.counts(group) for group in (*groups, past)]
    one, other, before = (vocabulary.widened(matrix) for matrix in counted)
    return compare(one, other, before)


def compare(first: csr_array, second: csr_array, usual: csr_array) -> Comparison:
    """Compares two groups of reviews: features held (n, k), of any kind.

    Method: cosine of the groups' mean features, weighed by how rare they are, without what lies in
    the direction of the usual ones; pairs of one review with itself left out; permutation test over
    which group a review is of.
    """
    rows = _weighed(first, second, usual)
    gram = np.asarray(rows @ rows.T)
    np.fill_diagonal(gram, 0.0)
    n, size = first.shape[0], gram.shape[0]
    own = np.zeros((SHUFFLES + 1, size))
    rng = np.random.default_rng(16)
    for turn in range(SHUFFLES + 1):
        own[turn, rng.permutation(size)[:n] if turn else np.arange(n)] = 1.0
    here, there, across = _pairs(gram, own, n)
    apart = (here + there) / 2 - across
    p = (1 + np.count_nonzero(apart[1:] >= apart[0] - 1e-12)) / (1 + SHUFFLES)
    within = float(np.sqrt(max(here[0], 0.0) * max(there[0], 0.0)))
    alike = float(np.clip(across[0] / within, 0.0, 1.0)) if within > 0 else 1.0
    return Comparison(alike, float(p))


def _pairs(
    gram: NDArray[np.float64], own: NDArray[np.float64], n: int
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Mean likeness of pairs within each group, and across, for each way of grouping."""
    m = gram.shape[0] - n
    reached = own @ gram
    here = (reached * own).sum(axis=1)
    across = (reached * (1 - own)).sum(axis=1)
    there = gram.sum() - here - 2 * across
    return here / (n * (n - 1)), there / (m * (m - 1)), across / (n * m)


def _weighed(first: csr_array, second: csr_array, usual: csr_array) -> NDArray[np.float64]:
    held = vstack([first, second, usual]).sign().tocsr()
    users = np.asarray(held.sum(axis=0), dtype=np.float64).ravel()
    rarity = np.log((held.shape[0] + 1) / (users + 0.5))
    rows = held.multiply(rarity[None, :]).tocsr()
    length = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1), dtype=np.float64)).ravel()
    rows = rows.multiply(1 / np.maximum(length, 1e-9)[:, None]).tocsr()
    n = first.shape[0] + second.shape[0]
    dense = np.asarray(rows[:n].todense(), dtype=np.float64)
    if usual.shape[0] >= LEAST_USUAL:
        said = np.asarray(rows[n:].mean(axis=0)).ravel()
        said /= max(float(np.linalg.norm(said)), 1e-9)
        dense = dense - np.outer(dense @ said, said)
    return dense


def _stems(text: str) -> list[str]:
    return [word[:STEM] for word in words(text)]


def _spread(texts: list[list[str]]) -> list[list[str]]:
    """Those that say something, at most MOST of them, spread evenly."""
    said = [stems for stems in texts if stems]
    if len(said) <= MOST:
        return said
    return [said[n] for n in np.linspace(0, len(said) - 1, MOST).astype(int)]
