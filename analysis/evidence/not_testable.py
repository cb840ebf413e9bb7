"""Why a signal cannot be tested: a code with its numbers; analysis/words says it."""

from dataclasses import dataclass
from typing import Literal

ReasonCode = Literal[
    "few-now",  # matching reviews
    "few-past",  # comparable reviews of the app's own past
    "few-both",
    "few-low",  # low-star reviews
    "few-complaints",
    "few-versions",  # reviews that name a version
    "few-spans",  # quiet spans as long as the swing
    "few-words",  # words that have a weight
    "no-posts",
    "few-posts",
    "few-calls",
    "few-accounts",  # with words
    "few-named",  # accounts
    "one-app",  # no other app and no earlier wave to meet the accounts in
    "coarse-times",  # of the reviews, or too few of them
    "no-traits",  # neither country nor language, and too few letters
    "no-edit-times",
    "no-themes",
    "no-totals",  # of ratings, from before the swing
    "no-context",
    "no-sentiment",
    "no-vocabulary",
    "no-trigger",
    "one-store",
    "young",  # too little history to date a version
    "unnamed",  # too few reviews that name a version
]


@dataclass(frozen=True)
class Reason:
    """code: a ReasonCode, or one that a signal says itself. numbers: what its sentence names."""

    code: str
    numbers: dict[str, int]


def why(code: ReasonCode, **numbers: int) -> Reason:
    """A reason with its numbers."""
    return Reason(code, numbers)
