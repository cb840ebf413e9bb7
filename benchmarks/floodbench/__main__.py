"""FloodBench: detectors of swings on hourly counts of real apps, at the same false-alarm budget.

    python -m benchmarks.floodbench [--data ../shared/data | floodbench.zip] [--detector M:CLASS]
                                    [--write-data FILE.zip] [--out F.json] [--write]

--data: the shared evaluation data, or a file that --write-data made. --detector: a class of one's
own (docs/research.md), as module:Class; installed ones (entry points of `floodgauge.detectors`)
enter by themselves. --write puts the table into docs/research.md. Each rule's threshold is set on
simulated quiet streams to 0.2 false alarms a year; ours runs with its default settings.
"""

import argparse
import importlib
import json
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from analysis.research.own_detectors import Detector, plugged_in
from analysis.research.quiet_streams import tune
from benchmarks.detection import real_histories
from benchmarks.detection.injected_bursts import OURS
from benchmarks.detection.intervals import bootstrap, median, poisson_interval, wilson
from benchmarks.detection.methods import BUDGET, Alarms, judged_event, ours, rival_alarms
from benchmarks.detection.real_histories import AppCase, clean
from benchmarks.detection.rivals import NEEDS, RIVALS, Rival
from benchmarks.detection.tables import put, table
from benchmarks.floodbench import data
from benchmarks.floodbench.rivals import FURTHER

YEARS = {"BOCPD": 6}  # of each quiet stream to tune on
USUAL_YEARS = 20
DOCS_MARK = "floodbench"


def entrants(given: list[str]) -> Iterator[tuple[str, Rival, int]]:
    """Every rule with its name and the days that it needs; those of one's own last."""
    for name, rule in RIVALS.items():
        yield name, rule, NEEDS.get(name, 70)
    for name, (rule, days) in FURTHER.items():
        yield name, rule, days
    own = {**plugged_in(), **{d.name: d for d in map(named, given)}}
    for name, detector in own.items():
        yield name, detector.scores, detector.least_days


def named(given: str) -> Detector:
    """The detector of module:Class. Raises SystemExit with a sentence."""
    module, _, name = given.partition(":")
    try:
        found = getattr(importlib.import_module(module), name)()
    except (ImportError, AttributeError) as error:
        raise SystemExit(f"--detector: {given} cannot be loaded: {error}") from None
    if not isinstance(found, Detector):
        raise SystemExit(f"--detector: {given} is no floodgauge.Detector")
    return found


def run(cases: list[AppCase], own: list[str]) -> list[dict[str, Any]]:
    """A row a method: ours first."""
    start = time.process_time()
    found = [judged(OURS, cases, {c.app: ours(c.history) for c in cases}, None)]
    found[0]["seconds"] = time.process_time() - start
    for name, rule, days in entrants(own):
        start = time.process_time()
        threshold, rate = tune(rule, BUDGET, years=YEARS.get(name, USUAL_YEARS))
        alarms = {c.app: rival_alarms(name, rule, threshold, c, days) for c in cases}
        row = judged(name, cases, alarms, rate)
        row["seconds"] = time.process_time() - start
        found.append(row)
        print(f"{name}: {row['caught']} of {row['events']}", flush=True)
    return found


def judged(
    name: str, cases: list[AppCase], alarms: dict[str, Alarms], null_rate: float | None
) -> dict[str, Any]:
    """How a method does on events and quiet spans."""
    rows = [judged_event(c, e, alarms[c.app]) for c in cases for e in clean(c)]
    caught = [row for row in rows if row["caught"]]
    delays = [row["delay_h"] for row in caught if row["resolution_s"] == 1]
    spans = [(c, q) for c in cases for q in c.quiet]
    years = sum(q.years for _, q in spans)
    opened = [alarms[c.app].opened for c, _ in spans]
    quiet = sum(
        int(((at >= q.onset) & (at < q.end)).sum())
        for at, (_, q) in zip(opened, spans, strict=True)
    )
    return {
        "method": name,
        "events": len(rows),
        "caught": len(caught),
        "recall": wilson(len(caught), len(rows)),
        "delay_h": median(delays),
        "delay_interval": bootstrap(delays),
        "messages": float(np.mean([row["messages"] for row in caught])) if caught else None,
        "quiet": quiet,
        "years": years,
        "quiet_interval": [bound / years for bound in poisson_interval(quiet)] if years else None,
        "null_rate": null_rate,
    }


def shown(rows: list[dict[str, Any]]) -> str:
    """The table, most events first; ties by alarms in quiet spans."""
    head = (
        "method", "events caught", "95 % interval", "median delay, h (95 %)", "messages an event",
        "alarms a quiet app-year (95 %)",
    )  # fmt: skip
    ordered = sorted(rows, key=lambda row: (-row["caught"], row["quiet"]))
    return table(head, (_line(row) for row in ordered))


def _line(row: dict[str, Any]) -> tuple[str, ...]:
    years = row["years"]
    return (
        row["method"],
        f"{row['caught']} of {row['events']}",
        _within(row["recall"]).strip(" ()"),
        "-" if row["delay_h"] is None else f"{row['delay_h']:.1f}{_within(row['delay_interval'])}",
        "-" if row["messages"] is None else f"{row['messages']:.1f}",
        f"{row['quiet'] / years:.2f}{_within(row['quiet_interval'])}" if years else "-",
    )


def _within(interval: Sequence[float] | None) -> str:
    return "" if interval is None else f" ({interval[0]:.2f}-{interval[1]:.2f})"


def loaded(given: Path, written: Path | None) -> list[AppCase]:
    """The streams as the file gives them, which is made on the way. Raises SystemExit."""
    if given.suffix == ".zip" and given.is_file():
        return data.read(given)
    if not (given / "events.json").is_file():
        raise SystemExit(
            f"--data: {given} is neither a file of FloodBench nor the evaluation data, which stand "
            "beside the project in ../shared/data and are no part of the repository"
        )
    with TemporaryDirectory() as folder:
        path = written or Path(folder) / "floodbench.zip"
        data.write(real_histories.load(given), path)
        return data.read(path)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--detector", action="append", default=[])
    parser.add_argument("--write-data", type=Path)
    parser.add_argument("--out", type=Path, default=Path("floodbench.json"))
    parser.add_argument("--write", action="store_true")
    chosen = parser.parse_args()
    rows = run(loaded(chosen.data, chosen.write_data), chosen.detector)
    chosen.out.write_text(json.dumps(rows, indent=1), "utf-8")
    print(shown(rows))
    if chosen.write:
        put(shown(rows), DOCS_MARK, Path("docs/research.md"))


if __name__ == "__main__":
    main()
