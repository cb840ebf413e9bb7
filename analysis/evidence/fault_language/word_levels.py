"""Mean weight of the words of low-star reviews, beside those of other apps in the same language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from analysis.evidence.case import Case
from analysis.evidence.fault_language.fault_words import Weights, mean_weight
from analysis.evidence.fault_language.word_weights import LEAST_KNOWN, known_share
from analysis.evidence.not_testable import Reason, why
from analysis.evidence.quiet_blocks import conformal_two_sided
from analysis.evidence.texts import Sample

LEAST_LOW = 10  # low-star reviews
LEAST_LEVELS = 10
LEAST_WEIGHTS = 100  # words; a smaller vocabulary gives levels that say little


@dataclass(frozen=True, slots=True)
class Level:
    """value, own: standard deviations above what is usual, in the swing and in the app's past."""

    value: float
    own: float | None
    p_value: float


def level_of(
    case: Case, learned: Mapping[str, Weights], kind: Literal["fault", "update"]
) -> Level | Reason:
    """Level of the low-star reviews, or why there is none.

    Usual: quiet runs of 30 low-star reviews of other apps, in the commonest language of the case
    that has a vocabulary. No past of the app's own is needed.
    """
    low = _low(case.items)
    if len(low) < LEAST_LOW:
        return why("few-low", have=len(low), need=LEAST_LOW)
    lang = next((lang for lang in case.languages if lang in learned), None)
    if lang is None:
        return why("no-vocabulary")
    own = learned[lang]
    weights, levels = (
        (own.fault, own.levels) if kind == "fault" else (own.update, own.update_levels)
    )
    if len(weights) < LEAST_WEIGHTS or len(levels) < LEAST_LEVELS:
        return why("no-vocabulary")
    value = mean_weight(low, weights)
    if value is None or known_share(case, weights) < LEAST_KNOWN:
        return why("few-words")
    past = _low(case.before)
    earlier = mean_weight(past, weights) if len(past) >= LEAST_LOW else None
    return Level(
        _standardised(value, levels),
        None if earlier is None else _standardised(earlier, levels),
        conformal_two_sided(value, levels),
    )


def _standardised(value: float, levels: Sequence[float]) -> float:
    spread = float(np.std(levels))
    return (value - float(np.mean(levels))) / (spread or 1.0)


def _low(sample: Sample) -> list[list[str]]:
    return [sample.words[int(n)] for n in np.flatnonzero(sample.stars <= 2)]
