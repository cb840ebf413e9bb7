"""Rows of a table that a person's review is counted by, as the store counts them: once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import narwhals as nw
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from collector.store.schema import ONCE
from collector.store.writing.opinions import places
from collector.times import from_us

SAID = ("author", "title", "text")


@dataclass(frozen=True, slots=True)
class _Version:
    created_at: datetime
    rating: float | None
    title: str | None
    text: str | None
    text_hash: str | None = None


def repeated(
    frame: "nw.DataFrame[Any]",
    columns: Mapping[str, str],
    at: NDArray[np.int64],
    stars: NDArray[np.int8],
    source: NDArray[np.int16],
    latest: int | None = None,
) -> NDArray[np.bool_]:
    """Rows that are no opinion of their own: bool (n,).

    Of several versions of one id, those that say the same again; without an id, rows that are the
    same in time, stars, author and words. Rows that name neither id nor author all count. latest:
    microseconds; rows from later on take nothing from another.
    """
    again = np.zeros(len(at), dtype=bool)
    if "review_id" in columns:
        ids = _column(frame, columns["review_id"])
        keys = pd.DataFrame({"id": ids, "source": source})
        several = keys.duplicated(keep=False).to_numpy() & ids.notna().to_numpy()
        if latest is not None:
            several &= at <= latest
        if several.any():
            again |= _versions(frame, columns, at, stars, keys, np.flatnonzero(several))
        return again
    if "author" not in columns:
        return again
    said = {held: _column(frame, columns[held]) for held in SAID if held in columns}
    same = pd.DataFrame({"at": at, "stars": stars, "source": source, **said})
    return np.asarray(same.duplicated() & said["author"].notna(), dtype=bool)


def _versions(
    frame: "nw.DataFrame[Any]",
    columns: Mapping[str, str],
    at: NDArray[np.int64],
    stars: NDArray[np.int8],
    keys: pd.DataFrame,
    rows: NDArray[np.int64],
) -> NDArray[np.bool_]:
    """Rows of ids that come several times and are counted by another row."""
    again = np.zeros(len(at), dtype=bool)
    texts = {held: _column(frame, columns[held]) for held in ("title", "text") if held in columns}
    for _, group in keys.iloc[rows].groupby(["id", "source"]).groups.items():
        mine = np.asarray(group, dtype=np.int64)
        mine = mine[np.argsort(at[mine], kind="stable")]
        versions = [
            _Version(from_us(int(max(at[n], 0))), _stars(stars[n]), *_words(texts, n)) for n in mine
        ]
        for n, place in zip(mine, places(versions), strict=True):
            again[n] = place.counts != ONCE
    return again


def _column(frame: "nw.DataFrame[Any]", name: str) -> "pd.Series[Any]":
    """The values by their place, whatever index they came with."""
    values: pd.Series[Any] = frame[name].to_pandas()
    return values.reset_index(drop=True)


def _stars(value: int) -> float | None:
    return float(value) or None


def _words(texts: Mapping[str, Any], row: int) -> tuple[str | None, str | None]:
    title, text = (texts[held].iloc[row] if held in texts else None for held in ("title", "text"))
    return tuple(v if isinstance(v, str) else None for v in (title, text))  # type: ignore[return-value]
