"""CSV and its relatives: delimiter by the header, one row at a time, bad rows told by line."""

import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from collector.errors import ImportFileError, ImportRowError
from collector.importers.limits import LONGEST_CELL, MOST_COLUMNS
from collector.importers.table import Row
from collector.importers.text import Lines

DELIMITERS = (",", ";", "\t", "|")


class DelimitedTable:
    """A CSV file with a header line."""

    def __init__(self, path: Path, encoding: str) -> None:
        self.path = path
        self.encoding = encoding
        self.size = path.stat().st_size
        csv.field_size_limit(LONGEST_CELL)  # of the process: the library knows no other way
        self.delimiter, header = self._header()
        self.columns = [name.strip() for name in header]
        self._check_header()

    def rows(self, columns: frozenset[str] | None = None) -> Iterator[Row]:  # noqa: ARG002
        """All rows; a row with too many or too few cells is a problem of its own."""
        with Lines(self.path, self.encoding) as lines:
            reader = csv.reader(lines, delimiter=self.delimiter)
            next(reader)
            while True:
                start = reader.line_num + 1
                problem, cells = self._next(reader, start)
                yield from (Row(p.line, p, lines.done) for p in lines.problems)
                lines.problems.clear()
                if problem is not None:
                    yield Row(start, problem, lines.done)
                elif cells is None:
                    return
                elif cells:
                    yield Row(start, self._named(start, cells), lines.done)

    def _next(
        self, reader: Any, start: int
    ) -> tuple[ImportRowError, None] | tuple[None, list[str] | None]:
        try:
            return None, next(reader)
        except StopIteration:
            return None, None
        except csv.Error as error:
            where = f"; lines {start} to {reader.line_num}" if reader.line_num > start else ""
            reason = f"has a cell of more than {LONGEST_CELL} characters, or a quote never closed"
            if "field larger" not in str(error):
                reason = str(error)
            return ImportRowError(start, "row", reason + where), None

    def _named(self, line: int, cells: list[str]) -> dict[str, str] | ImportRowError:
        if len(cells) != len(self.columns):
            reason = f"has {len(cells)} cells, the header has {len(self.columns)}"
            return ImportRowError(line, "row", reason)
        return dict(zip(self.columns, cells, strict=True))

    def _header(self) -> tuple[str, list[str]]:
        with Lines(self.path, self.encoding) as lines:
            first = next(iter(lines), "")
        if not first.strip("\ufeff \t\r\n"):
            raise ImportFileError(f"{self.path}: the first line is empty; it must name the columns")
        parsed = {}
        for delimiter in DELIMITERS:
            try:
                parsed[delimiter] = next(csv.reader([first], delimiter=delimiter))
            except (csv.Error, StopIteration):
                continue
        if not parsed:
            raise ImportFileError(f"{self.path}: the first line does not name columns")
        return max(parsed.items(), key=lambda pair: len(pair[1]))

    def _check_header(self) -> None:
        if len(self.columns) > MOST_COLUMNS:
            raise ImportFileError(f"{self.path}: has more than {MOST_COLUMNS} columns")
        twice = [name for name, times in Counter(self.columns).items() if times > 1 and name]
        if twice:
            raise ImportFileError(
                f"{self.path}: the column {twice[0]!r} is there twice; rename or remove one"
            )
