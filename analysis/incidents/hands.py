"""Which accounts of a swing are met in other watched apps, or in an earlier wave of this one."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pandas as pd

from analysis.records import Swing
from collector.store import Store

NEAR = timedelta(days=3)  # before and after the swing
USUAL = timedelta(days=90)  # before that: how many of the quiet past are met elsewhere anyway


def hands_of(
    store: Store,
    app: str,
    swing: Swing,
    others: Sequence[Swing],
    reviews: pd.DataFrame,
    end: datetime,
) -> dict[str, frozenset[str] | None]:
    """Keys of accounts, by the names that Window has for them. reviews: the app's own."""
    onset = swing.onset_at
    waves = [one for one in others if one is not swing and one.onset_at < onset]
    earlier = _behind(waves, reviews[reviews["created_at"] < pd.Timestamp(onset)], onset)
    before = store.other_apps.accounts(app, onset - USUAL, onset - NEAR)
    return {
        "hands_elsewhere": store.other_apps.accounts(app, onset - NEAR, end + NEAR),
        "hands_earlier": earlier if waves else None,
        "hands_usual": earlier | (before or frozenset()),
    }


def _behind(waves: Sequence[Swing], reviews: pd.DataFrame, onset: datetime) -> frozenset[str]:
    at, found = reviews["created_at"], set[str]()
    for one in waves:
        until = pd.Timestamp(one.ended_at or onset)
        inside = (at >= pd.Timestamp(one.onset_at)) & (at <= until)
        found |= set(reviews.loc[inside, "author_key"].dropna())
    return frozenset(found)
