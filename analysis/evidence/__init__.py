"""Evidence on a swing: one signal a file, each exposing SIGNAL.

A signal of another package joins through the entry point group `floodgauge.evidence`, whose
objects are `Signal`s. The signals stand in signals/, each with its sentences if it brings them
(NAME.en.ftl); what they share, beside this file.
"""

import importlib
import pkgutil
from collections.abc import Collection
from functools import cache
from importlib.metadata import entry_points

from analysis.evidence import signals
from analysis.evidence.case import Case, prepare
from analysis.evidence.signal import Shows, Signal, untested
from analysis.evidence.window import Window
from analysis.records import Evidence

__all__ = [
    "Case",
    "Evidence",
    "Signal",
    "Window",
    "all_signals",
    "gather",
    "prepare",
    "shows",
    "untested",
]

ENTRY_POINT_GROUP = "floodgauge.evidence"


def all_signals() -> list[Signal]:
    """Every signal, by name: those of this package, then those that are plugged in."""
    own = [
        importlib.import_module(f"{signals.__name__}.{module.name}").SIGNAL
        for module in pkgutil.iter_modules(signals.__path__)
    ]
    plugged = [entry.load() for entry in entry_points(group=ENTRY_POINT_GROUP)]
    for signal in plugged:
        if not isinstance(signal, Signal):
            raise TypeError(f"entry point of {ENTRY_POINT_GROUP} is not a Signal: {signal!r}")
    return sorted(own, key=lambda s: s.name) + sorted(plugged, key=lambda s: s.name)


def shows(signal: str) -> Shows:
    """What the value of a signal is; a number where the signal is no longer there."""
    return _shown().get(signal, "number")


@cache
def _shown() -> dict[str, Shows]:
    return {signal.name: signal.shows for signal in all_signals()}


def gather(window: Window, only: Collection[str] | None = None) -> list[Evidence]:
    """What every signal, or those of some names, finds in the window, in the order of
    `all_signals`."""
    case = prepare(window)
    wanted = [one for one in all_signals() if only is None or one.name in only]
    return [signal.measure(case) for signal in wanted]
