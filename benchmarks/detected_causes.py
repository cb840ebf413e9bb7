"""`python -m benchmarks.detected_causes`: the named cause on swings that the detector finds.

Harder than benchmarks.cause: onset and end are the detector's, and so are the spans left out of
the reference. The shipped fault words are used, so the judged app helped to learn its language.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
from pandas import DataFrame

from analysis.evidence import gather
from analysis.records import Swing
from analysis.swings import History, detect
from analysis.verdict import judge
from benchmarks.cause import TRUTH, interval, show
from benchmarks.windows import SHARED_DATA, UNTIMED, events, load_reviews, make_window

LEAST_REVIEWS = 60
NEAR = timedelta(days=1)
DAY_US = 86_400_000_000
MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Found:
    """One detected swing. truths: causes of the listed events that it touches."""

    app: str
    cause: str
    coordination: str
    truths: frozenset[str]


def detected(data: Path) -> Iterator[Found]:
    """Every swing of every app of the evaluation data."""
    every = [e for e in events(data) if e["kind"] == "event"]
    for file in sorted(path.stem for path in (data / "reviews").glob("*.parquet")):
        if file in UNTIMED:
            continue
        reviews = load_reviews(data, file)
        single = reviews["app"].nunique() == 1
        for app, own in reviews.groupby("app"):
            listed = [e for e in every if e["file"] == file and (single or e["app_id"] == app)]
            if len(own) >= LEAST_REVIEWS:
                yield from _of_app(str(app), own, listed)


def _of_app(app: str, own: DataFrame, listed: list[dict[str, Any]]) -> Iterator[Found]:
    swings = detect(_history(own), now=int(_micros(own)[-1]) + DAY_US)
    last: datetime = own["created_at"].iloc[-1]
    spans = [(s.onset_at, s.ended_at or last) for s in swings]
    for swing, (first, end) in zip(swings, spans, strict=True):
        others = [span for span in spans if span != (first, end)]
        window = make_window(app, own, first, end + MOMENT, swing.direction, others)
        window = replace(window, swing=swing)
        verdict = judge(swing, gather(window))
        truths = frozenset(TRUTH[e["character"]] for e in listed if _touches(swing, end, e))
        yield Found(app, verdict.cause, verdict.coordination, truths)


def _history(own: DataFrame) -> History:
    none = np.empty((0, 2), dtype=np.int64)
    return History(
        at=_micros(own),
        stars=own["rating"].round().to_numpy(dtype=np.int8),
        source=np.zeros(len(own), dtype=np.int16),
        is_post=np.zeros(len(own), dtype=np.bool_),
        sources=("store",),
        gaps=none,
        truncated=none,
    )


def _micros(own: DataFrame) -> Any:
    return own["created_at"].astype("int64").to_numpy()


def _touches(swing: Swing, end: datetime, event: dict[str, Any]) -> bool:
    first = datetime.fromisoformat(event["onset_utc"]).astimezone(UTC)
    last = datetime.fromisoformat(event["end_utc"]).astimezone(UTC)
    return first <= end + NEAR and last >= swing.onset_at - NEAR


def main() -> None:
    """Measures, prints, writes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=SHARED_DATA)
    parser.add_argument("-o", "--output", type=Path, default=Path("detected_causes.json"))
    args = parser.parse_args()
    found = list(detected(args.data))
    known = [f for f in found if f.truths - {""}]
    decided = [f for f in known if f.cause != "undetermined"]
    right = sum(f.cause in f.truths for f in decided)
    result = {
        "swings": len(found),
        "with a listed cause": len(known),
        "decided": len(decided),
        "right": right,
        "right_interval": interval(right, len(decided)),
        "wrong": {f"{f.app}: {'/'.join(sorted(f.truths))}": f.cause for f in decided
                  if f.cause not in f.truths},
        "causes of all": dict(Counter(f.cause for f in found)),
        "coordination of all": dict(Counter(f.coordination for f in found)),
    }  # fmt: skip
    args.output.write_text(json.dumps(result, indent=2) + "\n", "utf-8")
    show(result)


if __name__ == "__main__":
    main()
