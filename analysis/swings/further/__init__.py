"""Detectors beside those that ship, one file each, exposing DETECTOR: a new file is a new one.

Each looks at the low stars once more and takes its share of the app's one budget of false alarms,
so that an app hears no more false alarms for it, only others.
"""

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from analysis.swings.detectors import Stretch, View
from analysis.swings.history import REVIEWS


@dataclass(frozen=True, slots=True, kw_only=True)
class Further:
    """A further detector.

    weight: in the budget, against those of budget.WEIGHTS. stream, least: of use from so many items
    a day of that stream on. look: what it sees of a stretch of days, from what the count scan sees
    of the low stars and its part of the budget, (n,).
    """

    name: str
    weight: float
    look: Callable[[Stretch, View, NDArray[np.float64]], View]
    stream: str = REVIEWS
    least: float = 0.0


@cache
def further() -> tuple[Further, ...]:
    """All of them, by file."""
    names = [module.name for module in pkgutil.iter_modules(__path__)]
    return tuple(importlib.import_module(f"{__name__}.{name}").DETECTOR for name in names)
