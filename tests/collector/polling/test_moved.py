"""Apps that are renamed or moved, lists that stay empty, secrets that are lost."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from analysis.words.catalogue import english
from analysis.words.run_ends import told
from collector.blind_spots import with_blind_spots
from collector.errors import ConfigError, StoreError
from collector.freshness import source_states
from collector.polling import titles
from collector.polling.app_ids import claim
from collector.polling.run import collect
from collector.polling.surroundings import PollEvent, Surroundings
from collector.settings.config import AppSettings, Settings
from collector.store import Store, schema
from collector.store.columns import UtcTime
from dashboard.command_line.run_lines import exit_code
from tests.collector.scripted import APP, START, Bench, Clock, Platform
from tests.collector.store.items import item as make_item

PACKAGE = "org.example.app"


def one_app(key: str, **more: Any) -> Settings:
    return Settings.model_validate({"apps": {key: {"google_play": PACKAGE, **more}}})


def kept(store: Store, key: str) -> None:
    store.apps.ensure(key)
    claim(one_app(key), store, [key])
    store.items.write([make_item(app=key, source="google_play", item_id="a")], how="poll")


def test_a_changed_key_is_refused_with_what_moves_the_history(any_store: Store) -> None:
    kept(any_store, "tips")
    with pytest.raises(ConfigError, match="`floodgauge apps rename tips city-tips` moves its"):
        claim(one_app("city-tips"), any_store, ["city-tips"])
    any_store.renaming.rename("tips", "city-tips")
    claim(one_app("city-tips"), any_store, ["city-tips"])
    assert any_store.apps.keys() == ["city-tips"]
    assert any_store.items.frame("city-tips")["item_id"].tolist() == ["a"]


def test_one_app_under_two_keys_is_refused() -> None:
    twice = {key: {"google_play": PACKAGE} for key in ("tips", "city-tips")}
    with pytest.raises(ValueError, match=r"is \[apps.tips\]'s already"):
        Settings.model_validate({"apps": twice})


def test_a_second_key_beside_the_first_is_refused(store: Store) -> None:
    kept(store, "tips")
    both = {"tips": AppSettings(google_play=PACKAGE), "two": AppSettings(google_play=PACKAGE)}
    settings = one_app("tips").model_copy(update={"apps": both})
    with pytest.raises(ConfigError, match="is configured as well"):
        claim(settings, store, ["two"])


def test_two_histories_are_not_joined(store: Store) -> None:
    kept(store, "tips")
    store.apps.ensure("other")
    with pytest.raises(StoreError, match="an app of this store already"):
        store.renaming.rename("tips", "other")
    with pytest.raises(StoreError, match="no app 'nothing'"):
        store.renaming.rename("nothing", "new")


def test_what_scored_a_text_before_has_the_new_key_too(any_store: Store) -> None:
    """Every score, now and before, names a model of the app that there is."""
    any_store.apps.ensure("tips")
    tables = [t for t in schema.metadata.sorted_tables if "engine" in t.c]
    assert {schema.scores, schema.score_changes} <= set(tables)
    row = {"app": "tips", "text_hash": "t", "score": 0.5, "engine": "app-3/tips/7"}
    with any_store.database.begin() as connection:
        for table in tables:
            moments = {c.name: START for c in table.c if isinstance(c.type, UtcTime)}
            connection.execute(sa.insert(table), [row | moments])
    any_store.renaming.rename("tips", "city")
    with any_store.database.connect() as connection:
        for table in tables:
            told = connection.execute(sa.select(table.c.app, table.c.engine)).all()
            assert [tuple(one) for one in told] == [("city", "app-3/city/7")], table.name


def test_what_was_forgotten_stays_forgotten_under_a_new_key(any_store: Store) -> None:
    kept(any_store, "tips")
    assert any_store.items.forget(item="a") == 1
    for old, new in (("tips", "second"), ("second", "third")):
        any_store.renaming.rename(old, new)
        item = make_item(app=new, source="google_play", item_id="a")
        any_store.items.write([item], how="poll")
        assert any_store.items.frame(new).empty


def test_an_app_that_its_shop_renames_is_asked_for_by_both_names(store: Store) -> None:
    settings = one_app("tips", name="City Tips", queries=['"City Tips"'])
    for days, title in enumerate(["City Tips: Report", "City Tips - Tell us", "Ciudad: Avisos"]):
        now = START + timedelta(days=days)
        titles.note(store, "tips", "google_play", "page:us", title, now)
    app = titles.with_new_names(settings, store, ["tips"]).apps["tips"]
    assert app.queries == ('"City Tips"', '"Ciudad"')
    assert app.names() == ("City Tips", "Ciudad")
    kept(store, "tips")
    store.runs.write(_report("tips"))
    (row,) = with_blind_spots(source_states(store), store, settings, START)
    assert told(row.remark or "", english()).startswith(
        "the store calls it Ciudad since 2026-03-03, City Tips before: both names are asked for"
    )


@pytest.mark.parametrize(
    ("title", "asked"),
    [
        ("from:alice: Avisos", ()),
        ("@alice", ()),
        ("near:dallas", ()),
        ('Ciudad" OR "protest', ('"Ciudad OR protest"',)),
        ("!!", ()),
        ("CITY TIPS!", ()),
    ],
)
def test_a_title_becomes_no_query_that_the_file_may_not_have(
    store: Store, title: str, asked: tuple[str, ...]
) -> None:
    settings = one_app("tips", name="City Tips", queries=['"City Tips"'])
    for days, one in enumerate(["City Tips", title]):
        titles.note(store, "tips", "google_play", "page:us", one, START + timedelta(days=days))
    app = titles.with_new_names(settings, store, ["tips"]).apps["tips"]
    assert app.queries == ('"City Tips"', *asked)
    assert AppSettings.model_validate(app.model_dump(exclude_defaults=True)) == app


def test_a_new_tagline_is_no_new_name(store: Store) -> None:
    for days, title in enumerate(["City Tips", "Ciudad: Avisos", "Ciudad: Reportes", "Ciudad"]):
        now = START + timedelta(days=days)
        titles.note(store, "tips", "google_play", "page:us", title, now)
    (one,) = titles.renamed(store, "tips")
    assert (one.old, one.new, one.since) == ("City Tips", "Ciudad", START + timedelta(days=1))


def _report(key: str) -> Any:
    from collector.records import RunReport

    return RunReport(
        app=key, source="google_play", started_at=START, ended_at=START, outcome="ok",
        stop_reason="", covered_from=None, covered_to=None, new=0, changed=0, seen=0, bad=0,
        requests=1, cost_usd=0.0, next_due_at=None,
    )  # fmt: skip


def test_a_list_that_stays_empty_is_a_failure_after_a_day(store: Store, tmp_path: Path) -> None:
    bench = Bench(store, tmp_path, Clock())
    platform = Platform()
    platform.add(START - timedelta(hours=3))
    source = platform.source()
    bench.run_one(source)
    full, platform.items = platform.items, {}
    bench.clock.pass_time(hours=1)
    codes = []
    for _ in range(27):
        report = bench.run_one(source)
        codes.append(exit_code([report]))
        bench.clock.pass_time(hours=1)
    assert codes == [0] * 24 + [1] * 3
    assert report.covered_to is None
    assert "lists no reviews since 2026-03-01T13:00" in told(report.stop_reason, english())
    platform.items = full
    assert bench.run_one(source).outcome == "ok"
    platform.items = {}
    assert exit_code([bench.run_one(source)]) == 0


def test_a_job_that_lost_its_secret_fails_after_a_day(store: Store, tmp_path: Path) -> None:
    settings = Settings.model_validate(
        {
            "apps": {APP: {"name": "Library Card", "queries": ['"Library Card"']}},
            "bluesky": {"handle": "library.example.org"},
        }
    )
    clock = Clock()
    codes, events = [], list[PollEvent]()
    for _ in range(3):
        events.clear()
        around = Surroundings(clock=clock, private_dir=tmp_path, progress=events.append)
        collect(settings, store, around, sources=["bluesky"])
        codes.append(exit_code([], events, clock()))
        clock.pass_time(hours=13)
    assert codes == [0, 0, 1]
    assert events[0].since == START
