"""What kept versions cost: the same reviews, of which none, one in twenty or one in five were
changed.

    python -m benchmarks.versions [--reviews 20000] [--docs docs/collecting.md]

Processor time for 1,000 reviews, least of three rounds: the first poll, a poll that finds all as
they were, counting the hours, the detector's arrays, the frame of an analysis. With --docs it
writes what stands between the marks of that page.
"""

import argparse
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from analysis.scored_items import ScoredItem
from collector.records import Item
from collector.store import Store, open_store

MARK = "<!-- versions -->"
SHARES = (0.0, 0.05, 0.2)
ROUNDS = 3
APP = "app"
START = datetime(2026, 1, 1, tzinfo=UTC)
WORDS = [
    "the",
    "map",
    "opens",
    "slowly",
    "my",
    "card",
    "loans",
    "closes",
    "report",
    "street",
    "lamp",
]
STEPS = ("first poll", "poll again", "count hours", "detector's arrays", "frame of an analysis")


def reviews(count: int, changed: float) -> tuple[list[Item], list[Item]]:
    """Reviews, an hour apart at most, and what a part of them say ten days later."""
    dice = random.Random(1)
    first = [_review(n, dice) for n in range(count)]
    later = [
        replace(
            one,
            created_at=one.created_at + timedelta(days=10),
            rating=6.0 - (one.rating or 3.0),
            text=" ".join(dice.choices(WORDS, k=12)),
        )
        for one in dice.sample(first, round(count * changed))
    ]
    return first, later


def _review(number: int, dice: random.Random) -> Item:
    at = START + timedelta(minutes=20 * number)
    empty = dict.fromkeys(
        ("updated_at", "author_key", "title", "version", "country", "thumbs_up", "reply_text")
    )
    more = dict.fromkeys(("reply_at", "url", "removed_at"))
    times = dict.fromkeys(("created_at", "arrived_at", "first_seen", "last_seen"), at)
    return Item(
        app=APP,
        source="google_play",
        item_id=f"gp:{number}",
        kind="review",
        rating=float(dice.choice((1, 5))),
        text=f"{' '.join(dice.choices(WORDS, k=12))} {number}",
        lang="en",
        **times,
        **empty,
        **more,
    )


def measure(count: int, changed: float) -> list[float]:
    """Seconds of each step for 1,000 reviews."""
    with open_store("sqlite://", secret=b"0" * 32) as store:
        store.apps.ensure(APP)
        first, later = reviews(count, changed)
        seconds = [_seconds(lambda: _poll(store, first))]
        _poll(store, later)
        newest = {one.item_id: one for one in (*first, *later)}
        seen = [replace(one, last_seen=START + timedelta(days=999)) for one in newest.values()]
        seconds.append(_seconds(lambda: _poll(store, seen)))
        seconds.append(_seconds(lambda: store.hourly.recount(APP)))
        seconds.append(_seconds(lambda: store.items.arrays(APP)))
        seconds.append(_seconds(lambda: store.items.frame(APP, record=ScoredItem)))
    return [1000 * took / count for took in seconds]


def _poll(store: Store, items: Sequence[Item]) -> None:
    for start in range(0, len(items), 200):
        store.items.write(items[start : start + 200], how="poll")


def _seconds(run: Callable[[], object]) -> float:
    started = time.process_time()
    run()
    return time.process_time() - started


def table(count: int) -> str:
    """The result as Markdown."""
    rounds = [[measure(count, share) for share in SHARES] for _ in range(ROUNDS)]
    least = [[min(row[n][step] for row in rounds) for n in range(len(SHARES))] for step in range(5)]
    heads = " | ".join(f"{share:.0%} changed" for share in SHARES)
    lines = [
        f"Seconds for 1,000 of {count:,} reviews, in brackets times those without changes:",
        "",
        f"| step | {heads} |",
        "|---|" + "---|" * len(SHARES),
    ]
    for name, took in zip(STEPS, least, strict=True):
        cells = [f"{one:.4f} ({one / took[0]:.2f})" for one in took]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def main() -> None:
    """Print the table; with --docs put it into the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reviews", type=int, default=20_000)
    parser.add_argument("--docs", type=Path)
    chosen = parser.parse_args()
    found = table(chosen.reviews)
    print(found)
    if chosen.docs is not None:
        before, _, after = chosen.docs.read_text(encoding="utf-8").split(MARK)
        chosen.docs.write_text(f"{before}{MARK}\n{found}\n{MARK}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
