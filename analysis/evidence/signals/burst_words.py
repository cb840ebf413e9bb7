"""How much of the swing speaks of something that rose?"""

import numpy as np

from analysis.evidence.case import Case
from analysis.evidence.fault_language.fault_words import common_words, everyday_words
from analysis.evidence.quiet_blocks import quiet_p
from analysis.evidence.signal import Signal, untested
from analysis.records import Evidence

NAME = "burst_words"
MOST_NAMED = 5
LEAST_AUTHORS = 5  # a word is shown only when so many reviews use it


def measure(case: Case) -> Evidence:
    """Share of the matched reviews that hold a word used clearly more often than before."""
    reason = case.untestable()
    if reason:
        return untested(NAME, reason)
    risen = case.risen
    null = [quiet.coverage for quiet in risen.quiet]
    value, baseline = risen.swing.coverage, float(np.mean(null))
    words = list(case.vocabulary.ids)
    users = risen.swing.excess * case.matched_items.size
    rose = [words[n] for n in np.argsort(-users, kind="stable") if users[n] >= LEAST_AUTHORS]
    told = _told(rose)
    return Evidence(
        signal=NAME,
        value=value,
        baseline=baseline,
        p_value=quiet_p(value, null, case.disjoint, share_of=case.size),
        speaks_for=None,
        details={
            "reviews": round(value * case.matched_items.size),
            "of": int(case.matched_items.size),
            "words": told,
        },
    )


def _told(rose: list[str]) -> list[str]:
    """The commonest, those of this app or this day first; words of every second text never."""
    spoken = [word for word in rose if word not in common_words()]
    usual = everyday_words()
    return sorted(spoken, key=lambda word: word in usual)[:MOST_NAMED]


SIGNAL = Signal(
    NAME, "How much of the swing speaks of something that rose?", measure, shows="share"
)
