"""How often it is wrong: counts, intervals, calibration; nothing is claimed from too little."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import decisions, load_labels
from collector.store import Store
from dashboard.trust import alarm_record
from dashboard.trust.alarm_record import Reading
from dashboard.words.catalogue import Wording
from tests.dashboard import builders
from tests.dashboard.conftest import OpenPage, shown

NOW = datetime(2024, 6, 1, 12, 0, tzinfo=UTC)
WORDS = Wording("en", ZoneInfo("UTC"))


@pytest.mark.parametrize(
    ("events", "low", "high"),
    [(0, 0.0, 3.689), (1, 0.025, 5.572), (5, 1.623, 11.668), (10, 4.795, 18.390)],
)
def test_garwood_intervals_are_those_of_the_tables(events: int, low: float, high: float) -> None:
    assert alarm_record.rate_interval(events, 1.0) == pytest.approx((low, high), abs=2e-3)


def test_wilson_is_that_of_the_textbook() -> None:
    assert alarm_record.share_interval(8, 10) == pytest.approx((0.490, 0.943), abs=1e-3)


@given(st.lists(st.builds(Reading, st.floats(0, 1), st.booleans()), min_size=1, max_size=60))
def test_every_reading_is_in_exactly_one_bin(readings: list[Reading]) -> None:
    rows = alarm_record.calibration(readings, WORDS)
    assert sum(int(row[1]) for row in rows) == len(readings)


def decide(store: Store, kind: decisions.Kind, value: str, minutes: int = 0, app: str = "") -> None:
    incident = builders.flood(app or builders.APP)
    at = NOW + timedelta(minutes=minutes)
    store.decisions.add(decisions.decide(incident, kind, value, "we know", by="", now=at))


def test_a_label_keeps_what_had_been_said(flooded: Store) -> None:
    decide(flooded, "cause", "service")
    decide(flooded, "coordination", "some", 1)
    frame = load_labels(store=flooded)
    assert frame["said"].tolist() == ["external", "some"]
    assert frame["said_probability"].iloc[0] == 0.8
    assert pd.isna(frame["said_probability"].iloc[1])


def test_the_last_word_is_judged_once(flooded: Store, open_page: OpenPage) -> None:
    decide(flooded, "verdict", "mistaken")
    decide(flooded, "verdict", "right", 1)
    decide(flooded, "cause", "external", 2)
    decide(flooded, "coordination", "strong", 3)
    at = open_page("wrong")
    assert not at.exception
    page = shown(at)
    assert "calls 0 of them false: 0.00 a year and app (95% interval 0.00 to" in page
    text = "".join(m.value for m in at.markdown)
    assert "Not enough verdicts yet (1 of 20)" in text
    assert "people agreed with 0 of the 1" in text


def test_enough_verdicts_give_a_table(page_store: Store, open_page: OpenPage) -> None:
    for n in range(alarm_record.ENOUGH):
        page_store.apps.ensure(f"app{n}", f"App {n}")
        made = builders.incident(f"app{n}")
        page_store.incidents.replace(f"app{n}", [(made, "x")], builders.alarms(made))
        decide(page_store, "cause", "external" if n % 4 else "service", app=f"app{n}")
    page = shown(open_page("wrong"))
    assert "70%–85%" in page
    assert "75%" in page
    assert "53%–89%" in page


def test_a_verdict_on_a_merged_incident_is_one_on_each_of_its_alarms() -> None:
    made = builders.flood(joined=["tip-line-20240601T0000Z"])
    opened = builders.log(made)[0]
    log = [opened, replace(opened, incident="tip-line-20240601T0000Z")]
    said = decisions.Decision(
        app=builders.APP, incident=made.id, made_at=NOW, kind="verdict", value="mistaken"
    )
    found = alarm_record.record(builders.APP, 2.0, log, [made], [said])
    assert found.judged("mistaken") == 2


def test_the_labels_are_offered_as_a_file(flooded: Store, open_page: OpenPage) -> None:
    at = open_page("wrong")
    assert [b for b in at.get("download_button") if "decided" in b.proto.label]
