"""What the columns of a file hold, found out from its first rows and not from their names."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from collector.errors import ImportRowError
from collector.importers.stars import is_star
from collector.importers.table import Table

SAMPLED = 1_000
"""Rows that are looked at."""
REMEMBERED = 200
"""Different values of a column that are kept apart."""
NEARLY_ALL = 0.9
LONG_WORDS, LONG_CHARS, LONG_UNSPACED = 3, 25, 8
FEWEST_DISTINCT = 0.3


@dataclass(slots=True)
class Column:
    """What one column holds in the rows that were looked at.

    filled: cells with anything. stars: those that may be one to five stars. long: those that read
    like a sentence. examples: the first different values.
    """

    name: str
    filled: int = 0
    stars: int = 0
    long: int = 0
    chars: int = 0
    counting: bool = True
    values: dict[str, None] = field(default_factory=dict)

    def take(self, value: Any) -> None:
        """Counts one cell."""
        written = "" if value is None or value != value else str(value).strip()
        if not written:
            return
        self.filled += 1
        self.stars += is_star(value)
        self.long += _is_long(written)
        self.chars += len(written)
        self.counting = self.counting and written == str(self.filled)
        if len(self.values) < REMEMBERED:
            self.values.setdefault(written[: LONG_CHARS * 4])

    @property
    def examples(self) -> list[str]:
        """Three values."""
        return list(islice(self.values, 3))

    def holds_stars(self) -> bool:
        """One to five in nearly every row, and no running number."""
        running = self.counting and self.filled > 1
        return bool(self.filled) and self.stars >= NEARLY_ALL * self.filled and not running

    def holds_texts(self) -> bool:
        """Sentences, most of them different."""
        several = min(self.filled, REMEMBERED)
        return self.long * 2 >= self.filled > 0 and len(self.values) >= FEWEST_DISTINCT * several


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
    if "://" in text and " " not in text:
        return False
    words = text.split()
    if len(words) >= LONG_WORDS:
        return any(word.isalpha() for word in words)
    unspaced = sum(char > "\u0dff" and char.isalpha() for char in text)
    return unspaced >= LONG_UNSPACED or (len(words) > 1 and len(text) >= LONG_CHARS)
