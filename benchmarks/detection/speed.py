"""How fast the detector is, and whether the cost of an analysis grows with the history.

    python -m benchmarks.detection.speed [--items 10000000] [--apps 300] [--small S.db --large L.db]
                                         [--write]

Processor time of one process, so that other work on the machine does not count; stores are also
given in wall time. --small and --large are stores made by benchmarks.pages.big_store.make (they are
copied and changed); without --large only the detector is measured. --write puts the table into
docs/detection.md.
"""

import argparse
import json
import shutil
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from analysis.replay.replay import looks
from analysis.replay.rounds import in_order
from analysis.research.quiet_streams import arrivals
from analysis.run import analyze
from analysis.swings import History, Live, advance, detect, needed_from
from analysis.swings.history import DAY, HOUR
from benchmarks.calibrate import thresholds
from benchmarks.detection.tables import put, table
from benchmarks.pages.big_store import APPS, COMMON, END, STARS, YEARS, open_made
from collector.records import Item
from collector.settings.config import Settings
from collector.store import Store
from collector.store.as_known.arrival_order import Arrived, Polls

APP = next(iter(APPS))
NEW = 1_000
ROUNDS = 5
TIMES = 3


def measured(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds of processor and of wall time."""
    cpu, wall = time.process_time(), time.perf_counter()
    work()
    return time.process_time() - cpu, time.perf_counter() - wall


def stream(level: float, days: int, seed: int = 1) -> History:
    """Reviews of an ordinary app: a fifth of them low, two thirds high."""
    rng = np.random.default_rng(seed)
    times = arrivals(rng, level, 0.1, 10_000, days)
    stars = rng.choice(np.array([1, 3, 5], np.int8), len(times), p=[0.2, 0.13, 0.67])
    return thresholds.history_of(times, stars)


def one_stream(items: int) -> dict[str, Any]:
    """A history of three years in one stream, from the beginning."""
    days = 3 * 365
    history = stream(items / days, days)
    cpu, _ = measured(lambda: detect(history, now=(10_000 + days) * DAY))
    return {"items": len(history.at), "seconds": cpu, "per_second": len(history.at) / cpu}


def small_streams(apps: int) -> dict[str, Any]:
    """A year of many apps with two reviews a day, one after the other."""
    every = [stream(2.0, 365, seed) for seed in range(apps)]
    cpu, _ = measured(lambda: [detect(h, now=(10_000 + 365) * DAY) for h in every])
    items = sum(len(h.at) for h in every)
    return {"apps": apps, "seconds": cpu, "for_5000": 5_000 * cpu / apps, "items": items}


def live(level: float, every: int = 1, days: int = 20) -> dict[str, Any]:
    """Looking again `every` so many hours: what one more review costs.

    As a process does that goes on living, and as one does that begins from a checkpoint each time.
    The best of TIMES runs: what else runs on the machine takes caches away.
    """
    history = stream(level, 120 + days)
    begin = (10_000 + 120) * DAY
    _, state = advance(None, history.until(begin), now=begin)
    moments = [begin + n * every * HOUR for n in range(1, days * 24 // every + 1)]
    largest = 0

    def stay() -> None:
        view = Live(state, history.between(needed_from(state), begin + 1), now=begin)
        for now in moments:
            view.look(history.between(now - every * HOUR + 1, now + 1), now=now)

    def come_back() -> None:
        nonlocal largest
        kept = state
        for now in moments:
            _, kept = advance(kept, history.between(needed_from(kept), now + 1), now=now)
            largest = max(largest, len(kept or b""))

    items = int((history.at >= begin).sum())
    found: dict[str, Any] = {"per_day": level, "every": every}
    for name, work in (("stay", stay), ("come_back", come_back)):
        cpu = min(measured(work)[0] for _ in range(TIMES))
        found[name] = {"us_a_review": 1e6 * cpu / max(items, 1), "ms": 1000 * cpu / len(moments)}
    tracemalloc.start()
    view = Live(state, history.between(needed_from(state), begin + 1), now=begin)
    for now in moments[: 1 + 48 // every]:
        view.look(history.between(now - every * HOUR + 1, now + 1), now=now)
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return found | {"state_kb": largest / 1000, "held_kb": held / 1000}


def replayed(level: float, days: int = 120, apart: int = HOUR // 3) -> dict[str, Any]:
    """Walking a history of two stores, each read by the hour, one some time after the other.

    What the second brings is of the time that the first had looked at: nearly every collection
    changes what an analysis had said.
    """
    known = stream(level, days)
    store = np.arange(len(known.at)) % 2
    due = store * apart
    read = ((known.at - due) // HOUR + 1) * HOUR + due
    started = np.arange(10_000 * 24 + 1, (10_000 + days) * 24)[:, None] * HOUR + [0, apart]
    at, names = started.ravel(), ("app_store", "google_play")
    nothing = np.empty(0, np.int64)
    items = Arrived(
        np.arange(len(read)),
        known.at,
        read,
        known.stars,
        store.astype(np.int16),
        known.is_post,
        names,
    )
    whole = np.ones(len(at), dtype=bool)
    polls = Polls(names * len(started), at, at + HOUR // 120, at - 2 * HOUR, at, whole, ~whole)
    walk = in_order(items, polls, nothing, (10_000 + days) * DAY)
    count = 0

    def look() -> None:
        nonlocal count
        count = sum(1 for _ in looks(walk, Settings().false_alarms_per_app_year))

    cpu, _ = measured(look)
    return {"per_day": level, "days": days, "looks": count, "seconds": cpu}


def after_new_items(path: Path) -> dict[str, Any]:
    """`analyze` of the largest app after NEW items at its usual pace and mix: median of ROUNDS.

    One round goes before: with the first texts that have no score a sentiment model is due.
    """
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        copy = Path(folder) / path.name
        shutil.copyfile(path, copy)
        with open_made(copy) as store:
            known = store.hourly.total(APP)
            pace = known / YEARS / 365
            now = END
            analyze(Settings(), store, now, apps=[APP])
            found = []
            for number in range(1 + ROUNDS):
                until = now + timedelta(days=NEW / pace)
                _add(store, number, now, until)
                now = until
                found.append(measured(partial(analyze, Settings(), store, now, apps=[APP])))
            swings = len(store.incidents.documents(APP))
    cpu, wall = (float(np.median([pair[n] for pair in found[1:]])) for n in (0, 1))
    return {"items": known, "cpu_s": cpu, "wall_s": wall, "incidents": swings}


def _add(store: Store, number: int, since: Any, until: Any) -> None:
    draw = np.random.default_rng(number)
    step = (until - since) / NEW
    batch = []
    for n in range(NEW):
        at = since + step * (n + float(draw.random()))
        text = " ".join(draw.choice(COMMON, 8)) + f" {number} {n}"
        values: dict[str, Any] = dict.fromkeys(
            ("updated_at", "author_key", "title", "version", "country", "lang", "thumbs_up")
        ) | dict.fromkeys(("reply_text", "reply_at", "url", "removed_at"))
        source = "google_play" if draw.random() < 0.6 else "app_store"
        values |= {"app": APP, "source": source, "item_id": f"new-{number}-{n}"}
        values |= {"kind": "review", "rating": float(draw.choice(list(STARS))), "text": text}
        values |= dict.fromkeys(("created_at", "arrived_at", "first_seen", "last_seen"), at)
        batch.append(Item(**values))
    store.items.write(batch, how="poll")


def rows(found: dict[str, Any]) -> list[tuple[str, str, str]]:
    """What was measured, with its target."""
    one, many = found["one_stream"], found["small_streams"]
    lines = [
        (
            f"{one['items']:,} reviews in one stream",
            f"{one['per_second'] / 1e6:.2f} million a second",
            "2 million a second",
        ),
        (
            f"5,000 apps with two reviews a day, a year (from {many['apps']})",
            f"{many['for_5000']:.0f} s",
            "minutes",
        ),
    ]
    for at in found["live"]:
        what = f"one more review, {at['per_day']:,.0f} a day, looked at every {at['every']} h"
        for how, name in (("a live view", "stay"), ("from a checkpoint", "come_back")):
            cost = f"{at[name]['us_a_review']:,.1f} microseconds ({at[name]['ms']:.2f} ms a look)"
            lines.append((f"{what}: {how}", cost, "10 microseconds"))
        held = f"{at['state_kb']:,.0f} kB (a live view holds {at['held_kb']:,.0f} kB)"
        lines.append(("state of that stream", held, "1 MB"))
    walked = found["replay"]
    pace = f"{walked['per_day']:,.0f} reviews a day in two stores read by the hour"
    each = 1000 * walked["seconds"] / walked["looks"]
    cost = f"{walked['seconds']:.1f} s ({walked['looks']:,} looks of {each:.2f} ms)"
    lines.append((f"replay of {walked['days']} days, {pace}", cost, ""))
    stores = found.get("stores", [])
    for at in stores:
        lines.append(
            (
                f"`analyze` after {NEW:,} new items, {at['items']:,} known",
                f"{at['cpu_s']:.2f} s of processor, {at['wall_s']:.2f} s in all",
                "",
            )
        )
    if len(stores) == 2:
        ratio = stores[1]["cpu_s"] / stores[0]["cpu_s"]
        lines.append(("the larger against the smaller history", f"{ratio:.2f} times", "1.5 times"))
    return lines


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=10_000_000)
    parser.add_argument("--apps", type=int, default=300)
    parser.add_argument("--small", type=Path)
    parser.add_argument("--large", type=Path)
    parser.add_argument("--out", type=Path, default=Path("detection_speed.json"))
    parser.add_argument("--write", action="store_true")
    chosen = parser.parse_args()
    found: dict[str, Any] = {"one_stream": one_stream(chosen.items)}
    found["small_streams"] = small_streams(chosen.apps)
    often = ((2.0, 1), (600.0, 1), (600.0, 24), (72_000.0, 1))
    found["live"] = [live(level, every) for level, every in often]
    found["replay"] = replayed(600.0)
    found["stores"] = [after_new_items(p) for p in (chosen.small, chosen.large) if p is not None]
    chosen.out.write_text(json.dumps(found, indent=1), "utf-8")
    text = table(("what", "measured", "target"), rows(found))
    print(text)
    if chosen.write:
        put(text, "speed")


if __name__ == "__main__":
    main()
