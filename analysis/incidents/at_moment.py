"""What was told of a stored incident at a past moment, cut from what is stored; nothing later.

Quick, for moving along an incident's hours. How it would have been read at that moment is made
anew from the items of that time: analysis/replay/as_known.py.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pandas as pd

from analysis.records import Alarm, Incident
from analysis.series import group_of

BEFORE = timedelta(hours=6)
AFTER = timedelta(hours=6)
STEPS = 96
COUNTED = {"negative": ("negative",), "positive": ("positive",)}
EVERY = ("negative", "middle", "positive", "no_stars")


@dataclass(frozen=True, slots=True)
class AtMoment:
    """incident: without what came after. log: the alarm's lines by then. items: counted by then;
    changed_items: the changed opinions among them."""

    at: datetime
    incident: Incident
    log: tuple[Alarm, ...]
    items: int
    changed_items: int


def at_moment(incident: Incident, log: list[Alarm], hours: pd.DataFrame, at: datetime) -> AtMoment:
    """The incident as it was told at a moment. hours: SeriesHour up to then."""
    counted = _counted(incident, hours)
    items, changed = (int(counted[name].sum()) for name in ("items", "changed_items"))
    return AtMoment(at, as_told(incident, at), tuple(told(log, at)), items, changed)


def moments(incident: Incident, known: datetime) -> list[datetime]:
    """Moments to look at, on whole minutes, from before the onset to after the end."""
    start = incident.onset_at - BEFORE
    end = incident.ended_at or known
    end = max(min(end + AFTER, known), start + timedelta(hours=1))
    step = (end - start) / STEPS
    found = [(start + step * n).replace(second=0, microsecond=0) for n in range(STEPS + 1)]
    return list(dict.fromkeys(found))


def as_told(incident: Incident, at: datetime) -> Incident:
    """The incident without what came after: no end before it was told, no later escalation."""
    ended, known = incident.ended_at, incident.over_at or incident.ended_at
    over = known is not None and known <= at
    return replace(
        incident,
        ended_at=ended if over else None,
        as_of=None,
        over_at=incident.over_at if over else None,
        tail_until=None,
        tail_items=0,
        tail_expected=0.0,
        tail_running=False,
        waves=1 + sum(e.again for e in incident.escalations if e.at <= at),
        unseen_since=incident.unseen_since if over else None,
        escalations=[e for e in incident.escalations if e.at <= at],
    )


def told(log: list[Alarm], at: datetime) -> list[Alarm]:
    """The lines of the alarm log by then."""
    return [alarm for alarm in log if alarm.at <= at]


def _counted(incident: Incident, hours: pd.DataFrame) -> pd.DataFrame:
    """The hours with items of its direction since the hour of its onset."""
    since = pd.Timestamp(incident.onset_at).floor("h")
    about = incident.counts if incident.direction == "fewer" else incident.direction
    groups = COUNTED.get(about or "", EVERY)
    return hours[(hours["hour"] >= since) & group_of(hours).isin(groups)]
