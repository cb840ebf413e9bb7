"""The detector's constants chosen without the app that is reported: nested, over a small grid.

Rivals' thresholds come from simulated streams and no app shaped them. The detector's thresholds do
too, but some of its constants were chosen while looking at these apps. Here each app is reported
with the variant that did best on all the others: most clean negative events, then fewest alarms in
quiet spans, then the least median delay. Variants change one constant at a time; the thresholds
stay as shipped, so a variant's false-alarm rate on nulls is not exactly the shipped one's.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import numpy as np

from analysis.swings import budget_split, detectors, dispersion, episodes, scan, share
from analysis.swings.history import DAY
from benchmarks.detection.methods import Alarms, judged_event, ours
from benchmarks.detection.real_histories import AppCase, clean

SHIPPED = "as shipped"
Change = Mapping[tuple[Any, str], Any]


def variants() -> dict[str, Change]:
    """What is changed, by name."""
    windows = scan.WINDOWS

    def looks(short: float, long: float) -> Any:
        return (24 / windows) ** np.where(windows <= 24, short, long)

    def split(**factors: float) -> dict[str, float]:
        parts = {k: v * factors.get(k, 1.0) for k, v in budget_split.WEIGHTS.items()}
        return {
            k: v / sum(parts.values()) * sum(budget_split.WEIGHTS.values())
            for k, v in parts.items()
        }

    return {
        SHIPPED: {},
        "looks beyond a day ^0.3": {(scan, "LOOKS"): looks(0.8, 0.3)},
        "looks to a day ^0.6": {(scan, "LOOKS"): looks(0.6, 0.0)},
        "errors forgotten in 90 days": {(dispersion, "KEPT"): 0.5 ** (1 / 90)},
        "errors forgotten in 365 days": {(dispersion, "KEPT"): 0.5 ** (1 / 365)},
        "budget: low stars x 1.3": {(budget_split, "WEIGHTS"): split(negative=1.3)},
        "budget: low stars x 0.7": {(budget_split, "WEIGHTS"): split(negative=0.7)},
        "dispersion prior 0.2": {(dispersion, "PRIOR"): dispersion.PRIOR * 2 / 3},
        "dispersion prior 0.45": {(dispersion, "PRIOR"): dispersion.PRIOR * 1.5},
        "share prior 0.06": {(share, "RHO_PRIOR"): 0.06},
        "at least 10 high stars": {(detectors, "LEAST"): {**detectors.LEAST, "positive": 10}},
        "at least 5 low stars": {(detectors, "LEAST"): {**detectors.LEAST, "negative": 5}},
        "normal after 21 days": {(episodes, "NEW_NORMAL"): 21 * DAY},
        "normal after 42 days": {(episodes, "NEW_NORMAL"): 42 * DAY},
    }


def leave_one_out(cases: list[AppCase]) -> dict[str, Any]:
    """Each app with the variant chosen on the others: events, delays, alarms in quiet spans."""
    measured = {name: _measured(cases, change) for name, change in variants().items()}
    names = list(measured)
    reported: dict[str, list[dict[str, Any]]] = {"chosen without the app": [], SHIPPED: []}
    chosen: Counter[str] = Counter()
    for n in range(len(cases)):
        best = min(names, key=lambda name: _cost(measured[name][:n] + measured[name][n + 1 :]))
        if cases[n].events or cases[n].quiet:
            chosen[best] += 1
        reported["chosen without the app"].append(measured[best][n])
        reported[SHIPPED].append(measured[SHIPPED][n])
    years = sum(q.years for case in cases for q in case.quiet)
    return {
        "chosen": dict(chosen),
        "rows": [_row(name, rows, years) for name, rows in reported.items()]
        + [_row(name, rows, years) for name, rows in measured.items() if name != SHIPPED],
    }


def _row(name: str, rows: list[dict[str, Any]], years: float) -> dict[str, Any]:
    delays = [d for row in rows for d in row["delays"]]
    return {
        "name": name,
        "events": sum(row["events"] for row in rows),
        "caught": sum(row["caught"] for row in rows),
        "quiet": sum(row["quiet"] for row in rows) / years,
        "all_quiet": sum(row["all_quiet"] for row in rows) / years,
        "delay_h": float(np.median(delays)) if delays else None,
        "delays": delays,
    }


def _cost(rows: list[dict[str, Any]]) -> tuple[float, ...]:
    delays = [d for row in rows for d in row["delays"]]
    return (
        sum(row["events"] - row["caught"] for row in rows),
        sum(row["all_quiet"] for row in rows),
        float(np.median(delays)) if delays else 0.0,
    )


def _measured(cases: list[AppCase], change: Change) -> list[dict[str, Any]]:
    with changed(change):
        return [_of_app(case) for case in cases]


def _of_app(case: AppCase) -> dict[str, Any]:
    if not case.events and not case.quiet:
        return {"events": 0, "caught": 0, "delays": [], "quiet": 0, "all_quiet": 0}
    low, every = (
        ours(case.history, d) for d in (("negative", "mixed"), ("negative", "mixed", "positive"))
    )
    rows = [judged_event(case, event, low) for event in clean(case)]
    return {
        "events": len(rows),
        "caught": sum(r["caught"] for r in rows),
        "delays": [r["delay_h"] for r in rows if r["caught"] and case.resolution_s == 1],
        "quiet": _in_quiet(case, low),
        "all_quiet": _in_quiet(case, every),
    }


def _in_quiet(case: AppCase, alarms: Alarms) -> int:
    return sum(
        int(((alarms.opened >= q.onset) & (alarms.opened < q.end)).sum()) for q in case.quiet
    )


@contextmanager
def changed(change: Change) -> Iterator[None]:
    """The detector with other constants."""
    before = {(module, name): getattr(module, name) for module, name in change}
    try:
        for (module, name), value in change.items():
            setattr(module, name, value)
        yield
    finally:
        for (module, name), value in before.items():
            setattr(module, name, value)
