"""Ids: every swing of an app has its own, and keeps the one that it was given."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, event, example, given, settings
from hypothesis import strategies as st

from analysis.incidents import merge_split
from analysis.incidents.incident_ids import Names, incident_id
from analysis.records import Swing
from analysis.replay.as_known import known_at
from analysis.replay.replay import replay
from analysis.run import analyze
from collector.importers.load import ImportOptions, import_file
from collector.records import StoredDecision
from collector.settings.config import Settings
from collector.store import Store, open_store
from tests.analysis.incidents.test_merge_split import (
    APP,
    DAY,
    T0,
    arrivals,
    grouping,
    merge,
    split,
    swing,
)
from tests.examples import examples
from tests.shared_files import needed

START = datetime(2024, 1, 1, tzinfo=UTC)
NOW = START + timedelta(days=200)


def in_one_minute(second: float, counts: str, direction: str | None = None) -> Swing:
    alarmed = T0 + timedelta(hours=1, seconds=second)
    return swing(0, alarmed_at=alarmed, counts=counts, direction=direction or counts)


def test_a_minute_for_itself_gives_the_plain_id() -> None:
    one = in_one_minute(3, "positive")
    assert Names(APP).of([one]) == [incident_id(APP, one)] == ["tip-line-20240505T0900Z"]


@pytest.mark.parametrize("turned", [False, True])
def test_the_earlier_alarm_of_a_minute_has_the_plain_id(turned: bool) -> None:
    low, high = in_one_minute(9, "negative"), in_one_minute(5, "positive")
    found = [high, low] if turned else [low, high]
    names = dict(zip([s.direction for s in found], Names(APP).of(found), strict=True))
    plain = incident_id(APP, high)
    assert names == {"positive": plain, "negative": f"{plain}-negative"}


def test_an_id_stays_when_an_earlier_swing_of_its_minute_comes_to_light() -> None:
    names = Names(APP)
    (kept,) = names.of([in_one_minute(30, "positive")])
    later = names.of([in_one_minute(5, "negative"), in_one_minute(20, "positive")])
    assert later == [f"{kept}-negative", kept]
    # Known again from what the store keeps, even where the other is not seen at that moment.
    again = Names(APP, names.given)
    assert again.of([in_one_minute(5, "negative", "mixed")]) == [f"{kept}-negative"]


@given(
    st.lists(
        st.tuples(st.floats(0, 200), st.sampled_from(("negative", "positive"))),
        max_size=8,
        unique_by=lambda one: (int(one[0] // 60), one[1]),
    ),
    st.randoms(),
)
def test_ids_are_distinct_and_do_not_depend_on_order(
    alarms: list[tuple[float, str]], dice: Any
) -> None:
    found = [in_one_minute(second, counts) for second, counts in alarms]
    names = Names(APP).of(found)
    assert len(set(names)) == len(found)
    order = list(range(len(found)))
    dice.shuffle(order)
    turned = Names(APP).of([found[n] for n in order])
    assert turned == [names[n] for n in order]
    # One after the other, in order of alarm, as live analyses learn of them.
    live = Names(APP)
    by_alarm = sorted(found, key=lambda s: (s.alarmed_at, s.direction))
    for known in range(len(by_alarm) + 1):
        live.of(by_alarm[:known])
    assert live.of(found) == names


def test_a_merge_within_one_minute_and_taking_it_back() -> None:
    low, high = in_one_minute(5, "negative"), in_one_minute(9, "positive")
    names = Names(APP)
    first, second = names.of([low, high])
    decided = grouping("merge", second, first, T0 + 9 * DAY)
    (event_,) = merge_split.events(APP, [low, high], [decided], arrivals, names)
    assert (event_.id, event_.joined) == (first, (second,))
    assert {a.incident for a in event_.alarms if a.at <= decided.made_at} == {first, second}
    apart = merge_split.events(APP, [low, high], [], arrivals, names)
    assert [e.id for e in apart] == [first, second]


def test_two_cuts_within_one_minute_are_three_incidents() -> None:
    whole = swing(0, 2.0, items=20_000, escalations=())
    moment = T0 + timedelta(hours=9)
    cuts = [split(whole, moment + timedelta(seconds=s), T0 + 30 * DAY) for s in (50, 10)]
    names = Names(APP)
    ids = [e.id for e in merge_split.events(APP, [whole], cuts, arrivals, names)]
    plain = f"{APP}-{moment:%Y%m%dT%H%MZ}"
    assert sorted(ids) == sorted([incident_id(APP, whole), plain, f"{plain}-negative"])
    # Nothing moves when they are applied again, or when a swing of that minute comes to light.
    other = swing(0.33, alarmed_at=moment + timedelta(seconds=1), direction="positive")
    again = Names(APP, names.given)
    more = merge_split.events(APP, [whole, other], cuts, arrivals, again)
    assert {e.id for e in more} == {*ids, f"{plain}-positive"}
    (new,) = (e for e in more if e.swing.direction == "positive")
    assert new.id == f"{plain}-positive"
    assert merge(whole, other, T0).value == plain  # which is taken: not the id of `other`


def bursts(seed: int, dated: bool) -> pd.DataFrame:
    """A quiet app and one burst in both directions, by days or by seconds."""
    rng = np.random.default_rng(seed)
    low = rng.uniform(0.02, 0.3)
    rows = [(d, 1 if rng.random() < low else 5) for d in rng.uniform(0, 60, rng.integers(60, 240))]
    at, spread = rng.uniform(45, 58), 10 ** rng.uniform(-3, 0.7)
    for stars, least, most in ((1, 6, 40), (5, 30, 400)):
        rows += [(at + d, stars) for d in rng.exponential(spread, rng.integers(least, most))]
    form = "%Y-%m-%d" if dated else "%Y-%m-%dT%H:%M:%SZ"
    times = [START + timedelta(seconds=int(day * 86_400)) for day, _ in rows]
    table = {
        "created_at": [f"{at:{form}}" for at in times],
        "rating": [stars for _, stars in rows],
        "text": [f"invented note {n % 50}" for n in range(len(rows))],
        "review_id": [f"r{n}" for n in range(len(rows))],
    }
    return pd.DataFrame(table).sort_values("created_at", kind="stable")


def take_in(store: Store, rows: pd.DataFrame) -> None:
    """import and analyze, as the command line does them."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "some.csv"
        rows.to_csv(file, index=False)
        import_file(store, file, ImportOptions(app="x"), now=NOW)
    analyze(Settings(), store, NOW)


def ids_of(store: Store) -> list[str]:
    return [document["id"] for document in store.incidents.documents("x")]


def opened(lines: list[Any]) -> list[tuple[datetime, str]]:
    return [(a.at, a.incident) for a in lines if a.kind == "opened"]


@settings(max_examples=examples(2, 20), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10_000), dated=st.booleans(), cut=st.floats(0.3, 0.99))
@example(seed=30, dated=True, cut=0.5)
@example(seed=61, dated=False, cut=0.5)
def test_bursts_in_both_directions_are_analysed_and_named(
    seed: int, dated: bool, cut: float, secret: bytes
) -> None:
    rows = bursts(seed, dated)
    with (
        open_store("sqlite://", secret=secret) as store,
        open_store("sqlite://", secret=secret) as pieces,
    ):
        take_in(store, rows)
        found = store.incidents.documents("x")
        ids = [document["id"] for document in found]
        assert len(set(ids)) == len(ids)
        shared = any(not name.endswith("Z") for name in ids)
        event(f"two in one minute: {shared}")
        lines = opened(replay(Settings(), store, "x", NOW))
        alarms = {(datetime.fromisoformat(d["alarmed_at"]), d["id"]) for d in found}
        assert set(lines) == alarms
        assert {d.id for d in known_at(Settings(), store, "x", NOW)} == set(ids)
        # Earlier rows first, or a rebuild of what is concluded: the same ids.
        take_in(pieces, rows.iloc[: int(len(rows) * cut)])
        take_in(pieces, rows)
        assert ids_of(pieces) == ids
        for at, _ in alarms if shared else ():
            analyze(Settings(), pieces, NOW, as_of=at)
            assert set(ids_of(pieces)) <= set(ids)
        analyze(Settings(), pieces, NOW)
        assert ids_of(pieces) == ids


@pytest.mark.parametrize("case", ["dates", "seconds"])
def test_both_directions_in_one_minute_of_a_file(case: str, any_store: Store) -> None:
    file = needed(f"cases/both-directions-in-one-minute-{case}.csv")
    import_file(any_store, file, ImportOptions(app="x"), now=datetime(2026, 11, 30, tzinfo=UTC))
    analyze(Settings(), any_store, datetime(2026, 11, 30, tzinfo=UTC))
    one, other = sorted(ids_of(any_store))
    assert other == f"{one}-positive"
    # A decision about the second stays with it, as a merge does.
    decided = datetime(2026, 11, 29, tzinfo=UTC)
    note = StoredDecision(
        app="x", incident_id=other, at=decided, made_at=decided, kind="merge", text=merged_with(one)
    )
    any_store.decisions.add(note)
    analyze(Settings(), any_store, datetime(2026, 11, 30, tzinfo=UTC))
    (joined,) = any_store.incidents.documents("x")
    assert (joined["id"], joined["joined"]) == (one, [other])
    assert any_store.incidents.names("x").keys() == {
        f"{one.removeprefix('x-')} {counts}" for counts in ("negative", "positive")
    }


def merged_with(name: str) -> str:
    return json.dumps({"value": name, "reason": "one story"})
