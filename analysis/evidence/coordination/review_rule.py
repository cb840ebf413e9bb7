"""What signs of coordination within the reviews are worth: the written rule, sign by sign.

Thresholds stand where no uncoordinated flood of the evaluation data comes near, the apps left out
one by one (docs/coordination.md).
"""

from collections.abc import Collection, Sequence
from typing import Literal

from analysis.evidence.coordination.one_text import Wording
from analysis.records import Evidence

Degree = Literal["none", "some", "strong"]
SIGNS = ("one_text", "declared_calls", "not_users", "clockwork", "same_hands")
# What people say of themselves, and that they come back, has harmless reasons, however many do; so
# has an error message in many reviews, and who lives elsewhere writes while the app's people sleep.
TELLING = ("one_text", "clockwork")

TEXT_HANDS, TEXT_SHARE = 8, 0.1  # of one wording
COPY_HANDS, COPY_SHARE = 10, 0.02  # of one text in copies
VERBATIM = 0.85  # of a text's nats make it a copy
COPIES = 20  # in all, where no wording has TEXT_SHARE
STRONG_HANDS, STRONG_SHARE = 20, 0.25
SHORT_NATS, SHORT_SHARE = 150.0, 0.22  # some 24 words; of shorter ones more must have them
DECLARED_HANDS, DECLARED_SHARE = 5, 0.08
OUTSIDE_HANDS, OUTSIDE_SHARE = 8, 0.12
BEYOND_USUAL = 3.0  # times the app's own past
CLOCK_P, CLOCK_BEYOND = 1e-6, 1.5
SAME_HANDS, SAME_SHARE, SAME_P = 10, 0.25, 1e-6
READABLE = 20  # accounts with words


def counting(found: Sequence[Wording], accounts: int) -> list[Wording]:
    """The wordings that each have enough of so many accounts, or enough copies, to be told.

    Texts are counted one by one, so that shortened copies beside full ones take nothing away.
    """
    short = max(STRONG_HANDS, SHORT_SHARE * accounts)
    least, copies = max(TEXT_HANDS, TEXT_SHARE * accounts), max(COPY_HANDS, COPY_SHARE * accounts)
    carried = [n for n, one in enumerate(found)
               if one.many(SHORT_NATS) >= least or one.hands >= short]  # fmt: skip
    copied = [n for n, one in enumerate(found) if one.many(SHORT_NATS, VERBATIM) >= copies]
    if sum(found[n].many(SHORT_NATS) for n in copied) >= COPIES:
        carried = sorted({*carried, *copied})
    return [found[n] for n in carried]


def of_wordings(people: int, at_length: int, shortened: int, accounts: int) -> Degree:
    """Of wordings that count, with so many of the accounts behind them. at_length: that the source
    names, behind texts of some length that read as no fault: what a sentence or an error message
    says, people may all have said; shortened: behind shorter copies of the same."""
    if at_length >= max(STRONG_HANDS, STRONG_SHARE * (accounts - shortened)):
        return "strong"
    return "some" if people else "none"


def of_declared(people: int, accounts: int, usual: float) -> Degree:
    """Of accounts that name a call or a task. usual: share of the past that did."""
    return _said(people, accounts, usual, DECLARED_HANDS, DECLARED_SHARE)


def of_not_users(people: int, accounts: int, usual: float) -> Degree:
    """Of accounts that say that they do not use the app or live elsewhere."""
    return _said(people, accounts, usual, OUTSIDE_HANDS, OUTSIDE_SHARE)


def _said(people: int, accounts: int, usual: float, hands: int, share: float) -> Degree:
    many = people >= hands and people >= share * accounts
    return "some" if many and people >= BEYOND_USUAL * usual * accounts else "none"


def of_clockwork(p_value: float, share: float, usual: float) -> Degree:
    """Of arrivals that are even, on one second or at night."""
    return "some" if p_value <= CLOCK_P and share >= CLOCK_BEYOND * usual else "none"


def of_hands(people: int, accounts: int, p_value: float) -> Degree:
    """Of accounts that acted elsewhere in the same days, or in the wave before."""
    many = people >= SAME_HANDS and people >= SAME_SHARE * accounts
    return "some" if many and p_value <= SAME_P else "none"


def degree(evidence: Evidence) -> Degree | None:
    """How much a sign says; None where it could not be looked at."""
    if evidence.signal not in SIGNS or evidence.value is None:
        return None
    found: Degree = evidence.details.get("degree", "none")
    return found


def tells_more(evidence: Evidence) -> bool:
    """Whether a sign is more than what people say, so that another kind beside it bears it out."""
    more: bool = evidence.details.get("telling", evidence.details.get("what") != "night")
    return evidence.signal in TELLING and more and degree(evidence) in ("some", "strong")


def together(degrees: dict[str, Degree], telling: Collection[str]) -> Degree:
    """What the signs say in all. degrees: by sign, of those that could be looked at; telling: signs
    that are more than what people say.

    Two kinds that bear each other out are strong where one of them is such a sign; an error message
    and a night bear nothing out.
    """
    seen = [sign for sign, one in degrees.items() if one != "none"]
    bearing = [sign for sign in seen if sign in telling or sign not in TELLING]
    if "strong" in degrees.values() or (len(bearing) > 1 and telling):
        return "strong"
    return "some" if seen else "none"
