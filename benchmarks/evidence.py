"""`python -m benchmarks.evidence`: each signal's false alarms on quiet windows, and the time taken.

Prints a table and writes JSON. A false alarm is a p-value at or below the level, or evidence that
speaks for a cause or for coordination, in a window where nothing is known to have happened.
"""

import argparse
import json
import time
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from analysis.evidence import Window, gather, signals
from analysis.evidence._calls import call_in
from analysis.records import Evidence
from benchmarks.windows import SHARED_DATA, labelled_windows, make_window, quiet_windows

LEVELS = (0.02, 0.05)
LARGEST_ORDINARY = 5_000
NAMES_OF_BOYCOTT_POSTS = ("tiktok", "tik tok", "zomato", "snapchat", "hotstar", "netflix")


def quiet_rates(windows: Iterable[Window]) -> dict[str, dict[str, float]]:
    """Of each signal: share testable, share at or below each level, share that speaks."""
    found: dict[str, list[Evidence]] = defaultdict(list)
    for window in windows:
        for evidence in gather(window):
            found[evidence.signal].append(evidence)
    return {signal.name: _rates(found[signal.name]) for signal in signals()}


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


def ordinary_seconds(data: Path) -> float:
    """Longest processor time for the evidence on one event of up to 5,000 reviews."""
    longest = 0.0
    for event in labelled_windows(data):
        if len(event.window.items) <= LARGEST_ORDINARY:
            started = time.process_time()
            gather(event.window)
            longest = max(longest, time.process_time() - started)
    return longest


def large_seconds(data: Path, items: int = 100_000, history: int = 1_000_000) -> float:
    """Processor time for 100,000 reviews against a million, drawn from the shared launch data."""
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
    started = time.process_time()
    gather(window)
    return time.process_time() - started


def main() -> None:
    """Measures, prints, writes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=SHARED_DATA)
    parser.add_argument("--quiet", type=int, default=1000)
    parser.add_argument("--skip-large", action="store_true")
    parser.add_argument("-o", "--output", type=Path, default=Path("evidence.json"))
    args = parser.parse_args()
    rates = quiet_rates(quiet_windows(args.data, args.quiet))
    result: dict[str, Any] = {
        "quiet": rates,
        "boycott_posts": calls_in_boycott_posts(args.data),
        "ordinary_seconds_longest": ordinary_seconds(args.data),
    }
    if not args.skip_large:
        result["large_seconds"] = large_seconds(args.data)
    args.output.write_text(json.dumps(result, indent=2) + "\n", "utf-8")
    print(table(rates))
    for key in ("boycott_posts", "ordinary_seconds_longest", "large_seconds"):
        print(f"{key}: {result.get(key)}")


def table(rates: dict[str, dict[str, float]]) -> str:
    """The rates as a Markdown table."""
    heads = ["signal", "testable", *(f"p ≤ {level}" for level in LEVELS), "speaks"]
    lines = ["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads)]
    for name, row in rates.items():
        cells = [row["testable"], *(row[f"p<={level}"] for level in LEVELS), row["speaks"]]
        shown = ["–" if np.isnan(cell) else f"{cell:.1%}" for cell in cells]
        lines.append(f"| `{name}` | " + " | ".join(shown) + " |")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
