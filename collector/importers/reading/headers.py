"""Which line of a text file names its columns, and what they are called where none does."""

import csv
import re
from collections.abc import Sequence

from collector.dates.time_texts import parse_moment
from collector.importers.columns.column_names import FIELD_NAMES, normal

FEWEST_CELLS = 3
"""From which a line below a title may be the header."""
_LONG_NUMBER = re.compile(r"\d{9,}")
_KNOWN = frozenset(name for names in FIELD_NAMES.values() for name in names)


def header_line(lines: Sequence[str], delimiters: Sequence[str]) -> int:
    """How many lines stand above the header: a title, when it was exported."""
    if not lines or max(len(_cells(lines[0], d)) for d in delimiters) > 1:
        return 0
    for number, line in enumerate(lines):
        found = max((_cells(line, d) for d in delimiters), key=len)
        if len(found) >= FEWEST_CELLS and any(normal(cell) in _KNOWN for cell in found):
            return number
    return 0


def is_data(header: Sequence[str]) -> bool:
    """Whether the first line is a row and names nothing."""
    if any(normal(cell) in _KNOWN for cell in header):
        return False
    return any(_LONG_NUMBER.fullmatch(cell.strip()) or _is_moment(cell) for cell in header)


def numbered(header: Sequence[str]) -> list[str]:
    """Names for the columns of a file that gives none."""
    return [f"column {number}" for number in range(1, len(header) + 1)]


def distinct(header: Sequence[str]) -> list[str]:
    """The names of the columns; one that is there again has its number behind it."""
    found: list[str] = []
    for name in (cell.strip() for cell in header):
        again, number = name, 2
        while again in found and name:
            again, number = f"{name} ({number})", number + 1
        found.append(again)
    return found


def _cells(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return []


def _is_moment(cell: str) -> bool:
    if cell.strip().isdigit():
        return False
    try:
        parse_moment(cell, "dmy")
    except ValueError:
        return False
    return True
