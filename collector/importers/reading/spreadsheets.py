"""Workbooks of Excel (.xlsx, .xls) and OpenDocument (.ods): the sheet that holds reviews."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from collector.errors import ImportFileError
from collector.importers.columns.column_names import FIELD_NAMES, normal
from collector.importers.limits import LONGEST_CELL, MOST_COLUMNS
from collector.importers.table import Row

HEADER_WITHIN = 20
"""Rows in which the header is looked for, below titles and notes."""
MOST_SHEETS = 50
KNOWN = frozenset(name for held in ("created_at", "rating", "text") for name in FIELD_NAMES[held])


class SheetTable:
    """A sheet with a header row. Row.line is its row as the program shows it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._start, self._rows = self._best()
        header = self._rows[0]
        self._names = [str(cell).strip() for cell in header]
        self.columns = list(dict.fromkeys(name for name in self._names if name))
        if len(self.columns) > MOST_COLUMNS:
            raise ImportFileError(f"{path}: has more than {MOST_COLUMNS} columns")
        if len(self.columns) < sum(map(bool, self._names)):
            raise ImportFileError(f"{path}: has two columns of one name; rename one")
        self.size = len(self._rows)

    def rows(self, columns: frozenset[str] | None = None) -> Iterator[Row]:
        """All rows with anything in them."""
        places = [
            (place, name)
            for place, name in enumerate(self._names)
            if name and (columns is None or name in columns)
        ]
        for number, cells in enumerate(self._rows[1:], self._start + 1):
            if any(cell != "" for cell in cells):
                named = {name: _plain(cells[place]) for place, name in places if place < len(cells)}
                yield Row(number, named, number - self._start)

    def _best(self) -> tuple[int, list[list[Any]]]:
        """The sheet whose header names most fields, from its header on, and its row's number."""
        found: list[tuple[int, int, list[list[Any]]]] = []
        try:
            book = CalamineWorkbook.from_path(str(self.path))
            for name in book.sheet_names[:MOST_SHEETS]:
                found += _from_header(book.get_sheet_by_name(name))
        except (CalamineError, OSError, ValueError) as error:
            raise ImportFileError(
                f"{self.path}: is not a readable workbook ({error}); save the sheet as CSV"
            ) from error
        if not found:
            raise ImportFileError(f"{self.path}: no sheet has a row that names columns")
        _, start, rows = max(found, key=lambda one: (one[0], len(one[2])))
        return start, rows


def _from_header(sheet: CalamineSheet) -> list[tuple[int, int, list[list[Any]]]]:
    """How many fields the header names, its row's number, and the rows from it on."""
    rows = sheet.to_python(skip_empty_area=False)
    scored = [(_score(row), place) for place, row in enumerate(islice(rows, HEADER_WITHIN))]
    score, place = max(scored, key=lambda one: (one[0], -one[1]), default=(0, 0))
    return [(score, place + 1, rows[place:])] if score else []


def _score(row: Sequence[Any]) -> int:
    """Known names count ten, other texts one."""
    texts = [cell for cell in row if isinstance(cell, str) and cell.strip()]
    return sum(10 if normal(text) in KNOWN else 1 for text in texts) if len(texts) > 1 else 0


def _plain(cell: Any) -> Any:
    """Whole numbers without a point, days as moments; nothing else is turned into anything."""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 2**53:
        return int(cell)
    if isinstance(cell, date) and not isinstance(cell, datetime):
        return datetime(cell.year, cell.month, cell.day)  # noqa: DTZ001
    return cell[: LONGEST_CELL + 1] if isinstance(cell, str) else cell
