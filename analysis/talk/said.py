"""What a store holds of posts and texts without stars, as the arrays that talk is followed in."""

from collections.abc import Sequence
from datetime import datetime

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.sentiment.score_words import CLEAR
from analysis.talk.things import numbered
from analysis.talk.voices import UNKNOWN, Said
from collector.store import Store
from collector.store.reading.unrated import Unrated
from collector.times import from_us

FIELDS = ("source", "author_key", "text", "sentiment")


def read(
    store: Store,
    app: str,
    *,
    since: int | None = None,
    until: datetime | None = None,
    as_of: datetime | None = None,
) -> Said:
    """All of an app in order of time. since: microseconds, from there on."""
    start = None if since is None or since < 0 else from_us(since)
    return of_rows(store.items.unrated(app, since=start, until=until, as_of=as_of))


def of_rows(rows: Sequence[Unrated]) -> Said:
    """Rows in order of time as arrays."""
    networks = tuple(sorted({row.source for row in rows}))
    place = {name: n for n, name in enumerate(networks)}
    thing = np.array(numbered([row.text or row.text_hash for row in rows]), dtype=np.int64)
    return Said(
        at=np.array([row.at for row in rows], dtype=np.int64),
        who=_numbers([row.author for row in rows]),
        thing=thing,
        thread=thing,
        lean=_leans([row.score for row in rows]),
        network=np.array([place[row.source] for row in rows], dtype=np.int16),
        networks=networks,
    )


def of_frame(frame: pd.DataFrame) -> Said:
    """Rows of ScoredItem in order of time as arrays."""
    at = pd.DatetimeIndex(frame["created_at"]).as_unit("us").asi8.tolist()
    columns = (frame[name].astype(object).where(frame[name].notna(), None) for name in FIELDS)
    rows = zip(at, *columns, strict=True)
    return of_rows(
        [Unrated(t, source, who, text, None, score) for t, source, who, text, score in rows]
    )


def _numbers(names: Sequence[str | None]) -> NDArray[np.int64]:
    known: dict[str, int] = {}
    return np.array(
        [UNKNOWN if n is None else known.setdefault(n, len(known)) for n in names], dtype=np.int64
    )


def _leans(scores: Sequence[float | None]) -> NDArray[np.int8]:
    values = np.array([0.0 if s is None else s for s in scores], dtype=np.float64)
    return np.asarray((values > CLEAR).astype(np.int8) - (values < -CLEAR).astype(np.int8))
