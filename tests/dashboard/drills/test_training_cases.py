"""Training: a case is played without a look ahead, and judged against its truth."""

from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

from analysis.simulate import simulate
from collector.store import Store
from dashboard.drills import training_cases
from dashboard.drills.training_cases import CASES, Verdict
from tests.dashboard import builders
from tests.dashboard.conftest import OpenPage, shown

OUTAGE = CASES[0]


@pytest.mark.parametrize("place", range(len(CASES)))
def test_every_case_begins_in_the_quiet_and_holds_its_event(place: int) -> None:
    case = CASES[place]
    world = simulate(case.scenario(), case.seed)
    start, end = training_cases.start(case, world), training_cases.end(case, world)
    assert world.start + timedelta(days=60) < start < end <= world.end
    for event in world.truth[:1]:
        assert start < event.onset < end
    before = training_cases.judge(world, Verdict(start, "nothing", "none_seen"))
    assert (before.event, before.right, before.signs_right, before.after) == (
        None,
        True,
        True,
        None,
    )


def test_a_verdict_is_held_against_the_truth_of_its_moment() -> None:
    world = simulate(OUTAGE.scenario(), OUTAGE.seed)
    (event,) = world.truth
    late = event.onset + timedelta(hours=3)
    right = training_cases.judge(world, Verdict(late, "service", "none_seen"))
    assert (right.right, right.signs_right, right.after) == (True, True, timedelta(hours=3))
    assert not training_cases.judge(world, Verdict(late, "external", "strong")).right
    early = training_cases.judge(
        world, Verdict(event.onset - timedelta(hours=1), "service", "some")
    )
    assert (early.right, early.signs_right) == (False, False)


def play(at: AppTest, hours: int) -> AppTest:
    return at.button(key=f"step-{hours}").click().run(timeout=60)


def test_a_case_is_played_to_its_truth(flooded: Store, open_page: OpenPage) -> None:
    at = open_page("replay", mode="training", case="1")
    assert not at.exception
    page = shown(at)
    assert "SIMULATED" in page
    assert "the alarm had said nothing yet" in page
    assert "outage" not in page.lower()
    at = play(play(at, 24), 6)
    assert "the alarm has been sounding since" in shown(at)
    at.selectbox(key="training-answer").set_value("service").run(timeout=60)
    submit = next(b for b in at.button if b.label == "This is my verdict")
    at = submit.click().run(timeout=60)
    assert not at.exception
    page = shown(at)
    assert "It was an outage, cause: an outage or fault." in page
    assert "after it began" in "".join(m.value for m in at.markdown)
    at = at.button(key="training-anew").click().run(timeout=60)
    assert "the alarm had said nothing yet" in shown(at)


def test_training_needs_no_incident_of_ones_own(page_store: Store, open_page: OpenPage) -> None:
    page_store.apps.ensure(builders.APP, "Quiet")
    at = open_page("replay", mode="training", case="3")
    assert not at.exception
    assert "SIMULATED" in shown(at)
