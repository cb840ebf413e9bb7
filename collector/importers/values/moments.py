"""The moments of a file's rows: whole dates, months alone, and dates that count from when they were
read."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from collector.dates.inexact_times import before, is_relative, month_alone
from collector.dates.time_texts import parse_moment
from collector.importers.values.date_order import DateOrders


@dataclass(slots=True)
class Moments:
    """Reads the dates of one file.

    read_at: when its relative dates were read, where no column says so for each row. months,
    spans: dates that name no day, by an example of each column ("June 2024", "3 weeks ago").
    vague: how many of an item's own there were.
    """

    dates: DateOrders
    read_at: datetime | None = None
    months: dict[str, str] = field(default_factory=dict)
    spans: dict[str, str] = field(default_factory=dict)
    vague: int = 0

    def moment(self, column: str, value: Any, read: Any = None) -> tuple[datetime, bool]:
        """The moment in UTC, and whether the file named its zone.

        read: what the row says of when it was read. Raises ValueError with the reason.
        """
        try:
            return self.dates.moment(column, value)
        except ValueError:
            found = self._inexact(column, value, read)
            if found is None:
                raise
            return found

    def _inexact(self, column: str, value: Any, read: Any) -> tuple[datetime, bool] | None:
        month = month_alone(value, named=True)
        if month is not None:
            self.months.setdefault(column, str(value).strip())
            self.vague += column in self.dates.columns[:1]
            return month, True
        if not is_relative(value):
            return None
        read_at = self.read_at if read in (None, "") else parse_moment(read)[0]
        if read_at is None:
            raise ValueError(f"{value!r} counts from when it was read; say so with --read-at")
        moment, day_known = before(str(value), read_at)
        if not day_known:
            self.spans.setdefault(column, str(value).strip())
            self.vague += column in self.dates.columns[:1]
        return moment, True

    def notices(self) -> list[str]:
        """What a person should know of how the dates were read."""
        said = [
            f"{column}: dates like {example!r} name no day; they stand at the first of their month"
            for column, example in self.months.items()
        ]
        said += [
            f"{column}: dates like {example!r} name no day; they stand that long before they were "
            "read"
            for column, example in self.spans.items()
        ]
        return self.dates.notices() + said
