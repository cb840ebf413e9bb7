"""`python -m benchmarks.sentiment`: quality and speed of the sentiment engines on the shared data.

    python -m benchmarks.sentiment [--data ../shared/data] [--out FILE.json] [--quick] [--write]

Prints the tables and writes JSON; --write puts the tables into docs/sentiment.md. --quick leaves
out the runs in which a model for each moment scores the whole history.
"""

import argparse
import json
import os
import tempfile
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.evaluation_data import evaluation_data
from benchmarks.sentiment import quality, speed
from collector.store import open_store

DOCS = Path(__file__).resolve().parents[2] / "docs" / "sentiment.md"
MARKS = "<!-- numbers: begin -->", "<!-- numbers: end -->"
ENGLISH_MARGIN = 0.03


def run(data: Path, *, deployed: bool) -> dict[str, Any]:
    """All numbers."""
    reviews = quality.load_reviews(data)
    speeds = {
        "vader_speed": speed.vader_speed(data),
        "star_speed": speed.star_speed(reviews),
        "long_texts": speed.long_texts(),
        "language_accuracy": speed.language_accuracy(data),
    }
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{folder}/sentiment.db", secret=os.urandom(32))
        quality.fill(store, reviews)
        scored = quality.judge_apps(store, reviews, deployed=deployed)
        posts = quality.judge_posts(data, store)
        store.close()
    tested = [row for part in scored for row in quality.areas(part)]
    apps = quality.as_rows([row for row in tested if not row.lang])
    by_language = quality.as_rows([row for row in tested if row.lang])
    return {
        "apps": apps,
        "languages": by_language,
        "summary": summary(apps, by_language),
        "reliability": quality.reliability(scored),
        "posts": posts,
        **speeds,
    }


def summary(apps: list[dict[str, Any]], by_language: list[dict[str, Any]]) -> dict[str, Any]:
    """The issue's targets against what was measured."""
    english = [row for row in by_language if row["lang"] == "en"]
    margins = {row["app"]: row["auto_unseen"] - row["vader_unseen"] for row in english}
    return {
        "median_apps": float(np.median([row["auto"] for row in apps])),
        "median_apps_unseen": float(np.median([row["auto_unseen"] for row in apps])),
        "median_languages": float(np.median([row["auto"] for row in by_language])),
        "median_languages_unseen": float(np.median([row["auto_unseen"] for row in by_language])),
        "median_vader": float(np.median([row["vader"] for row in apps])),
        "median_deployed": float(np.median([row["deployed"] for row in apps])),
        "below_0.80": [row["app"] for row in apps if row["auto"] < 0.8],
        "below_0.80_unseen": [row["app"] for row in apps if row["auto_unseen"] < 0.8],
        "english_below_vader": [row["app"] for row in english if row["auto"] < row["vader"]],
        "english_median_margin_unseen": float(np.median(list(margins.values()))),
        "english_short_of_margin_unseen": {
            app: round(margin, 4) for app, margin in margins.items() if margin < ENGLISH_MARGIN
        },
    }


def tables(result: dict[str, Any]) -> str:
    """The numbers as Markdown."""
    parts = [
        _quality_table("By app", result["apps"]),
        _quality_table("By app and language", result["languages"]),
        _table("Against the targets", ["measure", "value"], _summary_rows(result["summary"])),
        _table(
            "Reliability: expected and given stars, each app alike",
            ["score says", "mean expected", "mean given", "reviews"],
            [
                [
                    f"{r['from']:.1f}-{r['to']:.1f}",
                    _two(r["expected"]),
                    _two(r["given"]),
                    r["items"],
                ]
                for r in result["reliability"]
            ],
        ),
        _table(
            "Posts and sentences: correlation with people's means",
            ["set", "texts", "as vaderSentiment", "VADER alone", "auto, as posts"],
            [
                [p["set"], p["texts"], _yes(p["identical"]), _three(p["vader"]), _three(p["auto"])]
                for p in result["posts"]
            ],
        ),
        _table("Speed", ["measure", "value"], _speed_rows(result)),
        _table(
            "Languages: share of distinct texts right, by number of characters",
            ["app", "language", "<10", "<20", "<40", "<80", "more", "certain", "right if certain"],
            [
                [
                    r["name"],
                    r["lang"],
                    *map(_two, r["right_by_length"]),
                    _two(r["certain"]),
                    _three(r["right_where_certain"]),
                ]
                for r in result["language_accuracy"]
            ],
        ),
    ]
    return "\n".join(parts)


def _quality_table(title: str, rows: list[dict[str, Any]]) -> str:
    head = ["app", "language", "learned from", "tested", "unseen", "missing", "VADER", "auto"]
    head += ["VADER, unseen", "auto, unseen"]
    numbers = ["vader", "auto", "vader_unseen", "auto_unseen"]
    if any(row["deployed"] == row["deployed"] for row in rows):  # not NaN
        head.append("as deployed")
        numbers.append("deployed")
    return _table(
        title,
        head,
        [
            [
                row["app"],
                row["lang"] or "all",
                row["learned_from"],
                row["tested"],
                row["unseen"],
                f"{row['missing']:.1%}",
                *(_three(row[name]) for name in numbers),
            ]
            for row in rows
        ],
    )


def _summary_rows(found: dict[str, Any]) -> list[list[object]]:
    return [[name, _plain(value)] for name, value in found.items() if value == value]  # not NaN


def _speed_rows(result: dict[str, Any]) -> list[list[object]]:
    rows: list[list[object]] = [
        [name, _plain(value)]
        for part in ("vader_speed", "star_speed")
        for name, value in result[part].items()
    ]
    for row in result["long_texts"]:
        seconds = f"VADER {row['vader_s']:.3f} s, language {row['language_s']:.4f} s"
        rows.append([f"{row['characters']:,} characters", seconds])
    return rows


def _table(title: str, head: list[str], rows: list[list[object]]) -> str:
    lines = [f"### {title}", "", "| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    lines += ["| " + " | ".join(str(cell) for cell in row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def _plain(value: object) -> str:
    if isinstance(value, float):
        return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3f}"
    if isinstance(value, dict):
        return ", ".join(f"{k} {v:+.3f}" for k, v in value.items()) or "none"
    if isinstance(value, list):
        return ", ".join(value) or "none"
    return str(value)


def _two(value: float) -> str:
    return "-" if value != value else f"{value:.2f}"  # NaN


def _three(value: float) -> str:
    return "-" if value != value else f"{value:.3f}"


def _yes(value: bool) -> str:
    return "yes" if value else "NO"


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--data", type=evaluation_data, default="../shared/data")
    parser.add_argument("--out", type=Path, default=Path("sentiment.json"))
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--write", action="store_true")
    chosen = parser.parse_args()
    result = run(chosen.data, deployed=not chosen.quick)
    chosen.out.write_text(json.dumps(result, indent=1) + "\n", "utf-8")
    text = tables(result)
    print(text)
    if chosen.write:
        page = DOCS.read_text("utf-8")
        before, after = page.split(MARKS[0])[0], page.split(MARKS[1])[1]
        DOCS.write_text(f"{before}{MARKS[0]}\n\n{text}\n{MARKS[1]}{after}", "utf-8")


if __name__ == "__main__":
    main()
