"""Whether a file's times of change are those of reviews, or the bookkeeping of a database.

Few people change a review. Where nearly every row was changed after it was created, the column says
when a row was written; it counts only for reviews of which the store has an earlier version.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from collector.records import Item
from collector.store import Store

NEARLY_ALL = 0.8
LEAST_ROWS = 10


@dataclass(slots=True)
class ChangeTimes:
    """The times of change of one file. left_out: how many were not used."""

    store: Store
    doubted: bool | None = None
    left_out: int = 0

    def of(self, batch: Sequence[Item]) -> list[Item]:
        """The items with the times of change that say when an opinion was given."""
        if self.doubted is None and batch:
            changed = sum(_is_changed(item) for item in batch)
            self.doubted = len(batch) >= LEAST_ROWS and changed >= NEARLY_ALL * len(batch)
        if not self.doubted:
            return list(batch)
        known = self.store.items.known(batch)
        doubted = [_is_changed(item) and _key(item) not in known for item in batch]
        self.left_out += sum(doubted)
        return [
            replace(item, updated_at=None) if doubt else item
            for item, doubt in zip(batch, doubted, strict=True)
        ]


def _is_changed(item: Item) -> bool:
    return item.updated_at is not None and item.updated_at > item.created_at


def _key(item: Item) -> tuple[str, str, str]:
    return item.app, item.source, item.item_id
