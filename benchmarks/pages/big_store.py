"""A store of any size for benchmarks/pages/__main__.py: made by the database itself, so in minutes.

Four apps with three years of reviews and some posts in five languages, a flood in each, the hours
counted, the texts scored. Every text is put together from invented words.
"""

import hashlib
import math
import random
import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from analysis.incidents.stored import document
from analysis.records import Alarm, Evidence, Incident, Phrase
from collector.records import RatingSnapshot, Release, RunReport
from collector.store import Store, open_store
from collector.store.reading.search import search_text

END = datetime(2026, 9, 1, tzinfo=UTC)
YEARS = 3
APPS = {"city-services": 0.4, "health-pass": 0.3, "tip-line": 0.2, "transit": 0.1}
POOL, VOCABULARY = 20_000, 5_000
FLOOD_HOURS = 20
SECRET = b"a secret for benchmarks, no more"
SYLLABLES = [a + b for a in "bdfgklmnprstv" for b in "aeiou"]
STARS = "11234455555"  # of the usual reviews, each as likely
COMMON = ["good", "app", "great", "works", "crash", "login", "slow", "nice", "update", "broken"]
ROWS = """
INSERT INTO items (app, source, item_id, kind, created_at, arrived_at, first_seen, last_seen,
  updated_at, removed_at, author_key, rating, title, text, version, country, lang, thumbs_up,
  reply_text, reply_at, content_hash, text_hash, search_text, text_length)
WITH RECURSIVE row(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM row WHERE n + 1 < :rows),
drawn AS MATERIALIZED (
  SELECT n, n >= :usual AS flood, abs(random()) % 1000 AS a, abs(random()) % 1000 AS b,
    abs(random()) % 1000000 AS c FROM row)
SELECT :app,
  CASE WHEN a < 600 THEN 'google_play' WHEN a < 990 THEN 'app_store' ELSE 'bluesky' END,
  printf('r%09d', n), CASE WHEN a < 990 THEN 'review' ELSE 'post' END, at, at, at, at,
  CASE WHEN b < 5 THEN at + 86400000000 END, CASE WHEN b = 500 THEN at + 86400000000 END,
  CASE WHEN a % 2 THEN printf('%016x%016x', n * 2654435761 % 4294967296, c) END,
  CASE WHEN a >= 990 THEN NULL WHEN flood THEN 1 ELSE substr(:stars, 1 + c % 11, 1) + 0.0
  END,
  NULL, text, printf('%d.%d', 1 + n * 6 / :rows, n * 36 / :rows % 6),
  substr('usdefrinid', 1 + c % 5 * 2, 2), lang, CASE WHEN c % 20 = 0 THEN b % 50 ELSE 0 END,
  CASE WHEN b % 4 = 0 THEN 'Thank you, we are looking into it.' END,
  CASE WHEN b % 4 = 0 THEN at + 3600000000 END, hash, hash, search, length
FROM (SELECT *, CASE WHEN flood
    THEN :onset + (n - :usual) * :flood_us / (:rows - :usual)
    ELSE :start + n * (:span_us / :usual) + c * 3 END AS at FROM drawn)
JOIN pool ON pool.k = CAST(:pool * (c / 1000000.0) * (c / 1000000.0) AS INTEGER)
"""


@dataclass(frozen=True, slots=True)
class Made:
    """A store for the benchmark. seconds: how long it took to make; megabytes: of disk."""

    path: Path
    items: int
    seconds: float
    megabytes: float


def make(path: Path, items: int, say: Callable[[str], None]) -> Made:
    """Makes a SQLite store of about `items` items."""
    started = time.perf_counter()

    def step(what: str) -> None:
        say(f"{path.name}: {what} ({time.perf_counter() - started:.0f} s)")

    with open_store(str(path), secret=SECRET) as store:
        for app in APPS:
            store.apps.ensure(app, app.replace("-", " ").title())
    _bulk(path, items, step)
    with open_store(str(path), secret=SECRET) as store:
        for app in APPS:
            step(f"hours of {app}")
            store.hourly.settle(app, store.hourly.recount(app))
            _surroundings(store, app, items)
    size = sum(file.stat().st_size for file in path.parent.glob(path.name + "*"))
    return Made(path, items, time.perf_counter() - started, size / 1e6)


def open_made(path: Path) -> Store:
    """Opens a store that make() made."""
    return open_store(str(path), secret=SECRET)


def onset(app: str) -> datetime:
    """When the flood of an app began."""
    return END - timedelta(days=20 + 10 * list(APPS).index(app), hours=11)


def _bulk(path: Path, items: int, step: Callable[[str], None]) -> None:
    """Rows without indexes and triggers first; both are made again from their own words."""
    database = sqlite3.connect(path, isolation_level=None)
    for pragma in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -500000"):
        database.execute(f"PRAGMA {pragma}")
    kept = database.execute(
        "SELECT type, name, sql FROM sqlite_master WHERE tbl_name = 'items' AND sql IS NOT NULL "
        "AND type IN ('index', 'trigger') ORDER BY type"
    ).fetchall()
    for kind, name, _ in kept:
        database.execute(f"DROP {kind} {name}")
    _pool(database)
    start = END - timedelta(days=365 * YEARS)
    for app, share in APPS.items():
        rows = int(items * share)
        flood = min(rows // 10, max(200, rows // 200))
        step(f"{rows:,} items of {app}")
        values = {
            "app": app,
            "rows": rows,
            "usual": rows - flood,
            "pool": POOL,
            "stars": STARS,
            "start": _us(start),
            "span_us": _us(END) - _us(start),
            "onset": _us(onset(app)),
            "flood_us": FLOOD_HOURS * 3_600_000_000,
        }
        database.execute("BEGIN")
        database.execute(ROWS, values)
        database.execute(
            "INSERT INTO scores (app, text_hash, first_at, engine, score) "
            "SELECT ?, hash, ?, 'benchmark', score FROM pool",
            (app, _us(start)),
        )
        database.execute(
            "INSERT INTO dirty_hours WITH RECURSIVE h(at) AS (SELECT ? UNION ALL SELECT "
            "at + 3600000000 FROM h WHERE at < ?) SELECT ?, at, 1 FROM h",
            (_us(start), _us(END), app),
        )
        database.execute("COMMIT")
    step("search")
    database.execute("BEGIN")
    database.execute(
        "INSERT INTO item_words(rowid, words) SELECT id, coalesce(search_text, "
        "coalesce(title, '') || ' ' || coalesce(text, '')) FROM items"
    )
    database.execute("COMMIT")
    for _, name, sql in kept:
        step(name)
        database.execute(sql)
    database.execute("DROP TABLE pool")
    database.execute("PRAGMA journal_mode = WAL")
    database.close()


def _pool(database: sqlite3.Connection) -> None:
    """Distinct texts of words that are frequent as words are (Zipf)."""
    draw = random.Random(7)
    vocabulary = COMMON + ["".join(draw.choices(SYLLABLES, k=3)) for _ in range(VOCABULARY)]
    weights = [1 / (n + 2) for n in range(len(vocabulary))]
    database.execute(
        "CREATE TABLE pool (k INTEGER PRIMARY KEY, text, hash, lang, search, length, score)"
    )
    for n in range(POOL):
        length = max(1, int(math.exp(draw.gauss(2, 0.8))))
        text = " ".join(draw.choices(vocabulary, weights, k=length)) + f" {n % 7}"
        text += ("", "", " é", " 好用的应用", "")[n % 5]
        key = hashlib.blake2b(f"{n} {text}".encode(), digest_size=16).hexdigest()
        row = (n, text, key, ("en", "id", "fr", "zh", "de")[n % 5], search_text(None, text))
        database.execute(
            "INSERT INTO pool VALUES (?, ?, ?, ?, ?, ?, ?)",
            (*row, len(text), draw.uniform(-1, 1)),
        )


def _surroundings(store: Store, app: str, items: int) -> None:
    """An incident with its alarms, a release a month, a snapshot a day, polls of 30 days."""
    at = onset(app)
    flood = min(int(items * APPS[app]) // 10, max(200, int(items * APPS[app]) // 200))
    made = document(_incident(app, at, flood))
    alarm = Alarm(
        at=at + timedelta(minutes=30),
        incident=made["id"],
        app=app,
        kind="opened",
        recurrence_days=4000.0,
        factor=None,
    )
    store.incidents.replace(app, [(made, "mark")], [document(alarm)])
    months = [END - timedelta(days=30 * n) for n in range(12 * YEARS)]
    store.timeline.write_releases(
        [
            Release(
                app=app,
                source="google_play",
                version=f"{n}",
                released_at=m,
                first_seen=m,
                notes=None,
            )
            for n, m in enumerate(months)
        ]
    )
    bars = {f"star_{n}": items // 10 * n for n in range(1, 6)}
    days = [END - timedelta(days=n) for n in range(365)]
    store.timeline.write_snapshots(
        [
            RatingSnapshot(
                app=app,
                source="google_play",
                country="us",
                at=d,
                average=3.7,
                count=items * 3 // 2,
                **bars,
            )
            for d in days
        ]
    )
    store.hourly.settle(app, store.hourly.recount(app))
    for hour in range(24 * 30):
        for source in ("google_play", "app_store"):
            store.runs.write(_run(app, source, END - timedelta(hours=hour)))


def _incident(app: str, at: datetime, flood: int) -> Incident:
    end = at + timedelta(hours=FLOOD_HOURS)
    signals = [
        Evidence(
            signal=name,
            value=0.4,
            baseline=0.1,
            p_value=0.02,
            speaks_for="external",
        )
        for name in ("new_words", "star_mix", "burst_words", "synchrony", "shared_phrases")
    ]
    return Incident(
        id=f"{app}-{at:%Y%m%dT%H%MZ}",
        app=app,
        sources=("app_store", "google_play"),
        direction="negative",
        cause="external",
        cause_probability=0.8,
        causes={"external": 0.8, "service": 0.15, "undetermined": 0.05},
        coordination="some",
        onset_at=at,
        alarmed_at=at + timedelta(minutes=30),
        peak_at=at + timedelta(hours=3),
        ended_at=end,
        items=flood,
        expected_items=flood / 50,
        rating_before=3.7,
        rating_during=1.0,
        recurrence_days=4000.0,
        escalations=(),
        evidence=tuple(signals),
        phrases=(Phrase(phrase="login crash", items=150, authors=140, before_items=0, score=9.0),),
        coverage="complete",
        joined=[],
        split_from=None,
    )


def _run(app: str, source: str, ended: datetime) -> RunReport:
    return RunReport(
        app=app, source=source, started_at=ended - timedelta(minutes=1), ended_at=ended,
        outcome="ok", stop_reason="reached the last mark", covered_from=ended - timedelta(days=1),
        covered_to=ended, new=1, changed=0, seen=1, bad=0, requests=1, cost_usd=0.0,
        next_due_at=ended + timedelta(hours=1),
    )  # fmt: skip


def _us(moment: datetime) -> int:
    return int(moment.timestamp()) * 1_000_000
