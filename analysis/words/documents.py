"""Incidents and alarms with their sentences, as JSON, exports and frames give them."""

from dataclasses import replace
from datetime import datetime

from analysis.incidents.stored import stored_incidents
from analysis.incidents.was_watched import as_seen
from analysis.records import Alarm, Incident
from analysis.words.alarms import alarm_line
from analysis.words.catalogue import FactWording, english
from analysis.words.evidence import finding
from analysis.words.summary import summary
from collector.store import Store


def told_incident(incident: Incident, name: str, words: FactWording) -> Incident:
    """The incident of the app called `name`, with `summary` and each signal's `statement`."""
    said = [replace(e, statement=finding(e, words)) for e in incident.evidence]
    return replace(incident, evidence=said, summary=summary(incident, name, words))


def told_alarm(alarm: Alarm, words: FactWording) -> Alarm:
    """A line of the alarm log with its `statement`."""
    return replace(alarm, statement=alarm_line(alarm, words))


def shown_incidents(store: Store, app: str, now: datetime) -> list[Incident]:
    """An app's incidents as they are to be read at `now`, in English, newest first."""
    name = name_of(store, app)
    found = (as_seen(store, one, now) for one in stored_incidents(store, app))
    return [told_incident(one, name, english()) for one in found]


def name_of(store: Store, app: str) -> str:
    """What an app is called; its key where it has no name."""
    known = store.apps.get(app)
    return app if known is None else known.name
