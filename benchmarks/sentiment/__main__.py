"""`python -m benchmarks.sentiment`: how well and how fast texts are read, on the shared data.

    OMP_NUM_THREADS=1 python -m benchmarks.sentiment [--data FOLDER] [--apps N] [--speed] [--write]

Prints the tables and writes JSON; --write puts them into docs/sentiment.md. Takes about ten
minutes: five priors are trained, each without a fifth of the apps. TextBlob and AFINN are compared
where they are installed. --speed measures and writes the two tables of speed alone, in a minute.
"""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.evaluation_data import evaluation_data
from benchmarks.sentiment import corpus, quality, speed
from benchmarks.sentiment.rivals import rivals

DOCS = Path(__file__).resolve().parents[2] / "docs" / "sentiment.md"
MARKS = "<!-- numbers: begin -->", "<!-- numbers: end -->"
Row = dict[str, Any]


def run(data: Path, apps: int) -> dict[str, list[Row]]:
    """All tables, each a list of rows. apps: how many are tested, at most."""
    held, unspoken = quality.held_out(data, apps)
    tested = [one.app for one in held]
    print(f"{len(held)} apps", flush=True)
    histories = [row for one in held for row in quality.by_history(one)]
    reviews = corpus.reviews(data)
    return {
        "learned from": corpus.learned_from(data),
        "by history": summary(histories),
        "by app": histories,
        "by language": quality.by_language(held),
        "signs against people": quality.against_people(held, data),
        "short texts": quality.short(),
        "turned": quality.turned(held),
        "posts": quality.posts(data),
        "sentences": quality.sentences(data, unspoken),
        "speed": _speeds(reviews),
        "learning": speed.learning(reviews[reviews["app"].isin(tested)]),
    }


def summary(histories: Sequence[Row]) -> list[Row]:
    """Medians and least over the apps, by length of history."""
    rows = []
    for history in quality.HISTORIES:
        mine = [row for row in histories if row["history"] == history]
        if not mine:
            continue
        names = ["missing", "low_above_zero", *(n for n in mine[0] if n in rivals())]
        areas = [row["auto"] for row in mine]
        medians = {name: float(np.median([row[name] for row in mine])) for name in names}
        least = {"auto, median": float(np.median(areas)), "auto, least": min(areas)}
        rows.append({"history": history, "apps": len(mine), **least, **medians})
    return rows


def _speeds(reviews: Any) -> list[Row]:
    parts = {
        "distinct short texts": speed.reading(reviews),
        "an app whose texts repeat": speed.repeated(reviews),
    }
    rows = [
        {"measure": f"{name}: {what.replace('_', ' ')}", "value": value}
        for name, found in parts.items()
        for what, value in found.items()
    ]
    for row in speed.long_texts():
        seconds = f"auto {row['auto_s']:.3f} s, VADER {row['vader_s']:.3f} s"
        rows.append({"measure": f"one text of {row['characters']:,} characters", "value": seconds})
    return rows


TITLES = {
    "learned from": "What the shipped prior learned from",
    "by history": "By length of the app's own history: areas on the next 500 reviews",
    "by language": "By language, prior alone",
    "signs against people": "Signs against people's readings, blind to the stars",
    "short texts": "Short texts, prior alone",
    "turned": "Short texts that an app's own history turns wrong: the ten worst",
    "posts": "Posts that people labelled; nothing was learned from them",
    "sentences": "English sentences: correlation with people's means",
    "speed": "Speed",
    "learning": "First analysis of an app: processor time",
    "by app": "By app and history",
}


def tables(result: dict[str, list[Row]]) -> str:
    """The numbers as Markdown."""
    shown = dict(result)
    shown["turned"] = result["turned"][:10]
    shown["learning"] = _learning(result["learning"])
    shown["by app"] = [row for row in result["by app"] if row["history"] in (0, 50, 500, 5_000)]
    return "\n".join(_table(title, shown[name]) for name, title in TITLES.items())


def _learning(rows: Sequence[Row]) -> list[Row]:
    seconds = [row["seconds"] for row in rows]
    median = {"app": "median of the apps", "seconds": float(np.median(seconds)), "models": "-"}
    longest = sorted(rows, key=lambda row: -row["seconds"])[:5]
    return [{"app": median["app"], "reviews": "-", **median}, *longest]


def _table(title: str, rows: Sequence[Row]) -> str:
    if not rows:
        return f"### {title}\n\nNothing to show.\n"
    head = list(dict.fromkeys(name for row in rows for name in row))
    lines = [f"### {title}", "", "| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    lines += ["| " + " | ".join(_cell(row.get(name)) for name in head) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def _cell(value: object) -> str:
    if isinstance(value, float):
        if value != value:  # NaN
            return "-"
        return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3f}"
    if value is None:
        return "-"
    return f"{value:,}" if isinstance(value, int) else str(value)


def speeds(data: Path, apps: int, *, write: bool) -> None:
    """The tables of speed alone, in their places on the page."""
    reviews = corpus.reviews(data)
    some = quality.tested(reviews.sort_values("at", kind="stable"), apps)
    learning = _learning(speed.learning(reviews[reviews["app"].isin(some)]))
    page = DOCS.read_text("utf-8")
    for name, rows in (("speed", _speeds(reviews)), ("learning", learning)):
        table = _table(TITLES[name], rows)
        print(table)
        before, rest = page.split(f"### {TITLES[name]}\n")
        page = f"{before}{table}\n### {rest.split('### ', 1)[1]}"
    if write:
        DOCS.write_text(page, "utf-8")


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--data", type=evaluation_data, default="../shared/data")
    parser.add_argument("--out", type=Path, default=Path("sentiment.json"))
    parser.add_argument("--apps", type=int, default=1_000, help="test this many at most")
    parser.add_argument("--speed", action="store_true", help="only how fast")
    parser.add_argument("--write", action="store_true")
    chosen = parser.parse_args()
    if chosen.speed:
        speeds(chosen.data, chosen.apps, write=chosen.write)
        return
    result = run(chosen.data, chosen.apps)
    chosen.out.write_text(json.dumps(result, indent=1, default=float) + "\n", "utf-8")
    text = tables(result)
    print(text)
    if chosen.write:
        page = DOCS.read_text("utf-8")
        before, after = page.split(MARKS[0])[0], page.split(MARKS[1])[1]
        DOCS.write_text(f"{before}{MARKS[0]}\n\n{text}\n{MARKS[1]}{after}", "utf-8")


if __name__ == "__main__":
    main()
