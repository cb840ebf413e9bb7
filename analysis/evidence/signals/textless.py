"""Do more ratings come without a word?"""

import numpy as np
from numpy.typing import NDArray

from analysis.evidence.case import Case
from analysis.evidence.signal import Signal
from analysis.evidence.texts import Sample
from analysis.evidence.trait_shares import share_evidence
from analysis.records import Evidence

NAME = "textless"


def measure(case: Case) -> Evidence:
    """Share of ratings without words. Stores that show only reviews with text always give none."""
    return share_evidence(case, NAME, _textless)


def _textless(sample: Sample) -> NDArray[np.bool_]:
    return np.array([not tokens for tokens in sample.words], dtype=np.bool_)


SIGNAL = Signal(NAME, "Do more ratings come without a word?", measure, shows="share")
