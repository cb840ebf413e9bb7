"""Mean weight of the words of a swing and of its quiet blocks, for vocabularies with weights."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from analysis.evidence.case import Case
from analysis.evidence.fault_language.fault_words import Weights

LEAST_KNOWN = 0.2  # share of words with a weight; below, the vocabulary is not of this language


def merged(learned: Mapping[str, Weights], languages: Sequence[str], kind: str) -> dict[str, float]:
    """Weights of all the languages; a word of two has the mean."""
    found: dict[str, list[float]] = {}
    for lang in languages:
        if lang in learned:
            own = learned[lang].fault if kind == "fault" else learned[lang].update
            for word, weight in own.items():
                found.setdefault(word, []).append(weight)
    return {word: sum(ws) / len(ws) for word, ws in found.items()}


def mean_weights(case: Case, weights: Mapping[str, float]) -> tuple[float, NDArray[np.float64]]:
    """(mean weight in the swing, the same in each quiet block), over distinct words of reviews."""
    items, before = case.counts
    ids = case.vocabulary.ids
    weight = np.zeros(len(ids))
    known = np.zeros(len(ids))
    for word, n in ids.items():
        if word in weights:
            weight[n], known[n] = weights[word], 1.0
    swing = _pair(items[case.matched_items].sign(), weight, known).sum(axis=0)
    past = _pair(before.sign(), weight, known)
    null = [past[block].sum(axis=0) for block in case.quiet]
    return _ratio(swing), np.array([_ratio(sums) for sums in null])


def risen_weights(
    case: Case, weights: Mapping[str, float]
) -> tuple[float, NDArray[np.float64], float]:
    """(mean weight of what rose in the swing, the same in each quiet block, that of all the past).

    Where nothing rose the value is that of all the past.
    """
    weight = np.zeros(len(case.vocabulary))
    known = np.zeros(len(case.vocabulary))
    for word, n in case.vocabulary.ids.items():
        if word in weights:
            weight[n], known[n] = weights[word], 1.0
    past = case.risen.past
    usual = float((past * weight).sum() / max((past * known).sum(), 1.0))

    def mean(excess: NDArray[np.float64]) -> float:
        return float((excess * weight).sum() / excess.sum()) if excess.any() else usual

    null = np.array([mean(quiet.excess) for quiet in case.risen.quiet])
    return mean(case.risen.swing.excess), null, usual


def known_share(case: Case, weights: Mapping[str, float]) -> float:
    """Share of the swing's word uses that have a weight."""
    items, _ = case.counts
    uses = np.asarray(items.sum(axis=0)).ravel()
    known = np.array([word in weights for word in case.vocabulary.ids], dtype=np.bool_)
    return float(uses[known].sum() / uses.sum()) if uses.sum() else 0.0


def _pair(
    matrix: object, weight: NDArray[np.float64], known: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Sum of weights and number of weighted words of each review: float64 (n, 2)."""
    return np.asarray(matrix @ np.column_stack([weight, known]))  # type: ignore[operator]


def _ratio(sums: NDArray[np.float64]) -> float:
    return float(sums[0] / sums[1]) if sums[1] else 0.0
