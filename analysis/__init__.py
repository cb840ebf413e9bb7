"""Turns stored items into swings, evidence and incidents.

For researchers: load_items, load_incidents, load_series, load_trends and load_runs give typed
frames; they and more stand in `floodgauge`, the public names.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from analysis.research.frames import (
        load_incidents,
        load_items,
        load_labels,
        load_runs,
        load_series,
        load_trends,
    )

__all__ = ["load_incidents", "load_items", "load_labels", "load_runs", "load_series", "load_trends"]


def __getattr__(name: str) -> Any:
    if name in __all__:  # loaded when they are used: every command imports this package
        return getattr(import_module("analysis.research.frames"), name)
    raise AttributeError(f"module 'analysis' has no attribute {name!r}")
