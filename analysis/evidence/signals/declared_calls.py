"""Do the reviews say themselves that somebody called for them?"""

from analysis.evidence.case import Case
from analysis.evidence.coordination.declared import CALLED
from analysis.evidence.coordination.review_rule import of_declared
from analysis.evidence.saying import told_of_themselves
from analysis.evidence.signal import Signal
from analysis.records import Evidence

NAME = "declared_calls"


def measure(case: Case) -> Evidence:
    """Share of the accounts whose review names a call or the way it came, asks others to do the
    same, names an aim for the rating, or counts itself to a "we" with a task.

    Beside the app's own past; what is denied, told of others or complained of does not count
    (coordination/declared.py). Hashtags that several share and the past hardly had count as well.
    """
    return told_of_themselves(case, NAME, CALLED, of_declared)


SIGNAL = Signal(NAME, "Do the reviews say that somebody called for them?", measure, shows="share")
