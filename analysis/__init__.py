"""Turns stored items into swings, evidence and incidents.

    from analysis import load_items, load_incidents, load_series
"""

from analysis.frames import load_incidents, load_items, load_runs, load_series

__all__ = ["load_incidents", "load_items", "load_runs", "load_series"]
