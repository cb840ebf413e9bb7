"""The orders in which items are shown, and a place in such an order."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from collector.store import schema
from collector.store.records import Sort

T = schema.items
WRITTEN = re.compile(r"(after|before)" + r"_(-?[0-9]{1,18})" * 4)
NO_STARS = -1

Key = tuple[int, int, int, int]  # group, value, microseconds of publication, row id


@dataclass(frozen=True, slots=True)
class Place:
    """Just after (back: just before) a row. Rows that come or go elsewhere do not move it."""

    key: Key
    back: bool = False

    def __str__(self) -> str:
        return "_".join(["before" if self.back else "after", *map(str, self.key)])

    @classmethod
    def parse(cls, written: str) -> "Place | None":
        """The place that somebody's link names; None where it names none."""
        found = WRITTEN.fullmatch(written)
        if found is None:
            return None
        group, value, at, row = (int(found[n]) for n in range(2, 6))
        return cls((group, value, at, row), back=found[1] == "before")


@dataclass(frozen=True, slots=True)
class Order:
    """An order of items: groups one after the other, in each of them rows along one index.

    rank: what a key is sorted by. column: what rows are sorted by before the time of publication.
    """

    rank: Callable[[Key], tuple[int, int, int, int]]
    descending: bool = True
    column: Any = None
    grouped: Any = None
    index: str = "ix_items_app_created_at"

    def columns(self, group: int) -> list[Any]:
        """What the rows of a group are sorted by, all in one direction."""
        valued = self.column is not None and not (self.grouped is self.column and group == 0)
        return [*([self.column] if valued else []), T.c.created_at, T.c.id]

    def beside(self, key: Key, *, back: bool) -> Key:
        """The key right after a row's (back: right before it), whether or not a row has it."""
        return (*key[:3], key[3] + (-1 if self.descending != back else 1))

    @property
    def selected(self) -> list[Any]:
        """What a key is made of: columns of the index, so that no row is read."""
        more = {c.name: c for c in (self.column, self.grouped) if c is not None}
        at = sa.type_coerce(T.c.created_at, sa.BigInteger).label("at")
        return [T.c.id, at, *more.values()]

    def key(self, row: Any) -> Key:
        """The key of a row of `selected`."""
        group = 0
        if self.grouped is T.c.rating:
            group = NO_STARS if row.rating is None else round(row.rating * 1000)
        elif self.grouped is T.c.thumbs_up:
            group = int(row.thumbs_up is not None)
        value = 0 if self.column is None else getattr(row, self.column.name)
        return (group, value or 0, row.at, row.id)


ORDERS: dict[Sort, Order] = {
    "newest": Order(lambda k: (0, 0, -k[2], -k[3])),
    "oldest": Order(lambda k: (0, 0, k[2], k[3]), descending=False),
    "lowest": Order(
        lambda k: (int(k[0] < 0), k[0], -k[2], -k[3]),
        grouped=T.c.rating,
        index="ix_items_app_rating",
    ),
    "highest": Order(
        lambda k: (int(k[0] < 0), -k[0], -k[2], -k[3]),
        grouped=T.c.rating,
        index="ix_items_app_rating",
    ),
    "longest": Order(
        lambda k: (0, -k[1], -k[2], -k[3]),
        column=T.c.text_length,
        index="ix_items_app_text_length",
    ),
    "shortest": Order(
        lambda k: (0, k[1], k[2], k[3]),
        descending=False,
        column=T.c.text_length,
        index="ix_items_app_text_length",
    ),
    "thumbs": Order(
        lambda k: (-k[0], -k[1], -k[2], -k[3]),
        column=T.c.thumbs_up,
        grouped=T.c.thumbs_up,
        index="ix_items_app_thumbs_up",
    ),
}
