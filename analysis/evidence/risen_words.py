"""Words that rose: used by more of the swing's reviews than of the app's past, beyond chance."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

CLEAR_Z = 2.5
LEAST_USERS = 3


@dataclass(frozen=True, slots=True)
class Risen:
    """excess: float64 (words,), share of reviews above that of the past, 0 where it did not rise.

    coverage: share of reviews that hold a risen word.
    """

    excess: NDArray[np.float64]
    coverage: float


@dataclass(frozen=True, slots=True)
class RisenWords:
    """What rose in the swing, and in each quiet block against the rest of the past."""

    swing: Risen
    quiet: list[Risen]
    past: NDArray[np.float64]


def risen_words(
    items: csr_array,
    before: csr_array,
    reference: NDArray[np.int64],
    blocks: list[NDArray[np.int64]],
) -> RisenWords:
    """Compares reviews of a swing with those of its past, in counts of the same words.

    reference: rows of `before` to compare with; blocks: rows of `before` that are a quiet block.
    """
    used_now, used_before = items.sign(), before.sign()
    past = _users(used_before[reference])
    quiet = []
    for block in blocks:
        own = used_before[block]
        users = _users(own)
        quiet.append(_risen(own, users, past - users, reference.size - block.size))
    return RisenWords(_risen(used_now, _users(used_now), past, reference.size), quiet, past)


def _risen(
    reviews: csr_array, now: NDArray[np.float64], before: NDArray[np.float64], n_before: int
) -> Risen:
    """Method: z of two proportions with pooled variance, at least three users."""
    n = reviews.shape[0]
    share, earlier = now / n, before / max(n_before, 1)
    pooled = (now + before + 0.5) / (n + n_before + 1)
    error = np.sqrt(pooled * (1 - pooled) * (1 / n + 1 / max(n_before, 1)))
    rose = ((share - earlier) > CLEAR_Z * error) & (now >= LEAST_USERS)
    held = np.asarray(reviews @ rose.astype(np.int32)).ravel()
    return Risen(np.where(rose, share - earlier, 0.0), float(np.mean(held > 0)))


def _users(reviews: csr_array) -> NDArray[np.float64]:
    return np.asarray(reviews.sum(axis=0), dtype=np.float64).ravel()
