"""Merge and split on the page: at once, everywhere, undoable."""

import shutil
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from analysis import decisions
from analysis.run import analyze
from analysis.simulate import scenarios, simulate
from analysis.simulate.load import load_world
from collector.settings.config import Settings
from collector.store import Store, open_store
from collector.times import from_iso
from dashboard.alerting.deliver import deliver
from dashboard.alerting.settings import AlertSettings
from dashboard.brief.contents import contents
from dashboard.words.catalogue import Wording
from tests.dashboard import builders
from tests.dashboard.conftest import OpenPage, shown


@pytest.fixture(scope="module")
def analysed(secret: bytes, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A flood and its supporters' answer: two incidents of one app, in a file to copy."""
    path = tmp_path_factory.mktemp("twice") / "s.db"
    world = simulate(scenarios.counter_swing(), 5)
    with open_store(f"sqlite:///{path}", secret=secret) as store:
        store.apps.ensure(world.app, world.name)  # not marked as simulated: alerts are sent
        load_world(store, world)
        analyze(Settings(), store, world.end)
    return path


@pytest.fixture
def twice(analysed: Path, tmp_path: Path, request: pytest.FixtureRequest) -> Store:
    """The two incidents, in the store that the pages open."""
    shutil.copy(analysed, tmp_path / "pages.db")
    store: Store = request.getfixturevalue("page_store")
    return store


def decide(at: AppTest, kind: str, value: str | None = None) -> AppTest:
    at.selectbox(key="act-kind").set_value(kind).run()
    if value is not None:
        at.selectbox(key=f"act-value-{kind}").set_value(value).run()
    at.text_area(key="act-reason").set_value("one story").run()
    return at.button(key="act-save").click().run()


def test_a_merge_is_carried_out_at_once_and_undone(twice: Store, open_page: OpenPage) -> None:
    late, early = (d["id"] for d in twice.incidents.documents())
    at = decide(open_page("incident", incident=late), "merge", early)
    assert not at.exception
    (joined,) = twice.incidents.documents()
    assert joined["id"] == early
    assert at.selectbox(key="incident").value == early
    assert "joined by a person from 2 incidents" in shown(at)
    assert "one story" in shown(at)
    st.cache_data.clear()
    again = open_page("incident")
    assert "Merge with another incident" in shown(again)
    assert shown(again).count(">Opened<") == 2
    at = decide(again, "unmerge")
    assert not at.exception
    assert [d["id"] for d in twice.incidents.documents()] == [late, early]


def test_a_split_is_carried_out_at_once_and_undone(twice: Store, open_page: OpenPage) -> None:
    before = twice.incidents.documents()
    at = open_page("incident", incident=before[-1]["id"])
    whole = builders.read(before[-1])
    moments = decisions.moments(whole, whole.ended_at or builders.LAST)
    at = decide(at, "split", moments[len(moments) // 2].isoformat())
    assert not at.exception
    after = twice.incidents.documents()
    assert len(after) == 3
    (part,) = [d for d in after if d["split_from"]]
    page = open_page("incident", incident=part["id"])
    assert "split off by a person" in shown(page)
    assert "one story" in shown(page)
    at = decide(page, "unsplit")
    assert not at.exception
    assert twice.incidents.documents() == before
    assert at.selectbox(key="incident").value == before[-1]["id"]


def test_report_and_alerts_follow_a_merge(twice: Store, open_page: OpenPage) -> None:
    late, early = twice.incidents.documents()
    decide(open_page("incident", incident=late["id"]), "merge", early["id"])
    words = Wording("en", ZoneInfo("UTC"))
    made = contents(twice, early["id"], words, from_iso(late["ended_at"]))
    assert [row[1] for row in made.log[1]].count("Opened") == 2
    assert any("A person joined 2 incidents" in line for line in made.known)
    sent: list[tuple[str, str, str]] = []

    def post(channel: str, title: str, body: str) -> bool:
        sent.append((channel, title, body))
        return True

    link = "https://floodgauge.example.org"
    settings = AlertSettings(channels=("one",), recent=timedelta(days=9999), link=link)
    deliver(twice, settings, from_iso(late["ended_at"]) + timedelta(days=30), post)
    assert len(sent) == 1
    assert early["id"] in sent[0][2]
    assert late["id"] not in sent[0][2]


def test_only_what_is_possible_is_offered(flooded: Store, open_page: OpenPage) -> None:
    at = open_page("incident")
    offered = at.selectbox(key="act-kind").options
    assert "Merge with another incident" not in offered
    assert "Undo a split" not in offered
    assert "Split off what came later" in offered


def test_moments_are_few_and_inside(flooded: Store) -> None:
    incident = builders.flood(ended=False)
    known = builders.ONSET + timedelta(days=300)
    found = decisions.moments(incident, known)
    assert 100 < len(found) < 2 * decisions.MOST_MOMENTS
    assert all(incident.alarmed_at < m < known for m in found)
    assert found[0] == incident.escalations[0].at


def test_a_link_from_before_a_merge_still_leads_there(twice: Store, open_page: OpenPage) -> None:
    late, early = (d["id"] for d in twice.incidents.documents())
    decide(open_page("incident", incident=late), "merge", early)
    st.cache_data.clear()
    at = open_page("incident", incident=late)
    assert "not in the store" not in shown(at)
    assert at.selectbox(key="incident").value == early
    found = twice.incidents.get(late)
    assert found is not None
    assert found["id"] == early
