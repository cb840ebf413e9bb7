"""Do the reviews use emoji more or less than usual?"""

import re

import numpy as np
from numpy.typing import NDArray

from analysis.evidence.case import Case
from analysis.evidence.signal import Signal
from analysis.evidence.texts import Sample, full_texts
from analysis.evidence.trait_shares import share_evidence
from analysis.records import Evidence

NAME = "emoji"
EMOJI = re.compile("[\u2600-\u27bf\U0001f300-\U0001faff]")


def measure(case: Case) -> Evidence:
    """Share of reviews with an emoji."""
    return share_evidence(case, NAME, _has_emoji)


def _has_emoji(sample: Sample) -> NDArray[np.bool_]:
    return np.array([bool(EMOJI.search(text)) for text in full_texts(sample.frame)], dtype=np.bool_)


SIGNAL = Signal(NAME, "Do the reviews use emoji more or less than usual?", measure, shows="share")
