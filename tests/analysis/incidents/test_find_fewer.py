"""Reviews that stay away become an incident; what was not seen does not."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from analysis.app_state.standing import Standings
from analysis.incidents.stored import stored_alarms, stored_incident
from analysis.records import Incident
from analysis.run import analyze
from analysis.words.catalogue import english
from analysis.words.documents import shown_incidents
from collector.records import RunReport
from collector.settings.config import Settings
from collector.store import Store
from dashboard.command_line.incident_lines import brief
from tests.collector.store.items import item

START = datetime(2024, 1, 1, tzinfo=UTC)
STOP = START + timedelta(days=100, hours=12)
NOW = STOP + timedelta(days=14)


def fill(store: Store, *, polled_until: datetime | None = NOW, kept: tuple[int, ...] = ()) -> None:
    """Twenty reviews a day until the stop, of the stars `kept` afterwards, too."""
    rng = np.random.default_rng(1)
    at = np.sort(rng.random(2300)) * (NOW - START).total_seconds()
    stars = rng.choice([1, 5, 5, 5], len(at))
    made = [
        item(f"r{n}", created_at=START + timedelta(seconds=s), rating=float(star))
        for n, (s, star) in enumerate(zip(at.tolist(), stars.tolist(), strict=True))
        if START + timedelta(seconds=s) < STOP or star in kept
    ]
    store.apps.ensure("tips", "Tips")
    store.items.write(made, how="import")
    if polled_until is not None:
        store.runs.write(
            RunReport(
                app="tips", source=made[0].source, started_at=polled_until, ended_at=polled_until,
                outcome="ok", stop_reason="read", covered_from=START, covered_to=polled_until,
                new=1, changed=0, seen=1, bad=0, requests=1, cost_usd=0.0, next_due_at=None,
            )
        )  # fmt: skip


def shown(store: Store) -> list[Incident]:
    """Chance may raise others on the way."""
    found = shown_incidents(store, "tips", NOW)
    return [one for one in found if one.onset_at >= STOP - timedelta(days=1)]


def test_reviews_that_stop_are_an_incident_with_an_alarm(store: Store) -> None:
    fill(store)
    analyze(Settings(), store, NOW)
    (made,) = shown(store)
    assert (made.direction, made.counts, made.items) == ("fewer", "mixed", 0)
    assert made.expected_items == pytest.approx(14 * 20, rel=0.2)
    assert abs(made.onset_at - STOP) < timedelta(hours=8)
    assert made.alarmed_at < STOP + timedelta(hours=36)
    assert (made.cause, made.coordination) == ("undetermined", "not_testable")
    alarm = stored_alarms(store, "tips")[-1]
    assert (alarm.kind, alarm.direction) == ("opened", "fewer")
    assert "received no reviews in Google Play since" in brief(made)


def test_high_stars_that_stop_are_said_so_in_both_languages(store: Store) -> None:
    fill(store, kept=(1,))
    analyze(Settings(), store, NOW)
    (made,) = shown(store)
    assert (made.direction, made.counts) == ("fewer", "positive")
    assert "no high-star reviews" in str(made.summary)
    assert made.coverage_basis == "polled"
    assert english()("direction-fewer") == "fewer reviews"


def test_an_import_that_ended_months_ago_is_no_stop_and_never_calm(store: Store) -> None:
    fill(store, polled_until=None)
    later = NOW + timedelta(days=90)
    analyze(Settings(), store, later)
    assert shown(store) == []
    standing = Standings(store).of("tips", later)
    assert (standing.state, standing.code) == ("not judged", "seen-until")
    assert abs(standing.values["seen"] - STOP) < timedelta(hours=8)


def test_polls_that_ended_with_the_reviews_saw_no_stop(store: Store) -> None:
    fill(store, polled_until=STOP)
    analyze(Settings(), store, NOW)
    assert shown(store) == []


def test_a_second_analysis_says_the_same(store: Store) -> None:
    fill(store)
    analyze(Settings(), store, NOW - timedelta(days=10))
    (before,) = shown(store)
    analyze(Settings(), store, NOW)
    (after,) = shown(store)
    assert (before.id, before.alarmed_at, before.onset_at) == (
        after.id, after.alarmed_at, after.onset_at,
    )  # fmt: skip
    assert stored_incident(store, before.id) is not None
    assert sum(a.incident == after.id for a in stored_alarms(store, "tips")) == 1
