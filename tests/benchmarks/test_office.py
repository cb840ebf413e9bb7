"""The ordinary histories: made as they say, and judged as a person would."""

import numpy as np
import pytest

from analysis.swings.history import DAY, HOUR
from benchmarks.office.against_expected import judge
from benchmarks.office.catalogue import EVENT, offices
from benchmarks.office.history import Office, Reviews, moment, reviews_of
from benchmarks.office.rhythms import midnights
from benchmarks.office.tables import text
from benchmarks.office.told import Saying

FAILURE = "failure of 8 h, 60 on 5 a day"
PAIR = "two events 2 days apart, other reason"


def office(name: str) -> Office:
    return offices()[name]


def saying(day: float, hours: float, end: float, over: float, *told: str) -> Saying:
    onset = moment(day)
    return Saying(
        told or ("low",),  # type: ignore[arg-type]
        onset,
        onset + int(hours * HOUR),
        onset + int(end * HOUR),
        onset + int(over * HOUR),
    )


def test_there_are_more_than_sixty_histories_of_every_kind() -> None:
    kinds = {o.kind for o in offices().values()}
    assert len(offices()) >= 60
    assert kinds >= {"quiet", "seasons", "failure", "pair", "waves", "fading", "decline"}


def test_a_seed_makes_the_same_history_again() -> None:
    one, other, third = (reviews_of(office(FAILURE), seed) for seed in (1, 1, 2))
    np.testing.assert_array_equal(one.at, other.at)
    np.testing.assert_array_equal(one.stars, other.stars)
    assert not np.array_equal(one.at, third.at)
    assert (np.diff(one.at) >= 0).all()


def test_half_of_the_reviews_come_with_the_push() -> None:
    made = reviews_of(office("quiet push 24 and 24"))
    quarter = made.at % DAY // (HOUR // 4)
    assert 0.45 < (quarter == 18 * 4).mean() < 0.55


def test_the_push_moves_with_the_clocks() -> None:
    plan = office("quiet push in America/New_York")
    begun = midnights(plan.days, plan.zone)
    assert set(np.diff(begun) // HOUR) == {23, 24, 25}
    made = reviews_of(plan)
    hour = made.at % DAY // HOUR
    assert {int(h) for h in np.argsort(np.bincount(hour))[-2:]} == {22, 23}


def test_what_stops_stops() -> None:
    made = reviews_of(office("no reviews for 21 days, twenty a day"))
    during = (made.at >= moment(EVENT)) & (made.at < moment(EVENT + 21))
    assert not during.any()
    stars = reviews_of(office("five stars from twenty to two a day"))
    assert _a_day(stars, EVENT, EVENT + 60) < 4 < 15 < _a_day(stars, EVENT - 60, EVENT)


def _a_day(made: Reviews, since: float, until: float) -> float:
    here = (made.at >= moment(since)) & (made.at < moment(until)) & (made.stars >= 4)
    return float(here.sum() / (until - since))


def test_a_failure_told_as_one_would_wish() -> None:
    found = judge(office(FAILURE), [saying(EVENT, 1.5, 8.5, 20.0)])
    (event,) = found.events
    assert event.in_time
    assert event.onset_right
    assert event.end_right
    assert event.over_in_time
    assert found.as_many
    assert not found.besides
    assert "| failure | 1 | 1 of 1 | 1 of 1 | 1 of 1 | 1 of 1 | 1 of 1 | 0.00 | 1 of 1 |" in text(
        [found]
    )


def test_a_failure_told_late_with_its_tail_and_twice() -> None:
    late = [saying(EVENT + 0.2, 7.0, 150.0, 390.0), saying(EVENT + 1, 2.0, 30.0, 60.0)]
    found = judge(office(FAILURE), late)
    (event,) = found.events
    assert not event.in_time
    assert not event.onset_right
    assert not event.end_right
    assert not event.over_in_time
    assert event.again == 1
    assert not found.as_many


def test_what_nobody_expects_is_told_besides() -> None:
    praise = saying(EVENT, 1.0, 8.0, 20.0, "high")
    found = judge(office(FAILURE), [praise, saying(120.0, 1.0, 8.0, 20.0)])
    assert len(found.besides) == 2
    assert found.events[0].alarm is None


@pytest.mark.parametrize("second", [True, False])
def test_two_events_are_two(second: bool) -> None:
    told = [saying(EVENT, 1.0, 8.0, 30.0)]
    told += [saying(EVENT + 2, 1.0, 12.0, 30.0)] if second else []
    found = judge(office(PAIR), told)
    assert [e.alarm is not None for e in found.events] == [True, second]
    assert found.as_many is second
