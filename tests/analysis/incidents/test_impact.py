"""Stars with and without a swing's excess."""

from datetime import timedelta

import pytest

from analysis.incidents.impact import rating_impact
from collector.record_frames import to_frame
from collector.records import RatingSnapshot
from tests.analysis.evidence.build import ONSET, Review, window

HALF = [Review(n % 2 * 4 + 1, "word") for n in range(360)]  # one and five stars, two a day


def test_without_the_excess_the_mean_is_the_old_one() -> None:
    impact = rating_impact(window([Review(1, "no")] * 100, HALF))[0]
    assert impact.stars_before == pytest.approx(3.0)
    assert impact.stars_with < 2.7
    assert impact.stars_without == pytest.approx(3.0, abs=0.02)
    assert impact.excess[0] == pytest.approx(98, abs=0.1)
    assert impact.sides is None


def test_ordinary_reviews_have_no_excess_and_no_recovery() -> None:
    impact = rating_impact(window(HALF[:4], HALF))[0]
    assert sum(impact.excess) == pytest.approx(0, abs=0.1)
    assert impact.recovery_days == 0


def test_recovery_lies_in_its_interval() -> None:
    before = [Review(5, "word")] * 300 + [Review(1, "word")] * 60
    before = [before[n * 7 % 360] for n in range(360)]
    impact = rating_impact(window([Review(1, "no")] * 20, before))[0]
    assert impact.recovery_days is not None
    assert impact.recovery_low is not None
    assert impact.recovery_high is not None
    assert 0 < impact.recovery_low <= impact.recovery_days <= impact.recovery_high


def test_a_swing_to_both_sides_is_told_with_both_numbers() -> None:
    both = [Review(1, "no"), Review(5, "yes")] * 50
    sides = rating_impact(window(both, HALF, direction="mixed"))[0].sides
    assert sides is not None
    assert sides.high == pytest.approx(48, abs=0.1)
    assert sides.low == pytest.approx(48, abs=0.1)


def test_an_answer_begins_later() -> None:
    ordinary = [Review(n % 2 * 4 + 1, "word", at=ONSET + timedelta(hours=12 * n)) for n in range(4)]
    complaints = [Review(1, "no", at=ONSET + timedelta(minutes=20 * n)) for n in range(140)]
    praise = [Review(5, "yes", at=ONSET + timedelta(hours=30, minutes=5 * n)) for n in range(60)]
    sides = rating_impact(window(ordinary + complaints + praise, HALF, direction="mixed"))[0].sides
    assert sides is not None
    assert sides.low_from <= ONSET + timedelta(hours=1)
    assert abs(sides.high_from - ONSET - timedelta(hours=30)) < timedelta(hours=1)


def test_snapshots_count_ratings_without_text() -> None:
    shot = RatingSnapshot(
        app="city-app", source="google_play", country="all", at=ONSET - timedelta(days=1),
        average=4.0, count=1000, star_1=250, star_2=0, star_3=0, star_4=0, star_5=750,
    )  # fmt: skip
    snapshots = to_frame(RatingSnapshot, [shot])
    impact = rating_impact(window([Review(1, "no")] * 100, HALF, snapshots=snapshots))[0]
    assert impact.basis == "snapshots"
    assert impact.ratings == 1100
    assert impact.stars_before == pytest.approx(4.0)


def test_nothing_is_said_without_a_past() -> None:
    assert rating_impact(window([Review(1, "no")], [])) == []


@pytest.mark.parametrize("shown", [False, True])
def test_all_together_lies_between_its_parts(shown: bool) -> None:
    def reviews(source: str, country: str, high: int, of: int) -> list[Review]:
        stars = [5 if n * high % of < high else 1 for n in range(of)]
        return [Review(s, "word", source=source, country=country) for s in stars]

    past = reviews("app_store", "us", 70, 100) + reviews("google_play", "us", 30, 60)
    elsewhere = reviews("app_store", "de", 300, 300)  # nothing of the swing comes from there
    low = [
        Review(1, "no", source=source, country="us")
        for source in ["app_store"] * 40 + ["google_play"] * 25
    ]
    shots = [
        RatingSnapshot(
            app="city-app", source="app_store", country=country, at=ONSET - timedelta(days=1),
            average=4.0, count=1000, star_1=low, star_2=0, star_3=0, star_4=0, star_5=1000 - low,
        )
        for country, low in (("us", 250), ("de", 10))
    ]  # fmt: skip
    changes = {"snapshots": to_frame(RatingSnapshot, shots)} if shown else {}
    total, *parts = rating_impact(window(low, past + elsewhere, **changes))
    assert [(p.source, p.country) for p in parts] == [("app_store", "us"), ("google_play", "us")]
    assert {i.basis for i in (total, *parts)} == {"reviews"}  # Google Play has no totals
    assert total.ratings == sum(p.ratings for p in parts)
    assert total.excess == pytest.approx(
        [sum(e) for e in zip(*(p.excess for p in parts), strict=True)]
    )
    for what in ("stars_before", "stars_with", "stars_without", "swing_with"):
        values = [getattr(p, what) for p in parts]
        assert min(values) <= getattr(total, what) <= max(values), what
