"""Kill -9 a collecting process at random moments, again and again, and look at what is left.

    python -m tests.kill_collect [--kills 200] [--seed 1]

The platforms live in this process, behind stand-ins that the real client libraries ask. Between
kills they get new reviews, edits, removals, releases and floods beyond the App Store's 500; now
and then they refuse further requests. After the last kill, runs are left in peace; then the store
must equal what the platforms show, with nothing twice, no edit lost, no removal that did not
happen, and nothing missing from a span that a run reported as read.
"""

import argparse
import multiprocessing
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pandas as pd

from analysis.simulate import Edit
from analysis.simulate.standins.app_store import PAGE_SIZE, PAGES, AppStoreServer
from analysis.simulate.standins.google_play import GooglePlayServer
from analysis.simulate.standins.shop import Shop
from collector.store import open_store
from tests.killed_run import SECRET, collect_once
from tests.standins.shops import APP, BEGIN, PACKAGE, STORE_ID, bare_shop, review

LONGEST_S = 0.8
"""Kills come at a random moment up to about this long after the start, as long as a run lasts."""
START = BEGIN + timedelta(days=60)
FLOOD_EVERY = 40
"""Starts of a run from one flood to the next."""
FLOOD = 700
REFUSED_SHARE = 0.12
Version = tuple[float | None, str | None]


@dataclass(frozen=True)
class Outcome:
    """What the kills left.

    early: further processes, which had ended before their kill. refused: runs that met a limit.
    lost: reviews that no run could see before they were out of reach, all in reported holes.
    """

    kills: int
    early: int
    refused: int
    items: int
    revisions: int
    removed: int
    releases: int
    lost: int
    problems: tuple[str, ...]


class Trial:
    """A shop for each store, their stand-ins, and the processes that read them."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.random = random.Random(seed)
        self.folder = folder
        self.url = f"sqlite:///{folder / 'store.db'}"
        self.now = START
        self.shops = {
            name: bare_shop(name, lambda: self.now) for name in ("app_store", "google_play")
        }
        self.apple = AppStoreServer({STORE_ID: self.shops["app_store"]})
        self.play = GooglePlayServer({PACKAGE: self.shops["google_play"]})
        for server in (self.apple, self.play):
            server.start()
        self.written = 0
        self.refused = 0
        for number in range(400):
            self.write(START - timedelta(minutes=3 * number), stars=3)
        self.context = multiprocessing.get_context("forkserver")
        self.context.set_forkserver_preload(["tests.killed_run"])

    def write(self, at: datetime, stars: int) -> None:
        """A new review in each store."""
        self.written += 1
        for source, shop in self.shops.items():
            shop.add([review(self.written, at, source=source, stars=stars)])

    def live(self, number: int, flood: bool) -> None:
        """Half an hour passes: a few reviews or a flood, an edit, perhaps a removal or a limit."""
        before, self.now = self.now, self.now + timedelta(minutes=30)
        for _ in range(FLOOD if flood else self.random.randint(0, 6)):
            at = before + timedelta(seconds=self.random.randint(60, 1700))
            self.write(at, stars=1 if flood else self.random.randint(1, 5))
        for shop in self.shops.values():
            latest = [row.item_id or "" for row in shop.listed()[:80]]
            edited, removed = self.random.sample(latest, 2)
            at = self.now - timedelta(seconds=self.random.randint(0, 20))
            shop.edit(Edit(at, edited, rating=2.0, text=f"Edited {number}"))
            if self.random.random() < 0.5:
                shop.remove(removed, self.now)
        limited = self.random.random() < REFUSED_SHARE
        self.refused += limited
        self.apple.limit = self.play.limit = self.random.randint(0, 3) if limited else None

    def run(self, kill_after_s: float | None) -> bool:
        """Start a run and kill it after some time; whether it had ended by itself before."""
        endpoints = {server.host: server.address for server in (self.apple, self.play)}
        process = self.context.Process(
            target=collect_once,
            args=(self.url, str(self.folder), self.now, endpoints, kill_after_s is None),
        )
        process.start()
        process.join(120 if kill_after_s is None else kill_after_s)
        ended = process.exitcode is not None
        process.kill()
        process.join(30)
        if kill_after_s is None and process.exitcode != 0:
            raise RuntimeError(f"a run that nobody killed ended with {process.exitcode}")
        return ended

    def in_peace(self) -> None:
        """Runs that nobody kills. After a week every source reads to the end again, and where
        pages are numbered it does so twice."""
        self.apple.limit = self.play.limit = None
        for pause in (timedelta(minutes=30), timedelta(days=7), timedelta(minutes=30)):
            self.now += pause
            self.run(None)

    def outcome(self, kills: int, early: int) -> Outcome:
        """Counts, and what differs between the store and the platforms."""
        with open_store(self.url, secret=SECRET) as store:
            versions, revisions = store.items.versions(APP), store.revisions.frame(APP)
            runs, releases = store.runs.frame(APP), store.timeline.releases(APP)
        problems: list[str] = []
        if versions.duplicated(["source", "item_id", "created_at"]).any():
            problems.append("a version is there twice")
        items = versions.drop_duplicates(["source", "item_id"], keep="last")
        lost = 0
        for source, shop in self.shops.items():
            mine = items[items["source"] == source].set_index("item_id")
            old = revisions[revisions["source"] == source]
            read = runs[(runs["source"] == source)].dropna(subset=["covered_from", "covered_to"])
            cap = PAGE_SIZE * PAGES if source == "app_store" else None
            found = [*differences(shop, mine, cap), *holes(shop, mine, old, read)]
            problems += [f"{source}: {problem}" for problem in found]
            lost += len({row.item_id for row in shop.listed()} - set(mine.index))
            known = set(releases[releases["source"] == source]["version"])
            current = shop.release()
            if current is None or current.version not in known:
                problems.append(f"{source}: the release is not known")
        removed = int(items["removed_at"].notna().sum())
        counts = len(items), len(revisions), removed, len(releases), lost
        return Outcome(kills, early, self.refused, *counts, tuple(problems))

    def close(self) -> None:
        """Stop the stand-ins."""
        for server in (self.apple, self.play):
            server.close()


def differences(shop: Shop, mine: pd.DataFrame, cap: int | None) -> Iterator[str]:
    """Where the store's present state is not the platform's. cap: what the platform shows."""
    listed = shop.listed()
    reach = {row.item_id or "": (row.rating, row.text) for row in listed[:cap]}
    there = {row.item_id for row in listed}
    here = mine[mine["removed_at"].isna()]
    stored = {key: (stars, text) for key, stars, text in here[["rating", "text"]].itertuples()}
    yield from (f"{key} is missing" for key in reach.keys() - stored.keys())
    yield from (f"{key} is out of date" for key, v in reach.items() if stored.get(key, v) != v)
    gone = mine.index.difference(here.index)
    yield from (f"{key} was not removed" for key in gone if key in there)
    if cap is None:
        yield from (f"{key} should be gone" for key in stored.keys() - there)


def holes(shop: Shop, mine: pd.DataFrame, old: pd.DataFrame, read: pd.DataFrame) -> Iterator[str]:
    """Versions that a run reported as read, and that the store does not hold."""
    kept: dict[str, set[Version]] = {}
    for key, stars, text in [
        *mine[["rating", "text"]].itertuples(),
        *old[["item_id", "rating", "text"]].itertuples(index=False),
    ]:
        kept.setdefault(key, set()).add((stars, text))
    spans = list(zip(read["started_at"], read["covered_from"], read["covered_to"], strict=True))
    for key, versions in shop.versions().items():
        ends = [at for at, _ in versions[1:]] + [datetime.max.replace(tzinfo=START.tzinfo)]
        for (at, row), end in zip(versions, ends, strict=True):
            if row is None or (row.rating, row.text) in kept.get(key, ()):
                continue
            if any(at <= run < end and a < at <= b for run, a, b in spans):
                yield f"{key} of {at} was in a span that counts as read"


def run_kills(
    kills: int,
    seed: int,
    folder: Path,
    *,
    longest_s: float = LONGEST_S,
    flood_every: int = FLOOD_EVERY,
) -> Outcome:
    """Kill so many runs, then let some run in peace."""
    trial = Trial(folder, seed)
    try:
        early = killed = 0
        while killed < kills:
            number = killed + early
            trial.live(number, flood=number % flood_every == flood_every // 2)
            ended = trial.run(trial.random.uniform(0.0, longest_s))
            early, killed = early + ended, killed + (not ended)
            longest_s *= 0.95 if ended else 1.01
        trial.in_peace()
        return trial.outcome(kills, early)
    finally:
        trial.close()


def main() -> int:
    """Print what came of it; 1 if anything is wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--longest", type=float, default=LONGEST_S, help="seconds")
    chosen = parser.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        outcome = run_kills(chosen.kills, chosen.seed, Path(folder), longest_s=chosen.longest)
    sys.stdout.write(f"{outcome} {time.monotonic() - began:.0f} s\n")
    return 1 if outcome.problems else 0


if __name__ == "__main__":
    sys.exit(main())
