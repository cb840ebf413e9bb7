"""The log of an incident's alarms, as rows."""

from analysis.decisions import ids_of
from analysis.records import Alarm, Incident
from analysis.words.alarms import alarm_line
from dashboard.words.catalogue import Wording


def log_of(incident: Incident, alarms: list[Alarm]) -> list[Alarm]:
    """The lines of an alarm log that belong to an incident, with those merged into it."""
    ids = ids_of(incident)
    return [alarm for alarm in alarms if alarm.incident in ids]


def log_rows(alarms: list[Alarm], words: Wording) -> list[tuple[str, str, str]]:
    """The alarm log of one incident: when, kind, what."""
    return [(words.time(a.at), words(f"alarm-{a.kind}"), alarm_line(a, words)) for a in alarms]
