"""How often the named cause is right, leaving one app out at a time.

    python -m benchmarks.cause [--data ../shared/data] [--quiet 1000] [-o cause.json] [--write]
    python -m benchmarks.cause --train    fit the weights on all apps: cause_weights.json

Prints a table and writes JSON; --write puts the tables into docs/evidence.md. Fault words are
learned anew without the app that is judged.
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
from sklearn.linear_model import LogisticRegression

from analysis.evidence import Window, gather, prepare
from analysis.evidence.coordination.coordination_rule import level
from analysis.evidence.fault_language.fault_words import QuietHistory, learn
from analysis.evidence.fault_language.fault_words import Weights as WordWeights
from analysis.evidence.signals import failure_words, fault_level, update_level, update_words
from analysis.incidents import cause
from analysis.incidents.cause import QUESTIONS, Question, Weights
from analysis.records import Evidence, Swing
from benchmarks.calibrate.fault_words import quiet_histories
from benchmarks.cause.scores import THRESHOLDS, Judged, by_threshold, calibration, score
from benchmarks.evaluation_data import evaluation_data
from benchmarks.evidence.tables import cause_page, put, show
from benchmarks.scenarios import simulated
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
SIDES: dict[str, tuple[tuple[str, ...], tuple[str, ...], bool]] = {
    # causes that answer yes, causes that answer no, is the question about praise?
    "faults_not_external": (cause.BY_FAULTS, ("external",), False),
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
INVERSE_PENALTY = 1 / 9  # of the logistic fits (ridge), for each event: few are held back more


@dataclass(frozen=True, slots=True)
class Measured:
    """One window's evidence. truth: a cause, `quiet`, or empty where it is not scored."""

    app: str
    file: str
    truth: str
    swing: Swing
    evidence: tuple[Evidence, ...]


def measure_events(data: Path) -> Iterator[Measured]:
    """Evidence on every event, with fault words learned without its app."""
    histories = list(quiet_histories(data))
    learned: dict[str, dict[str, WordWeights]] = {}
    for event in labelled_windows(data):
        if event.app not in learned:
            learned[event.app] = learn_without(histories, event.app)
        evidence = gather_with(event.window, learned[event.app])
        truth = TRUTH[event.character]
        yield Measured(event.app, event.file, truth, event.window.swing, evidence)


def gather_with(window: Window, learned: Mapping[str, WordWeights]) -> tuple[Evidence, ...]:
    """What every signal finds, with these fault words instead of the shipped ones."""
    case = prepare(window)
    again = {
        signal.NAME: signal.measure_with(case, learned)
        for signal in (failure_words, fault_level, update_level, update_words)
    }
    return tuple(again.get(e.signal, e) for e in gather(window))


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


def with_threshold_inside(measured: Sequence[Measured]) -> list[Judged]:
    """Each app judged at the threshold that served the other apps best, each left out in turn.

    Best: most right answers less 19 for a wrong one, which pays from 95 % on.
    """
    found: list[Judged] = []
    for app in sorted({m.app for m in measured}):
        others = leave_one_app_out([m for m in measured if m.app != app])
        best = max(THRESHOLDS, key=lambda t: (_worth(others, t), t))
        weights = train([m for m in measured if m.app != app])
        judged = [judge_one(m, weights) for m in measured if m.app == app]
        found += [replace(j, answer=j.at(best)) for j in judged]
    return found


def _worth(judged: Sequence[Judged], threshold: float) -> int:
    answers = [(j.at(threshold), j.truth) for j in judged if j.truth]
    decided = [answer == truth for answer, truth in answers if answer != "undetermined"]
    return sum(decided) - 19 * (len(decided) - sum(decided))


def _loss(name: str, measured: Sequence[Measured], numbers: tuple[str, ...]) -> float:
    """Mean logarithmic loss of one question, leaving one app out."""
    used = _answering(name, measured)
    losses = []
    for app in sorted({m.app for m in used}):
        question = _fit(name, [m for m in measured if m.app != app], numbers)
        for m in used:
            if m.app == app:
                p = question.probability(cause.numbers(m.evidence))
                losses.append(-log(max(p if m.truth in SIDES[name][0] else 1 - p, 1e-9)))
    return float(np.mean(losses))


def judge_one(measured: Measured, weights: Weights) -> Judged:
    """One verdict."""
    found = cause.judge(measured.swing, measured.evidence, weights=weights)
    return Judged(measured.app, measured.truth, found.cause, found.cause_probability, found.causes)


def _answering(name: str, measured: Sequence[Measured]) -> list[Measured]:
    """Events whose cause answers the question."""
    positive, negative, praise = SIDES[name]
    return [
        m
        for m in measured
        if m.truth in positive + negative
        and cause.is_praise(m.swing) == praise
        and (praise or cause.is_tested(m.evidence))
    ]


def _fit(name: str, measured: Sequence[Measured], numbers: tuple[str, ...]) -> Question:
    """An undecided question where the events hold one answer only."""
    used = _answering(name, measured)
    y = [m.truth in SIDES[name][0] for m in used]
    if len(set(y)) < 2:
        return Question(0.0, {})
    x = np.array([[cause.numbers(m.evidence)[number] for number in numbers] for m in used])
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


def main() -> None:
    """Measures, prints, writes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=evaluation_data, default=str(SHARED_DATA))
    parser.add_argument("--quiet", type=int, default=1000, help="quiet pseudo-windows")
    parser.add_argument("--train", action="store_true", help="write the weights, measure nothing")
    parser.add_argument("--write", action="store_true", help="put the tables into the docs")
    parser.add_argument("-o", "--output", type=Path, default=Path("cause.json"))
    args = parser.parse_args()
    measured = list(measure_events(args.data))
    if args.train:
        write(train(measured), Path(cause.__file__).with_name(cause.FILE))
        return
    quiet = [
        Measured(w.app, "", "quiet", w.swing, tuple(gather(w)))
        for w in quiet_windows(args.data, args.quiet)
    ]
    result = measure(measured, quiet)
    args.output.write_text(json.dumps(result, indent=2) + "\n", "utf-8")
    show(result)
    if args.write:
        put(cause_page(result), "cause")


def measure(measured: Sequence[Measured], quiet: Sequence[Measured]) -> dict[str, Any]:
    """All that is reported of the events and the quiet windows."""
    judged = leave_one_app_out(measured)
    return score(judged) | {
        "unscored": sum(not m.truth for m in measured),
        "threshold": THRESHOLD,
        "by_threshold": by_threshold(judged),
        "calibration": calibration(judged),
        "chosen_inside": score(leave_one_app_out(measured, choose_inside)),
        "threshold_inside": score(with_threshold_inside(measured)),
        "shuffled_accuracy_decided": shuffled(measured),
        "quiet": quiet_shares(quiet, train(measured)),
        "trump2020_answers": [j.answer for j in judged if j.app.startswith(UNSCORED_WAVES)],
        "coordination": dict(Counter(level(m.evidence) for m in (*measured, *quiet))),
        "simulated": simulated(),
    }


if __name__ == "__main__":
    main()
