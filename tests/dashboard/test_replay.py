"""Replay: nothing of what came later is told."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from analysis.incidents.at_moment import as_told, moments, told
from collector.store import Store
from tests.dashboard import builders
from tests.dashboard.conftest import OpenPage, shown


@given(st.floats(-10, 100))
def test_nothing_later_is_known(hours: float) -> None:
    at = builders.ONSET + timedelta(hours=hours)
    incident = builders.flood()
    known = as_told(incident, at)
    assert all(e.at <= at for e in known.escalations)
    assert known.ended_at is None or known.ended_at <= at
    assert all(a.at <= at for a in told(builders.log(incident), at))


def test_the_slider_covers_the_incident_and_no_unknown_future() -> None:
    found = moments(builders.flood(), builders.LAST)
    assert found == sorted(set(found))
    assert found[0] < builders.ONSET
    assert builders.END < found[-1] <= builders.LAST
    assert found[-1] - found[0] < timedelta(days=3)
    short = moments(builders.flood(ended=False), builders.ONSET)
    assert len(short) >= 2


def test_moving_the_slider_moves_what_is_told(flooded: Store, open_page: OpenPage) -> None:
    at = open_page("replay")
    assert not at.exception
    offered = moments(builders.flood(), builders.LAST)
    at.select_slider(key=f"moment-{builders.ID}").set_value(offered[0]).run()
    assert "the alarm had said nothing yet" in shown(at)
    assert "Opened" not in shown(at)
    at.select_slider(key=f"moment-{builders.ID}").set_value(offered[-1]).run()
    assert not at.exception
    assert "Escalated" in shown(at)
    assert "200 reviews" in shown(at)
