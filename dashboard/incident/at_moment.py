"""What was known of an incident at a past moment, and nothing that came later. Pure."""

from dataclasses import replace
from datetime import datetime, timedelta

import pandas as pd

from analysis.records import Alarm, Incident
from dashboard.drawing import binning
from dashboard.words.catalogue import Wording

BEFORE = timedelta(hours=6)
AFTER = timedelta(hours=6)
STEPS = 96  # positions of the slider


def moments(incident: Incident, known: datetime) -> list[datetime]:
    """Positions of the slider, on whole minutes, from before the onset to after the end."""
    start = incident.onset_at - BEFORE
    end = incident.ended_at or known
    end = max(min(end + AFTER, known), start + timedelta(hours=1))
    step = (end - start) / STEPS
    found = [(start + step * n).replace(second=0, microsecond=0) for n in range(STEPS + 1)]
    return list(dict.fromkeys(found))


def as_known(incident: Incident, at: datetime) -> Incident:
    """The incident without what came after: no end, no later escalation."""
    ended = incident.ended_at
    over = ended is not None and ended <= at
    return replace(
        incident,
        ended_at=ended if over else None,
        as_of=None,
        unseen_since=incident.unseen_since if over else None,
        escalations=[e for e in incident.escalations if e.at <= at],
    )


def said(alarms: list[Alarm], at: datetime) -> list[Alarm]:
    """The lines of the alarm log by then."""
    return [a for a in alarms if a.at <= at]


def sentence(
    incident: Incident,
    alarms: list[Alarm],
    hours: pd.DataFrame,
    at: datetime,
    words: Wording,
) -> str:
    """What a reader would have been told at that moment. hours: SeriesHour up to then."""
    log = said(alarms, at)
    if not log:
        return words("replay-silent", time=words.time(at))
    since = pd.Timestamp(incident.onset_at).floor("h")
    groups = {"negative": ("negative",), "positive": ("positive",)}.get(
        incident.direction, ("negative", "middle", "positive", "no_stars")
    )
    inside = hours[(hours["hour"] >= since) & binning.group_of(hours).isin(groups)]
    return words(
        f"replay-{log[-1].kind}",
        time=words.time(at),
        when=words.time(log[-1].at),
        count=int(inside["items"].sum()),
    )
