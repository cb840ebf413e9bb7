"""Events of talk that the product finds in posts that stand in no store."""

import numpy as np

from analysis import swings
from analysis.records import Swing
from analysis.series import Missed
from analysis.talk import swings_of_talk
from analysis.talk.voices import Said

BUDGET = 0.2
NONE = np.empty((0, 2), dtype=np.int64)


def events_in(said: Said, until: int, budget: float = BUDGET) -> list[Swing]:
    """By alarm, as known at a moment."""
    found: list[Swing] = []
    for look in swings_of_talk.LOOKS:
        history = swings_of_talk.history(said, look, Missed(NONE, NONE))
        part = budget / len(swings_of_talk.LOOKS)
        told = swings.detect(history, now=until, false_alarms_per_app_year=part)
        found += [one for one in told if not one.launch]
    return swings_of_talk.joined(found)
