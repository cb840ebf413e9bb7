"""Levels of coordination, and how often they are wrong.

`python -m benchmarks.evidence.coordination`.

The shared events have no posts, so three things are measured: the levels of those events as they
are; the levels when posts that ask for nothing are put around them (invented complaints, news,
jokes, ...; real posts that say boycott, re-dated; both); and on simulated histories, where the
truth is known. Besides: the posts that are read as calls, and each signal's p-values on quiet
histories. Prints tables and writes JSON.
"""

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from pandas import DataFrame

from analysis.evidence import Window, prepare
from analysis.evidence.coordination.calls import call_in
from analysis.evidence.coordination.coordination_rule import level
from analysis.evidence.signals import call_to_action, call_wording, co_action
from analysis.records import Evidence
from analysis.simulate import scenarios, simulate
from analysis.words.catalogue import english
from analysis.words.evidence import finding
from benchmarks.evaluation_data import evaluation_data
from benchmarks.evidence.posts import CALLS, FILES, boycott_posts, filled, invented, simulated
from benchmarks.scenarios import simulated_window
from benchmarks.windows import SHARED_DATA, Labelled, labelled_windows
from collector.record_frames import columns
from collector.records import Item

NAME = "City Helper"
LINK = "https://play.google.com/store/apps/details?id=org.example.cityhelper"
QUIET = timedelta(days=56)
SIGNALS = (call_to_action, call_wording, co_action)
ASKING = ("down", "up", "act")
MIXES = (
    "complaints", "news", "jokes", "support", "simulated", "everything", "boycott",
    "boycott and all",
)  # fmt: skip
SIMULATED_THEMES = ("post_mention", "post_chatter", "post_outage", "post_policy", "post_launch")
LEVELS = ("not_testable", "none_seen", "some", "strong")
OTHERS = {
    "complaints": ("complaint", "own", "question", "sarcasm"),
    "news": ("news", "quoted", "share", "negated"),
    "jokes": ("joke", "sarcasm", "quoted"),
    "support": ("support", "civic", "complaint"),
}


@dataclass(frozen=True, slots=True)
class Pool:
    """Posts to draw from: invented by language and category, and real ones."""

    by_mix: dict[str, list[str]]
    boycott: DataFrame


def pool(data: Path) -> Pool:
    """Every post that asks nobody to act in a store; the real ones ask for a boycott at most."""
    every = [
        (category, filled(post, NAME, LINK))
        for file in FILES
        for categories in invented(file).values()
        for category, posts in categories.items()
        if category not in CALLS
        for post in posts
    ]
    by_mix = {mix: [p for c, p in every if c in wanted] for mix, wanted in OTHERS.items()}
    by_mix["simulated"] = simulated(SIMULATED_THEMES, NAME, LINK, 40)
    by_mix["everything"] = [*(post for _, post in every), *by_mix["simulated"]]
    return Pool(by_mix, boycott_posts(data, NAME))


def stressed(window: Window, mix: str, posts: Pool, rng: np.random.Generator) -> Window:
    """The window with posts of a mix around its swing, and some in the quiet weeks before.

    20 to 400 posts, most of them in the swing's first quarter, from up to two days before it.
    """
    swing = window.swing
    end = (swing.ended_at or window.now) - timedelta(seconds=1)
    n = int(rng.integers(20, 21 + min(380, max(len(window.items), 40))))
    quiet_from = swing.onset_at - QUIET
    quiet_s = rng.uniform(0, QUIET.total_seconds() - 3 * 86_400, 40)
    lead = timedelta(hours=float(rng.uniform(0, 48)))
    span = max((end - swing.onset_at + lead).total_seconds(), 3600)
    near_s = np.minimum(rng.exponential(span / 4, n), span)
    at = [quiet_from + timedelta(seconds=float(s)) for s in quiet_s]
    at += [swing.onset_at - lead + timedelta(seconds=float(s)) for s in near_s]
    if mix.startswith("boycott"):
        text, who, at = _real(posts, mix, at, rng, swing.onset_at - lead, end)
    else:
        text, who = _invented(posts.by_mix[mix], len(at), rng)
    frame = _posts(window.app, text, who, at)
    keep = frame["created_at"] <= end
    return replace(window, posts=frame[keep], names=(*window.names, NAME, LINK))


def _invented(texts: list[str], n: int, rng: np.random.Generator) -> tuple[list[str], list[str]]:
    """Texts drawn with small changes, as people write them; one account in eight posts often."""
    marks = ("", "", "!", " smh", " 😂", " 🙄", " again", " today", " tbh")
    drawn = zip(rng.integers(0, len(texts), n), rng.integers(0, len(marks), n), strict=True)
    chosen = [texts[i] + marks[j] for i, j in drawn]
    who = [f"busy {rng.integers(5)}" if rng.random() < 1 / 8 else f"p{k}" for k in range(n)]
    return chosen, who


def _real(
    posts: Pool, mix: str, at: list[datetime], rng: np.random.Generator,
    start: datetime, end: datetime,
) -> tuple[list[str], list[str], list[datetime]]:  # fmt: skip
    """A run of consecutive real posts with their authors, their own rhythm squeezed or kept."""
    n = int(rng.integers(30, 400))
    first = int(rng.integers(0, len(posts.boycott) - n - 1))
    run = posts.boycott.iloc[first : first + n]
    own = (run["created_at"] - run["created_at"].iloc[0]).dt.total_seconds().to_numpy()
    span = (end - start).total_seconds()
    # Its own times where they fit into the swing (a rush stays a rush), else a tighter fit.
    scale = min(1.0, span / max(float(own[-1]), 1.0))
    text, who = run["text"].tolist(), [f"b{key}" for key in run["author"]]
    times = [start + timedelta(seconds=float(s) * scale) for s in own]
    if mix != "boycott":
        more, people = _invented(posts.by_mix["everything"], len(at), rng)
        return text + more, who + people, times + at
    quiet = int(rng.integers(0, len(posts.boycott) - 20))
    few = posts.boycott.iloc[quiet : quiet + 20]
    days = np.sort(rng.uniform(4, QUIET.days, len(few)))[::-1]
    return (
        text + few["text"].tolist(),
        who + [f"b{key}" for key in few["author"]],
        times + [start - timedelta(days=float(d)) for d in days],
    )


def _posts(app: str, text: list[str], who: list[str], at: list[datetime]) -> DataFrame:
    times = pd.to_datetime(pd.Series(at), utc=True).astype("datetime64[us, UTC]")
    given: dict[str, Any] = {
        "app": app, "source": "x", "item_id": [f"post {n}" for n in range(len(text))],
        "kind": "post", "author_key": who, "text": text,
        **dict.fromkeys(("created_at", "arrived_at", "first_seen", "last_seen"), times),
    }  # fmt: skip
    frame = DataFrame({c.name: given.get(c.name) for c in columns(Item)}, index=times.index)
    return frame.astype({c.name: c.dtype for c in columns(Item)}).sort_values("created_at")


def outside(window: Window) -> list[Evidence]:
    """The evidence that the level reads."""
    case = prepare(window)
    return [signal.measure(case) for signal in SIGNALS]


def levels(windows: Iterable[Window]) -> Counter[str]:
    """How often each level is given."""
    return Counter(level(outside(window)) for window in windows)


def not_coordinated(data: Path) -> list[Labelled]:
    """The shared events without known coordination."""
    return [
        event for event in labelled_windows(data, untimed=True) if event.character != "coordinated"
    ]


def _thinned(window: Window) -> Window:
    """The level reads posts: fewer reviews of a large event change nothing but the time taken."""
    return replace(window, items=window.items.iloc[:400], before=window.before.iloc[-400:])


def stress(
    events: list[Labelled], posts: Pool, cases: int, seed: int = 11
) -> Iterator[tuple[str, Labelled, Window]]:
    """At least `cases` windows: every event with every mix, again with other draws."""
    rng = np.random.default_rng(seed)
    per_pair = -(-cases // (len(events) * len(MIXES)))
    for event in events:
        window = _thinned(event.window)
        for mix in MIXES:
            for _ in range(per_pair):
                yield mix, event, stressed(window, mix, posts, rng)


SIMULATED: dict[str, Callable[[], Any]] = {
    "iWatch day, with posts": scenarios.iwatch_drill,
    "iWatch day, without posts": scenarios.iwatch_without_posts,
    "flood and its answer": scenarios.counter_swing,
    "angry protest, news, no call": scenarios.angry_protest_with_news,
    "policy reaction": scenarios.policy_reaction,
    "bad release": scenarios.bad_release,
    "outage": scenarios.outage,
    "promotion": scenarios.promotion,
}


def on_simulated(runs: int) -> dict[str, dict[str, Any]]:
    """Levels over `runs` seeds of each scenario, and the first run's call."""
    found: dict[str, dict[str, Any]] = {}
    for name, scenario in SIMULATED.items():
        given: Counter[str] = Counter()
        returning = 0
        first = ""
        for seed in range(runs):
            evidence = outside(simulated_window(simulate(scenario(), seed)))
            given[level(evidence)] += 1
            returning += evidence[1].speaks_for is not None
            first = first or finding(evidence[0], english())
        found[name] = {"levels": dict(given), "wording returns": returning, "call": first}
    return found


def quiet_rates(runs: int) -> dict[str, dict[str, float]]:
    """Each signal on quiet simulated spans of three days: share testable, p <= .05, p <= .01."""
    found: dict[str, list[Evidence]] = defaultdict(list)
    for seed in range(runs):
        world = simulate(scenarios.quiet(20.0, days=120), seed)
        rng = np.random.default_rng(seed)
        for start in (70, 85, 100):
            window = _quiet_window(world, start + float(rng.uniform(0, 10)))
            for evidence in outside(window):
                found[evidence.signal].append(evidence)
    return {name: _rates(evidence) for name, evidence in found.items()}


def _quiet_window(world: Any, day: float) -> Window:
    """A pseudo-swing in a quiet world: three days like any other."""
    onset = world.start + timedelta(days=day)
    event = replace(_any_event(), onset=onset, end=onset + timedelta(days=3))
    return simulated_window(replace(world, truth=(event,)))


@cache
def _any_event() -> Any:
    """Of its shape only the span is used, and that is set anew."""
    return simulate(scenarios.policy_reaction(), 0).truth[0]


def _rates(found: list[Evidence]) -> dict[str, float]:
    p = np.array([e.p_value for e in found if e.p_value is not None])
    rates = {"spans": float(len(found)), "testable": p.size / max(len(found), 1)}
    for at in (0.05, 0.01, 0.001):
        rates[f"p<={at}"] = float(np.mean(p <= at)) if p.size else float("nan")
    rates["speaks"] = float(np.mean([e.speaks_for is not None for e in found]))
    return rates


def on_posts(data: Path) -> dict[str, Any]:
    """Invented posts by language (found of calls, mistaken of others); real posts read as calls."""
    found = {f"{file} {lang}": _read(posts) for file in FILES
             for lang, posts in invented(file).items()}  # fmt: skip
    for theme in ("post_call", "post_support", *SIMULATED_THEMES):
        asked = [_asks(post) for post in simulated([theme], NAME, LINK, 100)]
        found[f"simulated {theme}"] = {"posts": len(asked), "read as calls": sum(asked)}
    real = boycott_posts(data, NAME)["text"]
    read = [call_in(text, (NAME,)) for text in real]
    kinds = Counter(call.kind for call in read if call is not None)
    return {"invented": found, "real": len(real), "real read as": dict(kinds)}


def _read(posts: dict[str, list[str]]) -> dict[str, int]:
    asked = {c: [_asks(filled(p, NAME, LINK)) for p in ps] for c, ps in posts.items()}
    calls = [a for c, answers in asked.items() if c in CALLS for a in answers]
    others = [a for c, answers in asked.items() if c not in CALLS for a in answers]
    return {"calls": len(calls), "found": sum(calls),
            "others": len(others), "mistaken": sum(others)}  # fmt: skip


def _asks(text: str) -> bool:
    call = call_in(text, (NAME, "org.example.cityhelper"))
    return call is not None and call.kind in ASKING


def table(rows: dict[str, Counter[str]]) -> str:
    """Levels by row as a Markdown table."""
    lines = ["| posts | cases | " + " | ".join(f"`{name}`" for name in LEVELS) + " |"]
    lines.append("|" + "---|" * (2 + len(LEVELS)))
    for name, given in rows.items():
        cells = [str(sum(given.values())), *(str(given[at]) for at in LEVELS)]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def main() -> None:
    """Measures, prints, writes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=evaluation_data, default=str(SHARED_DATA))
    parser.add_argument("--cases", type=int, default=1_050)
    parser.add_argument("--runs", type=int, default=10, help="seeds of each simulated scenario")
    parser.add_argument("-o", "--output", type=Path, default=Path("coordination.json"))
    args = parser.parse_args()
    events = not_coordinated(args.data)
    rows: dict[str, Counter[str]] = {
        "none (as they are)": levels(_thinned(e.window) for e in events)
    }
    rows |= {mix: Counter() for mix in MIXES}
    for mix, _, window in stress(events, pool(args.data), args.cases):
        rows[mix][level(outside(window))] += 1
    result: dict[str, Any] = {"events": {name: dict(given) for name, given in rows.items()}}
    print(table(rows), flush=True)
    parts: dict[str, Callable[[], Any]] = {
        "posts": lambda: on_posts(args.data),
        "simulated": lambda: on_simulated(args.runs),
        "quiet": lambda: quiet_rates(args.runs),
    }
    for name, part in parts.items():
        result[name] = part()
        print(name, json.dumps(result[name], indent=1, ensure_ascii=False), flush=True)
    args.output.write_text(json.dumps(result, indent=2, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
