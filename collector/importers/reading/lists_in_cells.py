"""Tables with a list of reviews in a cell: a row for each shop or app, and its reviews as JSON.

Each review becomes a row, with what stands beside the list.
"""

import json
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from collector.errors import ImportRowError
from collector.importers.columns.column_names import FIELD_NAMES, normal
from collector.importers.limits import LONGEST_CELL
from collector.importers.reading.json_shape import rows_within
from collector.importers.table import Row, Table

SAMPLED = 20
_DATES = frozenset(FIELD_NAMES["created_at"])


def unfolded(table: Table) -> Table:
    """The table, or where a column holds lists of dated rows and no other is a date, theirs."""
    if any(normal(name) in _DATES for name in table.columns):
        return table
    first = [row.cells for row in islice(table.rows(), SAMPLED) if isinstance(row.cells, Mapping)]
    for name in table.columns:
        cells = [cells.get(name) for cells in first if cells.get(name)]
        if cells and all(isinstance(c, str) and c.lstrip().startswith("[{") for c in cells):
            inner = [row for cell in cells for row in _inner(cell)]
            if inner:
                return _Unfolded(table, name, list(dict.fromkeys(k for row in inner for k in row)))
    return table


class _Unfolded:
    """A table whose column `name` is taken apart."""

    def __init__(self, table: Table, name: str, keys: list[str]) -> None:
        self.table, self.name = table, name
        self.path, self.size = table.path, table.size
        self.beside = [one for one in table.columns if one != name and one not in keys]
        self.columns = [*self.beside, *keys]

    def rows(self, columns: frozenset[str] | None = None) -> Iterator[Row]:  # noqa: ARG002
        """All inner rows; a cell that is no list is a problem of its row."""
        for row in self.table.rows():
            if isinstance(row.cells, ImportRowError):
                yield row
                continue
            cell = row.cells.get(self.name)
            inner = _inner(cell) if cell else []
            if cell and not inner:
                yield Row(row.line, ImportRowError(row.line, self.name, "is no list"), row.done)
            beside = {name: row.cells.get(name) for name in self.beside}
            for cells in inner:
                yield Row(row.line, beside | cells, row.done)


def _inner(cell: Any) -> list[dict[str, Any]]:
    if not isinstance(cell, str) or len(cell) > LONGEST_CELL:
        return []
    try:
        value = json.loads(cell)
    except (ValueError, RecursionError):
        return []
    return rows_within(value) if isinstance(value, list) else []
