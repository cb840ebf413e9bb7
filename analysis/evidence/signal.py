"""What a signal is: a name, the question it answers, and a pure function of the case."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from analysis.evidence.case import Case
from analysis.evidence.not_testable import Reason
from analysis.records import Evidence

Shows = Literal["number", "share", "share_of_things", "people", "hours"]


@dataclass(frozen=True, slots=True)
class Signal:
    """One way to look at a swing.

    measure: pure; gives the evidence, `untested` where the data do not reach. shows: what its value
    is: a share (of people's reviews, which small counts could tell, or of words and the like), a
    number of people, of hours before the onset, or any other.
    """

    name: str
    question: str
    measure: Callable[[Case], Evidence]
    shows: Shows = "number"


def untested(signal: str, reason: str | Reason) -> Evidence:
    """Evidence that could not be had; the reason in words is for signals of other packages."""
    statement: str | None = None
    details: dict[str, Any] = {}
    if isinstance(reason, Reason):
        details = {"reason": reason.code, **reason.numbers}
    else:
        statement = f"Not testable: {reason}."
    return Evidence(
        signal=signal,
        value=None,
        baseline=None,
        p_value=None,
        speaks_for=None,
        statement=statement,
        details=details,
    )
