"""What a file is a sample of, as far as its counts tell: the newest N, N of each star, N a month.

Such a file looks like a swing where its cut begins; a person should know before reading one in it.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from collector.records import Item

FEWEST = 100
"""Rows from which a round number is no chance."""
ROUND = 100
FEWEST_EACH = 10
FEWEST_STARS, FEWEST_MONTHS = 4, 4
MOST_MONTHS = 2_000


@dataclass
class Sample:
    """Counts of one import, for the most part one app's."""

    items: int = 0
    first: datetime | None = None
    stars: Counter[float] = field(default_factory=Counter)
    months: Counter[tuple[int, int]] = field(default_factory=Counter)

    def take(self, item: Item) -> None:
        """Counts an item."""
        self.items += 1
        at = item.created_at
        self.first = at if self.first is None else min(at, self.first)
        if item.rating is not None:
            self.stars[item.rating] += 1
        if len(self.months) < MOST_MONTHS:
            self.months[at.year, at.month] += 1

    def notices(self) -> list[str]:
        """What the counts say of how the file was cut."""
        return [said for said in (self._by_star(), self._by_month(), self._newest()) if said]

    def _newest(self) -> str | None:
        if self.items < FEWEST or self.items % ROUND or self.first is None:
            return None
        return (
            f"exactly {self.items} rows: this looks like the newest {self.items} of more, so that "
            f"what begins about {self.first:%Y-%m-%d} may be the cut and not a swing"
        )

    def _by_star(self) -> str | None:
        each = set(self.stars.values())
        if len(self.stars) < FEWEST_STARS or len(each) != 1 or min(each) < FEWEST_EACH:
            return None
        return (
            f"exactly {min(each)} rows of each star: this looks like so many of each star, and "
            "shares of stars in it say nothing of the app's"
        )

    def _by_month(self) -> str | None:
        """Most months have the same highest count, which chance does not give."""
        inner = sorted(self.months)[1:-1]
        counts = [self.months[month] for month in inner]
        if len(counts) < FEWEST_MONTHS or max(counts) < FEWEST_EACH:
            return None
        capped = counts.count(max(counts))
        if capped * 2 < len(counts):
            return None
        return (
            f"exactly {max(counts)} rows in {capped} of {len(counts)} months: this looks like so "
            "many of each month, and how many came when cannot be read from it"
        )
