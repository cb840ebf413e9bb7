"""What the columns of a file hold, found out from its first rows and not from their names."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice, pairwise
from typing import Any

from collector.dates.inexact_times import is_relative, month_alone
from collector.dates.time_texts import parse_moment, shown_order
from collector.errors import ImportRowError
from collector.importers.table import Table
from collector.importers.values.places import country_of, language_of
from collector.importers.values.stars import HUNDRED, Scale, read_stars, scale_of

SAMPLED = 1_000
"""Rows that are looked at."""
TRIED = 200
"""Cells of a column that are looked at where that costs time."""
NEARLY_ALL, MOST = 0.9, 0.5
LONG_WORDS, LONG_CHARS, LONG_UNSPACED = 3, 25, 8
FEWEST_DISTINCT = 0.3
FEWEST_RUNNING = 3
LARGEST_START = 1_000_000
"""Ids of platforms are longer; a running number may go on from another file."""
MISSING = frozenset({"", "nan", "none", "null", "nat", "<na>", "n/a", "na", "-", "\\n", "[]", "{}"})
"""What writers put where there is nothing."""


@dataclass
class Column:
    """What one column holds in the rows that were looked at. cells: those with anything."""

    name: str
    cells: list[Any] = field(default_factory=list)

    def take(self, value: Any) -> None:
        """Counts one cell."""
        if value is None or value != value or value == [] or value == {}:
            return
        if not isinstance(value, str) or value.strip().casefold() not in MISSING:
            self.cells.append(value)

    @property
    def filled(self) -> int:
        """Cells with anything."""
        return len(self.cells)

    @cached_property
    def values(self) -> dict[str, int]:
        """The different values, and how often each is there."""
        found: dict[str, int] = {}
        for cell in self.cells:
            written = str(cell).strip()[:200]
            found[written] = found.get(written, 0) + 1
        return found

    @property
    def examples(self) -> list[str]:
        """Three values."""
        return list(islice(self.values, 3))

    @cached_property
    def scale(self) -> Scale | None:
        """The scale of ratings of a column whose name promises them, None where it holds none."""
        return scale_of(self.cells, MOST)

    def holds_stars(self) -> bool:
        """One to five in nearly every row, and no running number."""
        running = [str(n + 1) for n in range(self.filled)] == [str(c).strip() for c in self.cells]
        scale = scale_of(self.cells)
        return scale is not None and scale.five and not (running and self.filled > 1)

    def holds_texts(self) -> bool:
        """Sentences, most of them different."""
        long = sum(_is_long(cell) for cell in self.cells if isinstance(cell, str))
        return (
            long * 2 >= self.filled > 0
            and len(self.values) >= FEWEST_DISTINCT * self.filled
            and not self.holds_dates()
        )

    def holds_stars_beyond_doubt(self) -> bool:
        """As signs, or with the unit or the best of the scale in each cell."""
        read = [read_stars(cell) for cell in self.cells]
        bests = [None if one is None else one.most for one in read]
        return bool(bests) and all(best is not None and best != HUNDRED for best in bests)

    def holds_rated_words(self) -> bool:
        """Ratings in words or in percent, and more than one of them."""
        scale = scale_of(self.cells)
        graded = scale is not None and (scale.words or all("%" in value for value in self.values))
        return graded and len(self.values) > 1

    def holds_words(self) -> bool:
        """Anything but numbers, flags, dates and addresses, in most cells."""
        return self._share(_is_worded) >= MOST

    def holds_dates(self, *, named: bool = False) -> bool:
        """Dates. named: the column is called so, and a number may be a moment."""
        return self._share(_is_moment if named else _is_date) >= (MOST if named else NEARLY_ALL)

    def holds_some_dates(self) -> bool:
        """Dates in most cells, whatever stands in the others."""
        return self._share(_is_date) >= MOST

    def relative(self) -> str | None:
        """A date that counts from when it was read, where a column of dates has such."""
        return next(filter(is_relative, self.cells[:TRIED]), None)

    def running(self) -> bool:
        """Numbers that count the rows, from any start: 0, 1, 2, ..."""
        whole = [str(cell).strip().removesuffix(".0") for cell in self.cells]
        if len(whole) < FEWEST_RUNNING or not all(map(str.isdecimal, whole)):
            return False
        steps = [int(after) - int(first) for first, after in pairwise(whole)]
        return steps.count(1) >= NEARLY_ALL * len(steps) and int(whole[0]) <= LARGEST_START

    def holds_counts(self) -> bool:
        """Whole numbers."""
        return self._share(_is_count) >= MOST

    def holds_countries(self) -> bool:
        """Countries by name or code."""
        return self._share(lambda c: isinstance(c, str) and country_of(c) is not None) >= MOST

    def holds_languages(self) -> bool:
        """Languages by name or code."""
        known = self._share(lambda c: language_of(str(c).strip("[]'\" ")) is not None)
        return known >= MOST or self._share(lambda c: str(c).lower() in ("und", "qme")) >= MOST

    def holds_addresses(self) -> bool:
        """Links."""
        return self._share(lambda c: "://" in str(c)[:12]) >= MOST

    def chars(self) -> int:
        """Characters of all cells."""
        return sum(len(str(cell)) for cell in self.cells)

    def _share(self, is_so: Callable[[Any], bool]) -> float:
        tried = self.cells[:TRIED]
        return sum(map(is_so, tried)) / len(tried) if tried else 0.0


def columns_of(table: Table) -> dict[str, Column]:
    """Each column of a file by its first rows."""
    found = {name: Column(name) for name in table.columns}
    for cells in _first_rows(table):
        for name, column in found.items():
            column.take(cells.get(name))
    return found


def _first_rows(table: Table) -> Iterable[Mapping[str, Any]]:
    rows = (row.cells for row in table.rows() if not isinstance(row.cells, ImportRowError))
    return islice(rows, SAMPLED)


def _is_long(text: str) -> bool:
    """Whether a cell reads like a sentence; an address or a path does not."""
    text = text.strip()
    if "://" in text and " " not in text:
        return False
    words = text.split()
    if len(words) >= LONG_WORDS:
        return any(word.isalpha() for word in words)
    unspaced = sum(char > "\u0dff" and char.isalpha() for char in text)
    return unspaced >= LONG_UNSPACED or (len(words) > 1 and len(text) >= LONG_CHARS)


def _is_worded(cell: Any) -> bool:
    return (
        isinstance(cell, str)
        and any(char.isalpha() or ord(char) > 0x2000 for char in cell)
        and cell.strip().casefold() not in ("true", "false", "yes", "no")
        and ("://" not in cell or " " in cell)
        and not _is_date(cell)
    )


def _is_moment(cell: Any) -> bool:
    return _is_whole(cell) or is_relative(cell) or month_alone(cell, named=True) is not None


def _is_date(cell: Any) -> bool:
    number = isinstance(cell, int | float) or (isinstance(cell, str) and cell.strip().isdigit())
    return not number and (_is_whole(cell) or is_relative(cell) or month_alone(cell) is not None)


def _is_whole(cell: Any) -> bool:
    try:
        parse_moment(cell, "mdy" if shown_order(cell) == "mdy" else "dmy")
    except ValueError:
        return False
    return True


def _is_count(cell: Any) -> bool:
    if isinstance(cell, bool):
        return False
    try:
        return float(str(cell).replace(",", "")).is_integer()
    except (ValueError, OverflowError):
        return False
