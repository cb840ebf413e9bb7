"""Dates and times as files write them -> UTC.

Accepted: ISO 8601 with T or a blank, years first with / or . between, epoch seconds to nanoseconds,
English month names (RFC 2822 included), and days first or months first with / . or - between. The
last is decided for a file as a whole (importers/date_order.py): one 31/05/2020 makes every
03/04/2020 the third of April; one 05/31/2020 makes it the fourth of March; without either, or with
both, it is refused. A year of two digits is 20xx; such a date tells by itself only what no year
first can be: 20/11/25 may also be the 25th of November 2020. Serial numbers of Excel are refused by
that name.
"""

import re
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any, Literal

from dateutil import parser as dateutil_parser  # type: ignore[import-untyped]

from collector.dates.month_names import in_english
from collector.dates.zones import zone_named
from collector.times import EARLIEST, EPOCH

DateOrder = Literal["dmy", "mdy"]

# Digits of an epoch time between 2001 and 2286, and its unit in microseconds.
EPOCH_UNITS = {10: 1_000_000, 13: 1_000, 16: 1, 19: 1 / 1_000}
LONGEST = 120
LAST_MONTH, LAST_DAY = 12, 31
SHORT_YEAR, CENTURY = 2, 2000

_NUMBER = re.compile(r"(\d{10}(?:\d{3}){0,3})(?:\.(\d{1,9}))?")
_YEAR_FIRST = re.compile(r"(\d{4})[./] ?(\d{1,2})[./] ?(\d{1,2})\.?(?=\D|$)")
_SHORT_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?=\D|$)")
_YEAR_LAST = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})(?=[ T,]|$)")
_SERIAL = re.compile(r"[3-6]\d{4}(?:\.\d+)?")  # days since 1899-12-30: 1982 to 2091
# A remark in brackets, "GMT" before an offset, and a zone by its name at the end.
_REMARK = re.compile(r"\s*\([^()]*\)\s*$")
_SIGNED = re.compile(r"(?:GMT|UTC)\s?([+-]\d{2}:?\d{2})\b")
_ZONE = re.compile(
    r"(?<=\d)\s+((?:[A-Z][\w.]*\s){1,5}(?:Standard|Daylight) Time|\w+/[\w/+-]+|UTC)$"
)
_NAMED = re.compile(r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b", re.IGNORECASE)
_SHORT_NAMED = re.compile(r"(\d{1,2})[-/. ]+([A-Za-z]{3,9})[-/., ]+'?(\d{2})(?=[ T,]|$)")
_DIGITS = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})?)?")  # 20230405
_BUDDHIST = re.compile(r"(?<![\d:.])2[4-6]\d{2}(?![\d:])")
BUDDHIST = 543
_FULL_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_NO_YEAR = re.compile(r"(?<![\d+:.-])0\d{3}(?![\d:])")  # 0001, which the parser takes for 2001
_DAY = re.compile(r"(?<![\d:])[0-3]?\d(?:st|nd|rd|th)?(?![\d:])", re.IGNORECASE)


def parse_moment(value: Any, order: DateOrder | None = None) -> tuple[datetime, bool]:
    """The moment in UTC, and whether the file named its zone (UTC is assumed where it does not).

    order: which comes first where the year is last. Raises ValueError with the reason.
    """
    if isinstance(value, datetime):
        return _checked(value)
    if isinstance(value, str) and value[4:5] == "-" and value[:2] != "25":
        try:
            return _checked(datetime.fromisoformat(value))
        except ValueError:
            pass  # with blanks around it, another form, or before there were networks
    if isinstance(value, date):
        return _checked(datetime(value.year, value.month, value.day))  # noqa: DTZ001
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise ValueError("is not a date")  # noqa: TRY004
    text = str(value) if isinstance(value, int) else _plain(value)
    if len(text) > LONGEST:
        raise ValueError("is too long for a date")
    if (match := _DIGITS.fullmatch(text)) and len(text) != min(EPOCH_UNITS):
        return _checked(_from_digits(match))
    if match := _NUMBER.fullmatch(text):
        return _checked(_from_epoch(match))
    if _SERIAL.fullmatch(text):
        raise ValueError(
            f"{text} looks like Excel's serial number of a day; give the column the number format "
            "yyyy-mm-dd hh:mm:ss in Excel and save the file again"
        )
    if not isinstance(value, str):
        raise ValueError(f"{text} is no epoch time in seconds or milliseconds")  # noqa: TRY004
    return _checked(_parse_text(text, order))


def shown_order(
    value: Any, this_year: int | None = None
) -> DateOrder | Literal["either", "same"] | None:
    """Which comes first in a date such as 31/05/2020, day or month, as far as it tells by itself;
    same where it makes no difference, None for whatever is no such date.

    this_year: what is later cannot be a year, so that 31/05/25 has its day first.
    """
    match = _YEAR_LAST.match(" ".join(value.split())) if isinstance(value, str) else None
    if match is None:
        return None
    first, second = int(match[1]), int(match[3])
    if max(first, second) > LAST_DAY or min(first, second) > LAST_MONTH:
        return None  # no day, whatever comes first
    short = len(match[4]) == SHORT_YEAR
    if first > LAST_MONTH:
        late = this_year is not None and CENTURY + first > this_year
        return "dmy" if late or not short else "either"
    if first == second and not short:
        return "same"
    return "mdy" if second > LAST_MONTH else "either"


def _plain(value: str | float) -> str:
    if isinstance(value, str):
        return " ".join(value.split())
    if value != value or abs(value) > 1e19:
        raise ValueError(f"{value} is not a date")
    return f"{value:.6f}".rstrip("0").rstrip(".")


def _from_epoch(match: re.Match[str]) -> datetime:
    unit = EPOCH_UNITS[len(match[1])]
    return EPOCH + timedelta(microseconds=int(int(match[1]) * unit)) + _fraction(match[2], unit)


def _from_digits(match: re.Match[str]) -> datetime:
    year, month, day, hour, minute, second = (int(part or 0) for part in match.groups())
    return datetime(year, month, day, hour, minute, second)  # noqa: DTZ001


def _fraction(digits: str | None, unit: float) -> timedelta:
    return timedelta(microseconds=round(float(f"0.{digits}") * unit) if digits else 0)


def _parse_text(text: str, order: DateOrder | None) -> datetime:
    try:
        if text[:2] != "25":
            return datetime.fromisoformat(text)
    except ValueError:
        pass  # the other ways follow
    text, zone = _without_zone(_gregorian(in_english(text)))
    moment = _parse_unzoned(text, order)
    return moment if zone is None or moment.tzinfo is not None else moment.replace(tzinfo=zone)


def _gregorian(text: str) -> str:
    """The date with its year counted as in the Gregorian calendar: Thailand's 2566 is 2023."""
    return _BUDDHIST.sub(lambda match: str(int(match[0]) - BUDDHIST), text)


def _without_zone(text: str) -> tuple[str, tzinfo | None]:
    """A date as JavaScript and programs of Windows write it, without the zone that it names."""
    text = _SIGNED.sub(r"\1", _REMARK.sub("", text))
    match = _ZONE.search(text)
    zone = zone_named(match[1]) if match else None
    return (text[: match.start()].rstrip(), zone) if match and zone is not None else (text, None)


def _parse_unzoned(text: str, order: DateOrder | None) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        pass  # the other ways follow
    if match := _YEAR_LAST.match(text):
        return _parse_rest(
            _iso_day(_whole_year(match[4]), *_day_month(match, order)) + text[match.end() :]
        )
    if match := _YEAR_FIRST.match(text) or _SHORT_ISO.match(text):
        return _parse_rest(_iso_day(match[1], match[3], match[2]) + text[match.end() :])
    if match := _SHORT_NAMED.match(text):
        return _parse_rest(f"{match[1]} {match[2]} {CENTURY + int(match[3])}" + text[match.end() :])
    if _NAMED.search(text) and _FULL_YEAR.search(text) and _DAY.search(text):
        return _parse_rest(text)
    raise ValueError(f"{text!r} is not a date that is understood; ISO 8601 always is")


def _day_month(match: re.Match[str], order: DateOrder | None) -> tuple[str, str]:
    first, second = match[1], match[3]
    if len(match[4]) > SHORT_YEAR and (int(first) > LAST_MONTH or int(first) == int(second)):
        return first, second
    if int(second) > LAST_MONTH or order == "mdy":
        return second, first
    if order == "dmy":
        return first, second
    raise ValueError(
        f"{match[0]!r} may be day first or month first; write it as year-month-day, or say which "
        "with --date-order"
    )


def _whole_year(digits: str) -> str:
    return str(CENTURY + int(digits)) if len(digits) == SHORT_YEAR else digits


def _iso_day(year: str, day: str, month: str) -> str:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        raise ValueError(f"there is no day {year}-{month}-{day}") from None


def _parse_rest(text: str) -> datetime:
    """A day that is beyond doubt, with whatever time follows."""
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        pass  # a time in another form
    if year := _NO_YEAR.search(text):
        raise ValueError(f"there is no year {year[0]} of networks")
    try:
        parsed = dateutil_parser.parse(text, default=datetime(1, 1, 1), tzinfos=_no_zone)  # noqa: DTZ001
    except (ValueError, OverflowError, TypeError) as error:
        raise ValueError(f"{text!r} is not a date that is understood") from error
    if not isinstance(parsed, datetime) or parsed.year == 1:
        raise ValueError(f"{text!r} is not a whole date")
    return parsed


def _no_zone(name: str | None, offset: int | None) -> tzinfo | timedelta | int | None:
    """Offsets are taken, and zones that have a name here; any other name is no zone."""
    if name is None and offset is None:
        return None
    if offset is None and (zone := zone_named(name or "")) is not None:
        return zone
    if offset is None:
        raise ValueError(f"the time zone {name} is not known; write an offset")
    return offset or 0


def _checked(moment: datetime) -> tuple[datetime, bool]:
    aware = moment.tzinfo is not None
    try:
        utc = moment.astimezone(UTC) if aware else moment.replace(tzinfo=UTC)
    except OverflowError:
        raise ValueError(f"{moment} is out of range") from None
    if utc < EARLIEST:
        raise ValueError(f"{utc:%Y-%m-%d} is before app stores and social networks")
    # pandas.Timestamp is a datetime with nanoseconds: only the class itself is stored.
    plain = datetime(
        utc.year, utc.month, utc.day, utc.hour, utc.minute, utc.second, utc.microsecond, UTC
    )
    return plain, aware
