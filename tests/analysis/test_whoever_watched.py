"""A deployment that saw the first versions and one that came later tell of the same event."""

import itertools
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import count
from typing import NamedTuple

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from analysis import series
from analysis.incidents.find_swings import find_swings
from collector.records import Item
from collector.settings.config import Settings
from collector.store import Store, open_store
from collector.store.writing.opinions import places, star_class
from collector.times import to_us
from tests.analysis.changed_opinions import STORM, changed, quiet, seen
from tests.examples import examples

COUNTER = count()
PAST = quiet(250)
FEW = PAST[:4]
"""Whose reviews are edited again and again."""
NOW = STORM + timedelta(days=6)
TEXTS = (
    "changed my stars after what they did with our money",
    "changed my starz after what they did with our monye",
    "nothing works any more since the update of today",
    "thank you it is all mended now and quick again",
    None,
)


class Edit(NamedTuple):
    """One change: whose, when (hours after the storm began), to what; None: what was said first."""

    person: int
    hours: float
    stars: float | None
    text: str | None


HOURS = st.one_of(
    st.sampled_from((0.0, 1.0, 2.0, 8.0, 24.0, 25.0, 60.0)),  # to the day and past it
    st.floats(0, 130).map(lambda hours: round(hours, 3)),
)
EDITS = st.lists(
    st.builds(
        Edit,
        st.integers(0, len(FEW) - 1),
        HOURS,
        st.sampled_from((1.0, 1.0, 2.0, 3.0, 5.0, None)),
        st.sampled_from(TEXTS),
    ),
    max_size=16,
)
POLLS = st.lists(st.one_of(st.sampled_from((0.5, 1.5, 9.0, 24.5)), st.floats(0, 140)), max_size=5)
Chains = dict[str, list[Item]]
"""What each review said, by time."""


@pytest.fixture(scope="module")
def store(secret: bytes) -> Iterator[Store]:
    with open_store("sqlite://", secret=secret) as opened:
        yield opened


@pytest.fixture(scope="module")
def deployment(store: Store) -> Callable[[], str]:
    """An app of its own for every example, in one store."""

    def made() -> str:
        key = f"app{next(COUNTER)}"
        store.apps.ensure(key)
        return key

    return made


def said(edits: Sequence[Edit]) -> Chains:
    """Every version of every review, also those that say the same again."""
    found = {old.item_id: [old] for old in FEW}
    for edit in sorted(edits, key=lambda edit: edit.hours):
        old, at = FEW[edit.person], STORM + timedelta(hours=edit.hours)
        chain = found[old.item_id]
        if chain[-1].created_at < at:  # one version at a time
            stars, text = edit.stars or old.rating, edit.text or old.text
            chain.append(seen(replace(old, created_at=at, rating=stars, text=text)))
    return found


def poll(versions: Sequence[Item], at: datetime, app: str) -> list[Item]:
    """What the platform shows at a moment: the last version of each review."""
    last = {v.item_id: v for v in versions if v.created_at <= at}
    return [replace(seen(item, at), app=app) for item in last.values()]


def polled(store: Store, app: str, chains: Chains, at: Sequence[datetime]) -> Chains:
    """What somebody saw who polled at these moments; what the detectors had by then they keep."""
    found: Chains = {item_id: [] for item_id in chains}
    before: set[tuple[int, int]] = set()
    for moment in at:
        batch = poll([one for chain in chains.values() for one in chain], moment, app)
        store.items.write(batch, how="poll")
        for one in batch:
            found[one.item_id].append(one)
        read = store.items.arrays(app)
        now = set(zip(read.at.tolist(), read.stars.tolist(), strict=True))
        assert before <= now
        before = now
    return found


def imported(store: Store, app: str, chains: Chains, dice: random.Random, files: int) -> None:
    """The same versions in so many files, each with its time of change, in any order."""
    rows = [
        replace(one, app=app, created_at=chain[0].created_at, updated_at=one.created_at)
        for chain in chains.values()
        for one in chain
    ]
    dice.shuffle(rows)
    for n in range(files):
        store.items.write(rows[n::files], how="import")


def opinions(seen_by: Chains) -> list[tuple[object, ...]]:
    """The arrivals that these sights make, by the rule alone: who says the same again says nothing
    new, whenever the platform says that it was."""
    found: list[tuple[object, ...]] = []
    for chain in seen_by.values():
        told = [
            one
            for before, one in zip([None, *chain], chain, strict=False)
            if before is None or (before.rating, before.text) != (one.rating, one.text)
        ]
        standing = places([Said(one.created_at, one.rating, one.text) for one in told])
        found += [
            (one.item_id, one.created_at, one.rating, one.text)
            for one, place in zip(told, standing, strict=True)
            if place.counts and place.gave_way_at is None
        ]
    return sorted(found, key=lambda row: row[:2])  # type: ignore[arg-type, return-value]


@dataclass(frozen=True)
class Said:
    """A version as the rule reads it."""

    created_at: datetime
    rating: float | None
    text: str | None
    title: str | None = None
    text_hash: str | None = None


def arrivals(store: Store, app: str) -> list[tuple[object, ...]]:
    frame = store.items.frame(app).sort_values(["item_id", "created_at"])
    at = frame["created_at"].dt.to_pydatetime()
    return list(zip(frame["item_id"], at, frame["rating"], frame["text"], strict=True))


@settings(max_examples=examples(12, 300), deadline=None)
@given(EDITS, POLLS, st.integers(1, 4), st.randoms(use_true_random=False))
@example([Edit(0, 0, 1, TEXTS[0]), Edit(0, 1, 1, TEXTS[0])], [], 1, random.Random(0))  # said again
@example([Edit(0, 0, 1, TEXTS[0]), Edit(0, 1, 1, TEXTS[0])], [0.5], 2, random.Random(0))
@example([Edit(0, 0, 1, TEXTS[0]), Edit(0, 8, None, None)], [], 1, random.Random(0))  # taken back
@example([Edit(0, 0, 1, TEXTS[0]), Edit(0, 60, None, None)], [9.0], 3, random.Random(0))
@example([Edit(0, 1, None, TEXTS[2]), Edit(0, 2, None, TEXTS[3])], [1.5], 1, random.Random(0))
@example([Edit(0, 1, 1, TEXTS[0]), Edit(0, 30, 1, TEXTS[1])], [2.0], 2, random.Random(0))  # a slip
def test_whoever_watched_has_the_opinions_that_they_could_see(
    store: Store,
    deployment: Callable[[], str],
    edits: list[Edit],
    polls: list[float],
    files: int,
    dice: random.Random,
) -> None:
    """Whoever polled all along, came at the end or imports every version: each has what the rule
    makes of what was to be seen, and a last edit that is an opinion stands at one time for all."""
    chains = said(edits)
    early, late, whole = deployment(), deployment(), deployment()
    began = STORM - timedelta(hours=1)
    times = [began, *(STORM + timedelta(hours=hours) for hours in sorted(polls)), NOW]
    watched = polled(store, early, chains, times)
    came_later = polled(store, late, chains, [NOW])
    imported(store, whole, chains, dice, files)
    assert arrivals(store, early) == opinions(watched)
    assert arrivals(store, late) == opinions(came_later)
    assert arrivals(store, whole) == opinions(chains)

    last = {item_id: chain[-1].created_at for item_id, chain in chains.items()}
    shown = {row[0]: row for row in arrivals(store, late)}
    for deployed in (early, whole):
        newest = {row[0]: row for row in arrivals(store, deployed)}
        for item_id, row in newest.items():
            if row[1] == last[item_id]:
                assert row == shown[item_id]
            else:  # said again, taken back or corrected: who came later cannot tell
                assert row[1] < last[item_id] == shown[item_id][1]
                assert star_class(row[2]) == star_class(shown[item_id][2])


@settings(max_examples=examples(3, 20), deadline=None)
@given(st.integers(60, 110), st.floats(1, 8), st.integers(0, 999))
def test_one_event_whoever_watched(
    store: Store, deployment: Callable[[], str], people: int, hours: float, seed: int
) -> None:
    """The incident of who polled all along, of who came after it, and of who imports it all."""
    storm = changed(PAST, people, hours=hours, seed=seed)
    versions = [*PAST, *storm]
    early, late, imported = deployment(), deployment(), deployment()
    store.items.write([replace(item, app=early) for item in PAST], how="poll")
    for after in (1.0, 2.5, 4.0, 12.0):
        store.items.write(poll(versions, STORM + timedelta(hours=after), early), how="poll")
    store.items.write(poll(versions, NOW, late), how="poll")
    store.items.write([replace(item, app=imported) for item in versions], how="import")
    found = []
    for app in (early, late, imported):
        every = find_swings(store, app, NOW, budget=Settings().false_alarms_per_app_year)
        (swing,) = (one for one in every if one.alarmed_at >= STORM)
        found.append((swing.onset_at, swing.alarmed_at, swing.items))
    assert found[0] == found[2]
    assert abs(found[0][0] - found[1][0]) <= timedelta(minutes=10)
    assert abs(found[0][1] - found[1][1]) <= timedelta(minutes=10)
    assert found[0][2] == found[1][2]


@pytest.mark.parametrize("order", list(itertools.permutations(range(4))))
def test_two_opinions_that_take_turns_are_imported_in_any_order(
    store: Store, deployment: Callable[[], str], order: tuple[int, ...]
) -> None:
    """A file each: one says A, B, A, B, each with its time of change."""
    turns = [(0.0, TEXTS[0]), (30.3, TEXTS[2]), (32.2, TEXTS[0]), (60.0, TEXTS[2])]
    chain = said([Edit(0, hours, 1, text) for hours, text in turns])[FEW[0].item_id]
    app = deployment()
    for place in (0, *(n + 1 for n in order)):
        at = chain[place].created_at
        row = replace(chain[place], app=app, created_at=chain[0].created_at, updated_at=at)
        store.items.write([row], how="import")
    assert arrivals(store, app) == opinions({FEW[0].item_id: chain})


def test_the_arrays_of_the_early_one_are_those_that_were_published(store: Store) -> None:
    """What the detector reads has no look-ahead: as of any moment it is what was there then."""
    key = f"app{next(COUNTER)}"
    store.apps.ensure(key)
    storm = changed(PAST, 60)
    store.items.write([replace(item, app=key) for item in [*PAST, *storm]], how="import")
    for hours in (-2_000, -1, 1, 3, 5, 30):
        as_of = STORM + timedelta(hours=hours)
        history = series.history(store, key, as_of=as_of)
        there = [item for item in [*PAST, *storm] if item.created_at <= as_of]
        assert history.at.tolist() == sorted(to_us(item.created_at) for item in there)
