"""What a run of digits in a text looks like: a card number, an amount, a version, a date."""

import re
from datetime import date

# Dates with - or . between; those with / never form one run.
_DATE = re.compile(
    r"(?<![\d.\-])(?:(?P<y>(?:19|20)\d\d)[-.](?P<m>\d{1,2})[-.](?P<d>\d{1,2})"
    r"|(?P<a>\d{1,2})[-.](?P<b>\d{1,2})[-.](?:(?:19|20)\d\d|\d\d)"
    r"|(?:19|20)\d\d-(?:19|20)\d\d)(?![-.]?\d)"
)
# Two dates with a dash between, as one span.
_DAY = (
    r"(?:(?:19|20)\d\d[-.]\d{1,2}[-.]\d{1,2}|\d{1,2}[-.]\d{1,2}[-.](?:(?:19|20)\d\d|\d\d)"
    r"|(?:19|20)\d{6})"
)
_DAYS = re.compile(rf"(?<![\d.\-]){_DAY} ?[-\u2010-\u2013] ?{_DAY}(?![-.]?\d)")
_DATED = re.compile(_DAY)
_AMOUNT = re.compile(r"\d{1,3}(?:([. \u00a0])\d{3})(?:\1\d{3})*+")
_FRACTION = re.compile(r"0\.\d+")
_YEAR = re.compile(r"(?:19|20)\d\d")


def groups(run: str) -> list[str]:
    """The groups of consecutive digits."""
    return re.findall(r"\d+", run)


def luhn_valid(digits: str) -> bool:
    """True when the last digit is the Luhn checksum of the others (ISO/IEC 7812-1, annex B)."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def dates_in(run: str) -> list[tuple[int, int]]:
    """Spans of the run that are calendar dates, two dates with a dash, or ranges of years."""
    spans: list[tuple[int, int]] = []
    done = 0
    pairs = [match.span() for match in _DAYS.finditer(run) if _both_on_calendar(match[0])]
    for start, end in [*pairs, (len(run), len(run))]:
        spans += [m.span() for m in _DATE.finditer(run, done, start) if _on_calendar(m)]
        if start < end:
            spans.append((start, end))
        done = end
    return spans


def round_number(digits: str) -> bool:
    """True for 100000000: few digits that say something, at least five zeros."""
    return len(digits) - len(digits.rstrip("0")) >= 5 and len(digits.rstrip("0")) <= 3


def date_like(digits: str) -> bool:
    """True for 20200531 and 20200531004800."""
    if len(digits) not in (8, 14) or not digits.isascii() or not digits.startswith(("19", "20")):
        return False
    try:
        date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return False
    return len(digits) == 8 or (digits[8:10] < "24" and digits[10:12] < "60" and digits[12:] < "60")


def amount_like(run: str) -> bool:
    """True for 1.500.000 and 10 000 000: groups of three that end in a round thousand, or 0.123."""
    if _FRACTION.fullmatch(run):
        return True
    if not _AMOUNT.fullmatch(run):
        return False
    parts = groups(run)
    return parts[-1] == "000" or len(parts[0]) < 3


def version_like(run: str) -> bool:
    """True for 10.24.30.1 and 192.168.100.200: dots only, groups of at most three digits.

    Telephone numbers with dots are not: their groups are 3-3-4 or five and more pairs.
    """
    parts = run.split(".")
    if len(parts) < 3 or not all(part.isdecimal() for part in parts):
        return False
    pairs = len(parts) >= 4 and all(len(part) == 2 for part in parts)
    return not pairs and all(len(part) <= 3 for part in parts)


def years_or_round(parts: list[str]) -> bool:
    """True when every group is a year, or every group a multiple of a hundred."""
    return all(_YEAR.fullmatch(part) for part in parts) or all(
        part.endswith("00") and len(part) <= 6 for part in parts
    )


def _both_on_calendar(span: str) -> bool:
    days = [match[0] for match in _DATED.finditer(span)]
    return len(days) == 2 and all(
        date_like(day)
        if day.isdecimal()
        else (found := _DATE.fullmatch(day)) is not None and _on_calendar(found)
        for day in days
    )


def _on_calendar(match: re.Match[str]) -> bool:
    if match["y"]:
        return 1 <= int(match["m"]) <= 12 and 1 <= int(match["d"]) <= 31
    if match["a"]:
        first, second = sorted((int(match["a"]), int(match["b"])))
        return 1 <= first <= 12 and second <= 31
    return True
