"""Dates that say less than a day: "3 days ago", which needs to know when that was read, and
"June 2024", of which nobody knows the day.

Relative dates are read by dateparser, in the languages that stores and maps are most read in.
"""

import re
from datetime import UTC, datetime, timedelta
from functools import cache, lru_cache
from typing import Any

from dateutil.relativedelta import relativedelta  # type: ignore[import-untyped]

from collector.dates.month_names import ENGLISH, in_english

LONGEST = 60
TONGUES = (
    "en", "es", "pt", "fr", "de", "it", "nl", "pl", "ru", "uk", "tr", "id", "vi", "ja", "zh", "ko",
    "ar", "fa", "he", "hi", "th", "sv", "da", "nb", "fi", "cs", "el", "hu", "ro", "ms",
)  # fmt: skip
# What a date that counts from now has in it. The parser decides; this spares it all other texts.
_MARKS = re.compile(
    r"\b(?:ago|yesterday|today|now|hace|ayer|hoy|há|atrás|ontem|hoje|vor|gestern|heute|hier|fa|ieri"
    r"|oggi|geleden|gisteren|vandaag|lalu|kemarin|önce|dün|bugün|trước|qua|temu|wczoraj|sedan|siden|"
    r"sitten|před|πριν|ezelőtt)\b|il y a|aujourd|назад|вчера|сегодня|тому|前|昨天|今天|昨日|今日|"
    r"刚刚|刚才|たった今|전|어제|오늘|방금|قبل|منذ|أمس|اليوم|پیش|لפני|לפני|पहले|ที่แล้ว|เมื่อวาน|วันนี้",
    re.IGNORECASE,
)
_SHORT = re.compile(r"\d{1,3} ?(?:s|m|min|h|hr|d|w|wk|mo|y|yr)s?\.?", re.IGNORECASE)
_ONE = re.compile(r"\b(?:a|an|one|un|una|uno|um|uma|ein|eine|einem|einer|een|en|ett|et|bir|satu)\b")
_ON = re.compile(r" on \w+$")  # "2 months ago on Google"
_YEARS = re.compile(r"\byrs?\b")
MOST_BLANKS = 5
_HAS_DATE = re.compile(r"\d{4}|\d[./-]\d")
_MONTH = re.compile(r"(?:(?P<year>\d{4})[-/.](?P<month>\d{1,2})|(?P<m2>\d{1,2})[-/.](?P<y2>\d{4}))")
_EAST = re.compile(r"(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]")
_NAMED = re.compile(
    rf"(?:({'|'.join(ENGLISH)})[a-z]*[\s.,'-]+(\d{{4}})|(\d{{4}})[\s.,-]+({'|'.join(ENGLISH)})[a-z]*)",
    re.IGNORECASE,
)
_DAY_KNOWN = frozenset({"time", "day"})
MONTHS_A_YEAR = 12


def is_relative(value: Any) -> bool:
    """Whether a cell counts from the moment at which it was read, as far as its words tell."""
    if not isinstance(value, str) or not 1 < len(value) <= LONGEST:
        return False
    text = " ".join(value.split())
    if _SHORT.fullmatch(text):
        return True
    match = _MARKS.search(text)
    if match is None or _HAS_DATE.search(text) or text.count(" ") > MOST_BLANKS:
        return False
    counted = (
        any(char.isdigit() for char in text) or _ONE.search(text) or len(match[0]) == len(text)
    )
    return bool(counted or text.casefold() == "just now") and _ago(text) is not None


def before(value: str, read_at: datetime) -> tuple[datetime, bool]:
    """The moment of a relative date, and whether its day is known ("3 months ago" knows none).

    Raises ValueError with the reason.
    """
    found = _ago(" ".join(value.split()))
    if found is None:
        raise ValueError(f"{value[:40]!r} is not a date that is understood")
    earlier, known = found
    moment = read_at - earlier
    return moment if known == "time" else _midnight(moment), known in _DAY_KNOWN


def month_alone(value: Any, *, named: bool = False) -> datetime | None:
    """The first moment of a month that stands without a day; None for anything else.

    named: whether the column says that it holds dates, so that figures alone may be one.
    """
    if not isinstance(value, str) or len(value) > LONGEST:
        return None
    text = value.strip()
    if named and (match := _MONTH.fullmatch(text)):
        return _first_of(match["year"] or match["y2"], match["month"] or match["m2"])
    if match := _EAST.fullmatch(text):
        return _first_of(match[1], match[2])
    if not any(char.isalpha() for char in text) or not any(char.isdigit() for char in text):
        return None
    if match := _NAMED.fullmatch(in_english(text).strip()):
        name = (match[1] or match[4]).title()
        return _first_of(match[2] or match[3], str(ENGLISH.index(name) + 1))
    return None


def _first_of(year: str, month: str) -> datetime | None:
    if not 1990 <= int(year) <= 2100 or not 1 <= int(month) <= MONTHS_A_YEAR:
        return None
    return datetime(int(year), int(month), 1, tzinfo=UTC)


def _midnight(moment: datetime) -> datetime:
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)


@lru_cache(maxsize=4_096)
def _ago(text: str) -> tuple[timedelta | relativedelta, str] | None:
    """How long before, and how exact that is: time, day, week, month or year."""
    base = datetime(2001, 6, 15, 12)  # noqa: DTZ001  (the parser's own form)
    plain = _YEARS.sub("years", _ON.sub("", text.replace(".", "").casefold()))
    words = plain.split()
    tried = [f"{plain} ago"] if _SHORT.fullmatch(plain) else [plain, _ONE.sub("1", plain)]
    # "Reviewed 3 months ago", "Edited a week ago": what stands before.
    tried += [" ".join(words[first:]) for first in (1, 2) if len(words) > first + 1]
    for one in tried:
        found = _parser().get_date_data(one)
        if found.date_obj is not None:
            return _between(found.date_obj.replace(tzinfo=None), base, str(found.period))
    return None


def _between(
    earlier: datetime, base: datetime, period: str
) -> tuple[timedelta | relativedelta, str]:
    """A span as the words have it: months are months of the calendar, whatever days they have."""
    if period not in ("month", "year"):
        return base - earlier, period
    months = MONTHS_A_YEAR * (base.year - earlier.year) + base.month - earlier.month
    return relativedelta(months=months), period


@cache
def _parser() -> Any:
    """Loaded at the first relative date: its languages take a second."""
    from dateparser.date import DateDataParser  # type: ignore[import-untyped]

    settings = {
        "PARSERS": ["relative-time"],
        "RELATIVE_BASE": datetime(2001, 6, 15, 12),  # noqa: DTZ001
        "RETURN_TIME_AS_PERIOD": True,
    }
    return DateDataParser(languages=list(TONGUES), settings=settings)
