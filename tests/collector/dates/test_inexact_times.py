"""Dates that name no day, and dates that count from when they were read."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collector.dates.inexact_times import before, is_relative, month_alone
from collector.dates.time_texts import parse_moment

READ = datetime(2024, 6, 15, 12, 30, tzinfo=UTC)
DAYS = {
    "en": "{} days ago", "es": "hace {} días", "pt": "há {} dias", "fr": "il y a {} jours",
    "de": "vor {} Tagen", "it": "{} giorni fa", "nl": "{} dagen geleden", "pl": "{} dni temu",
    "ru": "{} дня назад", "tr": "{} gün önce", "id": "{} hari yang lalu", "vi": "{} ngày trước",
    "ja": "{}日前", "zh": "{}天前", "ko": "{}일 전", "hi": "{} दिन पहले",
}  # fmt: skip
MONTHS = {
    "a month ago": (2024, 5), "il y a 3 mois": (2024, 3), "Reviewed 3 months ago": (2024, 3),
    "un anno fa": (2023, 6), "2 months ago on Google": (2024, 4), "hace un año": (2023, 6),
    "3 yrs. ago": (2021, 6),
}  # fmt: skip


@pytest.mark.parametrize("tongue", DAYS)
def test_days_ago(tongue: str) -> None:
    said = DAYS[tongue].format(3)
    assert is_relative(said)
    assert before(said, READ) == (datetime(2024, 6, 12, tzinfo=UTC), True)


@pytest.mark.parametrize("said", MONTHS)
def test_months_ago_know_no_day(said: str) -> None:
    moment, day_known = before(said, READ)
    assert (moment.year, moment.month) == MONTHS[said]
    assert not day_known


@settings(max_examples=30, deadline=None)
@given(count=st.integers(2, 40), unit=st.sampled_from(["hours", "days", "weeks"]))
def test_spans_in_english_are_exact(count: int, unit: str) -> None:
    moment, _ = before(f"{count} {unit} ago", READ)
    exact = READ - timedelta(**{unit: count})
    assert moment == (exact if unit == "hours" else exact.replace(hour=0, minute=0))


@pytest.mark.parametrize(
    "text", ["now it works", "fixed today", "5 stars", "2024-05-05", "ok", "前回"]
)
def test_other_texts_are_no_relative_dates(text: str) -> None:
    assert not is_relative(text)


@settings(max_examples=40, deadline=None)
@given(
    year=st.integers(2005, 2030),
    month=st.integers(1, 12),
    form=st.sampled_from(["{y}-{m:02}", "{y}-{m}", "{m:02}/{y}", "{y}年{m}月", "{y}년 {m}월"]),
)
def test_a_month_alone_is_its_first_day(year: int, month: int, form: str) -> None:
    said = form.format(y=year, m=month)
    assert month_alone(said, named=True) == datetime(year, month, 1, tzinfo=UTC)
    with pytest.raises(ValueError, match=r".+"):
        parse_moment(said)


@pytest.mark.parametrize("said", ["June 2024", "juin 2024", "Jun. 2024", "junio de 2024"])
def test_months_by_name(said: str) -> None:
    assert month_alone(said) == datetime(2024, 6, 1, tzinfo=UTC)


@pytest.mark.parametrize("said", ["5 June 2024", "2024", "5.2024.1", "13/2024", "v2024-05b"])
def test_what_is_no_month(said: str) -> None:
    assert month_alone(said, named=True) is None


WHOLE = {
    "01-Apr-23": (2023, 4, 1), "31-Jul-18": (2018, 7, 31), "20230405": (2023, 4, 5),
    "12 มี.ค. 2566": (2023, 3, 12), "5/3/2566": (2023, 3, 5), "2567-02-29": (2024, 2, 29),
    "1 مارس 2021": (2021, 3, 1), "1 मार्च 2021": (2021, 3, 1),
    "13 Ekim 2022, Perşembe": (2022, 10, 13), "domingo, 5 de marzo de 2023": (2023, 3, 5),
    "понедельник, 5 марта 2021": (2021, 3, 5), "5 mar 2023": (2023, 3, 5),
}  # fmt: skip


@pytest.mark.parametrize("said", WHOLE)
def test_dates_of_other_calendars_and_words(said: str) -> None:
    moment, _ = parse_moment(said, "dmy")
    assert (moment.year, moment.month, moment.day) == WHOLE[said]


def test_eight_digits_are_a_day_also_as_a_number() -> None:
    assert parse_moment(20230405)[0] == datetime(2023, 4, 5, tzinfo=UTC)
    assert parse_moment(1_611_000_000)[0].year == 2021
    with pytest.raises(ValueError, match=r".+"):
        parse_moment(20231405)
