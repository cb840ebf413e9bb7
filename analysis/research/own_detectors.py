"""Detectors of one's own: what they must say, and how they are found by their names."""

from abc import ABC, abstractmethod
from functools import cache
from importlib.metadata import entry_points
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from collector.errors import ContractError

ENTRY_POINT_GROUP = "floodgauge.detectors"
Scores = tuple[NDArray[np.int64], NDArray[np.float64]]


class Detector(ABC):
    """A detector of one's own: what is usual, and how unusual a moment is.

    Write both methods; Floodgauge sets the score above which an alarm sounds, on simulated quiet
    apps, so that chance alone raises no more alarms a year than the budget allows. It then runs
    where ours does: `detect(df, detector=...)`, `replay`, `floodgauge replay --detector NAME`,
    `python -m benchmarks.floodbench`; by its name where its package has it as an entry point of
    `floodgauge.detectors`.

    name: in results; the class's own without it. least_days: days of history without which it
    judges nothing. window_hours: how far behind an alarm it looks: an onset is the first item of
    that span. Times are int64 microseconds UTC, ascending: of low stars, or of all rows of a table
    without stars.

    >>> import floodgauge as fg
    >>> import numpy as np
    >>> DAY = 86_400_000_000
    >>> class Doubling(fg.Detector):
    ...     def usual(self, times, moments):
    ...         before = [np.searchsorted(times, moments - n * DAY) for n in (1, 29)]
    ...         return (before[0] - before[1]) / 28
    ...     def scores(self, times, first_day, days):
    ...         at = times[times >= (first_day + 29) * DAY]
    ...         now = np.searchsorted(times, at) + 1 - np.searchsorted(times, at - DAY)
    ...         return at, now / np.maximum(self.usual(times, at), 0.5)
    >>> Doubling().name
    'Doubling'
    """

    name: str = ""
    least_days: ClassVar[int] = 28
    window_hours: ClassVar[float] = 24.0

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        cls.name = cls.__dict__.get("name") or cls.__name__

    @abstractmethod
    def usual(self, times: NDArray[np.int64], moments: NDArray[np.int64]) -> NDArray[np.float64]:
        """Items a day that are usual at each moment, from what came before it: float64 (m,)."""

    @abstractmethod
    def scores(self, times: NDArray[np.int64], first_day: int, days: int) -> Scores:
        """Moments at which it judges, ascending, and how unusual each is; the higher the more.

        first_day: number of the first UTC day since 1970; days: how many there are. A score may
        rest on nothing later than its moment.
        """


@cache
def plugged_in() -> dict[str, Detector]:
    """The detectors of installed packages, by name. Raises ContractError for what is none."""
    found = {}
    for entry in entry_points(group=ENTRY_POINT_GROUP):
        made = entry.load()
        made = made() if isinstance(made, type) else made
        if not isinstance(made, Detector):
            raise ContractError(f"entry point {entry.name} of {ENTRY_POINT_GROUP} is no Detector")
        found[entry.name] = made
    return found


def detector_of(given: "Detector | str") -> Detector:
    """A detector, or the one that has a name. Raises ContractError."""
    if isinstance(given, Detector):
        return given
    known = plugged_in()
    if not isinstance(given, str) or given not in known:
        listed = ", ".join(sorted(known)) or "none; packages bring them as entry points"
        raise ContractError(f"detector: no {given!r}; there is: {listed}")
    return known[given]
