"""How often chance alone raises an alarm of talk, against what was promised."""

from dataclasses import dataclass

import numpy as np

from benchmarks.talk.conversations import START, talk
from benchmarks.talk.finding import BUDGET, events_in
from collector.times import DAY_US, to_us

WARM = 120  # days before anything counts
DAYS = WARM + 5 * 365
CELLS = [
    (level, phi, answered)
    for level in (0.5, 2.0, 10.0, 60.0)
    for phi in (0.1, 0.5)
    for answered in (0.2, 0.5)
]


@dataclass(frozen=True, slots=True)
class Cell:
    """level: posts a day; answered: share of answers; rate: alarms a year; years: simulated."""

    level: float
    phi: float
    answered: float
    rate: float
    years: float

    @property
    def ratio(self) -> float:
        """Realised over nominal."""
        return self.rate / BUDGET

    @property
    def margin(self) -> float:
        """Half of its 95 % interval."""
        return float(1.96 * np.sqrt(max(self.rate * self.years, 1)) / self.years / BUDGET)


def cell(level: float, phi: float, answered: float, histories: int, seed: int = 0) -> Cell:
    """One cell of the table."""
    alarms = 0
    for n in range(histories):
        rng = np.random.default_rng([seed, n, round(level * 10), round(phi * 10)])
        said = talk(rng, level, phi, answered, DAYS)
        until = START + DAYS * DAY_US
        found = events_in(said, until)
        alarms += sum(to_us(one.alarmed_at) >= START + WARM * DAY_US for one in found)
    years = histories * (DAYS - WARM) / 365.25
    return Cell(level, phi, answered, alarms / years, years)
