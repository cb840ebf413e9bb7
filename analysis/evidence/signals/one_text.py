"""Do many accounts hand in one and the same text?"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from analysis.evidence.case import Case
from analysis.evidence.coordination import one_text
from analysis.evidence.coordination.copied import copied_by_anyone
from analysis.evidence.coordination.one_text import Wording
from analysis.evidence.coordination.quotes import quoted
from analysis.evidence.coordination.rarity import General
from analysis.evidence.coordination.review_rule import READABLE, SHORT_NATS, counting, of_wordings
from analysis.evidence.fault_language.fault_words import common_words, everyday_words
from analysis.evidence.not_testable import why
from analysis.evidence.signal import Signal, untested
from analysis.records import Evidence

NAME = "one_text"


def measure(case: Case) -> Evidence:
    """Share of the accounts whose review is mostly wording that others have, too.

    No null of the app's own past: people do not write eight words and more, improbable ones, in the
    same order by chance (coordination/one_text.py); what the past or anybody else had is left out.
    """
    flood = case.flood
    accounts = flood.hands
    if accounts < READABLE:
        return untested(NAME, why("few-accounts", have=accounts, need=READABLE))
    against = one_text.beside(
        case.before.words,
        case.elsewhere,
        copied_by_anyone(case.window),
        general=General(common_words(), everyday_words()),
    )
    found = counting(one_text.wordings(flood.words, flood.hand, against), accounts)
    people = _hands(found, flood.hand)
    at_length = _hands([w for w in found if w.nats >= SHORT_NATS], flood.hand)
    degree = of_wordings(people, at_length, accounts)
    return Evidence(
        signal=NAME,
        value=people / accounts,
        baseline=sum(w.before for w in found),
        p_value=None,
        speaks_for=None if degree == "none" else "coordination",
        details={
            "degree": degree,
            "people": people,
            "of": accounts,
            "own_words": accounts - people,
            "texts": len(found),
            "quotes": _quotes(case, found) if found else [],
        },
    )


def _hands(found: Sequence[Wording], hand: NDArray[np.int64]) -> int:
    """Accounts behind wordings. hand: the account of each review."""
    held = [one.texts for one in found]
    return int(np.unique(hand[np.concatenate(held)]).size) if held else 0


def _quotes(case: Case, found: Sequence[Wording]) -> list[str]:
    """Two reviews with the wording that most have: one that is full of it, one less so."""
    place = {case.flood.texts[n]: n for n in found[0].texts[::-1].tolist()}
    texts = sorted(place)
    return quoted(case.flood.frame, [place[texts[0]], place[texts[-1]]])


SIGNAL = Signal(NAME, "Do many accounts hand in one and the same text?", measure, shows="share")
