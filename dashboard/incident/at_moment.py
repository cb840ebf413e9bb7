"""What was known of an incident at a past moment, and nothing that came later. Pure."""

from datetime import datetime, timedelta
from typing import Any

import pandas as pd

from collector.times import from_iso
from dashboard.drawing import binning
from dashboard.words.catalogue import Wording

BEFORE = timedelta(hours=6)
AFTER = timedelta(hours=6)
STEPS = 96  # positions of the slider


def moments(incident: dict[str, Any], known: datetime) -> list[datetime]:
    """Positions of the slider, on whole minutes, from before the onset to after the end."""
    start = from_iso(incident["onset_at"]) - BEFORE
    end = from_iso(incident["ended_at"]) if incident["ended_at"] else known
    end = max(min(end + AFTER, known), start + timedelta(hours=1))
    step = (end - start) / STEPS
    found = [(start + step * n).replace(second=0, microsecond=0) for n in range(STEPS + 1)]
    return list(dict.fromkeys(found))


def as_known(incident: dict[str, Any], at: datetime) -> dict[str, Any]:
    """The incident without what came after: no end, no later escalation."""
    ended = incident["ended_at"]
    over = ended is not None and from_iso(ended) <= at
    return {
        **incident,
        "ended_at": ended if over else None,
        "as_of": None,
        "unseen_since": incident.get("unseen_since") if over else None,
        "escalations": [e for e in incident["escalations"] if from_iso(e["at"]) <= at],
    }


def said(alarms: list[dict[str, Any]], at: datetime) -> list[dict[str, Any]]:
    """The lines of the alarm log by then."""
    return [a for a in alarms if from_iso(a["at"]) <= at]


def sentence(
    incident: dict[str, Any],
    alarms: list[dict[str, Any]],
    hours: pd.DataFrame,
    at: datetime,
    words: Wording,
) -> str:
    """What a reader would have been told at that moment. hours: SeriesHour up to then."""
    log = said(alarms, at)
    if not log:
        return words("replay-silent", time=words.time(at))
    since = pd.Timestamp(incident["onset_at"]).floor("h")
    groups = {"negative": ("negative",), "positive": ("positive",)}.get(
        incident["direction"], ("negative", "middle", "positive", "no_stars")
    )
    inside = hours[(hours["hour"] >= since) & binning.group_of(hours).isin(groups)]
    return words(
        f"replay-{log[-1]['kind']}",
        time=words.time(at),
        when=words.time(from_iso(log[-1]["at"])),
        count=int(inside["items"].sum()),
    )
