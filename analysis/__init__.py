"""Turns stored items into swings, evidence and incidents.

For researchers: load_items, load_incidents, load_series, load_trends and load_runs give typed
frames.
"""

from analysis.research.frames import (
    load_incidents,
    load_items,
    load_labels,
    load_runs,
    load_series,
    load_trends,
)

__all__ = ["load_incidents", "load_items", "load_labels", "load_runs", "load_series", "load_trends"]
