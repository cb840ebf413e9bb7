"""Each signal's false alarms on quiet windows, and the time taken.

    python -m benchmarks.evidence [--data ../shared/data] [--quiet 1000] [-o F.json] [--write]
    python -m benchmarks.evidence --only speed [--write]
    python -m benchmarks.evidence --only large    100,000 reviews against a million, in this process

Prints a table and writes JSON; --write puts the rates and times into docs/evidence.md. A false
alarm is a p-value at or below the level, or evidence that
speaks for a cause or for coordination, in a window where nothing is known to have happened.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from analysis.evidence import Window, all_signals, gather
from analysis.evidence.coordination.calls import call_in
from analysis.records import Evidence
from benchmarks.evaluation_data import evaluation_data
from benchmarks.evidence import tables
from benchmarks.windows import SHARED_DATA, labelled_windows, make_window, quiet_windows

LEVELS = (0.02, 0.05)
HEADS = ("testable", *(f"p ≤ {level}" for level in LEVELS), "speaks")
LARGEST_ORDINARY = 5_000
NAMES_OF_BOYCOTT_POSTS = ("tiktok", "tik tok", "zomato", "snapchat", "hotstar", "netflix")


def quiet_rates(windows: Iterable[Window]) -> dict[str, dict[str, float]]:
    """Of each signal: share testable, share at or below each level, share that speaks."""
    found: dict[str, list[Evidence]] = defaultdict(list)
    for window in windows:
        for evidence in gather(window):
            found[evidence.signal].append(evidence)
    return {signal.name: _rates(found[signal.name]) for signal in all_signals()}


def _rates(found: list[Evidence]) -> dict[str, float]:
    tested = [e for e in found if e.value is not None]
    p = np.array([e.p_value for e in tested if e.p_value is not None])
    rates = {"windows": float(len(found)), "testable": len(tested) / max(len(found), 1)}
    for level in LEVELS:
        rates[f"p<={level}"] = float(np.mean(p <= level)) if p.size else float("nan")
    rates["speaks"] = sum(e.speaks_for is not None for e in tested) / max(len(tested), 1)
    return rates


def calls_in_boycott_posts(data: Path) -> dict[str, int]:
    """Posts that say boycott and name an app; how many are read as a request to act in a store."""
    posts = pd.read_parquet(data / "social" / "boycott_posts_2012_2020.parquet")["text"].fillna("")
    named = posts[posts.str.casefold().str.contains("|".join(NAMES_OF_BOYCOTT_POSTS))]
    calls = [call_in(text, NAMES_OF_BOYCOTT_POSTS) for text in named]
    return {
        "posts": len(posts),
        "name an app": len(named),
        "calls": sum(c is not None and c.kind in ("down", "up", "act") for c in calls),
    }


def ordinary_seconds(data: Path) -> dict[str, float]:
    """Processor time for the evidence on each event of up to 5,000 reviews: median, longest."""
    taken = []
    for event in labelled_windows(data):
        if len(event.window.items) <= LARGEST_ORDINARY:
            started = time.process_time()
            gather(event.window)
            taken.append(time.process_time() - started)
    return {
        "events": len(taken),
        "ordinary_median": float(np.median(taken)),
        "ordinary_longest": max(taken),
    }


def large_seconds(data: Path, items: int = 100_000, history: int = 1_000_000) -> float:
    """Seconds for 100,000 reviews against a million, drawn from the shared launch data."""
    event = next(e for e in labelled_windows(data) if e.character == "launch")
    source = event.window.items
    rng = np.random.default_rng(1)
    rows = source.iloc[rng.integers(0, len(source), items + history)].reset_index(drop=True)
    onset = pd.Timestamp("2026-01-01", tz="UTC")
    before = onset - pd.to_timedelta(np.sort(rng.uniform(0, 500, history))[::-1], unit="D")
    after = onset + pd.to_timedelta(np.sort(rng.uniform(0, 3, items)), unit="D")
    rows["created_at"] = before.append(after).astype("datetime64[us, UTC]")
    end = rows["created_at"].iloc[-1] + pd.Timedelta(microseconds=1)
    window = make_window("large", rows, onset, end, "negative", [])
    started = time.perf_counter()
    gather(window)
    return time.perf_counter() - started


def large_apart(data: Path) -> dict[str, float]:
    """The same in a process of its own, held to one core: seconds, and its peak memory in MB."""
    one_core = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    run = subprocess.run(
        [sys.executable, "-m", "benchmarks.evidence", "--only", "large", "--data", str(data)],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, **one_core},
    )
    found: dict[str, float] = json.loads(run.stdout)
    return found


def speed(data: Path) -> dict[str, float]:
    """Times of ordinary events and of a large window."""
    return ordinary_seconds(data) | large_apart(data)


def main() -> None:
    """Measures, prints, writes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=evaluation_data, default=str(SHARED_DATA))
    parser.add_argument("--quiet", type=int, default=1000)
    parser.add_argument("--only", choices=("speed", "large"))
    parser.add_argument("--write", action="store_true", help="put the results into the docs")
    parser.add_argument("-o", "--output", type=Path, default=Path("evidence.json"))
    args = parser.parse_args()
    if args.only == "large":
        seconds = large_seconds(args.data)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps({"large_seconds": seconds, "large_peak_mb": peak}))
        return
    result: dict[str, Any] = {"speed": speed(args.data)}
    if not args.only:
        rates = quiet_rates(quiet_windows(args.data, args.quiet))
        result |= {"quiet": rates, "boycott_posts": calls_in_boycott_posts(args.data)}
        print(tables.table(("signal", *HEADS), [(f"`{n}`", *c) for n, c in cells(rates).items()]))
        if args.write:
            tables.put_rates(cells(rates))
    args.output.write_text(json.dumps(result, indent=2) + "\n", "utf-8")
    tables.show({key: found for key, found in result.items() if key != "quiet"})
    if args.write:
        tables.put(tables.speed_page(result["speed"]), "speed")


def cells(rates: dict[str, dict[str, float]]) -> dict[str, list[str]]:
    """The rates of each signal as the docs show them; a dash where there is none."""
    names = ("testable", *(f"p<={level}" for level in LEVELS), "speaks")
    found = {}
    for signal, row in rates.items():
        shown = ["–" if np.isnan(row[name]) else f"{row[name]:.1%}" for name in names]
        never = row["testable"] == 0
        found[signal] = ["–"] * len(names) if never else shown
    return found


if __name__ == "__main__":
    main()
