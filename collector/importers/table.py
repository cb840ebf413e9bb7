"""What every file format becomes: numbered rows of cells, readable more than once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from collector.errors import ImportRowError


@dataclass(frozen=True, slots=True)
class Row:
    """One row. line: 1-based line of a text file, row of a Parquet file. done: of Table.size.

    cells: by column; an ImportRowError where the row could not be taken apart.
    """

    line: int
    cells: Mapping[str, Any] | ImportRowError
    done: int


class Table(Protocol):
    """A file of rows. Reading it holds a bounded part of it in memory."""

    path: Path
    columns: list[str]
    size: int

    def rows(self, columns: frozenset[str] | None = None) -> Iterator[Row]:
        """All rows from the start, with at least these columns (all by default)."""
        ...
