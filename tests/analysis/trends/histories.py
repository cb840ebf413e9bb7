"""Small histories with all that trends show: two stores, edits, replies, posts, totals, gaps."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np

from collector.records import Item, RatingSnapshot, Release, RunReport
from collector.store import Store

APP = "tips"
START = datetime(2024, 2, 20, tzinfo=UTC)
DAYS = 40
END = START + timedelta(days=DAYS)
TEXTS = [
    "great app, works well", "it crashes on start", "cannot log in since the update", None,
    "too expensive", "xyzzy qwrt", "very slow and full of errors", "no me deja entrar", "love it",
]  # fmt: skip
POSTS = ["everyone rate Tip line one star", "Tip line is down again", "rate Tip line 1 star now"]
LANGS, COUNTRIES = ["en", "es", None], ["us", "mx", None]
HISTORIES = range(6)


def fill(store: Store, seed: int) -> None:
    """One history; each seed has others of its parts, and hours that wait for a recount."""
    draw = np.random.default_rng(seed)
    store.apps.ensure(APP, "Tip line")
    store.items.write(_reviews(draw, 40 + 60 * (seed % 3)), how="import")
    if seed % 2:
        store.items.write(_posts(draw, 25), how="poll")
        store.runs.write(run("mastodon", START + timedelta(days=4), START + timedelta(days=30)))
    if seed % 3:
        for first, last in ((0, 9), (14, 30)):
            ends = START + timedelta(days=first), START + timedelta(days=last)
            store.runs.write(run("google_play", *ends))
    store.timeline.write_snapshots(_totals(draw))
    store.timeline.write_releases([_release(n) for n in range(3)])
    _score(store, draw)
    store.hourly.settle(APP, store.hourly.recount(APP))
    store.items.write(_changed(draw), how="poll")
    _score(store, draw)
    if seed % 2:
        store.hourly.settle(APP, store.hourly.recount(APP))


def _reviews(draw: np.random.Generator, count: int) -> list[Item]:
    found = []
    for n in range(count):
        at = START + timedelta(hours=float(draw.uniform(0, 24 * DAYS)))
        late = at > START + timedelta(days=DAYS / 2)
        stars = [1.0, 1.0, 2.0, 5.0, None] if late else [1.0, 3.0, 4.0, 5.0, 5.0]
        replied = n % 4 == 0
        found.append(
            _item(
                f"r{n}",
                at,
                rating=stars[int(draw.integers(0, 5))],
                text=TEXTS[int(draw.integers(0, len(TEXTS)))],
                source=["google_play", "app_store"][int(draw.integers(0, 2))],
                lang=LANGS[int(draw.integers(0, 3))],
                country=COUNTRIES[int(draw.integers(0, 3))],
                version=[None, "1.0", "1.1", "1.2"][int(draw.integers(0, 4))],
                reply_text="thank you" if replied else None,
                reply_at=at + timedelta(hours=float(draw.uniform(1, 90))) if replied else None,
            )
        )
    return found


def _changed(draw: np.random.Generator) -> list[Item]:
    """Later opinions of some reviews, and a corrected language."""
    found = []
    for one in _reviews(np.random.default_rng(int(draw.integers(0, 99))), 12):
        later = one.created_at + timedelta(days=2)
        found.append(replace(one, updated_at=later, last_seen=later, rating=1.0, lang="en"))
    return found


def _posts(draw: np.random.Generator, count: int) -> list[Item]:
    return [
        _item(
            f"p{n}",
            START + timedelta(hours=float(draw.uniform(0, 24 * 30))),
            kind="post",
            source="mastodon" if n % 3 else "bluesky",
            text=POSTS[n % 3],
            rating=None,
        )
        for n in range(count)
    ]


def _item(item_id: str, at: datetime, **other: Any) -> Item:
    values: dict[str, Any] = {
        "app": APP, "source": "google_play", "item_id": item_id, "kind": "review",
        "created_at": at, "updated_at": None, "arrived_at": at, "first_seen": at, "last_seen": at,
        "author_key": None, "rating": 4.0, "title": None, "text": None, "version": None,
        "country": None, "lang": None, "thumbs_up": None, "reply_text": None, "reply_at": None,
        "url": None, "removed_at": None,
    }  # fmt: skip
    return Item(**{**values, **other})


def run(source: str, since: datetime, until: datetime) -> RunReport:
    return RunReport(
        app=APP, source=source, started_at=until, ended_at=until, outcome="ok",
        stop_reason="reached the last mark", covered_from=since, covered_to=until, new=1,
        changed=0, seen=1, bad=0, requests=1, cost_usd=0.0, next_due_at=None,
    )  # fmt: skip


def _totals(draw: np.random.Generator) -> list[RatingSnapshot]:
    bars = np.array([30, 10, 10, 40, 200])
    found = []
    for day in range(0, DAYS, 2):
        bars = bars + draw.integers(0, 12, 5)
        at = START + timedelta(days=day, hours=5)
        found.append(total("google_play", "all", at, bars))
        found.append(total("app_store", "us", at, bars, told=False))
    return found


def total(
    source: str, country: str, at: datetime, bars: np.ndarray[Any, Any], *, told: bool = True
) -> RatingSnapshot:
    """A sight of a store's ratings. told: whether it gives them by stars."""
    count = int(bars.sum())
    stars = {f"star_{n}": int(bar) if told else None for n, bar in enumerate(bars, 1)}
    average = float((bars * np.arange(1, 6)).sum()) / count
    return RatingSnapshot(
        app=APP, source=source, country=country, at=at, average=average, count=count, **stars
    )


def _release(n: int) -> Release:
    at = START + timedelta(days=12 * n + 1)
    return Release(
        app=APP, source="google_play", version=f"1.{n}", released_at=at, first_seen=at, notes=None
    )


def _score(store: Store, draw: np.random.Generator) -> None:
    scores = [
        (row.text_hash, None if "xyzzy" in row.text else float(draw.uniform(-1, 1)))
        for row in store.scores.unscored(APP)
    ]
    store.scores.write(APP, "test", scores)
