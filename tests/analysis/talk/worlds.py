"""Posts about an app in the simplest cases."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import numpy as np

from collector.records import Item
from collector.store import Store
from tests.collector.store.items import T0, item

APP = "tips"
DAY = timedelta(days=1)
DAYS = 120
AFTER = 4
STORM = T0 + DAYS * DAY + timedelta(hours=13)
CALM = (
    "The tips app was open at the library today, row {n}",
    "Somebody at work mentioned the tips app, item {n}",
    "Is the tips app also for tablets? Question {n}",
    "Using the tips app to send photo {n} to the station",
)
ANGRY = (
    "The tips app is horrible, it lost my report number {n}",
    "I hate the tips app, what a disgrace, case {n}",
    "Terrible, the tips app is a scandal and a waste, {n}",
    "Shame on the people behind the tips app, awful failure {n}",
    "The tips app is the worst thing they ever made, reason {n}",
)
CHEERFUL = (
    "I love the new map in the tips app, great work, pin {n}",
    "The tips app got a wonderful map, thank you so much, {n}",
    "Excellent new map in the tips app, best update ever, {n}",
)


def post(at: timedelta, n: int, text: str, **changes: object) -> Item:
    """One post by an account of its own, so long after T0."""
    made = item(kind="post", source="bluesky", rating=None, item_id=f"post-{n}")
    moment = T0 + at
    told = {"created_at": moment, "arrived_at": moment, "first_seen": moment, "last_seen": moment}
    known = {"author_key": f"{n:032x}", "app": APP, "text": text, "title": None, "lang": "en"}
    return replace(made, **(told | known | changes))  # type: ignore[arg-type]


def quiet(days: int = DAYS + AFTER, a_day: float = 2.0, seed: int = 1) -> list[Item]:
    """Posts of ordinary days."""
    rng = np.random.default_rng(seed)
    count = int(rng.poisson(a_day * days))
    times = np.sort(rng.random(count) * days)
    return [
        post(float(at) * DAY, n, CALM[int(rng.integers(len(CALM)))].format(n=n))
        for n, at in enumerate(times)
    ]


def storm(
    texts: Sequence[str], count: int, hours: float, *, seed: int = 2, first: int = 100_000
) -> list[Item]:
    """Posts by as many accounts from STORM on, in order of time."""
    rng = np.random.default_rng(seed)
    since = STORM - T0
    times = np.sort(rng.random(count)) * hours
    return [
        post(since + timedelta(hours=float(at)), first + n, texts[n % len(texts)].format(n=n))
        for n, at in enumerate(times)
    ]


def filled(store: Store, *parts: Sequence[Item]) -> None:
    """A store with these posts."""
    store.apps.ensure(APP)
    every = sorted((one for part in parts for one in part), key=lambda one: one.created_at)
    store.items.write(every, how="import")
