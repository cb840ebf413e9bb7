"""How often the named cause is what blind readers say, leaving one app out at a time.

    python -m benchmarks.cause [--data ../shared/data] [-o cause.json] [--write]
    python -m benchmarks.cause --train    fit the weights on all apps: cause_model.json

Prints a table and writes JSON; --write puts the tables into docs/evidence.md. The weights of the
reasons and of the cause are learned anew without the app that is judged.
"""

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import numpy as np

from analysis.evidence import prepare
from analysis.evidence.signals import new_reasons
from analysis.incidents import cause, cause_model
from analysis.incidents.cause_model import Side
from analysis.reasons.read import Weights
from analysis.records import Evidence, Swing
from benchmarks.cause.fit import Event, Reading, fit
from benchmarks.cause.scores import Judged, by_group, score, thresholds
from benchmarks.evaluation_data import evaluation_data
from benchmarks.evidence.tables import cause_page, put, show
from benchmarks.reasons.labels import labelled_reviews
from benchmarks.reasons.learn import Found, find, learn
from benchmarks.scenarios import simulated
from benchmarks.windows import SHARED_DATA, UNTIMED, labelled_windows, quiet_windows

Key = tuple[str, str, datetime, str]


def readings(data: Path) -> dict[Key, tuple[Reading, ...]]:
    """People's blind readings, by file, app, onset and direction."""
    found = {}
    for one in json.loads((data / "labels" / "events.json").read_text("utf-8")):
        onset = datetime.fromisoformat(one["onset_utc"])
        found[one["file"], one["app_id"], onset, one["direction"]] = tuple(
            Reading(r["cause"], r["second"], r["sure"]) for r in one["readers"]
        )
    return found


def measure_events(data: Path) -> Iterator[Event]:
    """Every event with its reasons, read with weights that never saw its app."""
    read, labelled = readings(data), find(labelled_reviews(data))
    langs = _languages(labelled)
    learned: dict[str, Weights] = {}
    for one in labelled_windows(data, untimed=True):
        window = one.window
        if one.app not in learned:
            others = [f for f in labelled if f.review.app not in (one.app, window.app)]
            learned[one.app] = learn(others)
        found = new_reasons.measure_with(prepare(window), learned[one.app])
        if found.value is None:
            continue
        key = (one.file, window.app, window.swing.onset_at, one.direction)
        lang = langs.get(window.app, "")
        # What was sampled inside an event has no before, and is no launch for that.
        launch = window.swing.launch and one.file not in UNTIMED
        yield Event(
            one.app,
            one.file,
            lang,
            one.character,
            replace(window.swing, launch=launch),
            found.details,
            read.get(key, ()),
        )


def _languages(labelled: Sequence[Found]) -> dict[str, str]:
    """The language that most labelled reviews of an app are in."""
    by_app: dict[str, list[str]] = {}
    for one in labelled:
        by_app.setdefault(one.review.app, []).append(one.review.lang)
    return {app: max(set(langs), key=langs.count) for app, langs in by_app.items()}


def leave_one_app_out(events: Sequence[Event]) -> list[Judged]:
    """Each app's events, judged by a model that never saw the app."""
    judged = []
    for app in sorted({e.app for e in events}):
        model = fit([e for e in events if e.app != app])
        judged += [judge_one(e, model) for e in events if e.app == app]
    return judged


def judge_one(event: Event, model: Mapping[str, Side]) -> Judged:
    """One verdict beside what the readers say."""
    read = Evidence(
        signal=new_reasons.NAME,
        value=0.0,
        baseline=None,
        p_value=None,
        speaks_for=None,
        details=dict(event.details),
    )
    found = cause.judge(event.swing, [read], model=model)
    return Judged(event, found.cause, found.also, found.causes)


def write(model: Mapping[str, Side], path: Path) -> None:
    """The weights as JSON."""
    data = {
        "about": "written by `python -m benchmarks.cause --train`; see cause_model.py",
        "sides": {
            name: {"weights": side.weights, "typical": side.typical} for name, side in model.items()
        },
    }
    path.write_text(json.dumps(data, indent=2) + "\n", "utf-8")


def quiet_share(data: Path, model: Mapping[str, Side], count: int) -> dict[str, float]:
    """Quiet windows that get a verdict: as they are, and as if each were a tenfold swing."""
    named, forced = [], []
    for window in quiet_windows(data, count):
        read = new_reasons.measure(prepare(window))
        for into, expected in ((named, window.swing.expected_items), (forced, None)):
            items = window.swing.items
            swing = _expecting(window.swing, items / 10 if expected is None else expected)
            found = cause.judge(swing, [read], model=model)
            into.append(found.cause != "undetermined")
    return {
        "windows": len(named),
        "decided": float(np.mean(named)),
        "decided_if_tenfold": float(np.mean(forced)),
    }


def _expecting(swing: Swing, expected: float) -> Swing:
    return replace(swing, expected_items=expected, launch=False)


def main() -> None:
    """Measures, prints, writes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=evaluation_data, default=str(SHARED_DATA))
    parser.add_argument("--quiet", type=int, default=300, help="quiet pseudo-windows")
    parser.add_argument("--train", action="store_true", help="write the weights, measure nothing")
    parser.add_argument("--write", action="store_true", help="put the tables into the docs")
    parser.add_argument("-o", "--output", type=Path, default=Path("cause.json"))
    args = parser.parse_args()
    events = list(measure_events(args.data))
    model = fit(events)
    if args.train:
        write(model, Path(cause_model.__file__).with_name(cause_model.FILE))
        return
    judged = leave_one_app_out(events)
    result = score(judged) | {
        "by_threshold": thresholds(judged),
        "groups": by_group(judged),
        "quiet": quiet_share(args.data, model, args.quiet),
        "simulated": simulated(),
    }
    args.output.write_text(json.dumps(result, indent=2) + "\n", "utf-8")
    show(result)
    if args.write:
        put(cause_page(result), "cause")


if __name__ == "__main__":
    main()
