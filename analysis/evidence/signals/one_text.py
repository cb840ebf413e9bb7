"""Do many accounts hand in one and the same text?"""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.evidence.case import Case
from analysis.evidence.coordination import one_text
from analysis.evidence.coordination.copied import copied_by_anyone
from analysis.evidence.coordination.messages import read_as_messages
from analysis.evidence.coordination.one_text import Wording
from analysis.evidence.coordination.quotes import quoted
from analysis.evidence.coordination.rarity import General
from analysis.evidence.coordination.review_rule import (
    READABLE,
    SHORT_NATS,
    TEXT_HANDS,
    counting,
    of_wordings,
)
from analysis.evidence.fault_language.fault_words import common_words, everyday_words
from analysis.evidence.not_testable import why
from analysis.evidence.quiet_blocks import even_sample
from analysis.evidence.saying import counted
from analysis.evidence.signal import Signal, untested
from analysis.reasons.read import reasons_of
from analysis.records import Evidence

NAME = "one_text"
FAULTS = frozenset({"update", "crash", "login", "server", "device"})
READ = 9  # texts of a wording, to tell whether it is of a fault


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
    told = [one for one in found if not _of_a_fault(case, one)]
    degree = of_wordings(people, *_at_length(case, told), accounts)
    return Evidence(
        signal=NAME,
        value=people / accounts,
        baseline=sum(w.before for w in found),
        p_value=None,
        speaks_for=None if degree == "none" else "coordination",
        details={
            "degree": degree,
            "telling": counted(flood) == "accounts" and _named(case, told) >= TEXT_HANDS,
            "counted": counted(flood),
            "people": people,
            "of": accounts,
            "own_words": accounts - people,
            "texts": len(found),
            "quotes": _quotes(case, found) if found else [],
        },
    )


def _of_a_fault(case: Case, one: Wording) -> bool:
    """Whether a wording tells of a fault, or speaks as programs do: a message, which every victim
    can copy."""
    rows = one.texts[even_sample(one.texts.size, READ)]
    stars = pd.to_numeric(case.flood.frame["rating"].iloc[rows]).astype(float).tolist()
    texts = [case.flood.texts[n] for n in rows]
    faults = [not FAULTS.isdisjoint(reasons) for reasons in reasons_of(texts, stars)]
    told = [a or b for a, b in zip(faults, read_as_messages(texts), strict=True)]
    return 2 * sum(told) >= len(told)


def _at_length(case: Case, told: Sequence[Wording]) -> tuple[int, int]:
    """(named accounts behind texts of some length, accounts behind shorter copies of the same)."""
    hand, named = case.flood.hand, case.flood.named
    long = [one for one in told if one.many(SHORT_NATS) >= TEXT_HANDS]
    full = {n for one in long for n in one.texts[one.nats >= SHORT_NATS].tolist() if named[n]}
    behind = {int(hand[n]) for n in full}
    alike = [one for one in told if any(one.shortens(other) for other in long)]
    every = {int(hand[n]) for one in alike for n in one.texts.tolist()}
    return len(behind), len(every - behind)


def _named(case: Case, told: Sequence[Wording]) -> int:
    """Accounts that the source names behind wordings."""
    rows = {n for one in told for n in one.texts.tolist() if case.flood.named[n]}
    return len({int(case.flood.hand[n]) for n in rows})


def _hands(found: Sequence[Wording], hand: NDArray[np.int64]) -> int:
    """Accounts behind wordings. hand: the account of each review."""
    held = [one.texts for one in found]
    return int(np.unique(hand[np.concatenate(held)]).size) if held else 0


def _quotes(case: Case, found: Sequence[Wording]) -> list[str]:
    """Two reviews with the wording that most have: the fullest, and of another hand the least full,
    in other words where there is one."""
    one, texts = found[0], case.flood.texts
    first = int(one.texts[0])
    others = one.texts[one.hand != one.hand[0]].tolist()
    changed = [n for n in others if texts[n] != texts[first]]
    return quoted(case.flood.frame, [first, (changed or others)[-1]])


SIGNAL = Signal(NAME, "Do many accounts hand in one and the same text?", measure, shows="share")
