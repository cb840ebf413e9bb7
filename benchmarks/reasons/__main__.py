"""How well the reasons that reviews give are read, leaving one app out at a time.

    python -m benchmarks.reasons [--data ../shared/data] [--write]
    python -m benchmarks.reasons --train    learn the weights of all apps: weights.json

The words were written with the reviews of half of the apps in view (by a hash of the app); the
other half is told apart, untouched by eyes. --write puts the table into docs/reasons.md.
"""

import argparse
import json
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from analysis.reasons import read
from analysis.reasons.lexicon import CODES
from analysis.reasons.read import Weights
from benchmarks.evaluation_data import evaluation_data
from benchmarks.reasons.labels import labelled_reviews
from benchmarks.reasons.learn import Found, find, learn
from benchmarks.reasons.reason_table import page, put
from benchmarks.windows import SHARED_DATA


def leave_one_app_out(reviews: Sequence[Found]) -> list[frozenset[str]]:
    """The reasons read of each review, with weights that never saw its app."""
    by_app: dict[str, Weights] = {
        app: learn([one for one in reviews if one.review.app != app])
        for app in sorted({one.review.app for one in reviews})
    }
    return [
        frozenset(c for c in CODES if one.has(c) and by_app[one.review.app].gives(c, one.found))
        for one in reviews
    ]


def agreement(
    reviews: Sequence[Found],
    given: Sequence[frozenset[str]],
    wanted: Callable[[Found], bool],
) -> dict[str, tuple[int, float, float]]:
    """Of each reason: reviews that give it by the reader, precision and recall."""
    rows = {}
    pairs = [
        (one.review.mentions, said) for one, said in zip(reviews, given, strict=True) if wanted(one)
    ]
    for code in CODES:
        true = sum(code in meant for meant, _ in pairs)
        named = sum(code in said for _, said in pairs)
        right = sum(code in meant and code in said for meant, said in pairs)
        rows[code] = (true, right / max(named, 1), right / max(true, 1))
    return rows


def write(weights: Weights, path: Path) -> None:
    """The weights as JSON."""
    data = {
        "about": "written by `python -m benchmarks.reasons --train`; see read.py",
        "intercepts": dict(weights.intercepts),
        "thresholds": dict(weights.thresholds),
        "weights": {reason: dict(own) for reason, own in weights.weights.items()},
    }
    path.write_text(json.dumps(data, indent=1, sort_keys=True) + "\n", "utf-8")


def speed(texts: Sequence[str]) -> float:
    """Distinct texts read a second of processor time."""
    read.reasons_of(texts, [1.0] * len(texts))  # the words are loaded once
    begun = time.process_time()
    read.reasons_of(texts, [2.0] * len(texts))
    return len(texts) / (time.process_time() - begun)


def main() -> None:
    """Measures, prints, writes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=evaluation_data, default=str(SHARED_DATA))
    parser.add_argument("--train", action="store_true", help="write the weights, measure nothing")
    parser.add_argument("--write", action="store_true", help="put the table into the docs")
    args = parser.parse_args()
    reviews = find(labelled_reviews(args.data))
    if args.train:
        write(learn(reviews), Path(read.__file__).with_name(read.FILE))
        return
    given = leave_one_app_out(reviews)
    rows = {
        "all": agreement(reviews, given, lambda _: True),
        "half": agreement(reviews, given, lambda one: not one.review.developed_on),
        "second": agreement(
            [one for one in reviews if one.review.second is not None],
            [one.review.second for one in reviews if one.review.second is not None],
            lambda _: True,
        ),
    }
    text = page(rows, speed([one.review.text for one in reviews]))
    print(text)
    if args.write:
        put(text)


if __name__ == "__main__":
    main()
