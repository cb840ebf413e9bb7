"""What was seen of an incident, and whether anybody looked while it is said to have ended."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import numpy as np

from analysis import series
from analysis.records import Coverage, CoverageBasis, Incident, Swing
from analysis.series import Missed
from analysis.talk.seen import observed_until as talk_until
from collector.store import Store
from collector.times import from_us, to_us

LOOKED = 0.5  # of the time until it is told to be over, for it to be known
BLIND = timedelta(hours=24)  # after the last moment that the reviews are known of


def seen(missed: Missed, swing: Swing, until: datetime) -> tuple[Coverage, CoverageBasis]:
    """How far the polls saw a swing, the week before it and the hours that say that it is over;
    and whether they saw it at all."""
    end = swing.ended_at or until
    told = min(swing.closed_at or end, until)
    covered: Any = missed.within(swing.onset_at - timedelta(days=7), told)
    return covered, missed.basis(swing.onset_at, end)


def unseen_since(missed: Missed, swing: Swing, until: datetime) -> datetime | None:
    """Of a swing that counts as over, where hardly anybody looked in the hours that say so: since
    when nobody did."""
    if swing.ended_at is None or swing.closed_at is None:
        return None
    start, end = (to_us(m) for m in (swing.ended_at, swing.closed_at))
    gaps = np.clip(missed.gaps, start, min(end, max(start, to_us(until))))
    gaps = gaps[gaps[:, 0] < gaps[:, 1]]
    if int((gaps[:, 1] - gaps[:, 0]).sum()) <= (end - start) * (1 - LOOKED):
        return None
    return from_us(int(gaps[:, 0].min()))


def as_seen(store: Store, incident: Incident, now: datetime) -> Incident:
    """An incident as it is to be read at `now`: one that lasts, and of whose app the
    reviews (of talk alone: the posts) have not been seen for a day, is not told to go on; one that
    was read as of a past moment (`as_of`) only at that moment. A simulated app's time is its own.
    """
    if incident.ended_at is not None:
        return incident
    read = incident.as_of
    moment = now if read is None else min(now, read)
    until = _blind_since(store, incident, moment)
    return incident if until is None else replace(incident, unseen_since=until)


def _blind_since(store: Store, incident: Incident, moment: datetime) -> datetime | None:
    """Since when what an incident is of had not been seen at a moment, where that was over a
    day."""
    app = store.apps.get(incident.app)
    if app is not None and app.simulated:
        return None
    until = known_until(store, incident, moment)
    return until if moment - until > BLIND else None


def known_until(store: Store, incident: Incident, now: datetime) -> datetime:
    """The last moment that what an incident is of is known of: reviews, or posts alone."""
    clock = talk_until if incident.where == "social" else series.observed_until
    return clock(store, incident.app, now)
