"""10,000 reviews between two polls of the App Store, which shows 500: every layer says so."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from analysis.incidents.stored import record_of
from analysis.records import Incident
from analysis.run import analyze
from analysis.simulate import scenarios, simulate
from analysis.simulate.collecting import WorldClock
from analysis.simulate.shift import shifted
from analysis.simulate.standins.app_store import AppStoreServer
from analysis.simulate.standins.shop import Shop
from analysis.words.catalogue import english
from analysis.words.documents import told_incident
from analysis.words.run_ends import told
from collector.polling.run import collect
from collector.polling.surroundings import Surroundings
from collector.records import RunReport
from collector.settings.config import Settings
from collector.store import Store
from dashboard.brief import write_report
from tests.dashboard.conftest import OpenPage, shown

BOUND = "lower bounds"
FLOOD = 10_000


@pytest.fixture
def reports(page_store: Store, tmp_path: Path) -> list[RunReport]:
    """The runs over a quiet app, each hour, the flood between the last two of them."""
    now = datetime.now(UTC).replace(microsecond=0)
    world = simulate(scenarios.quiet(2.0, days=120), 5)
    world = shifted(world, now - world.end)
    clock = WorldClock(now - timedelta(hours=3))
    shop = Shop(world, "app_store", clock)
    store_id = dict(world.ids)["app_store"]
    done: list[RunReport] = []
    with AppStoreServer({store_id: shop}) as server:
        settings = Settings(
            apps={world.app: {"name": world.name, "app_store": store_id}},
            endpoints={server.host: server.address},
        )
        around = Surroundings(clock=clock, sleep=lambda _: None, private_dir=tmp_path)
        for hour in range(4):
            clock.now = now - timedelta(hours=3 - hour)
            if hour == 3:
                first = replace(world.reviews[0], source="app_store", country="us", rating=1.0)
                step = timedelta(minutes=50) / FLOOD
                begin = now - timedelta(minutes=55)
                shop.add(
                    replace(
                        first,
                        item_id=str(90_000_000_000 + number),
                        text=f"This app must go, and here is reason number {number}",
                        created_at=begin + number * step,
                    )
                    for number in range(FLOOD)
                )
            done += collect(settings, page_store, around)
        analyze(settings, page_store, now)
    return done


def test_the_run_is_cut_and_the_next_one_is_due_sooner(reports: list[RunReport]) -> None:
    assert [report.outcome for report in reports] == ["ok", "ok", "ok", "truncated"]
    calm, last = reports[-2:]
    assert last.new == 500
    assert calm.next_due_at is not None
    assert last.next_due_at is not None
    assert last.next_due_at - last.ended_at <= (calm.next_due_at - calm.ended_at) / 2
    assert calm.covered_to is not None
    assert last.covered_from is not None
    assert last.covered_from > calm.covered_to + timedelta(minutes=30)


def test_the_incident_and_its_pages_speak_of_lower_bounds(
    reports: list[RunReport], page_store: Store, open_page: OpenPage, tmp_path: Path
) -> None:
    (app,) = page_store.apps.keys()
    (found,) = page_store.incidents.documents(app)
    assert (found["direction"], found["coverage"]) == ("negative", "truncated")
    assert BOUND in (told_incident(record_of(Incident, found), "Tip line", english()).summary or "")
    at = open_page("incident", incident=found["id"])
    assert BOUND in shown(at)
    assert b"cut short: at least" in at.get("vega_lite_chart")[0].proto.SerializeToString()
    report = tmp_path / "brief.html"
    write_report(page_store, found["id"], report)
    brief = report.read_text(encoding="utf-8")
    assert BOUND in brief
    assert "A hatched strip below the bars" in brief
    page = shown(open_page("collection"))
    assert "cut short" in page
    assert told(reports[-1].stop_reason, english()) == "the newest 500 are shown and no more"
    assert "the newest 500 are shown and no more" in page
