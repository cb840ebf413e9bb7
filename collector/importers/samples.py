"""What a file is a sample of, as far as its counts tell: the newest N, N of each star, N a month,
all of it from the day on which a scraper began.

Such a file looks like a swing where its cut begins; a person should know before reading one in it.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from collector.records import Cut, ImportSample, Item
from collector.times import EPOCH

FEWEST = 100
"""Rows from which a round number is no chance."""
ROUND = 100
FEWEST_EACH = 10
FEWEST_STARS, FEWEST_SPANS = 4, 4
FEWEST_ALIKE = 50
"""Rows of one star from which the file is one of that star."""
MOST_DAYS = 30_000
FEWEST_AFTER = 21
"""Days behind a step that a scraper made."""
STEP, STEP_EACH, SUDDEN = 4.0, 2.0, 3.0
"""How many times the pace before: of all stars, of low, middle and high ones each, and of the days
right before."""
BESIDE = 14
"""Days on either side of a step."""
BLOCKS, FALLEN = 7, 1 / 3
"""The days after a step in so many parts, none of which falls below this part of their mean."""
LOW, HIGH = 2, 4
GROUPS = 4
Days = NDArray[np.int64]


@dataclass
class Sample:
    """Counts of what one import brought of one app and source. vague: items that name no day."""

    app: str
    source: str
    items: int = 0
    vague: int = 0
    first: datetime = EPOCH
    last: datetime = EPOCH
    rated: Counter[tuple[int, float | None]] = field(default_factory=Counter)

    def take(self, item: Item, *, vague: bool = False) -> None:
        """Counts an item."""
        at = item.created_at
        if not self.items:
            self.first = self.last = at
        elif at < self.first:
            self.first = at
        elif at > self.last:
            self.last = at
        self.items += 1
        self.vague += vague
        if len(self.rated) < MOST_DAYS:
            self.rated[at.toordinal(), item.rating] += 1

    def rows(self, imported_at: datetime) -> list[ImportSample]:
        """What the store keeps of it: a row for each cut that the counts show, one for none."""
        return [
            ImportSample(
                app=self.app,
                source=self.source,
                imported_at=imported_at,
                items=self.items,
                first_at=self.first,
                last_at=self.last,
                cut=cut,
                size=size,
                cut_at=at,
            )
            for cut, size, at in self.cuts() or [("none", None, None)]
        ]

    def cuts(self) -> list[tuple[Cut, int | None, datetime | None]]:
        """How the file was cut, as far as its counts tell: what, how many, from when."""
        if not self.items:
            return []
        if self.vague * 2 >= self.items:
            return [("no_days", None, None)]
        found: list[tuple[Cut, int | None, datetime | None]] = []
        stars = _totals(self.rated, 1)
        if each := self._by_star(stars):
            found.append(("one_star" if len(stars) == 1 else "per_star", each, None))
        daily = _totals(self.rated, 0)
        if each := _capped(_by_month(daily)):
            found.append(("per_month", each, None))
        elif each := _capped(daily):
            found.append(("per_day", each, None))
        if self.items >= FEWEST and self.items % ROUND == 0:
            found.append(("newest", self.items, self.first))
        if (began := self._began()) is not None:
            found.append(("began", None, began))
        return found

    def _by_star(self, stars: Counter[Any]) -> int | None:
        each = set(stars.values())
        if None in stars:
            return None
        if len(stars) == 1 and self.items >= FEWEST_ALIKE:
            return int(next(iter(stars)))
        if len(stars) < FEWEST_STARS or len(each) != 1 or min(each) < FEWEST_EACH:
            return None
        return min(each)

    def _began(self) -> datetime | None:
        """The day from which all stars come faster at once and never slower again."""
        first, last = self.first.toordinal(), self.last.toordinal()
        dense = np.zeros((GROUPS, last - first + 1), np.int64)
        for (day, rating), count in self.rated.items():
            dense[_group(rating), day - first] += count
        total = dense.sum(axis=0)
        at = _step(total)
        if at is None or not _sudden(total, at):
            return None
        if not _together(dense, at) or _falls_back(total[at:]):
            return None
        return _midnight(first + at)


def _group(rating: float | None) -> int:
    if rating is None:
        return 0
    return 1 if rating <= LOW else 3 if rating >= HIGH else 2


def _totals(rated: Counter[tuple[int, float | None]], part: int) -> Counter[Any]:
    """The counts by day (part 0) or by rating (part 1)."""
    totals: Counter[Any] = Counter()
    for key, count in rated.items():
        totals[key[part]] += count
    return totals


def _by_month(daily: Counter[int]) -> Counter[int]:
    months: Counter[int] = Counter()
    for day, count in daily.items():
        at = _midnight(day)
        months[at.year * 12 + at.month] += count
    return months


def _midnight(day: int) -> datetime:
    """The first moment of a day by its number (date.toordinal)."""
    return datetime.fromordinal(day).replace(tzinfo=UTC)


def _capped(counts: Counter[int]) -> int | None:
    """The count that most spans have at most and exactly, which chance does not give."""
    inner = [counts[span] for span in sorted(counts)[1:-1]]
    if len(inner) < FEWEST_SPANS or max(inner) < FEWEST_EACH:
        return None
    return max(inner) if inner.count(max(inner)) * 2 >= len(inner) else None


def _step(total: Days) -> int | None:
    """The day at which the pace changes most (Poisson likelihood), if it rises far enough."""
    days = total.size
    if days < 2 * FEWEST_AFTER:
        return None
    before = np.cumsum(total)[:-1].astype(np.float64)
    spans = np.arange(1, days)
    after, left = total.sum() - before, days - spans
    pace, faster = before / spans, after / left
    gain = _xlogx(before, pace) + _xlogx(after, faster)
    gain[(left < FEWEST_AFTER) | (before < 1) | (faster < STEP * pace)] = -np.inf
    best = int(np.argmax(gain))
    return best + 1 if np.isfinite(gain[best]) else None


def _xlogx(count: NDArray[np.float64], pace: NDArray[np.float64]) -> NDArray[np.float64]:
    return count * np.log(np.maximum(pace, 1e-12))


def _together(dense: Days, at: int) -> bool:
    """Whether low, middle and high stars each rise; those too few to tell do not count."""
    before, after = dense[:, :at].sum(axis=1), dense[:, at:].sum(axis=1)
    telling = after >= FEWEST_EACH
    pace = (before + 0.5) / at
    rises = after / (dense.shape[1] - at) >= STEP_EACH * pace
    return bool(telling.sum() >= 2 and rises[telling].all())


def _sudden(total: Days, at: int) -> bool:
    """Whether the days beside a step differ as the whole does: growth rises by and by."""
    before, after = total[max(0, at - BESIDE) : at], total[at : at + BESIDE]
    return bool(after.mean() >= SUDDEN * (before.mean() + 1 / before.size))


def _falls_back(after: Days) -> bool:
    parts = np.array_split(after, BLOCKS)
    return bool(min(part.mean() for part in parts) < FALLEN * after.mean())


NOTICES: dict[Cut, str] = {
    "newest": "exactly {size} rows {source}: this looks like the newest {size} of more, so that "
    "what begins about {at} may be the cut and not a swing",
    "per_star": "exactly {size} rows of each star: this looks like so many of each star, and "
    "shares of stars in it say nothing of the app's",
    "one_star": "all rows have {size} stars: shares of stars in it say nothing of the app's",
    "per_month": "exactly {size} rows in most months: this looks like so many of each month, and "
    "how many came when cannot be read from it",
    "per_day": "exactly {size} rows on most days: this looks like so many of each day, and how "
    "many came when cannot be read from it",
    "began": "reviews of all stars {source} come faster from {at} on and never fall back: this "
    "looks like the day on which a scraper began, and not like a swing",
    "no_days": "most rows name no day, so that nothing can be read of days and hours",
}


def notice(sample: ImportSample) -> str | None:
    """What a person should know of a cut; None where there is none."""
    said = NOTICES.get(sample.cut)
    at = f"{sample.cut_at:%Y-%m-%d}" if sample.cut_at else ""
    return said and said.format(size=sample.size, source=f"of {sample.source}", at=at)
