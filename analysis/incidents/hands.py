"""Which accounts of a swing are met in other watched apps, or in an earlier wave of this one."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pandas as pd

from analysis.evidence.signals.same_hands import NEAR, USUAL
from analysis.records import Swing
from collector.store import Store

EARLIER = timedelta(days=180)  # before the swing: waves that people may come back from


def hands_of(
    store: Store,
    app: str,
    swing: Swing,
    others: Sequence[Swing],
    reviews: pd.DataFrame,
    now: datetime,
) -> dict[str, frozenset[str] | None]:
    """Keys of accounts, by the names that Window has for them; nothing later than `now`.

    reviews: the app's own, from well before the swing to its end.
    """
    onset, at = swing.onset_at, reviews["created_at"]
    end = min(swing.ended_at or now, now)
    waves = [one for one in others if one is not swing and _is_earlier_wave(one, onset)]
    earlier = _behind(waves, reviews[at < pd.Timestamp(onset)], onset)
    own = _keys(reviews[at >= pd.Timestamp(onset)])
    quiet = _keys(reviews[(at >= pd.Timestamp(onset - USUAL)) & (at < pd.Timestamp(onset - NEAR))])
    before = store.other_apps.accounts(app, quiet, onset - USUAL, onset - NEAR, now)
    return {
        "hands_elsewhere": store.other_apps.accounts(app, own, onset - NEAR, end + NEAR, now),
        "hands_earlier": earlier if waves else None,
        "hands_usual": earlier | (before or frozenset()),
    }


def _is_earlier_wave(one: Swing, onset: datetime) -> bool:
    """Whether people wrote reviews in it: of those that stay away, or talk elsewhere, none did."""
    lasted_until = one.ended_at or onset
    near = one.onset_at < onset and lasted_until >= onset - EARLIER
    return near and one.direction != "fewer" and one.talk is None


def _behind(waves: Sequence[Swing], reviews: pd.DataFrame, onset: datetime) -> frozenset[str]:
    reviews = reviews[reviews["created_at"] >= pd.Timestamp(onset - EARLIER)]
    at, found = reviews["created_at"], frozenset[str]()
    for one in waves:
        until = pd.Timestamp(one.ended_at or onset)
        found |= _keys(reviews[(at >= pd.Timestamp(one.onset_at)) & (at <= until)])
    return found


def _keys(reviews: pd.DataFrame) -> frozenset[str]:
    return frozenset(reviews["author_key"].dropna())
