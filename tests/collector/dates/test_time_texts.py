"""Moments as programs and people write them, in other languages and zones."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector.dates.month_names import TONGUES, in_english
from collector.dates.time_texts import parse_moment
from collector.dates.zones import _HOURS, _WINDOWS, place_named, zone_named

MOMENTS = {
    "Wed Mar 04 2026 10:11:12 GMT+0100 (Central European Standard Time)": "2026-03-04T09:11:12",
    "2021-01-09 00:39:35 India Standard Time": "2021-01-08T19:09:35",
    "2020-12-31 23:59:59 CET": "2020-12-31T22:59:59",
    "Mon, 05 Jan 2026 10:00:00 WIB": "2026-01-05T03:00:00",
    "Mon, 05 Jan 2026 10:00:00 AEST": "2026-01-05T00:00:00",
    "2020-05-31 23:59:59 Europe/Berlin": "2020-05-31T21:59:59",
    "Wed Oct 10 20:19:24 +0000 2018": "2018-10-10T20:19:24",
    "2018-10-10 20:19:24 UTC": "2018-10-10T20:19:24",
    "2026-01-05T10:00:00.000+0000": "2026-01-05T10:00:00",
    "5 de mayo de 2021": "2021-05-05T00:00:00",
    "5 Agustus 2021": "2021-08-05T00:00:00",
    "5 янв. 2021 г.": "2021-01-05T00:00:00",
    "01 Ocak 2022": "2022-01-01T00:00:00",
    "2021年3月5日": "2021-03-05T00:00:00",
    "2021년 3월 5일 오후 3:04": "2021-03-05T15:04:00",
    "2021. 3. 5.": "2021-03-05T00:00:00",
    "Bewertet in Deutschland am 3. März 2020": "2020-03-03T00:00:00",
    "Reviewed in the United States on May 3, 2020": "2020-05-03T00:00:00",
    "Date of experience: January 1, 2023": "2023-01-01T00:00:00",
    "4:05 PM · May 3, 2022": "2022-05-03T16:05:00",
}


@pytest.mark.parametrize("written", MOMENTS)
def test_a_moment(written: str) -> None:
    read, _ = parse_moment(written, "dmy")
    assert read == datetime.fromisoformat(MOMENTS[written]).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    "written",
    ["2 days ago", "yesterday", "3 months ago", "2020-01-01 10:00:00 XQT", "am 3."],
)
def test_no_moment(written: str) -> None:
    with pytest.raises(ValueError, match=r"date|zone"):
        parse_moment(written)


@given(st.datetimes(datetime(2000, 1, 1), datetime(2026, 1, 1)), st.sampled_from(_HOURS.split()))  # noqa: DTZ001
def test_every_abbreviation(naive: datetime, pair: str) -> None:
    name, hours = pair.split("=")
    written = f"{naive:%a, %d %b %Y %H:%M:%S} {name.upper()}"
    read, aware = parse_moment(written)
    assert aware
    assert read == naive.replace(microsecond=0, tzinfo=UTC) - timedelta(hours=float(hours))


@pytest.mark.parametrize("name", _WINDOWS)
def test_every_name_of_windows(name: str) -> None:
    assert zone_named(name) is not None


@given(st.sampled_from(TONGUES), st.dates(datetime(2000, 1, 1).date(), datetime(2026, 1, 1).date()))  # noqa: DTZ001
def test_months_by_name_are_read_or_refused_never_mistaken(tongue: str, day: object) -> None:
    """A name that means two months in two languages is none."""
    from babel.dates import format_date

    written = format_date(day, "d MMMM y", locale=tongue)  # type: ignore[arg-type]
    try:
        read, _ = parse_moment(written, "dmy")
    except ValueError:
        return
    assert read.date() == day


@given(st.text(max_size=60))
def test_any_text_stays_a_text(text: str) -> None:
    assert isinstance(in_english(text), str)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Europe/Madrid", "Europe/Madrid"),
        (" europe/madrid", "Europe/Madrid"),
        ("W. Europe Standard Time", "Europe/Berlin"),
        ("CET", "CET"),
        ("utc", "UTC"),
        ("WIB", "Etc/GMT-7"),
        ("IST", "Asia/Kolkata"),
        ("NPT", "Asia/Kathmandu"),
        ("+05:30", "Asia/Kolkata"),
        ("UTC+12:45", "Pacific/Chatham"),
        ("GMT-3", "Etc/GMT+3"),
        ("\u22120930", "Pacific/Marquesas"),
        ("Z", "UTC"),
    ],
)
def test_a_reader_s_clock_is_named_as_imports_name_zones(name: str, key: str) -> None:
    found = place_named(name)
    assert found is not None
    assert found.key == key


@pytest.mark.parametrize("name", ["", "Mars/Base", "Europe", "../UTC", "+25", "+05:17", "+5:99"])
def test_what_is_no_zone_has_no_place(name: str) -> None:
    assert place_named(name) is None


@given(st.sampled_from([pair.split("=")[0] for pair in _HOURS.split()] + list(_WINDOWS)))
def test_every_zone_of_an_import_has_a_place_of_the_same_clock(name: str) -> None:
    """In the abbreviation's own season: its clock says what the abbreviation says."""
    zone, place = zone_named(name), place_named(name)
    assert zone is not None
    assert place is not None
    seasons = [datetime(2026, month, 15, 12, tzinfo=UTC) for month in (1, 7)]
    assert any(zone.utcoffset(at) == place.utcoffset(at) for at in seasons)
