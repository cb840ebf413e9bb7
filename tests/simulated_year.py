"""A simulated year of hourly runs over ten apps: is the store right, and does nothing grow?

    make year          (python -m tests.simulated_year [--days 365] [--apps 10] [--write FILE])

Stand-ins of the two stores on loopback, the real client libraries, the real collector, a clock of
its own. Half of the apps are on Google Play, half on the App Store. Reviews come, are edited and
removed; once a week a store refuses a run; for a quarter of the time nothing new comes at all, so
that what grows without items shows. Afterwards the store must equal what the platforms show, with
every edit kept and no run lost; memory must be flat, and the store must not grow in the quiet
quarter. --write puts the table between the marks `<!-- year -->` of a document.
"""

import argparse
import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass, fields
from datetime import UTC, datetime, timedelta
from pathlib import Path

import sqlalchemy as sa

from analysis import series
from analysis.simulate.collecting import WorldClock
from analysis.simulate.standins.app_store import AppStoreServer
from analysis.simulate.standins.everything import served
from analysis.simulate.standins.google_play import GooglePlayServer
from analysis.simulate.standins.shop import Shop
from analysis.simulate.world import Edit, Removal, World
from collector.polling.run import collect
from collector.polling.surroundings import Surroundings
from collector.records import RatingSnapshot, RawItem
from collector.settings.config import Settings
from collector.store import Store, open_store, schema

START = datetime(2025, 1, 1, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
A_DAY = 2.0  # reviews of an app
EDITED, REMOVED = 0.05, 0.03
SETTLED = timedelta(days=16)
"""Nothing changes in the last days, so that walks to the end, which are weekly, have seen all."""
QUIET = (0.5, 0.75)
"""Share of the time from which, and to which, nothing new comes."""
SAMPLES = 12
WORDS = "the app opens loads slowly my card list loans reminder closes map works again thanks"
MARK = "<!-- year -->"
LARGEST_GROWTH = 1.1
"""Memory at the end over memory after a quarter."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One look at the running collector. runs: made so far; run_rows: rows that tell of them."""

    day: int
    items: int
    runs: int
    run_rows: int
    snapshots: int
    store_kb: int
    peak_mb: float
    ms_a_run: float


@dataclass(frozen=True, slots=True)
class Year:
    """What came of it. problems: differences between the store and the platforms."""

    days: int
    apps: int
    requests: int
    seconds: float
    samples: tuple[Sample, ...]
    problems: tuple[str, ...]


def year(days: int, apps: int, seed: int, folder: Path, *, tell: bool = False) -> Year:
    """Collect so many days, hour by hour; then compare."""
    dice = random.Random(seed)
    clock = WorldClock(START)
    shops = [_shop(n, days, dice, clock) for n in range(apps)]
    play = GooglePlayServer({_id(n): shop for n, shop in enumerate(shops) if n % 2 == 0})
    apple = AppStoreServer({_id(n): shop for n, shop in enumerate(shops) if n % 2 == 1})
    servers = {play.host: play, apple.host: apple}
    began = time.monotonic()
    requests = 0
    samples: list[Sample] = []
    with (
        served(servers) as addresses,
        open_store(f"sqlite:///{folder / 'year.db'}", secret=b"1" * 32, clock=clock) as store,
    ):
        settings = Settings.model_validate(
            {
                "apps": {_key(n): {_source(n): _id(n)} for n in range(apps)},
                "endpoints": addresses,
                "collecting": {"requests_per_second": 10.0},
            }
        )
        around = Surroundings(
            clock=clock, sleep=clock.sleep, monotonic=clock.monotonic, private_dir=folder
        )
        asked = ("google_play", "app_store")
        since, runs = time.monotonic(), 0
        for hour in range(days * 24):
            clock.now = START + (hour + 1) * HOUR
            if hour % 168 == 100:  # once a week a store refuses
                (play, apple)[hour // 168 % 2].fail("403")
            runs += len(collect(settings, store, around, sources=asked))
            if (hour + 1) % max(24, days * 24 // SAMPLES) == 0:
                ms = (time.monotonic() - since) / runs * 1000
                samples.append(_sample(store, folder, (hour + 1) // 24, ms))
                since, runs = time.monotonic(), 0
                requests += sum(len(server.requests) for server in servers.values())
                for server in servers.values():
                    server.requests.clear()
                if tell:
                    sys.stdout.write(_row(samples[-1]) + "\n")
                    sys.stdout.flush()
        problems = [p for n, shop in enumerate(shops) for p in _differences(store, n, shop)]
        problems += _lost_runs(store, days * 24)
        problems += _growth(samples, days)
    took = time.monotonic() - began
    return Year(days, apps, requests, took, tuple(samples), tuple(problems))


def _key(number: int) -> str:
    return f"app{number}"


def _source(number: int) -> str:
    return "app_store" if number % 2 else "google_play"


def _id(number: int) -> str:
    return str(90_000_000 + number) if number % 2 else f"org.example.app{number}"


def _shop(number: int, days: int, dice: random.Random, clock: WorldClock) -> Shop:
    """An app's reviews in its one store, with their edits, removals, and the store's totals."""
    items = [
        RawItem(
            source=_source(number),
            item_id=f"{number}{serial:06d}",
            created_at=at,
            author=f"Reader {number}-{serial}",
            rating=float(dice.choice((1, 3, 4, 5, 5))),
            text=f"{' '.join(dice.sample(WORDS.split(), 8))} {serial}",
            title="About the loans" if number % 2 else None,
            version=f"1.{serial // 60}",
            country="us" if number % 2 else None,
            lang=None if number % 2 else "en",
        )
        for serial, at in enumerate(_moments(days, dice))
    ]
    last = START + days * DAY - SETTLED
    edits, removals = [], []
    for item in items:
        at = item.created_at + timedelta(hours=dice.uniform(30, 300))
        if at < last and dice.random() < EDITED:
            edits.append(Edit(at, item.item_id or "", rating=2.0, text=f"Now: {item.text}"))
        elif at < last and dice.random() < REMOVED:
            removals.append(Removal(at, item.item_id or ""))
    world = World(
        app=_key(number),
        name=f"App {number}",
        timezone="UTC",
        start=START,
        end=START + days * DAY,
        items=tuple(items),
        edits=tuple(sorted(edits, key=lambda edit: edit.at)),
        removals=tuple(sorted(removals, key=lambda removal: removal.at)),
        releases=(),
        context=(),
        snapshots=tuple(_totals(number, items)),
        truth=(),
        ids=((_source(number), _id(number)),),
    )
    return Shop(world, _source(number), clock)


def _moments(days: int, dice: random.Random) -> Iterator[datetime]:
    at = START - 20 * DAY
    while True:
        at += timedelta(days=dice.expovariate(A_DAY))
        passed = (at - START) / (days * DAY)
        if at >= START + days * DAY - HOUR:
            return
        if not QUIET[0] <= passed < QUIET[1]:
            yield at


def _totals(number: int, items: Sequence[RawItem]) -> Iterator[RatingSnapshot]:
    stars = [100, 40, 60, 150, 400]
    for item in items:
        stars[int(item.rating or 1) - 1] += 1
        count = sum(stars)
        yield RatingSnapshot(
            app=_key(number),
            source=_source(number),
            country="all",
            at=item.created_at,
            average=sum((n + 1) * of for n, of in enumerate(stars)) / count,
            count=count,
            star_1=stars[0],
            star_2=stars[1],
            star_3=stars[2],
            star_4=stars[3],
            star_5=stars[4],
        )


def _sample(store: Store, folder: Path, day: int, ms: float) -> Sample:
    counts = {}
    with store.database.connect() as connection:
        for table in (schema.items, schema.runs, schema.rating_snapshots):
            query = sa.select(sa.func.count()).select_from(table)
            counts[table.name] = connection.execute(query).scalar_one()
        made = connection.execute(sa.select(sa.func.sum(schema.runs.c.runs))).scalar_one()
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        free = connection.exec_driver_sql("PRAGMA freelist_count").scalar_one()
        size = connection.exec_driver_sql("PRAGMA page_size").scalar_one()
    peak_kb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return Sample(
        day=day,
        items=counts["items"],
        runs=int(made),
        run_rows=counts["runs"],
        snapshots=counts["rating_snapshots"],
        store_kb=(pages - free) * size // 1024,
        peak_mb=round(peak_kb / 1000, 1),
        ms_a_run=round(ms, 1),
    )


def _differences(store: Store, number: int, shop: Shop) -> Iterator[str]:
    """What the store says otherwise than the platform."""
    key = _key(number)
    versions = store.items.versions(key)
    if versions.duplicated(["item_id", "created_at"]).any():
        yield f"{key}: a version is there twice"
    mine = versions.drop_duplicates("item_id", keep="last").set_index("item_id")
    stored = mine[mine["removed_at"].isna()]
    shown = {item.item_id or "": item for item in shop.listed()}
    for item_id in shown.keys() - set(stored.index):
        yield f"{key}: {item_id} is missing"
    for item_id in set(stored.index) - shown.keys():
        yield f"{key}: {item_id} should be gone"
    for item_id in shown.keys() & set(stored.index):
        row, item = stored.loc[item_id], shown[item_id]
        if (row["text"], row["rating"]) != (item.text, item.rating):
            yield f"{key}: {item_id} is out of date"
    gone = {removal.item_id for removal in shop.world.removals}
    for item_id in set(mine[mine["removed_at"].notna()].index) - gone:
        yield f"{key}: {item_id} was not removed"
    before = {item.item_id: item for item in shop.world.items}
    at = versions["created_at"].dt.to_pydatetime()
    said = set(zip(versions["item_id"], at, versions["rating"], versions["text"], strict=True))
    seen_before = [edit for edit in shop.world.edits if edit.at > START + HOUR]
    for edit in seen_before:
        item = before[edit.item_id]
        if (item.item_id, _second(item.created_at), item.rating, item.text) not in said:
            yield f"{key}: {edit.item_id}: what it said before the edit is not where it was said"
        if (item.item_id, _second(edit.at), edit.rating, edit.text) not in said:
            yield f"{key}: {edit.item_id}: the edit did not arrive at its own time"
    if series.coverage(store, key).gaps.size:
        yield f"{key}: a gap although every failed run was made up for"


def _second(moment: datetime) -> datetime:
    """The time as stores give it."""
    return moment.replace(microsecond=0)


def _lost_runs(store: Store, hours: int) -> Iterator[str]:
    runs = store.runs.frame()
    for key, rows in runs.groupby("app"):
        if int(rows["runs"].sum()) != hours:
            yield f"{key}: {rows['runs'].sum()} runs are told of, {hours} were made"


def _growth(samples: Sequence[Sample], days: int) -> Iterator[str]:
    """Memory that is not flat after the first quarter; a store that grows without items."""
    late = [s for s in samples if s.day >= days / 4]
    if len(late) > 1 and late[-1].peak_mb > LARGEST_GROWTH * late[0].peak_mb:
        yield f"memory grew from {late[0].peak_mb} to {late[-1].peak_mb} MB"
    steady = [s for s in samples if s.day > 70]  # from then on old runs are being joined
    quiet = [s for s in steady if QUIET[0] < s.day / days <= QUIET[1] + 0.01]
    if len(quiet) > 1:
        a_day = (quiet[-1].store_kb - quiet[0].store_kb) / (quiet[-1].day - quiet[0].day)
        if a_day > 2 * len({s.items for s in quiet}) + 5:
            yield f"the store grew by {a_day:.0f} KB a day without a new item"


def _row(sample: Sample) -> str:
    return "| " + " | ".join(f"{value:,}" for value in astuple(sample)) + " |"


def table(done: Year) -> str:
    """The result as Markdown."""
    names = [field.name.replace("_", " ") for field in fields(Sample)]
    runs = done.samples[-1].runs
    summary = (
        f"{done.days} days of hourly runs over {done.apps} apps: {runs:,} runs, "
        f"{done.requests:,} requests, {done.seconds / 60:.1f} minutes, "
        f"{1000 * done.seconds / runs:.1f} ms a run with the stand-ins' own time. Differences "
        f"between the store and the platforms: {len(done.problems)}."
    )
    return "\n".join(
        [
            summary,
            "",
            "| " + " | ".join(names) + " |",
            "|" + "---|" * len(names),
            *(_row(sample) for sample in done.samples),
        ]
    )


def write(done: Year, path: Path) -> None:
    """Puts the result between the marks of a document. Raises ValueError where it has none."""
    text = path.read_text(encoding="utf-8")
    before, _, after = text.split(MARK)
    path.write_text(f"{before}{MARK}\n{table(done)}\n{MARK}{after}", encoding="utf-8")


def main() -> int:
    """Print what came of it; 1 if anything is wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--apps", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--write", type=Path)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        done = year(chosen.days, chosen.apps, chosen.seed, Path(folder), tell=True)
    sys.stdout.write(table(done) + "\n" + "\n".join(done.problems) + "\n")
    if chosen.write is not None:
        write(done, chosen.write)
    return 1 if done.problems else 0


if __name__ == "__main__":
    sys.exit(main())
