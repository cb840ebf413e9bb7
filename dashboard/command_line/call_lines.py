"""Calls that are out, as lines for a terminal."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from analysis.incidents.stored import stored_alarms
from analysis.incidents.warn import asked_sentence
from analysis.records import Alarm
from analysis.words.calls import call_said, call_title
from analysis.words.catalogue import english
from collector.store import Store

LAST = timedelta(days=14)


def open_calls(store: Store, app: str, now: datetime) -> Iterator[str]:
    """The calls of an app in the last days that were not followed, or not yet, the newest first."""
    recent = now - LAST
    log = [a for a in stored_alarms(store, app) if a.call is not None and a.at >= recent]
    over = {alarm.incident: alarm for alarm in log if alarm.kind == "unfollowed"}
    known = store.apps.get(app)
    name = known.name if known else app
    for alarm in reversed([one for one in log if one.kind == "call"]):
        call = alarm.call
        if call is not None and call.joined is None:
            asked = asked_sentence(store, call, app, (app, name))
            yield from _lines(over.get(alarm.incident, alarm), name, asked)


def _lines(alarm: Alarm, name: str, asked: str | None) -> Iterator[str]:
    yield call_title(alarm, name, english())
    yield from (f"  {line}" for line in call_said(alarm, name, asked, english()) if line)
