"""How often signs within the reviews are found, and who is accused of them without reason.

    python -m benchmarks.coordination [--full] [--only PART] [--write]

The default run takes minutes; --full takes every quiet window and more floods. --write puts the
tables into docs/coordination.md, each between its own marks.
"""

import argparse
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from analysis.evidence import Window, prepare
from analysis.evidence.coordination.coordination_rule import level
from analysis.evidence.coordination.declared import ABROAD, CALLED, declared
from analysis.evidence.coordination.one_text import beside, wordings
from analysis.evidence.coordination.rarity import General
from analysis.evidence.fault_language.fault_words import common_words, everyday_words
from analysis.evidence.signals import clockwork, declared_calls, not_users, one_text, same_hands
from analysis.evidence.texts import full_texts
from analysis.records import Evidence
from analysis.simulate import simulate
from analysis.tokens import spoken
from benchmarks.coordination import floods, rivals
from benchmarks.evaluation_data import evaluation_data
from benchmarks.evidence.coordination import SIMULATED
from benchmarks.scenarios import simulated_window
from benchmarks.windows import SHARED_DATA, labelled_windows, quiet_windows

PAGE = Path(__file__).resolve().parents[2] / "docs" / "coordination.md"
PARTS = ("uncoordinated", "handed-out", "robots", "labels", "campaigns", "speed")
SIGNS = (one_text, declared_calls, not_users, clockwork, same_hands)
SHARES = (0.1, 0.25, 0.5, 1.0)
MOST_BEFORE = 3_000
MEME = ("ate my", "sang to my", "married my", "painted my", "arrested my", "insulted my")
THINGS = (
    *("dog", "cousin", "goldfish", "bicycle", "homework", "neighbour", "trumpet", "lawn"),
    *("kitchen", "parrot", "piano"),
)
SHORT = ("not working", "bad app", "very good app", "does not work since the update", "one star")

Row = dict[str, Any]


def signs(window: Window) -> tuple[str, list[Evidence]]:
    """(level from the reviews alone, the five signs)."""
    case = prepare(window)
    found = [sign.measure(case) for sign in SIGNS]
    return level(found), found


def uncoordinated(data: Path, quiet: int, seeds: int) -> dict[str, Counter[str]]:
    """Levels of windows in which nobody is known to have coordinated anything."""
    rng = np.random.default_rng(1)
    given: dict[str, Counter[str]] = {}

    def count(name: str, window: Window) -> None:
        given.setdefault(name, Counter())[signs(window)[0]] += 1

    for event in labelled_windows(data, untimed=True):
        if event.character != "coordinated":
            count("real events", event.window)
    every = [_short(w) for w in quiet_windows(data, quiet)]
    for window in every:
        count("quiet spans", window)
    for name, scenario in SIMULATED.items():
        for seed in range(seeds):
            called = "iWatch day, with" in name or "flood and its" in name
            row = "simulated, called for in posts" if called else "simulated"
            count(row, simulated_window(simulate(scenario(), seed)))
    for window in _apps(every):
        for name, made in _harmless(window, rng):
            count(name, made)
    return given


def _harmless(window: Window, rng: np.random.Generator) -> Iterator[tuple[str, Window]]:
    size = int(rng.integers(30, 300))
    texts = floods.own_words(window, size, rng)
    if texts is None:
        return
    yield "own words of the past", floods.flood(window, texts, None, rng)
    memes = [_meme(rng) if rng.random() < 0.6 else text for text in texts]
    yield "a meme that everybody rephrases", floods.flood(window, memes, None, rng)
    for share in (0.3, 0.9):
        short = [str(rng.choice(SHORT)) if rng.random() < share else text for text in texts]
        yield "short texts in copies", floods.flood(window, short, None, rng)
    canned = floods.template([spoken(text) for text in texts], rng)
    if canned is not None:
        told = " ".join(canned)
        before = window.before.copy()
        before.loc[rng.random(len(before)) < 0.3, "text"] = told
        again = [told if rng.random() < 0.35 else text for text in texts]
        made = floods.flood(replace(window, before=before), again, None, rng)
        yield "one app's canned reviews over years", made


def _meme(rng: np.random.Generator) -> str:
    said = " and ".join(f"{rng.choice(MEME)} {rng.choice(THINGS)}" for _ in range(3))
    return f"this app {said} {rng.choice(THINGS)} {int(rng.integers(100))}"


def handed_out(apps: list[Window], sizes: tuple[int, ...], words: tuple[int, ...]) -> list[Row]:
    """Texts handed out: by size, share and words changed, how often each method says so."""
    rng = np.random.default_rng(2)
    rows = []
    for size in sizes:
        for share in SHARES:
            for few in words:
                found: Counter[str] = Counter()
                for window in apps:
                    made = floods.handed_out(window, size, share, few, rng)
                    if made is None:
                        continue
                    case = prepare(made[0])
                    mine = one_text.measure(case)
                    found["floods"] += 1
                    found["found"] += mine.speaks_for is not None
                    found["strong"] += mine.details.get("degree") == "strong"
                    found["exact"] += rivals.exact(case.flood)
                    found["near"] += rivals.near(case.flood)
                    found["coortweet"] += rivals.coortweet(case.flood)
                copies = max(1, round(size * share))
                rows.append({"size": size, "share": share, "words": few, "copies": copies, **found})
    return rows


def robots(apps: list[Window]) -> list[Row]:
    """Arrivals at a distance: how often told."""
    rng = np.random.default_rng(3)
    rows = []
    for period in (30, 60, 300):
        for jitter in (0.0, 0.1, 0.2):
            found = tried = 0
            for window in apps:
                texts = floods.own_words(window, 120, rng)
                if texts is None:
                    continue
                at = period * (np.arange(120) + 1 + rng.uniform(-jitter, jitter, 120))
                case = prepare(floods.flood(window, texts, at, rng))
                tried += 1
                found += clockwork.measure(case).speaks_for is not None
            rows.append({"period": period, "jitter": jitter, "floods": tried, "found": found})
    return rows


def labelled(data: Path) -> list[Row]:
    """Reviews that people marked as a call, as asked for, as copies; and all others."""
    marks = pd.read_json(data / "labels" / "reviews.jsonl", lines=True)
    told: list[tuple[list[str], str]] = []
    for file, rows in marks.groupby("file"):
        raw = pd.read_parquet(data / "reviews" / f"{file}.parquet").iloc[rows["row"].to_list()]
        told += zip(rows["mentions"], full_texts(raw), strict=True)
    said = declared([text for _, text in told])
    rows_ = []
    for mark in ("call", "asked", "copy", "joke", ""):
        chosen = [one for (m, _), one in zip(told, said, strict=True)
                  if (mark in m if mark else not {"call", "asked", "copy"} & set(m))]  # fmt: skip
        rows_.append({
            "mark": mark or "none of these", "reviews": len(chosen),
            "call": sum(bool(CALLED & one) for one in chosen),
            "outside": sum(bool(ABROAD & one) for one in chosen),
        })  # fmt: skip
    return rows_


def campaigns(data: Path) -> list[Row]:
    """Real floods that are known, or said, to have been called for; and one reposted sentence."""
    rows: list[Row] = []
    for event in labelled_windows(data, untimed=True):
        if event.character == "coordinated" or "reviewbombs" in event.file:
            told, found = signs(event.window)
            rows.append({"event": event.window.app[:40], "level": told,
                         **{e.signal: e.value for e in found}})  # fmt: skip
    posts = pd.concat(
        [pd.read_parquet(f) for f in sorted((data / "social/streams/stocknet").glob("*.parquet"))]
    )
    spring = posts[posts["created_at"].between("2014-05-01", "2014-07-01")]
    texts = [spoken(text) for text in spring["text"].fillna("")]
    hand = np.unique(spring["author"].fillna("").astype(str), return_inverse=True)[1]
    general = General(common_words(), everyday_words())
    found_ = wordings(texts, hand.astype(np.int64), beside([], general=general))
    most = found_[0].hands if found_ else 0
    rows.append({"event": f"stocknet, one sentence: {most} accounts", "level": "–"})
    return rows


def speed(apps: list[Window], size: int) -> tuple[float, float]:
    """(seconds for 10,000 reviews, for `size`), all five signs, one core."""
    rng = np.random.default_rng(5)
    window = max(apps, key=lambda w: len(w.before))
    written = [text for text in full_texts(window.before) if text]
    taken = []
    for n in (10_000, size):
        drawn = rng.integers(len(written), size=n)
        texts = [f"{written[k]} word{place}" for place, k in enumerate(drawn)]
        made = floods.flood(window, texts, None, rng)
        case = prepare(made)
        start = time.process_time()
        for sign in SIGNS:
            sign.measure(case)
        taken.append(time.process_time() - start)
    return taken[0], taken[1]


def _short(window: Window) -> Window:
    return replace(window, before=window.before.iloc[-MOST_BEFORE:], others=None)


def _apps(windows: list[Window]) -> list[Window]:
    """One window an app."""
    return list({window.app: window for window in windows}.values())


def table(names: list[str], rows: list[list[object]]) -> str:
    """A Markdown table."""
    lines = ["| " + " | ".join(names) + " |", "|" + "---|" * len(names)]
    return "\n".join(lines + ["| " + " | ".join(map(str, row)) + " |" for row in rows])


def main() -> None:
    """Measures, prints, writes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=evaluation_data, default=str(SHARED_DATA))
    parser.add_argument("--full", action="store_true", help="every quiet window, larger floods")
    parser.add_argument("--only", choices=PARTS, help="one table")
    parser.add_argument("--write", action="store_true", help="put the tables into the docs")
    args = parser.parse_args()
    apps = _apps([_short(w) for w in quiet_windows(args.data, 940 if args.full else 120)])
    for part in (args.only,) if args.only else PARTS:
        said = _part(part, args.data, apps, full=args.full)
        print(f"{part}\n\n{said}\n", flush=True)
        if args.write:
            page = PAGE.read_text("utf-8")
            head, _, rest = page.partition(f"<!-- {part} -->\n")
            tail = rest.partition(f"<!-- /{part} -->")[2]
            PAGE.write_text(f"{head}<!-- {part} -->\n\n{said}\n\n<!-- /{part} -->{tail}", "utf-8")


def _part(part: str, data: Path, apps: list[Window], *, full: bool) -> str:
    few = apps if full else apps[::4]
    if part == "uncoordinated":
        return _levels(uncoordinated(data, 940 if full else 120, 10 if full else 3))
    if part == "handed-out":
        sizes = (20, 80, 400, 2_000) if full else (20, 80, 400)
        return _handed(handed_out(few, sizes, (0, 1, 2, 3, 4, 5) if full else (0, 2, 5)))
    if part == "robots":
        names = ["seconds apart", "jitter", "floods", "found"]
        return table(names, [list(row.values()) for row in robots(few)])
    if part == "labels":
        names = ["marked", "reviews", "read as a call", "read as outside"]
        return table(names, [list(row.values()) for row in labelled(data)])
    return _events(campaigns(data)) if part == "campaigns" else _speed(*speed(apps, 100_000))


def _levels(given: dict[str, Counter[str]]) -> str:
    names = ["not_testable", "none_seen", "some", "strong"]
    return table(
        ["windows", "n", *(f"`{name}`" for name in names)],
        [[row, n.total(), *(n[name] for name in names)] for row, n in given.items()],
    )


def _handed(rows: list[Row]) -> str:
    names = ["found", "strong", "exact", "near", "coortweet"]
    return table(
        ["reviews", "share", "copies", "words changed", "floods", "told", "`strong`",
         "exact duplicates", "near-duplicates", "CooRTweet"],
        [[r["size"], f"{r['share']:.0%}", r["copies"], r["words"], r.get("floods", 0),
          *(r.get(name, 0) for name in names)] for r in rows],
    )  # fmt: skip


def _events(rows: list[Row]) -> str:
    names = ["one_text", "declared_calls", "not_users", "clockwork"]
    return table(
        ["event", "level", *names],
        [[r["event"], r["level"],
          *(f"{r[n]:.1%}" if r.get(n) is not None else "–" for n in names)] for r in rows],
    )  # fmt: skip


def _speed(small: float, large: float) -> str:
    return table(
        ["reviews", "seconds of one core"],
        [["10,000", f"{small:.1f}"], ["100,000", f"{large:.1f}"]],
    )


if __name__ == "__main__":
    main()
