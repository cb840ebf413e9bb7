"""Day or month first: found out for a file as a whole, never for a row on its own."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from collector.dates.time_texts import DateOrder, parse_moment, shown_order
from collector.errors import ImportFileError, ImportRowError
from collector.importers.table import Table

OTHER: dict[DateOrder, DateOrder] = {"dmy": "mdy", "mdy": "dmy"}
IN_WORDS: dict[DateOrder, str] = {"dmy": "day first", "mdy": "month first"}


@dataclass(slots=True)
class _Column:
    """shown: an example of each order that dates of the column can only have. either: one that can
    have both. others: whether it holds anything else."""

    shown: dict[DateOrder, str] = field(default_factory=dict)
    either: str | None = None
    others: bool = False


class DateOrders:
    """Reads the dates of a file. Its columns are looked through once, when the first date that may
    be read in two ways is met; a file without such dates is read but once.

    columns: those with dates, the date of the item first. fixed: the order that was asked for.
    now: no year of two digits is later.
    """

    def __init__(
        self,
        table: Table | None,
        columns: Sequence[str],
        fixed: DateOrder | None = None,
        now: datetime | None = None,
    ) -> None:
        self.this_year = now.year if now else None
        self.table, self.columns, self.fixed = table, columns, fixed
        self._found: dict[str, _Column] | None = None
        self._against: dict[str, str] = {}

    def moment(self, column: str, value: Any) -> tuple[datetime, bool]:
        """The moment in UTC, and whether the file named its zone. Raises ValueError with the
        reason, and ImportFileError where nothing tells how to read any date of the items."""
        if isinstance(value, str) and value[4:5] == "-":
            return parse_moment(value)  # the year first: the usual form, and no question
        shown = shown_order(value, self.this_year)
        if shown == "either" or shown == "same":
            return parse_moment(value, self.fixed or self._of(column))
        if self.fixed is not None and shown == OTHER[self.fixed]:
            self._against.setdefault(column, str(value).strip())
        return parse_moment(value, shown)

    def notices(self) -> list[str]:
        """What a person should know of how the dates were read."""
        said = [
            f"{column}: {example!r} can only be {IN_WORDS[OTHER[self.fixed]]}, although "
            f"--date-order says {self.fixed}; such dates were read as they stand"
            for column, example in self._against.items()
            if self.fixed is not None
        ]
        for column, found in (self._found or {}).items():
            if len(found.shown) > 1 and found.either is not None:
                said.append(
                    f"{column}: {found.shown['dmy']!r} is day first and {found.shown['mdy']!r} "
                    f"month first; dates that may be either, like {found.either!r}, were refused; "
                    "--date-order says how to read them"
                )
        return said

    def _of(self, column: str) -> DateOrder | None:
        """What the column shows; where it shows nothing, what the others show."""
        if self.table is None:
            return None
        if self._found is None:
            self._found = self._look(self.table)
        shown = set(self._found[column].shown)
        if not shown:
            shown = {order for found in self._found.values() for order in found.shown}
        if len(shown) == 1:
            return shown.pop()
        self._refuse(self.table, self._found[self.columns[0]])
        return None

    def _look(self, table: Table) -> dict[str, _Column]:
        found = {column: _Column() for column in self.columns}
        for cells in _cells(table, frozenset(self.columns)):
            for column, one in found.items():
                value = cells.get(column)
                order = shown_order(value, self.this_year)
                if order == "same":
                    continue  # it neither tells nor makes up for those that do not
                if order == "either":
                    one.either = one.either or str(value).strip()
                elif order is not None:
                    one.shown.setdefault(order, str(value).strip())
                elif value:
                    one.others = True
        return found

    def _refuse(self, table: Table, first: _Column) -> None:
        """Raises where every date of the items may be read in two ways."""
        if first.either is None or first.shown or first.others:
            return
        raise ImportFileError(
            f"{table.path}: {self.columns[0]} has dates like {first.either!r}, and none of them "
            "tells whether the day or the month comes first; say --date-order dmy or "
            "--date-order mdy. Nothing was imported"
        )


def _cells(table: Table, columns: frozenset[str]) -> Iterator[Mapping[str, Any]]:
    for row in table.rows(columns):
        if not isinstance(row.cells, ImportRowError):
            yield row.cells
