"""Which of a person's opinions a swing counts: one."""

from datetime import datetime
from typing import Any

import pandas as pd

from analysis.records import Swing
from collector.store.schema import ONCE

KEY = ("source", "item_id")


def once(reviews: pd.DataFrame, swing: Swing, now: datetime) -> "pd.Series[Any]":
    """One person counts once in a swing, with what was said last while it was counted; who had said
    the same class shortly before it began does not."""
    inside = reviews["created_at"] >= pd.Timestamp(swing.onset_at)
    late = reviews["created_at"] > pd.Timestamp(counted_until(swing, now))
    keys = pd.MultiIndex.from_frame(reviews[list(KEY)])
    inside &= ~(late & keys.isin(keys[(inside & ~late).to_numpy()]))
    last = ~reviews.assign(inside=inside).duplicated([*KEY, "inside"], keep="last")
    return inside & last & keys.isin(keys[(inside & (reviews["counts"] == ONCE)).to_numpy()])


def counted_until(swing: Swing, now: datetime) -> datetime:
    """Up to when a swing's items are counted."""
    return swing.ended_at or swing.hot_at or now
