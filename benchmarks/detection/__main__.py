"""The swing detector against the rules that others use, on real events, quiet spans and injections.

    python -m benchmarks.detection [--data ../shared/data] [--runs 60] [--out F.json] [--write]
    python -m benchmarks.detection --leave-one-out [--write]

Every rival's threshold is set on simulated streams (not on the events) to the same false-alarm
rate, 0.2 a year; the swing detector runs with its default settings. --leave-one-out chooses the
detector's constants anew without each app (detection_nested). --write puts the tables into
docs/detection.md. Farrington Flexible needs Rscript with the package surveillance and is left out
without.
"""

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np

from analysis.research.own_detectors import plugged_in
from analysis.research.quiet_streams import tune
from benchmarks.detection import farrington, real_histories
from benchmarks.detection.delay import delays
from benchmarks.detection.injected_bursts import OURS, injections, iwatch, power
from benchmarks.detection.intervals import bootstrap, median, poisson_interval, wilson
from benchmarks.detection.methods import BUDGET, Alarms, judged_event, ours, rival_alarms
from benchmarks.detection.nested_tuning import leave_one_out
from benchmarks.detection.readable_causes import Alarm, Reader
from benchmarks.detection.real_histories import AppCase, clean
from benchmarks.detection.real_power import real_power
from benchmarks.detection.rivals import RIVALS
from benchmarks.detection.tables import nested, put, tables
from benchmarks.evaluation_data import evaluation_data

YEARS = {"BOCPD": 15, "Farrington Flexible, daily (R)": 10}  # to tune on, where 40 take long
POSITIVE = "Floodgauge, high stars"
SLOW = ("BOCPD", *farrington.FARRINGTON)  # left out of the injections


def judge_events(cases: list[AppCase], alarms: dict[str, dict[str, Alarms]]) -> dict[str, Any]:
    """Recall, delay and messages of each method on the clean negative events."""
    events = [(case, e) for case in cases for e in clean(case)]
    table: dict[str, Any] = {}
    for method, by_app in alarms.items():
        rows = [judged_event(case, event, by_app[case.app]) for case, event in events]
        caught = [r for r in rows if r["caught"]]
        sharp = [r for r in caught if r["resolution_s"] == 1]
        low, high = wilson(len(caught), len(rows))
        table[method] = {
            "events": len(rows),
            "caught": len(caught),
            "recall_low": low,
            "recall_high": high,
            "delay_h": median([r["delay_h"] for r in sharp]),
            "delay_h_interval": bootstrap([r["delay_h"] for r in sharp]),
            "delay_reviews": median([r["reviews"] for r in sharp]),
            "delay_reviews_interval": bootstrap([r["reviews"] for r in sharp]),
            "messages": float(np.mean([r["messages"] for r in caught])) if caught else None,
            "by_event": rows,
        }
    return table


def judge_quiet(
    cases: list[AppCase], alarms: dict[str, dict[str, Alarms]], reader: Reader
) -> dict[str, Any]:
    """Openings in the quiet spans of each method, per app-year, with 95 % intervals.

    unread: those without a cause that can be read in the texts (detection_readable).
    """
    table = {}
    years = sum(q.years for case in cases for q in case.quiet)
    for method, by_app in alarms.items():
        direction = "positive" if method == POSITIVE else "negative"
        found = [
            Alarm(case.app, int(begin), int(end), direction)
            for case in cases
            for q in case.quiet
            for a in [by_app[case.app]]
            for begin, end in a.spans[(a.opened >= q.onset) & (a.opened < q.end)]
        ]
        unread = sum(not reader.readable(alarm) for alarm in found)
        table[method] = {"alarms": len(found), "years": years, "unread": unread}
        table[method] |= _rates("", len(found), years) | _rates("unread_", unread, years)
    return table


def _rates(name: str, count: int, years: float) -> dict[str, float]:
    low, high = poisson_interval(count)
    found = {"per_year": count / years, "low": low / years, "high": high / years}
    return {f"{name}{key}": value for key, value in found.items()}


def run(data: Path, runs: int) -> dict[str, Any]:
    """The whole benchmark."""
    cases = real_histories.load(data)
    methods = {}
    tuned = {}
    for name, rival in rivals().items():
        threshold, rate = tune(rival, BUDGET, years=YEARS.get(name, 40))
        methods[name] = (rival, threshold)
        tuned[name] = {"threshold": threshold, "null_rate": rate}
        print(f"tuned {name}: {threshold:.2f} gives {rate:.2f} a year", flush=True)
    alarms = {OURS: {c.app: ours(c.history) for c in cases}}
    for name, (rival, threshold) in methods.items():
        alarms[name] = {c.app: rival_alarms(name, rival, threshold, c) for c in cases}
        print(f"ran {name}", flush=True)
    high = {POSITIVE: {c.app: ours(c.history, ("positive",)) for c in cases}}
    fast = {n: m for n, m in methods.items() if n not in SLOW}
    return {
        "tuned": tuned,
        "events": judge_events(cases, alarms),
        "delays": delays(cases),
        "quiet": judge_quiet(cases, alarms | high, Reader(data, cases)),
        "injections": injections(cases, fast, runs),
        "power": power(runs),
        "real_power": real_power(cases, 4 * runs),
        "iwatch": iwatch(),
    }


def rivals() -> dict[str, Any]:
    """The rules that can run here, and the detectors of installed packages."""
    own = {name: detector.scores for name, detector in plugged_in().items()}
    if farrington.at_hand():
        return {**RIVALS, **farrington.FARRINGTON, **own}
    print("Farrington Flexible left out: no Rscript with the package surveillance")
    return {**RIVALS, **own}


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=evaluation_data, default="../shared/data")
    parser.add_argument("--runs", type=int, default=60)
    parser.add_argument("--out", type=Path, default=Path("detection.json"))
    parser.add_argument("--leave-one-out", action="store_true")
    parser.add_argument("--write", action="store_true")
    chosen = parser.parse_args()
    if chosen.leave_one_out:
        result = leave_one_out(real_histories.load(chosen.data))
        text, mark = nested(result), "leave-one-out"
    else:
        result = run(chosen.data, chosen.runs)
        text, mark = tables(result), "benchmark"
    chosen.out.write_text(json.dumps(result, indent=1), "utf-8")
    print(text)
    if chosen.write:
        put(text, mark)


if __name__ == "__main__":
    main()
