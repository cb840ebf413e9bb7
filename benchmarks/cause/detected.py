"""The named cause on swings that the detector finds, leaving one app out at a time.

    python -m benchmarks.cause.detected [--data ../shared/data] [-o FILE.json] [--write]

Harder than benchmarks.cause: onset and end are the detector's, and so are the spans left out of
the reference. Weights and fault words are learned without the app where it has a listed event;
elsewhere nothing is scored, and the shipped ones are used.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
from pandas import DataFrame

from analysis.evidence.fault_language.fault_words import Weights as WordWeights
from analysis.evidence.fault_language.fault_words import shipped as shipped_words
from analysis.incidents.cause import Weights, judge
from analysis.incidents.cause import shipped as shipped_weights
from analysis.records import Swing
from analysis.swings import History, detect
from benchmarks.calibrate.fault_words import quiet_histories
from benchmarks.cause.__main__ import TRUTH, gather_with, learn_without, measure_events, train
from benchmarks.cause.scores import interval
from benchmarks.evaluation_data import evaluation_data
from benchmarks.evidence.tables import detected_page, put, show
from benchmarks.windows import SAME_APP, SHARED_DATA, UNTIMED, events, load_reviews, make_window

LEAST_REVIEWS = 60
NEAR = timedelta(days=1)
DAY_US = 86_400_000_000
MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Model:
    """Weights and fault words."""

    weights: Weights
    words: Mapping[str, WordWeights]


@dataclass(frozen=True, slots=True)
class Found:
    """One detected swing. truths: causes of the listed events that it touches."""

    app: str
    cause: str
    probability: float
    coordination: str
    truths: frozenset[str]


def detected(data: Path) -> Iterator[Found]:
    """Every swing of every app of the evaluation data."""
    every = [e for e in events(data) if e["kind"] == "event"]
    histories, measured = list(quiet_histories(data)), list(measure_events(data))
    for file in sorted(path.stem for path in (data / "reviews").glob("*.parquet")):
        if file in UNTIMED:
            continue
        reviews = load_reviews(data, file)
        single = reviews["app"].nunique() == 1
        for app, own in reviews.groupby("app"):
            listed = [e for e in every if e["file"] == file and (single or e["app_id"] == app)]
            if len(own) < LEAST_REVIEWS:
                continue
            units = {SAME_APP.get(f"{file}:{e['app_id']}", e["app_id"]) for e in listed}
            model = Model(shipped_weights(), shipped_words())
            for unit in units:
                weights = train([m for m in measured if m.app not in units])
                model = Model(weights, learn_without(histories, unit))
            yield from _of_app(str(app), own, listed, model)


def _of_app(
    app: str, own: DataFrame, listed: list[dict[str, Any]], model: Model
) -> Iterator[Found]:
    swings = detect(_history(own), now=int(_micros(own)[-1]) + DAY_US)
    last: datetime = own["created_at"].iloc[-1]
    spans = [(s.onset_at, s.ended_at or last) for s in swings]
    for swing, (first, end) in zip(swings, spans, strict=True):
        others = [span for span in spans if span != (first, end)]
        window = make_window(app, own, first, end + MOMENT, swing.direction, others)
        window = replace(window, swing=swing)
        verdict = judge(swing, gather_with(window, model.words), weights=model.weights)
        truths = frozenset(TRUTH[e["character"]] for e in listed if _touches(swing, end, e))
        yield Found(app, verdict.cause, verdict.cause_probability, verdict.coordination, truths)


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
    parser.add_argument("--data", type=evaluation_data, default=str(SHARED_DATA))
    parser.add_argument("--write", action="store_true", help="put the result into the docs")
    parser.add_argument("-o", "--output", type=Path, default=Path("detected_causes.json"))
    args = parser.parse_args()
    found = list(detected(args.data))
    known = [f for f in found if f.truths - {""}]
    decided = [f for f in known if f.cause != "undetermined"]
    right = sum(f.cause in f.truths for f in decided)
    result = {
        "swings": len(found),
        "with_listed_cause": len(known),
        "decided": len(decided),
        "right": right,
        "right_interval": interval(right, len(decided)),
        "misses": [
            {
                "app": f.app,
                "truth": "/".join(sorted(f.truths)),
                "answer": f.cause,
                "probability": f.probability,
            }
            for f in decided
            if f.cause not in f.truths
        ],
        "causes": dict(Counter(f.cause for f in found)),
        "coordination": dict(Counter(f.coordination for f in found)),
    }
    args.output.write_text(json.dumps(result, indent=2) + "\n", "utf-8")
    show(result)
    if args.write:
        put(detected_page(result), "detected")


if __name__ == "__main__":
    main()
