"""A deployment that saw the first versions and one that came later tell of the same event."""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count
from typing import NamedTuple

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import series
from analysis.incidents.find_swings import find_swings
from collector.records import Item
from collector.settings.config import Settings
from collector.store import Store, open_store
from collector.times import to_us
from tests.analysis.changed_opinions import STORM, changed, quiet, seen

COUNTER = count()
PAST = quiet(250)
NOW = STORM + timedelta(days=6)
TEXTS = (
    "changed my stars after what they did with our money",
    "nothing works any more since the update of today",
    "it was fine but now they sell what we tell them",
    "thank you it is all mended now and quick again",
)


class Edit(NamedTuple):
    """One change: whose, when (hours after the storm began), to what."""

    person: int
    hours: float
    stars: float
    text: str


EDITS = st.lists(
    st.builds(
        Edit,
        st.integers(0, 79),
        st.floats(0, 130).map(lambda hours: round(hours, 3)),
        st.sampled_from((1.0, 1.0, 1.0, 2.0, 3.0, 5.0)),
        st.sampled_from(TEXTS),
    ),
    max_size=60,
)


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


def said(edits: Sequence[Edit]) -> list[Item]:
    """Every version of every review, by time; a platform shows the last of each."""
    by_person: dict[int, float] = {}
    found = list(PAST)
    for edit in sorted(edits, key=lambda edit: edit.hours):
        if edit.hours <= by_person.get(edit.person, -1):
            continue  # a store tells whole seconds: one version at a time
        by_person[edit.person] = edit.hours
        at = STORM + timedelta(hours=edit.hours)
        old = PAST[edit.person]
        found.append(seen(replace(old, created_at=at, rating=edit.stars, text=edit.text)))
    return found


def poll(versions: Sequence[Item], at: datetime, app: str) -> list[Item]:
    """What the platform shows at a moment: the last version of each review."""
    last = {v.item_id: v for v in versions if v.created_at <= at}
    return [replace(seen(item, at), app=app) for item in last.values()]


def arrivals(store: Store, app: str) -> pd.DataFrame:
    frame = store.items.frame(app)
    return frame[["item_id", "created_at", "rating", "text"]].reset_index(drop=True)


@settings(max_examples=6, deadline=None)
@given(EDITS, st.lists(st.floats(0, 140), max_size=5), st.randoms(use_true_random=False))
def test_the_one_who_came_later_has_the_last_of_the_same_arrivals(
    store: Store,
    deployment: Callable[[], str],
    edits: list[Edit],
    polls: list[float],
    dice: random.Random,
) -> None:
    """Whatever polls saw before, what stands now stands at the same time with the same words; what
    only the first saw lies before; the past before the storm is the same for all who saw it."""
    versions = said(edits)
    early, late, imported = deployment(), deployment(), deployment()
    store.items.write([replace(item, app=early) for item in PAST], how="poll")
    before = arrivals(store, early)
    for hours in sorted(polls):
        batch = poll(versions, STORM + timedelta(hours=hours), early)
        dice.shuffle(batch)
        store.items.write(batch, how="poll")
    store.items.write(poll(versions, NOW, early), how="poll")
    store.items.write(poll(versions, NOW, late), how="poll")
    everything = [replace(item, app=imported) for item in versions]
    dice.shuffle(everything)
    store.items.write(everything, how="import")

    whole = arrivals(store, early)
    past = whole[whole["created_at"] < pd.Timestamp(STORM - timedelta(days=1))]
    pd.testing.assert_frame_equal(past.reset_index(drop=True), before)
    last = whole.drop_duplicates("item_id", keep="last")
    now = arrivals(store, late).sort_values(["created_at", "item_id"], ignore_index=True)
    shown = {item.item_id for item in versions if item.created_at >= STORM}
    mine = last[last["item_id"].isin(_opinions(store, early, shown))]
    theirs = now[now["item_id"].isin(set(mine["item_id"]))]
    order = ["created_at", "item_id"]
    pd.testing.assert_frame_equal(
        mine.sort_values(order, ignore_index=True), theirs.sort_values(order, ignore_index=True)
    )
    all_there = arrivals(store, imported)
    missing = whole.merge(all_there, how="left", on=["item_id", "created_at"], indicator=True)
    only_early = set(missing.loc[missing["_merge"] == "left_only", "item_id"])
    assert only_early <= _between_polls(store, imported, only_early)


def _opinions(store: Store, app: str, ids: set[str]) -> set[str]:
    """Reviews whose newest version is an opinion: of others the platform's time is a correction's,
    and who comes later sees nothing else."""
    every = store.items.versions(app, sorted(ids))
    newest = every.drop_duplicates("item_id", keep="last").set_index("item_id")["created_at"]
    counted = store.items.frame(app).drop_duplicates("item_id", keep="last")
    counted = counted.set_index("item_id")["created_at"]
    return {one for one in newest.index if counted.get(one) == newest[one]}


def _between_polls(store: Store, app: str, ids: set[str]) -> set[str]:
    """Reviews of which some version stood for less than a day: polls may have seen it stand."""
    every = store.items.versions(app, sorted(ids))
    gaps = every.groupby("item_id")["created_at"].diff()
    return set(every.loc[gaps < pd.Timedelta(days=1), "item_id"])


@settings(max_examples=3, deadline=None)
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
