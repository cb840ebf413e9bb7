"""From what reviews say to a verdict: cases with made-up texts, and what always holds."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.evidence import prepare
from analysis.evidence.signals import new_reasons
from analysis.incidents import cause as module
from analysis.incidents.cause import CAUSES, judge, reasons_given
from analysis.incidents.cause_model import COMPLAINTS, PRAISE, probabilities, shipped
from analysis.reasons.kinds import KINDS
from analysis.records import Evidence, Verdict
from tests.analysis.evidence.build import Review, swing, window

WELL = [
    Review(5, "Great app, I love it"),
    Review(1, "bad app, useless"),
    Review(2, "the button to share a picture is missing", "3.1"),
    Review(4, "works fine, thank you"),
]
EARLIER = [replace(one, version="3.1") for one in WELL * 40]


def signal(name: str, value: float | None, **more: Any) -> Evidence:
    plain = Evidence(signal=name, value=value, baseline=0.0, p_value=0.016, speaks_for=None)
    return replace(plain, **more)


def read(texts: Sequence[str], stars: float = 1.0, version: str | None = "3.1") -> Evidence:
    reviews = [Review(stars, text, version) for text in texts]
    direction = "negative" if stars < 3 else "positive"
    return new_reasons.measure(prepare(window(reviews, EARLIER, direction=direction)))


def verdict(texts: Sequence[str], stars: float = 1.0, version: str | None = "3.1") -> Verdict:
    subject = swing("negative" if stars < 3 else "positive", items=len(texts))
    return judge(subject, [read(texts, stars, version)])


def several(*sentences: str, times: int = 12) -> list[str]:
    """Texts that say the same and are not the same."""
    who = ("me", "my wife", "my son", "us here", "a friend", "our office")
    return [f"{s}, {who[n % 6]} since {n} o'clock" for n in range(times) for s in sentences]


UPDATED = several("Since the update nothing works any more", "The new version keeps crashing")
DOWN = several("The server is down and it keeps loading", "Under maintenance, connection timed out")
PROTEST = several("The president has no right to this", "The police and the government should stop")


def test_many_that_name_an_update_on_a_new_version_are_a_release() -> None:
    found = verdict(UPDATED, version="3.2")
    assert found.cause == "release"
    assert found.cause_probability is not None


def test_an_outage_on_a_version_of_long_ago_is_no_release() -> None:
    found = verdict(DOWN)
    assert found.cause == "service"
    assert found.causes["release"] == 0


def test_an_update_that_all_name_on_an_old_version_is_no_release() -> None:
    assert verdict(UPDATED).cause != "release"


def test_politics_is_outside_the_app() -> None:
    assert verdict(PROTEST).cause == "external"


def test_a_fire_that_praise_names_is_outside_the_app() -> None:
    told = several("Thank you, with the wildfire this is great", "Good in all this smoke and fire")
    assert (
        verdict(told, stars=5.0).causes["external"]
        > verdict(several("Great app, thank you", "Good and easy"), stars=5.0).causes["external"]
    )


def test_copies_of_one_slogan_are_one_text() -> None:
    slogan = "The server of the city is down because nobody listens to the people of this town"
    found = read([slogan] * 40)
    assert sum(found.details["kinds"]["now"].values()) == 1
    assert judge(swing(items=40), [found]).cause == "undetermined"


def test_stars_without_words_have_no_cause() -> None:
    found = verdict([""] * 30)
    assert found.cause == "undetermined"
    assert found.cause_probability is None
    assert found.causes["undetermined"] == 1


def test_ten_that_say_the_same_are_enough() -> None:
    assert verdict(DOWN[:10]).cause == "service"


def test_what_carries_the_swing_is_told() -> None:
    reviews = [Review(1, text, country="pl") for text in DOWN[:15]]
    reviews += [Review(1, text, country="de") for text in DOWN[15:20]]
    earlier = [replace(one, country="de") for one in EARLIER]
    [row] = new_reasons.measure(prepare(window(reviews, earlier))).details["carried_by"]
    assert (row["what"], row["name"], row["reviews"], row["of"]) == ("country", "pl", 15, 20)


def test_one_author_who_wrote_most_is_told_and_never_named() -> None:
    reviews = [Review(1, text, author="somebody") for text in DOWN[:15]]
    rows = new_reasons.measure(prepare(window(reviews, EARLIER))).details["carried_by"]
    [row] = [one for one in rows if one["what"] == "author_key"]
    assert (row["name"], row["reviews"]) == ("", 15)


def test_a_named_cause_has_a_reason_that_is_printed() -> None:
    for texts, version in ((UPDATED, "3.2"), (DOWN, "3.1"), (PROTEST, "3.1")):
        found = read(texts, version=version)
        cause = judge(swing(items=len(texts)), [found]).cause
        assert any(module.supports(cause, one) for one in reasons_given([found]))


def test_a_history_that_begins_with_the_swing_is_a_launch() -> None:
    assert judge(swing("mixed", launch=True), []).cause == "launch"
    assert judge(swing("negative", launch=True), []).cause == "undetermined"


def test_without_evidence_nothing_is_decided() -> None:
    found = judge(swing(), [])
    assert found.cause == "undetermined"
    assert found.cause_probability is None
    assert found.coordination == "not_testable"


def test_what_is_hardly_a_swing_is_undetermined() -> None:
    found = read(DOWN)
    assert judge(swing(items=100, expected_items=90), [found]).cause == "undetermined"
    assert judge(swing(items=6, expected_items=0.1), [found]).cause == "undetermined"
    long = swing(ended_at=swing().onset_at + timedelta(days=240))
    assert judge(long, [found]).cause == "undetermined"


def test_a_call_to_action_is_an_occasion_outside_the_app() -> None:
    call = signal("call_to_action", 20, p_value=1e-9, speaks_for="coordination")
    assert judge(swing(), [call]).cause == "external"
    assert judge(swing(), [call]).coordination == "strong"
    assert judge(swing("positive"), [call]).cause == "promotion"
    alone = judge(swing(), [read(PROTEST)]).causes["external"]
    assert judge(swing(), [call, read(PROTEST)]).causes["external"] > alone


COUNTS = st.dictionaries(st.sampled_from(KINDS), st.integers(0, 60))
SPEAKS = {"update": "release", "fault": "service", "outside": "external"}


def details(now: dict[str, int], before: dict[str, int]) -> dict[str, Any]:
    none = dict.fromkeys(KINDS, 0)
    return {"kinds": {"now": none | now, "before": none | before}, "version": None}


@given(COUNTS, COUNTS, st.sampled_from(sorted(SPEAKS)), st.integers(1, 30))
def test_more_of_the_same_never_lowers_a_reading(
    now: dict[str, int], before: dict[str, int], kind: str, more: int
) -> None:
    side, cause = shipped()["complaints"], SPEAKS[kind]
    less = probabilities(details(now, before), side)
    grown = probabilities(details({**now, kind: now.get(kind, 0) + more}, before), side)
    assert grown[cause] >= less[cause] - 1e-9


@given(COUNTS, COUNTS, st.booleans())
def test_probabilities_are_probabilities(
    now: dict[str, int], before: dict[str, int], praise: bool
) -> None:
    side = shipped()["praise" if praise else "complaints"]
    found = probabilities(details(now, before), side)
    assert abs(sum(found.values()) - 1) < 1e-9
    assert all(0 <= p <= 1 for p in found.values())


@pytest.mark.parametrize(("name", "spec"), [("complaints", COMPLAINTS), ("praise", PRAISE)])
def test_the_weights_are_those_of_the_model(name: str, spec: Any) -> None:
    side = shipped()[name]
    assert {cause: ("", *reads) for cause, reads in spec.items()} == {
        cause: tuple(weights) for cause, weights in side.weights.items()
    }
    assert set(side.typical) == set(KINDS)
    for weights in side.weights.values():
        assert all(w >= 0 for number, w in weights.items() if number)


def test_faults_support_a_bad_release_as_well() -> None:
    for name in ("failure_words", "fault_level", "new_reasons"):
        assert module.speaks_for("release", name, "service")
        assert not module.speaks_against("release", name, "service")
        assert module.speaks_against("external", name, "service")
    assert module.speaks_against("service", "version_concentration", "release")
    assert not module.speaks_against("release", "call_to_action", "coordination")
    assert set(CAUSES) >= set(SPEAKS.values())
