"""What was seen of an incident, and whether anybody looked while it is said to have ended."""

from datetime import datetime, timedelta
from typing import Any

import numpy as np

from analysis import series
from analysis.records import Coverage, CoverageBasis, Swing
from analysis.series import Coverage as Missed
from analysis.summary import GOING_ON, WENT_ON
from analysis.swings.episodes import QUIET
from collector.store import Store

OVER = timedelta(microseconds=QUIET)  # after the last item: then it is over
LOOKED = timedelta(hours=24)  # of these days, that somebody must have looked for it to be known
BLIND = timedelta(hours=24)  # after the last moment that the reviews are known of


def seen(missed: Missed, swing: Swing, until: datetime) -> tuple[Coverage, CoverageBasis]:
    """How far the polls saw a swing, the week before it and the days that say that it is over;
    and whether they saw it at all."""
    end = swing.ended_at or until
    told = min(end + OVER, until)
    covered: Any = missed.within(swing.onset_at - timedelta(days=7), told)
    return covered, missed.basis(swing.onset_at, end)


def unseen_since(missed: Missed, swing: Swing, until: datetime) -> datetime | None:
    """Of a swing that counts as over, where hardly anybody looked in the days that say so: since
    when nobody did."""
    if swing.ended_at is None:
        return None
    start, end = (series.microseconds(m) for m in (swing.ended_at, swing.ended_at + OVER))
    gaps = np.clip(missed.gaps, start, min(end, max(start, series.microseconds(until))))
    gaps = gaps[gaps[:, 0] < gaps[:, 1]]
    if series.MICROSECOND * int((gaps[:, 1] - gaps[:, 0]).sum()) <= OVER - LOOKED:
        return None
    return series.time_of(int(gaps[:, 0].min()))


def as_seen(store: Store, incident: dict[str, Any], now: datetime) -> dict[str, Any]:
    """An incident's document as it is to be read at `now`: one that lasts, and of whose app the
    reviews have not been seen for a day, is not told to go on. A simulated app's time is its own.
    """
    app = store.apps.get(incident["app"])
    if incident["ended_at"] is not None or (app is not None and app.simulated):
        return incident
    until = series.observed_until(store, incident["app"], now)
    if now - until <= BLIND:
        return incident
    told = {"unseen_since": until.isoformat().replace("+00:00", "Z")}
    if "summary" in incident:
        told["summary"] = incident["summary"].replace(GOING_ON, WENT_ON)
    return {**incident, **told}
