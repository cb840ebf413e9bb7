"""Do stars and texts contradict each other?"""

import numpy as np
from numpy.typing import NDArray

from analysis.evidence.case import Case
from analysis.evidence.not_testable import why
from analysis.evidence.signal import Signal, untested
from analysis.evidence.texts import Sample
from analysis.evidence.trait_shares import share_evidence
from analysis.records import Evidence
from analysis.sentiment.disagreement import disagrees

NAME = "rating_text"
LEAST_SCORED = 0.5


def measure(case: Case) -> Evidence:
    """Share of reviews whose text sounds like the opposite of their stars.

    A joke is often written so. Reviews without a score are left out.
    """
    scored = case.items.frame["sentiment"].notna()
    if not len(scored) or scored.mean() < LEAST_SCORED:
        return untested(NAME, why("no-sentiment"))
    return share_evidence(case, NAME, _disagree)


def _disagree(sample: Sample) -> NDArray[np.bool_]:
    sentiment = sample.frame["sentiment"].to_numpy(dtype=np.float64, na_value=np.nan)
    known = ~np.isnan(sentiment)
    return disagrees(sentiment[known], sample.stars[known].astype(np.float64))


SIGNAL = Signal(NAME, "Do stars and texts contradict each other?", measure, shows="share")
