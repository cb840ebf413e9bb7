"""What stands on an incident's timeline beside the counts, and the same as rows."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pandas as pd

from analysis.decisions import readable
from analysis.records import Incident, Removal
from collector.text.plain_text import plain
from dashboard.incident.around import Around
from dashboard.incident.removal_words import removal
from dashboard.words.catalogue import Wording
from dashboard.words.sources import source_name

LANES = ("incident", "release", "removal", "statement", "news", "other", "note")


@dataclass(frozen=True, slots=True)
class LaneEvent:
    """Something on the timeline. lane: one of LANES."""

    at: datetime
    lane: str
    text: str


def events(
    incident: Incident, around: Around, words: Wording, smallest: int = 0
) -> list[LaneEvent]:
    """Everything on the timeline that is not a count, in order of time; no count of reviews below
    `smallest`."""
    found = [
        LaneEvent(incident.onset_at, "incident", words("event-onset")),
        LaneEvent(incident.alarmed_at, "incident", words("event-alarm")),
        *(
            [LaneEvent(incident.talk_alarmed_at, "incident", words("event-alarm-talk"))]
            if incident.where == "both" and incident.talk_alarmed_at is not None
            else []
        ),
        LaneEvent(incident.peak_at, "incident", words("event-peak")),
        *(
            LaneEvent(
                e.at,
                "incident",
                words("event-again")
                if e.again
                else words("event-escalation", factor=words.number(e.factor, 1)),
            )
            for e in incident.escalations
        ),
    ]
    end = incident.ended_at
    if end is not None:
        found.append(LaneEvent(end, "incident", words("event-end")))
    if end is not None and incident.tail_until is not None and not incident.tail_running:
        found.append(LaneEvent(incident.tail_until, "incident", words("event-tail")))
    found += [
        LaneEvent(
            row.released_at.to_pydatetime(),
            "release",
            words(
                "event-release",
                version=plain(row.version, 40),
                source=source_name(row.source, words),
            ),
        )
        for row in _rows(around.releases)
    ]
    found += [
        LaneEvent(row.at.to_pydatetime(), str(row.kind), plain(row.title, 200))
        for row in _rows(around.context)
    ]
    gone = _removals(incident, around)
    found += [LaneEvent(one.at, "removal", removal(one, words, smallest)) for one in gone]
    found += [
        LaneEvent(one.made_at, "note", one.reason)
        for one in readable(around.decisions)
        if one.kind == "note" and one.reason
    ]
    return sorted(found, key=lambda event: event.at)


def _removals(incident: Incident, around: Around) -> list[Removal]:
    """What vanished meanwhile, and what else vanished in the span that is drawn."""
    return [*incident.removals, *(r for r in around.removals if r not in incident.removals)]


def event_rows(found: list[LaneEvent], words: Wording) -> list[tuple[str, str, str]]:
    """When, kind, what."""
    return [(words.time(e.at), words(f"track-{e.lane}"), e.text) for e in found]


def _rows(frame: pd.DataFrame) -> Any:
    return frame.itertuples()
