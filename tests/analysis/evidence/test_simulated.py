"""The drill and its counterparts: same size, other occasions."""

import pytest

from benchmarks.scenarios import simulated


@pytest.fixture(scope="module")
def found() -> dict[str, dict[str, object]]:
    return simulated()


def test_the_drill_is_strong_and_tells_time_and_lead(found: dict[str, dict[str, object]]) -> None:
    drill = found["iwatch_drill"]
    assert drill["coordination"] == "strong"
    assert "31 May 2020" in str(drill["call_to_action"])
    assert "before the onset" in str(drill["call_to_action"])


def test_the_drill_without_posts_is_not(found: dict[str, dict[str, object]]) -> None:
    assert found["iwatch_without_posts"]["coordination"] in ("not_testable", "none_seen", "some")


@pytest.mark.parametrize(
    "name",
    ["angry_protest_with_news", "policy_reaction", "bad_release", "outage", "promotion"],
)
def test_others_are_not_strong(found: dict[str, dict[str, object]], name: str) -> None:
    assert found[name]["coordination"] == "none_seen"
    assert found[name]["cause"] in ("undetermined", found[name]["truth"])
