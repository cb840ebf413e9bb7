"""`python -m benchmarks.cause`: how often the named cause is right, leaving one app out at a time.

Prints a table and writes JSON. `--train` writes analysis/verdict_weights.json from all apps. Fault
words are learned anew without the app that is judged.
"""

import argparse
import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import log
from pathlib import Path
from typing import Any

import numpy as np
from scipy.stats import beta
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from analysis import verdict
from analysis.coordination import level
from analysis.evidence import (
    failure_words,
    fault_level,
    gather,
    prepare,
    update_level,
    update_words,
)
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
SIDES: dict[str, tuple[tuple[str, ...], tuple[str, ...], bool]] = {
    # causes that answer yes, causes that answer no, is the question about praise?
    "faults_not_external": (FAULTS, ("external",), False),
    "release_not_service": (("release",), ("service",), False),
    "promotion_not_release": (("promotion",), ("release",), True),
}
ALTERNATIVES: dict[str, list[tuple[str, ...]]] = {
    "faults_not_external": [
        ("fault_level", "faults"),
        ("fault_level",),
        ("faults", "new_words"),
        ("fault_level", "faults", "new_words"),
    ],
    "release_not_service": [
        ("carried", "update_level", "other_pace"),
        ("carried", "update_level"),
        ("version",),
        ("version", "update_level"),
    ],
    "promotion_not_release": [("version",), ("carried",)],
}
UNSCORED_WAVES = "id1135325440"  # two waves of one coordinated-looking campaign
VERSION = 3  # of the weights
THRESHOLD = 0.65
THRESHOLDS = (0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8)
INVERSE_PENALTY = 1 / 9  # of the logistic fits (ridge), for each event: few are held back more


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
    causes: Mapping[str, float]

    @property
    def fault(self) -> float | None:
        """Probability of a fault against something outside the app; None where it was not asked."""
        fault = self.causes["release"] + self.causes["service"]
        external = self.causes["external"]
        return fault / (fault + external) if fault and external else None

    def at(self, threshold: float) -> str:
        """The answer that another threshold would have given."""
        best = max(verdict.CAUSES, key=lambda cause: self.causes[cause])
        return best if self.causes[best] >= threshold else "undetermined"


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
            fault_level.NAME: fault_level.measure_with(case, learned[event.app]),
            update_level.NAME: update_level.measure_with(case, learned[event.app]),
            update_words.NAME: update_words.measure_with(case, learned[event.app]),
        }
        evidence = [again.get(e.signal, e) for e in gather(event.window)]
        truth = TRUTH[event.character]
        yield Measured(event.app, event.file, truth, event.window.swing, tuple(evidence))


def learn_without(histories: Sequence[QuietHistory], app: str) -> dict[str, WordWeights]:
    """Fault words of the app's languages from all other apps."""
    langs = {h.lang for h in histories if h.app == app} or {h.lang for h in histories}
    return learn(h for h in histories if h.app != app and h.lang in langs)


def train(
    measured: Sequence[Measured], reads: Mapping[str, tuple[str, ...]] = QUESTIONS
) -> Weights:
    """The three questions, each fitted on the events that answer it."""
    fitted = {name: _fit(name, measured, numbers) for name, numbers in reads.items()}
    return Weights(VERSION, THRESHOLD, fitted)


def leave_one_app_out(
    measured: Sequence[Measured],
    choose: Callable[[Sequence[Measured]], Mapping[str, tuple[str, ...]]] | None = None,
) -> list[Judged]:
    """Each app's events, judged by a model that never saw the app.

    choose: picks what the questions read, from the other apps alone.
    """
    judged: list[Judged] = []
    for app in sorted({m.app for m in measured}):
        others = [m for m in measured if m.app != app]
        weights = train(others, choose(others) if choose else QUESTIONS)
        judged += [judge_one(m, weights) for m in measured if m.app == app]
    return judged


def choose_inside(measured: Sequence[Measured]) -> dict[str, tuple[str, ...]]:
    """What each question reads: the alternative with the least loss, leaving one app out."""
    return {
        name: min(tried, key=lambda numbers: _loss(name, measured, numbers))
        for name, tried in ALTERNATIVES.items()
    }


def _loss(name: str, measured: Sequence[Measured], numbers: tuple[str, ...]) -> float:
    """Mean logarithmic loss of one question, leaving one app out."""
    used = _answering(name, measured)
    losses = []
    for app in sorted({m.app for m in used}):
        question = _fit(name, [m for m in measured if m.app != app], numbers)
        for m in used:
            if m.app == app:
                p = question.probability(verdict.numbers(m.evidence))
                losses.append(-log(max(p if m.truth in SIDES[name][0] else 1 - p, 1e-9)))
    return float(np.mean(losses))


def judge_one(measured: Measured, weights: Weights) -> Judged:
    """One verdict."""
    found = verdict.judge(measured.swing, measured.evidence, weights=weights)
    return Judged(measured.app, measured.truth, found.cause, found.cause_probability, found.causes)


def _answering(name: str, measured: Sequence[Measured]) -> list[Measured]:
    """Events whose cause answers the question."""
    positive, negative, praise = SIDES[name]
    return [
        m
        for m in measured
        if m.truth in positive + negative
        and verdict.is_praise(m.swing) == praise
        and (praise or verdict.is_tested(m.evidence))
    ]


def _fit(name: str, measured: Sequence[Measured], numbers: tuple[str, ...]) -> Question:
    """An undecided question where the events hold one answer only."""
    used = _answering(name, measured)
    y = [m.truth in SIDES[name][0] for m in used]
    if len(set(y)) < 2:
        return Question(0.0, {})
    x = np.array([[verdict.numbers(m.evidence)[number] for number in numbers] for m in used])
    centre, spread = x.mean(axis=0), np.where(x.std(axis=0) > 0, x.std(axis=0), 1.0)
    # Standardised, so that the penalty is the same for each number whatever its unit.
    model = LogisticRegression(C=INVERSE_PENALTY * len(y), class_weight="balanced")
    coefficients = model.fit((x - centre) / spread, y).coef_[0] / spread
    weights = dict(zip(numbers, (round(float(w), 3) for w in coefficients), strict=True))
    return Question(round(float(model.intercept_[0] - coefficients @ centre), 3), weights)


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
    sides = [j for j in scored if j.truth in (*FAULTS, "external") and j.fault is not None]
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
        "fault_against_external": len(sides),
        "fault_against_external_auc": _auc(sides),
        "fault_against_external_auc_interval": auc_interval(sides),
        "confusion": {
            truth: dict(Counter(j.answer for j in scored if j.truth == truth))
            for truth in sorted({j.truth for j in scored})
        },
    }


def by_threshold(judged: Sequence[Judged]) -> dict[str, str]:
    """Right of decided at each threshold."""
    found = {}
    for threshold in THRESHOLDS:
        answers = [(j.at(threshold), j.truth) for j in judged if j.truth]
        decided = [(answer, truth) for answer, truth in answers if answer != "undetermined"]
        found[str(threshold)] = f"{sum(a == t for a, t in decided)} of {len(decided)}"
    return found


def calibration(judged: Sequence[Judged]) -> dict[str, float]:
    """Log loss of the causes' probabilities as they are, and with the best single temperature.

    A best temperature near 1 says that the probabilities need no mending.
    """
    scored = [j for j in judged if j.truth and sum(j.causes[c] for c in verdict.CAUSES) > 0]

    def loss(temperature: float) -> float:
        p = np.array([[max(v, 1e-3) for v in j.causes.values()] for j in scored])
        p = p ** (1 / temperature)
        p /= p.sum(axis=1, keepdims=True)
        at = [list(j.causes).index(j.truth) for j in scored]
        return float(-np.log(p[np.arange(len(scored)), at]).mean())

    best = min((0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.2, 1.5, 2.0, 3.0), key=loss)
    return {"events": len(scored), "log_loss": loss(1.0), "temperature": best, "then": loss(best)}


def auc_interval(judged: Sequence[Judged], times: int = 1000) -> tuple[float, float] | None:
    """95 % interval of the AUC: apps drawn with replacement (bootstrap)."""
    rng = np.random.default_rng(4)
    apps = sorted({j.app for j in judged})
    of_app = {app: [j for j in judged if j.app == app] for app in apps}
    drawn = (rng.choice(len(apps), len(apps)) for _ in range(times))
    found = [_auc([j for n in draw for j in of_app[apps[int(n)]]]) for draw in drawn]
    values = [auc for auc in found if auc is not None]
    if not values:
        return None
    low, high = np.quantile(values, (0.025, 0.975))
    return float(low), float(high)


def shuffled(measured: Sequence[Measured], times: int = 20) -> float:
    """Accuracy when decided after the causes were dealt out anew: what chance reaches."""
    rng = np.random.default_rng(3)
    found = []
    scored = [m for m in measured if m.truth]
    for _ in range(times):
        truths = rng.permutation([m.truth for m in scored])
        dealt = [replace(m, truth=str(t)) for m, t in zip(scored, truths, strict=True)]
        result = score(leave_one_app_out(dealt))
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
    return float(roc_auc_score(truth, [j.fault or 0.0 for j in judged]))


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
        "by_threshold": by_threshold(judged),
        "calibration": calibration(judged),
        "chosen_inside": score(leave_one_app_out(measured, choose_inside)),
        "shuffled_accuracy_decided": shuffled(measured),
        "quiet": quiet_shares(quiet, weights),
        "trump2020_answers": waves,
        "coordination": dict(Counter(level(m.evidence) for m in (*measured, *quiet))),
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
