"""What signs of coordination within the reviews are worth: the written rule, sign by sign.

Thresholds stand where no uncoordinated flood of the evaluation data comes near, the apps left out
one by one (docs/coordination.md).
"""

from collections.abc import Sequence
from typing import Literal

from analysis.evidence.coordination.one_text import Wording
from analysis.records import Evidence

Degree = Literal["none", "some", "strong"]
SIGNS = ("one_text", "declared_calls", "not_users", "clockwork", "same_hands")
# What people say of themselves, and that they come back, has harmless reasons, however many do.
TELLING = ("one_text", "clockwork")

TEXT_HANDS, TEXT_SHARE = 8, 0.1  # of one wording
COPY_HANDS, COPY_SHARE = 10, 0.02  # of one text in copies
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
    """The wordings that each have enough of so many accounts, or enough copies, to be told."""
    short = max(STRONG_HANDS, SHORT_SHARE * accounts)
    found = [one for one in found if one.nats >= SHORT_NATS or one.hands >= short]
    carried = [one for one in found if one.hands >= max(TEXT_HANDS, TEXT_SHARE * accounts)]
    copied = [one for one in found if one.verbatim >= max(COPY_HANDS, COPY_SHARE * accounts)]
    if sum(one.hands for one in copied) < COPIES:
        return carried
    return [one for one in found if one in carried or one in copied]


def of_wordings(people: int, at_length: int, accounts: int) -> Degree:
    """Of wordings that count, with so many of the accounts behind them, and so many behind those of
    some length: what a sentence says, people may all have said."""
    if at_length >= max(STRONG_HANDS, STRONG_SHARE * accounts):
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


def together(degrees: dict[str, Degree]) -> Degree:
    """What the signs say in all. degrees: by sign, of those that could be looked at.

    Two kinds that bear each other out are strong where one of them is more than what people say.
    """
    seen = [sign for sign, one in degrees.items() if one != "none"]
    if "strong" in degrees.values() or (len(seen) > 1 and set(seen) & set(TELLING)):
        return "strong"
    return "some" if seen else "none"
