"""From stored items to incidents: repeatable, prospective, the same on every path."""

import json
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from pathlib import Path

import pytest

from analysis import load_incidents, load_items, load_series
from analysis.incidents.stored import document
from analysis.records import Incident
from analysis.replay.as_known import known_at
from analysis.replay.replay import replay
from analysis.run import analyze
from analysis.simulate import scenarios, simulate
from analysis.simulate.drill import iwatch_drill
from analysis.simulate.load import load_world
from analysis.simulate.world import World
from collector import record_frames
from collector.settings.config import Settings
from collector.store import Store, open_store

SETTINGS = Settings()


@pytest.fixture(scope="module")
def drill() -> World:
    return simulate(iwatch_drill(), 7)


@pytest.fixture(scope="module")
def analysed(drill: World, secret: bytes, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The drill in a store, analysed once."""
    url = f"sqlite:///{tmp_path_factory.mktemp('drill') / 'drill.db'}"
    store = open_store(url, secret=secret)
    load_world(store, drill)
    analyze(SETTINGS, store, drill.end)
    return store


def test_the_drill_is_one_negative_incident(analysed: Store, drill: World) -> None:
    (found,) = analysed.incidents.documents()
    (flood,) = [event for event in drill.truth if event.kind == "flood"]
    assert found["direction"] == "negative"
    onset = datetime.fromisoformat(found["onset_at"])
    assert abs(onset - flood.onset) < timedelta(hours=3)
    alarmed = datetime.fromisoformat(found["alarmed_at"])
    assert flood.onset <= alarmed < flood.onset + timedelta(hours=6)
    assert found["where"] == "both"
    # What is said outside the stores alarms ahead of the reviews.
    assert found["onset_at"] <= found["alarmed_at"]
    assert datetime.fromisoformat(found["talk_alarmed_at"]) < alarmed
    assert found["rating_during"] < 1.5 < found["rating_before"]
    assert found["items"] > 400 > 50 > found["expected_items"]
    assert found["cause"] not in ("release", "promotion", "launch")
    assert set(found) == set(record_frames.names(Incident))
    json.dumps(found, allow_nan=False)


def test_reviews_alone_alarm_within_five_low_ones(store: Store, drill: World) -> None:
    """Without what is said outside the stores, which alarms ahead of them."""
    reviews = tuple(item for item in drill.items if item.kind == "review")
    load_world(store, replace(drill, items=reviews))
    analyze(SETTINGS, store, drill.end)
    (found,) = store.incidents.documents()
    (flood,) = [event for event in drill.truth if event.kind == "flood"]
    alarmed = datetime.fromisoformat(found["alarmed_at"])
    low = [
        item
        for item in reviews
        if item.rating is not None
        and item.rating <= 2
        and flood.onset <= item.created_at <= alarmed
    ]
    assert found["where"] == "stores"
    assert 1 <= len(low) <= 5


def test_analysing_again_changes_nothing(analysed: Store, drill: World) -> None:
    before = analysed.incidents.documents(), analysed.incidents.alarms()
    (report,) = analyze(SETTINGS, analysed, drill.end)
    assert report.scored == 0
    assert (analysed.incidents.documents(), analysed.incidents.alarms()) == before


def test_processes_give_the_same_as_one(analysed: Store, drill: World) -> None:
    before = analysed.incidents.documents()
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        analyze(SETTINGS, analysed, drill.end, executor=pool)
    assert analysed.incidents.documents() == before


def test_postgresql_gives_the_same(analysed: Store, drill: World, postgres_url: str) -> None:
    with open_store(postgres_url, secret=analysed.database.secret) as other:
        load_world(other, drill)
        analyze(SETTINGS, other, drill.end)
        assert other.incidents.documents() == analysed.incidents.documents()
        assert other.incidents.alarms() == analysed.incidents.alarms()


@pytest.mark.parametrize("hours", [-48, 0, 2, 8, 26])
def test_as_of_is_what_was_known_then(
    drill: World, secret: bytes, tmp_path_factory: pytest.TempPathFactory, hours: int
) -> None:
    """A store that holds everything, asked as of T, answers like one that stops at T."""
    moment = datetime(2020, 5, 31, 5, 48, tzinfo=UTC) + timedelta(hours=hours)
    answers = []
    for until in (drill.end, moment):
        url = f"sqlite:///{tmp_path_factory.mktemp('as_of') / 's.db'}"
        with open_store(url, secret=secret) as store:
            load_world(store, drill, until=until)
            analyze(SETTINGS, store, drill.end, as_of=moment)
            documents = store.incidents.documents()
            for document in documents:
                document.pop("evidence")  # sentiment of later texts may share a word list
            answers.append((documents, store.incidents.alarms()))
    assert answers[0] == answers[1]


def test_a_past_reading_on_a_page_is_what_as_of_says(
    drill: World, secret: bytes, tmp_path: Path
) -> None:
    """One way from swings to incidents: only what tells that it is a past reading differs."""
    with open_store(f"sqlite:///{tmp_path / 's.db'}", secret=secret) as store:
        load_world(store, drill)
        for hours in (8, 26):
            moment = datetime(2020, 5, 31, 5, 48, tzinfo=UTC) + timedelta(hours=hours)
            analyze(SETTINGS, store, drill.end, as_of=moment)
            said = {d["id"]: {**d, "as_of": None} for d in store.incidents.documents()}
            read = known_at(SETTINGS, store, drill.app, moment)
            assert {one.id: document(one) for one in read} == said
            assert said


def test_alarms_never_move_when_more_is_known(
    drill: World, secret: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    url = f"sqlite:///{tmp_path_factory.mktemp('grow') / 's.db'}"
    with open_store(url, secret=secret) as store:
        load_world(store, drill)
        opened: dict[str, str] = {}
        for hours in range(4, 60, 8):
            moment = datetime(2020, 5, 31, 5, 48, tzinfo=UTC) + timedelta(hours=hours)
            analyze(SETTINGS, store, drill.end, as_of=moment)
            now = {d["id"]: d["alarmed_at"] for d in store.incidents.documents()}
            assert opened.items() <= now.items()
            opened = now
        assert opened


def test_replay_is_the_alarm_log(analysed: Store, drill: World) -> None:
    log = replay(SETTINGS, analysed, drill.app, drill.end)
    stored = analysed.incidents.alarms(drill.app)
    events = [(a["kind"], a["incident"]) for a in stored if a["kind"] not in ("call", "unfollowed")]
    assert [(a.kind, a.incident) for a in log] == events  # calls are no incidents: not replayed
    assert log[0].kind == "opened"
    quiet = replay(
        SETTINGS, analysed, drill.app, drill.end, until=datetime(2020, 5, 30, tzinfo=UTC)
    )
    assert quiet == []


def test_quiet_apps_keep_to_the_budget(store: Store) -> None:
    """Half a year of five apps at 0.2 false alarms an app-year: 0.5 are to be expected."""
    for seed in range(5):
        world = simulate(scenarios.quiet(2.0, app=f"quiet-{seed}"), seed)
        load_world(store, world)
        analyze(SETTINGS, store, world.end, apps=[world.app])
    assert len(load_incidents(store=store)) <= 3


def test_the_series_counts_every_opinion_once(store: Store) -> None:
    world = simulate(scenarios.quiet(2.0), 5)
    load_world(store, world)
    analyze(SETTINGS, store, world.end)
    series = load_series(store=store)
    reviews = load_items(store=store).query("kind == 'review'")
    assert len({item.item_id for item in world.items if item.kind == "review"}) <= len(reviews)
    assert series.query("kind == 'review'")["items"].sum() == len(reviews)


def test_an_app_without_items_is_no_crash(store: Store) -> None:
    store.apps.ensure("empty")
    (report,) = analyze(SETTINGS, store, datetime(2026, 1, 1, tzinfo=UTC))
    assert (report.items, report.incidents, report.looked_until) == (0, 0, None)
