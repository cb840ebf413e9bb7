"""`python -m benchmarks.cause`: how often the named cause is right, leaving one app out at a time.

Prints a table and writes JSON. `--train` writes analysis/verdict_weights.json from all apps. Fault
words are learned anew without the app that is judged.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from scipy.stats import beta
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from analysis import verdict
from analysis.evidence import failure_words, gather, prepare, update_words
from analysis.evidence._fault_words import QuietHistory, learn
from analysis.evidence._fault_words import Weights as WordWeights
from analysis.records import Evidence, Swing
from analysis.verdict import QUESTIONS, Question, Weights
from benchmarks.scenarios import simulated
from benchmarks.vocabulary import quiet_histories
from benchmarks.windows import SHARED_DATA, labelled_windows, quiet_windows

TRUTH = {
    "release": "release",
    "service": "service",
    "reaction": "external",
    "coordinated": "external",
    "promotion": "promotion",
    "launch": "launch",
    "unknown": "",
}
FAULTS = ("release", "service")
UNSCORED_WAVES = "id1135325440"  # two waves of one coordinated-looking campaign
THRESHOLD = 0.65
INVERSE_PENALTY = 3.0  # of the logistic fits (ridge); one value for all three


@dataclass(frozen=True, slots=True)
class Measured:
    """One window's evidence. truth: a cause, `quiet`, or empty where it is not scored."""

    app: str
    file: str
    truth: str
    swing: Swing
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """What was answered, and what would have been right."""

    app: str
    truth: str
    answer: str
    probability: float
    fault: float


def measure_events(data: Path) -> Iterator[Measured]:
    """Evidence on every event, with fault words learned without its app."""
    histories = list(quiet_histories(data))
    learned: dict[str, dict[str, WordWeights]] = {}
    for event in labelled_windows(data):
        if event.app not in learned:
            learned[event.app] = learn_without(histories, event.app)
        case = prepare(event.window)
        again = {
            failure_words.NAME: failure_words.measure_with(case, learned[event.app]),
            update_words.NAME: update_words.measure_with(case, learned[event.app]),
        }
        evidence = [again.get(e.signal, e) for e in gather(event.window)]
        truth = TRUTH[event.character]
        yield Measured(event.app, event.file, truth, event.window.swing, tuple(evidence))


def learn_without(histories: Sequence[QuietHistory], app: str) -> dict[str, WordWeights]:
    """Fault words of the app's languages from all other apps."""
    langs = {h.lang for h in histories if h.app == app} or {h.lang for h in histories}
    return learn(h for h in histories if h.app != app and h.lang in langs)


def train(measured: Sequence[Measured]) -> Weights:
    """The three questions, each fitted on the events that answer it."""
    return Weights(1, THRESHOLD, {name: _fit(name, measured) for name in QUESTIONS})


def leave_one_app_out(measured: Sequence[Measured]) -> list[Judged]:
    """Each app's events, judged by a model that never saw the app."""
    judged = []
    for app in sorted({m.app for m in measured}):
        weights = train([m for m in measured if m.app != app])
        judged += [judge_one(m, weights) for m in measured if m.app == app]
    return judged


def judge_one(measured: Measured, weights: Weights) -> Judged:
    """One verdict."""
    found = verdict.judge(measured.swing, measured.evidence, weights=weights)
    fault = found.causes["release"] + found.causes["service"]
    return Judged(measured.app, measured.truth, found.cause, found.cause_probability, fault)


def _fit(name: str, measured: Sequence[Measured]) -> Question:
    positive, negative, praise = {
        "faults_not_external": (FAULTS, ("external",), False),
        "release_not_service": (("release",), ("service",), False),
        "promotion_not_release": (("promotion",), ("release",), True),
    }[name]
    used = [
        m
        for m in measured
        if m.truth in positive + negative
        and verdict.is_praise(m.swing) == praise
        and any(e.signal == "failure_words" and e.value is not None for e in m.evidence)
    ]
    x = [[verdict.numbers(m.evidence)[feature] for feature in QUESTIONS[name]] for m in used]
    y = [m.truth in positive for m in used]
    model = LogisticRegression(C=INVERSE_PENALTY, class_weight="balanced").fit(np.array(x), y)
    weights = dict(zip(QUESTIONS[name], (round(float(w), 3) for w in model.coef_[0]), strict=True))
    return Question(round(float(model.intercept_[0]), 3), weights)


def write(weights: Weights, path: Path) -> None:
    """The weights as JSON."""
    data = {
        "version": weights.version,
        "about": "written by `python -m benchmarks.cause --train`; see verdict.py",
        "threshold": weights.threshold,
        "questions": {
            name: {"intercept": q.intercept, "weights": dict(q.weights)}
            for name, q in weights.questions.items()
        },
    }
    path.write_text(json.dumps(data, indent=2) + "\n", "utf-8")


def interval(right: int, of: int) -> tuple[float, float]:
    """95 % interval of a share (Clopper and Pearson 1934)."""
    low = float(beta.ppf(0.025, right, of - right + 1)) if right else 0.0
    high = float(beta.ppf(0.975, right + 1, of - right)) if right < of else 1.0
    return low, high


def score(judged: Sequence[Judged]) -> dict[str, Any]:
    """Share decided, accuracy when decided, confusion, fault against external."""
    scored = [j for j in judged if j.truth]
    decided = [j for j in scored if j.answer != "undetermined"]
    right = sum(j.answer == j.truth for j in decided)
    sides = [j for j in scored if j.truth in (*FAULTS, "external") and 0 < j.fault < 1]
    majority = Counter(j.truth for j in scored).most_common(1)[0]
    return {
        "events": len(scored),
        "decided": len(decided),
        "share_decided": len(decided) / len(scored),
        "right": right,
        "accuracy_decided": right / len(decided) if decided else None,
        "accuracy_interval": interval(right, len(decided)) if decided else None,
        "mean_probability_decided": float(np.mean([j.probability for j in decided] or [0])),
        "majority_class": majority[0],
        "majority_share": majority[1] / len(scored),
        "fault_against_external_auc": _auc(sides),
        "confusion": {
            truth: dict(Counter(j.answer for j in scored if j.truth == truth))
            for truth in sorted({j.truth for j in scored})
        },
    }


def shuffled(measured: Sequence[Measured], times: int = 20) -> float:
    """Accuracy when decided after the causes were dealt out anew: what chance reaches."""
    rng = np.random.default_rng(3)
    found = []
    scored = [m for m in measured if m.truth]
    for _ in range(times):
        truths = rng.permutation([m.truth for m in scored])
        dealt = [replace(m, truth=str(t)) for m, t in zip(scored, truths, strict=True)]
        try:
            judged = leave_one_app_out(dealt)
        except ValueError:  # a question without both answers in a fold cannot be fitted
            continue
        result = score(judged)
        if result["accuracy_decided"] is not None:
            found.append(result["accuracy_decided"])
    return float(np.mean(found)) if found else float("nan")


def quiet_shares(measured: Sequence[Measured], weights: Weights) -> dict[str, float]:
    """Quiet pseudo-windows with a verdict: as they are, and as if each were a tenfold swing."""
    named = [judge_one(m, weights).answer != "undetermined" for m in measured]
    grown = [
        replace(m, swing=replace(m.swing, expected_items=m.swing.items / 10)) for m in measured
    ]
    forced = [judge_one(m, weights).answer != "undetermined" for m in grown]
    return {
        "windows": len(measured),
        "decided": float(np.mean(named)),
        "decided_if_tenfold": float(np.mean(forced)),
    }


def _auc(judged: Sequence[Judged]) -> float | None:
    truth = [j.truth in FAULTS for j in judged]
    if len(set(truth)) < 2:
        return None
    return float(roc_auc_score(truth, [j.fault for j in judged]))


def main() -> None:
    """Measures, prints, writes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=SHARED_DATA)
    parser.add_argument("--quiet", type=int, default=1000, help="quiet pseudo-windows")
    parser.add_argument("--train", action="store_true", help="write the weights")
    parser.add_argument("-o", "--output", type=Path, default=Path("cause.json"))
    args = parser.parse_args()
    measured = list(measure_events(args.data))
    weights = train(measured)
    if args.train:
        write(weights, Path(verdict.__file__).with_name(verdict.FILE))
    quiet = [
        Measured(w.app, "", "quiet", w.swing, tuple(gather(w)))
        for w in quiet_windows(args.data, args.quiet)
    ]
    judged = leave_one_app_out(measured)
    waves = [j.answer for j in judged if j.app.startswith(UNSCORED_WAVES)]
    result = score(judged) | {
        "shuffled_accuracy_decided": shuffled(measured),
        "quiet": quiet_shares(quiet, weights),
        "trump2020_answers": waves,
        "coordination": dict(
            Counter(verdict.coordination_of(m.evidence) for m in (*measured, *quiet))
        ),
        "simulated": simulated(),
    }
    args.output.write_text(json.dumps(result, indent=2) + "\n", "utf-8")
    show(result)


def show(result: dict[str, Any]) -> None:
    """The result as text."""
    for key, value in result.items():
        if isinstance(value, dict):
            print(f"{key}:")
            for name, entry in value.items():
                print(f"    {name:28} {entry}")
        else:
            print(f"{key:32} {value}")


if __name__ == "__main__":
    main()
