"""Replay raises what the live path raised, whatever came late, was edited or was not seen; posts go
on being read while stores fail."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import series
from analysis.incidents.find_swings import find_swings
from analysis.incidents.incident_ids import Names
from analysis.incidents.merge_split import detected
from analysis.incidents.stored import stored_alarms
from analysis.incidents.waves import parts_by_reasons
from analysis.replay import replay as replaying
from analysis.replay.replay import looks, replay
from analysis.replay.rounds import arrival_history, rounds
from analysis.run import analyze
from analysis.swings import detect
from collector.records import Item, RatingSnapshot, RunReport
from collector.settings.config import Settings
from collector.store import Store, open_store
from collector.times import to_us
from tests.collector.store.items import item
from tests.examples import examples

START = datetime(2024, 1, 1, tzinfo=UTC)
SETTINGS = Settings()
BUDGET = SETTINGS.false_alarms_per_app_year
Line = tuple[datetime, str, str]


@dataclass(frozen=True)
class Poll:
    """One collection of one source: when, what it brings, what it could see; then an analysis."""

    at: datetime
    source: str
    items: list[Item]
    seen_from: datetime | None
    seen_to: datetime | None
    cut: bool


def published(rng: np.random.Generator) -> list[Item]:
    """Four months of a small app on two stores with two bursts."""
    floods = rng.uniform(50, 115, 2)
    sizes = rng.integers(6, 60, 2)
    days = [rng.uniform(0, 120, 150)]
    days += [at + rng.exponential(0.5, n) for at, n in zip(floods, sizes, strict=True)]
    times = np.concatenate(days)
    stars = np.concatenate([rng.integers(1, 6, 150), np.full(sizes.sum(), rng.choice([1, 5]))])
    reviews = [
        item(
            f"r{n}",
            created_at=START + timedelta(days=float(day)),
            rating=float(star),
            source="google_play" if n % 3 else "app_store",
        )
        for n, (day, star) in enumerate(zip(times, stars, strict=True))
    ]
    posted = [START + timedelta(days=float(day)) for day in rng.uniform(0, 125, 40)]
    return reviews + [
        item(f"p{n}", created_at=at, rating=None, source="x", kind="post")
        for n, at in enumerate(posted)
    ]


def collected(
    rng: np.random.Generator,
    items: list[Item],
    polls: int,
    *,
    days: tuple[float, float] = (40, 125),
    lag_days: float = 8,
    trouble: float = 1,
) -> list[Poll]:
    """Collections at random moments: most items come with the next, some later, some edited.

    trouble: how often they are cut short or fail, and whether there are edits.
    """
    moments = np.sort(rng.uniform(*days, polls))
    lag = np.where(rng.random(len(items)) < 0.1, rng.exponential(lag_days, len(items)), 0)
    made: list[Poll] = []
    reached: dict[str, datetime] = {}
    last: dict[str, float] = {"google_play": -1.0, "app_store": -1.0, "x": -1.0}
    for n, day in enumerate(moments):
        at = START + timedelta(days=float(day))
        source = str(rng.choice(list(last), p=[0.5, 0.25, 0.25])) if n else "google_play"
        brought = []
        for i, late in zip(items, lag, strict=True):
            known = (i.created_at - START) / timedelta(days=1) + late
            if i.source == source and last[source] < known <= day:
                brought.append(i)
        edited = [i for i in items if i.source == source and i.created_at < at and i not in brought]
        edits = int(rng.integers(0, 3) * trouble)
        for i in rng.permutation(np.arange(len(edited)))[:edits].tolist():
            if (edited[i].created_at - START) / timedelta(days=1) < last[source]:
                stars = None if source == "x" else float(rng.integers(1, 6))
                brought.append(replace(edited[i], rating=stars))
        last[source] = float(day)
        since: datetime | None = reached.get(source, at - timedelta(days=20))
        if rng.random() < 0.2 * trouble:  # did not see back to where the last one had been
            since = at - timedelta(hours=float(rng.uniform(1, 40)))
        whole = rng.random() > 0.25 * trouble
        stamped = [replace(i, arrived_at=at, first_seen=at, last_seen=at) for i in brought]
        cut = bool(rng.random() < 0.2 * trouble)
        made.append(Poll(at, source, stamped, since if whole else None, at if whole else None, cut))
        if whole:
            reached[source] = at
    return made


def take(store: Store, poll: Poll) -> datetime:
    """What collect does; returns when the run ended."""
    store.items.write(poll.items, how="poll")
    ended = poll.at + timedelta(seconds=40)
    store.runs.write(
        RunReport(
            app="tips",
            source=poll.source,
            started_at=poll.at,
            ended_at=ended,
            outcome="truncated" if poll.cut else "ok",
            new=len(poll.items),
            changed=0,
            seen=len(poll.items),
            bad=0,
            covered_from=poll.seen_from,
            covered_to=poll.seen_to,
            stop_reason="",
            requests=1,
            cost_usd=0.0,
            next_due_at=None,
        )
    )
    return ended


def look(store: Store, now: datetime, names: Names | None = None) -> list[Line]:
    """The part of analyze that finds swings, without their evidence."""
    changed = store.hourly.recount("tips")
    until = series.observed_until(store, "tips", now)
    found = find_swings(store, "tips", until, budget=BUDGET, changed=changed.hours)
    store.hourly.settle("tips", changed)
    parting = parts_by_reasons(store, "tips", until)
    events = detected("tips", found, names or Names("tips"), parting)
    return [(a.at, a.incident, a.kind) for event in events for a in event.alarms]


def lines(store: Store, **how: object) -> list[Line]:
    with pytest.MonkeyPatch.context() as reviews_alone:  # as `look`: what is said outside is apart
        reviews_alone.setattr(replaying, "find_talk", lambda *_, **__: [])
        log = replay(SETTINGS, store, "tips", START + timedelta(days=126), **how)  # type: ignore[arg-type]
    return [(a.at, a.incident, a.kind) for a in log]


@settings(max_examples=examples(4, 40), deadline=None)
@given(seed=st.integers(0, 100_000), polls=st.integers(1, 15))
def test_replay_is_what_the_live_path_raised(seed: int, polls: int, secret: bytes) -> None:
    rng = np.random.default_rng(seed)
    plan = collected(rng, published(rng), polls)
    live: set[Line] = set()
    names = Names("tips")
    with open_store("sqlite://", secret=secret) as store:
        store.apps.ensure("tips")
        ends = []
        for poll in plan:
            ends.append(take(store, poll))
            live.update(look(store, ends[-1], names))
        assert set(lines(store, moments=ends)) == live
        apart = all((b - a) > timedelta(minutes=6) for a, b in pairwise(ends))
        if apart:
            live.update(look(store, START + timedelta(days=126), names))
            assert set(lines(store)) == live


def test_totals_raise_an_alarm_while_the_reviews_cannot_be_read(store: Store) -> None:
    rng = np.random.default_rng(8)
    store.apps.ensure("tips")
    reviews = [i for i in published(rng) if i.created_at < START + timedelta(days=45)]
    flood, low = START + timedelta(days=60), 0
    live: set[Line] = set()
    ends = []
    for day in range(70):
        at = START + timedelta(days=day, hours=1)
        low += 60 if at.date() == flood.date() else day % 2
        store.timeline.poll_snapshots([totals(at, low)])
        if day < 50:
            continue
        brought = [replace(i, arrived_at=at) for i in reviews] if day == 50 else []
        seen = (None, None) if day > 57 else (START if day == 50 else at - timedelta(days=1), at)
        ends.append(take(store, Poll(at, "google_play", brought, *seen, cut=False)))
        live.update(look(store, ends[-1] + timedelta(hours=1)))
        ends[-1] += timedelta(hours=1)
    opened = [at for at, _, kind in live if kind == "opened"]
    assert any(flood < at < flood + timedelta(days=1) for at in opened)
    assert set(lines(store, moments=ends)) == live


def totals(at: datetime, low: int) -> RatingSnapshot:
    stars = {"star_1": low, "star_2": 0, "star_3": 0, "star_4": 0, "star_5": 900}
    values = {"average": 4.0, "count": 900 + low, **stars}
    return RatingSnapshot(app="tips", source="google_play", country="us", at=at, **values)  # type: ignore[arg-type]


@settings(max_examples=examples(2, 20), deadline=None)
@given(seed=st.integers(0, 100_000), trouble=st.sampled_from([0.0, 0.03, 1.0]))
def test_each_look_of_a_busy_walk_is_a_rebuild(seed: int, trouble: float, secret: bytes) -> None:
    """Some thirty polls a day in a burst, most of which bring something of the hours before."""
    rng = np.random.default_rng(seed)
    items = published(rng)
    busiest = int(np.bincount([(i.created_at - START).days for i in items]).argmax())
    days = busiest - 0.1, busiest + 1.3
    plan = collected(rng, items, 45, days=days, lag_days=0.05, trouble=trouble)
    with open_store("sqlite://", secret=secret) as store:
        store.apps.ensure("tips")
        for poll in plan:
            take(store, poll)
        walk = arrival_history(store, "tips", to_us(plan[-1].at + timedelta(minutes=1)))
    looked = [n - 1 for n, r in enumerate(walk.rounds) if r.changed_from is not None and n]
    looked.append(len(walk.rounds) - 1)
    for round_, found in zip(looked, (found for _, found in looks(walk, BUDGET)), strict=True):
        until = walk.rounds[round_].until
        everything = walk.history(round_, -(2**62), until)
        rebuilt = detect(everything, now=until, false_alarms_per_app_year=BUDGET)
        assert found == [swing for swing in rebuilt if not swing.launch]


def test_what_came_late_was_no_alarm_before_it_came(store: Store) -> None:
    rng = np.random.default_rng(4)
    quiet = [
        item(f"q{n}", created_at=START + timedelta(days=float(d)))
        for n, d in enumerate(rng.uniform(0, 90, 200))
    ]
    flood = [
        item(f"f{n}", created_at=START + timedelta(days=85, minutes=n), rating=1.0)
        for n in range(40)
    ]
    store.apps.ensure("tips")
    first, second = START + timedelta(days=86), START + timedelta(days=91)
    early = [i for i in quiet if i.created_at <= first]
    rest = [i for i in quiet if i.created_at > first]
    for at, batch in ((first, early), (second, [*rest, *flood])):
        stamped = [replace(i, arrived_at=at, first_seen=at, last_seen=at) for i in batch]
        store.items.write(stamped, how="poll")
    assert replay(SETTINGS, store, "tips", second - timedelta(hours=1)) == []
    (opened, *_) = replay(SETTINGS, store, "tips", second)
    assert opened.kind == "opened"
    assert opened.at < START + timedelta(days=86)
    assert replay(SETTINGS, store, "tips", second, since=second) == []


def test_no_later_edit_takes_an_alarm_back(store: Store) -> None:
    rng = np.random.default_rng(5)
    at = START + timedelta(days=90)
    items = [
        item(f"q{n}", created_at=START + timedelta(days=float(d)))
        for n, d in enumerate(rng.uniform(0, 90, 200))
    ]
    items += [
        item(f"f{n}", created_at=at - timedelta(hours=9, minutes=-n), rating=1.0) for n in range(12)
    ]
    store.apps.ensure("tips")
    poll = [replace(i, arrived_at=at, first_seen=at, last_seen=at) for i in items]
    store.items.write(poll, how="poll")
    later = at + timedelta(days=1)
    store.items.write(
        [replace(i, rating=3.0, last_seen=later) for i in poll if i.rating == 1.0], how="poll"
    )
    now = later + timedelta(hours=1)
    opened = [a.at for a in replay(SETTINGS, store, "tips", now) if a.kind == "opened"]
    analyze(SETTINGS, store, now)
    log = [a.at for a in stored_alarms(store, "tips") if a.kind == "opened"]
    assert log == opened
    assert len(opened) == 1


def test_analyses_that_ran_after_each_poll_wrote_the_replayed_log(store: Store) -> None:
    rng = np.random.default_rng(11)
    plan = collected(rng, published(rng), 9)
    store.apps.ensure("tips")
    live: set[Line] = set()
    ends = []
    for poll in plan:
        ends.append(take(store, poll))
        analyze(SETTINGS, store, ends[-1])
        live |= {
            (datetime.fromisoformat(a["at"]), a["incident"], a["kind"])
            for a in store.incidents.alarms()
            if a["kind"] != "reclassified"
        }
    assert live
    assert set(lines(store, moments=ends)) == live


def test_sources_of_one_collection_are_one_round() -> None:
    minute = 60_000_000
    arrived = np.array([0, 1, 3, 20, 21, 40], dtype=np.int64) * minute
    assert (rounds(arrived, 60 * minute) == np.array([3, 21, 40, 60]) * minute).all()
    assert (rounds(arrived, 30 * minute) == np.array([3, 21, 30]) * minute).all()


def test_an_imported_history_is_one_pass(store: Store) -> None:
    store.apps.ensure("tips")
    store.items.write(published(np.random.default_rng(2)), how="import")
    walk = arrival_history(store, "tips", to_us(START + timedelta(days=130)))
    assert [r.changed_from for r in walk.rounds] == [None]


def test_replay_of_a_span_is_a_part_of_the_whole(secret: bytes) -> None:
    middle = START + timedelta(days=80)
    some = 0
    for seed in range(examples(2, 20)):
        rng = np.random.default_rng(seed)
        with open_store("sqlite://", secret=secret) as store:
            store.apps.ensure("tips")
            for poll in collected(rng, published(rng), 12):
                take(store, poll)
            whole = lines(store)
            some += len(whole)
            assert lines(store, since=middle) == [line for line in whole if line[0] >= middle]
            assert set(lines(store, until=middle)) <= set(whole)
    assert some
