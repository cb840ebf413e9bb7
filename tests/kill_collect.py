"""Kill -9 a collecting process at random moments, again and again, and look at what is left.

    python -m tests.kill_collect [--kills 200] [--seed 1]

The platform lives in this process, behind stand-ins that the real client libraries ask. Between
kills it gets new reviews, edits and removals. After the last kill, runs are left in peace; then
the store must equal what the platform shows, with nothing twice, no edit lost, and no removal
that did not happen.
"""

import argparse
import multiprocessing
import random
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from collector.store import open_store
from tests.collector.scripted import APP, START, Platform
from tests.collector.sources.shelf import AppStore, GooglePlay
from tests.killed_run import SECRET, SOURCES, collect_once

LONGEST_S = 0.8
"""Kills come at a random moment up to about this long after the start, as long as a run lasts."""


@dataclass(frozen=True)
class Outcome:
    """What the kills left. early: further processes, which had ended before their kill."""

    kills: int
    early: int
    items: int
    revisions: int
    problems: tuple[str, ...]


class Trial:
    """A platform for each store, their stand-ins, and the processes that read them."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.random = random.Random(seed)
        self.folder = folder
        self.url = f"sqlite:///{folder / 'store.db'}"
        self.now = START
        self.shelves = (AppStore(Platform()).start(), GooglePlay(Platform()).start())
        for shelf in self.shelves:
            shelf.quiet()
            for number in range(400):
                shelf.platform.add(START - timedelta(minutes=3 * number), text=f"Text {number}")
        self.context = multiprocessing.get_context("forkserver")
        self.context.set_forkserver_preload(["tests.killed_run"])

    def live(self) -> None:
        """Half an hour passes: a few reviews, an edit, a removal."""
        self.now += timedelta(minutes=30)
        for shelf in self.shelves:
            platform = shelf.platform
            for _ in range(self.random.randint(0, 6)):
                at = self.now - timedelta(seconds=self.random.randint(1, 1700))
                platform.add(at, stars=self.random.randint(1, 5), text=f"New {at}")
            latest = [row.item_id or "" for row in platform.listed()[:80]]
            edited, removed = self.random.sample(latest, 2)
            platform.edit(edited, text=f"Edited {self.now}", rating=2.0)
            if self.random.random() < 0.5:
                platform.remove(removed, self.now)

    def run(self, kill_after_s: float | None) -> bool:
        """Start a run and kill it after some time; whether it had ended by itself before."""
        endpoints = {shelf.host: shelf.address for shelf in self.shelves}
        process = self.context.Process(
            target=collect_once, args=(self.url, str(self.folder), self.now, endpoints)
        )
        process.start()
        process.join(120 if kill_after_s is None else kill_after_s)
        ended = process.exitcode is not None
        process.kill()
        process.join(30)
        if kill_after_s is None and process.exitcode != 0:
            raise RuntimeError(f"a run that nobody killed ended with {process.exitcode}")
        return ended

    def problems(self) -> tuple[list[str], int, int]:
        """What differs between the store and the platforms; items and revisions."""
        found: list[str] = []
        with open_store(self.url, secret=SECRET) as store:
            items = store.items.frame(APP)
            revisions = store.revisions.frame(APP)
        if items.duplicated(["source", "item_id"]).any():
            found.append("an item is there twice")
        for source, shelf in zip(SOURCES, self.shelves, strict=True):
            mine = items[items["source"] == source].set_index("item_id")
            stored = mine[mine["removed_at"].isna()]["text"].to_dict()
            shown = {key: row.text for key, row in shelf.platform.items.items()}
            found += [f"{source}: {key} is missing" for key in shown.keys() - stored.keys()]
            found += [f"{source}: {key} should be gone" for key in stored.keys() - shown.keys()]
            found += [
                f"{source}: {key} is out of date"
                for key in shown.keys() & stored.keys()
                if shown[key] != stored[key]
            ]
            wrongly = set(mine["removed_at"].dropna().index) - shelf.platform.removed.keys()
            found += [f"{source}: {key} was not removed" for key in wrongly]
        return found, len(items), len(revisions)

    def close(self) -> None:
        """Stop the stand-ins."""
        for shelf in self.shelves:
            shelf.close()


def run_kills(kills: int, seed: int, folder: Path, longest_s: float = LONGEST_S) -> Outcome:
    """Kill so many runs, then let some run in peace.

    A week later every source reads to the end again; where pages are numbered it does so twice.
    """
    trial = Trial(folder, seed)
    try:
        early = killed = 0
        while killed < kills:
            trial.live()
            ended = trial.run(trial.random.uniform(0.0, longest_s))
            early, killed = early + ended, killed + (not ended)
            longest_s *= 0.95 if ended else 1.01
        for pause in (timedelta(minutes=30), timedelta(days=7), timedelta(minutes=30)):
            trial.now += pause
            trial.run(None)
        found, items, revisions = trial.problems()
    finally:
        trial.close()
    return Outcome(kills, early, items, revisions, tuple(found))


def main() -> int:
    """Print what came of it; 1 if anything is wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--longest", type=float, default=LONGEST_S, help="seconds")
    chosen = parser.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        outcome = run_kills(chosen.kills, chosen.seed, Path(folder), chosen.longest)
    sys.stdout.write(f"{outcome} {time.monotonic() - began:.0f} s\n")
    return 1 if outcome.problems else 0


if __name__ == "__main__":
    sys.exit(main())
