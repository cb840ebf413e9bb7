"""What Floodgauge tells of a history: from the detectors alone, or from incidents with texts."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from analysis.incidents.stored import listed_incidents, stored_alarms, stored_incident
from analysis.records import Swing
from analysis.run import analyze
from analysis.simulate.load import load_world
from analysis.simulate.texts import Dice, write
from analysis.simulate.world import World
from analysis.swings import detect
from analysis.swings.fewer import Class, fewer
from analysis.swings.history import DAY, HOUR
from analysis.swings.slow_change import ALL_DAYS, slow_change
from benchmarks.office.history import ORDINARY, Office, Reviews, Told, history_of, moment
from collector.records import RawItem
from collector.settings.config import Settings
from collector.store import open_store
from collector.times import from_us, to_us

APP = "office"
FACTS = {"app": "City Helper", "version": "3.1.0", "link": "https://example.org", "query": "city"}
ORDINARY_THEMES = {1: "complaint", 2: "complaint", 3: "mixed", 4: "praise", 5: "praise"}
CLASSES: dict[Class, tuple[int, int]] = {"reviews": (1, 5), "positive": (4, 5), "negative": (1, 2)}
DIRECTIONS: dict[str, tuple[Told, ...]] = {
    "negative": ("low",),
    "positive": ("high",),
    "mixed": ("low", "high"),
    "fewer": ("fewer",),
}


@dataclass(frozen=True, slots=True)
class Saying:
    """One thing that is told; moments in microseconds. told: as what it may be understood.

    end: of the burst, as far as it is told; over: when it is told that it is over.
    """

    told: tuple[Told, ...]
    onset: int
    alarmed: int
    end: int | None
    over: int | None


def seen(office: Office, reviews: Reviews) -> list[Saying]:
    """Everything that is told of a history until its end."""
    now = moment(office.days) - 1
    if office.texts:
        return through_a_store(office, reviews, from_us(now))
    found = [_of_swing(s) for s in detect(history_of(office, reviews), now=now) if not s.launch]
    found += staying_away(office, reviews)
    return found + (slowly(office, reviews) if office.kind in ("decline", "fading") else [])


def staying_away(office: Office, reviews: Reviews) -> list[Saying]:
    """What is told of reviews that do not come; all of the history was looked at."""
    hour = (reviews.at - moment(0)) // HOUR
    inside = (hour >= 0) & (hour < office.days * 24)
    counts: dict[tuple[Class, str], NDArray[np.int64]] = {}
    for code, (source, _) in enumerate(office.stores):
        here = inside & (reviews.source == code)
        for name, (low, high) in CLASSES.items():
            of = here & (reviews.stars >= low) & (reviews.stars <= high)
            counts[name, source] = np.bincount(hour[of], minlength=office.days * 24)
    names = [name for name, _ in office.stores]
    whole = {name: np.ones(office.days * 24) for name in names}
    until = dict.fromkeys(names, office.days * 24)
    first = moment(0) // DAY
    return [
        Saying(
            ("fewer",),
            moment(0) + one.stop.onset * HOUR,
            moment(0) + one.stop.told * HOUR,
            None if one.stop.end is None else moment(0) + one.stop.end * HOUR,
            None,
        )
        for one in fewer(counts, whole, first, until)
    ]


def _of_swing(swing: Swing) -> Saying:
    return Saying(
        DIRECTIONS[swing.direction],
        to_us(swing.onset_at),
        to_us(swing.alarmed_at),
        None if swing.ended_at is None else to_us(swing.ended_at),
        None if swing.closed_at is None else to_us(swing.closed_at),
    )


def slowly(office: Office, reviews: Reviews) -> list[Saying]:
    """The spans in which the overview says that low stars have become more, slowly."""
    day = (reviews.at - moment(0)) // DAY
    low = np.bincount(day[reviews.stars <= 2], minlength=office.days)
    every = np.bincount(day, minlength=office.days)
    usable = np.ones(office.days, dtype=bool)
    held = np.zeros(office.days + 1, dtype=bool)
    for last in range(office.past, office.days):
        here = slice(max(last - ALL_DAYS, 0), last)
        found = slow_change(low[here], every[here], usable[here])
        held[last] = found is not None and found.kind == "low-more"
    return [Saying(("slow",), a, a, b, b) for a, b in _spans(held)]


def _spans(held: NDArray[np.bool_]) -> list[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate([[False], held, [False]]).astype(int)))
    return [(moment(int(a)), moment(int(b))) for a, b in edges.reshape(-1, 2)]


def through_a_store(office: Office, reviews: Reviews, now: datetime) -> list[Saying]:
    """The incidents that an analysis of the whole history makes."""
    with open_store("sqlite://", secret=b"a secret of benchmarks, 32 bytes!") as store:
        load_world(store, world_of(office, reviews))
        analyze(Settings(), store, now)
        ended = {a.incident: to_us(a.at) for a in stored_alarms(store, APP) if a.kind == "ended"}
        listed = [stored_incident(store, one.id) for one in listed_incidents(store, APP)]
    return [
        Saying(
            DIRECTIONS[i.direction],
            to_us(i.onset_at),
            to_us(i.alarmed_at),
            None if i.ended_at is None else to_us(i.ended_at),
            ended.get(i.id),
        )
        for i in listed
        if i is not None
    ]


def world_of(office: Office, reviews: Reviews) -> World:
    """The history with invented texts, as the store takes it in."""
    dice = Dice(np.random.default_rng(7))
    items = []
    for number, at in enumerate(reviews.at.tolist()):
        stars, theme = int(reviews.stars[number]), reviews.themes[reviews.theme[number]]
        about = ORDINARY_THEMES[stars] if theme == ORDINARY else theme
        items.append(
            RawItem(
                source=office.stores[reviews.source[number]][0],
                item_id=f"{number}",
                created_at=from_us(at),
                kind="review",
                author=f"reader {number}",
                rating=float(stars),
                text=write(dice, "en", about, FACTS),
                lang="en",
            )
        )
    return World(
        app=APP, name="City Helper", timezone=office.zone, start=from_us(moment(0)),
        end=from_us(moment(office.days)) + timedelta(microseconds=1), items=tuple(items),
        edits=(), removals=(), releases=(), context=(), snapshots=(), truth=(),
        ids=tuple((name, "1") for name, _ in office.stores),
    )  # fmt: skip
