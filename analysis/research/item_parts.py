"""An app's items in parts, for stores that do not fit into memory, with author keys made anew."""

import hashlib
import hmac
from collections.abc import Iterator
from datetime import datetime, timedelta

import pandas as pd

from analysis.research.filters import Filters
from analysis.research.snapshots import Taking
from analysis.scored_items import ItemVersion, ScoredItem
from collector import record_frames
from collector.errors import ContractError
from collector.settings.config import Retention
from collector.store import Store


class ItemFrames:
    """The rows of `load_items` in parts, to be read once; then `snapshot()` is their id.

    record: of a row; ItemVersion for every version, which have no id.
    """

    def __init__(
        self,
        store: Store,
        readings: list[Taking],
        author_keys: bytes | None,
        record: type = ScoredItem,
        filters: Filters = Filters(),  # noqa: B008 - frozen
    ) -> None:
        self.filters = filters
        self.oldest: dict[str, datetime] = {}
        self.store = store
        self.record = record
        self.readings = readings
        self.author_keys = author_keys

    def __iter__(self) -> Iterator[pd.DataFrame]:
        for reading in self.readings:
            for frame in reading:
                self._note(frame)
                keys = own_keys(self.store, self.author_keys)
                frame["author_key"] = rekeyed(frame["author_key"], keys)
                yield record_frames.check_frame(self.record, self.filters.of(frame))

    def whole_until(self, rules: Retention) -> datetime | None:
        """When retention begins to take texts out of what was read; None where nothing has one."""
        days = {"review": rules.review_text_days, "post": rules.social_text_days}
        ends = [first + timedelta(days=days[kind]) for kind, first in self.oldest.items()]
        return min(ends, default=None)

    def _note(self, frame: pd.DataFrame) -> None:
        """Notes the oldest row with a text of each kind."""
        told = frame[frame["text"].notna() | frame["title"].notna()]
        for kind, first in told.groupby("kind")["first_seen"].min().items():
            seen = first.to_pydatetime()
            self.oldest[str(kind)] = min(seen, self.oldest.get(str(kind), seen))

    def snapshot(self) -> str | None:
        """The id of the whole, for several apps their ids separated by blanks."""
        if self.record is ItemVersion:
            return None
        return " ".join(str(reading.snapshot) for reading in self.readings)


def own_keys(store: Store, author_keys: bytes | None) -> bytes | None:
    """The key for authors. Raises ContractError where the store withholds them."""
    if author_keys is not None and store.database.sealed:
        raise ContractError(
            "author_keys: the store was opened without its deployment's secret, which guards them"
        )
    return author_keys


def rekeyed(keys: "pd.Series[str]", secret: bytes | None) -> "pd.Series[str]":
    """Keys hashed again with a secret of the frame's own; missing without one."""
    if secret is None:
        return pd.Series([None] * len(keys), index=keys.index, dtype="str")
    again = {
        key: hmac.new(secret, key.encode(), hashlib.sha256).hexdigest()[:32]
        for key in keys.dropna().unique()
    }
    return keys.map(again).astype("str")
