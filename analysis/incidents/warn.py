"""Warnings of an app: calls that are out, as lines of its alarm log, joined to what came of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from analysis.evidence.coordination import calls
from analysis.evidence.coordination.calls import Kind
from analysis.incidents.merge_split import Event
from analysis.incidents.swing_to_incident import Subject
from analysis.records import Alarm, CallOut, Direction, Swing
from analysis.talk.calls_out import ASKED, FOLLOWED, Asking, Out, calls_out
from analysis.talk.swings_of_talk import is_over
from analysis.talk.things import numbered, passed_on
from collector.privacy.masking import mask
from collector.store import Store
from collector.store.reading.unrated import Unrated
from collector.times import HOUR_US, from_us, to_us

LONGEST = 240  # of the sentence that is shown
NOT_ASKED: Mapping[Kind, Direction] = {
    "down": "positive",
    "leave": "positive",
    "up": "negative",
}


def warnings(
    store: Store,
    subject: Subject,
    events: Sequence[Event],
    now: datetime,
    *,
    known: Sequence[Alarm] = (),
    as_of: datetime | None = None,
    changed: NDArray[np.int64] | None = None,
) -> list[Alarm]:
    """The lines of calls that were out by a moment, in order of time.

    known: those of the last analysis, which stand as far as nothing of them can have changed.
    changed: hours (microseconds) that differ from then; without it all posts are read.
    """
    kept, since = _standing(known, now, changed)
    rows = store.items.unrated(
        subject.app, since=None if since is None else from_us(since), until=now, as_of=as_of
    )
    found = calls_out(list(asking(rows, subject.names)))
    sent = {a.incident: a for a in known if a.kind == "unfollowed" and a.at <= now}
    fresh = [line for out in found for line in _lines(subject.app, out, events, now, sent)]
    return sorted([*kept, *fresh], key=lambda alarm: alarm.at)


def _standing(
    known: Sequence[Alarm], now: datetime, changed: NDArray[np.int64] | None
) -> tuple[list[Alarm], int | None]:
    """The lines that stand, and from when on posts are to be read anew; None: all of them."""
    if changed is None:
        return [], None
    since = min(int(changed[0]) if len(changed) else to_us(now), to_us(now)) - FOLLOWED - HOUR_US
    of_calls = [alarm for alarm in known if alarm.call is not None]
    reach = {
        alarm.incident
        for alarm in of_calls
        if alarm.call is not None and to_us(alarm.call.last) + FOLLOWED >= since
    }
    begun = [
        to_us(alarm.call.since)
        for alarm in of_calls
        if alarm.call is not None and alarm.incident in reach
    ]
    kept = [alarm for alarm in of_calls if alarm.incident not in reach]
    return kept, max(min([since, *begun]), 0)


def asking(rows: Sequence[Unrated], names: tuple[str, ...]) -> Iterator[Asking]:
    """The posts that ask others to act on the app."""
    things = numbered([row.text or row.text_hash for row in rows])
    read: dict[str, calls.Call | None] = {}
    for row, thing in zip(rows, things, strict=True):
        if row.text is None:
            continue
        if row.text not in read:
            read[row.text] = calls.call_in(row.text, names)
        call = read[row.text]
        if call is not None and call.kind in ASKED:
            own = not passed_on(row.text)
            yield Asking(row.at, row.author, thing, own, call.kind, row.source, row.text_hash)


def _lines(
    app: str, out: Out, events: Sequence[Event], now: datetime, sent: Mapping[str, Alarm]
) -> Iterator[Alarm]:
    """What is told of a call. sent: what was told of those that nobody followed, which stands,
    whatever is found later to have begun by then."""
    call = _call(out, events)
    at = from_us(out.at)
    name = f"{app}-call-{at:%Y%m%dT%H%MZ}"
    line = Alarm(
        at=at, incident=name, app=app, kind="call", recurrence_days=None, factor=None, call=call
    )
    yield line
    told = sent.get(name)
    if told is not None:
        yield replace(told, call=call)
    elif call.joined is None and to_us(now) > out.over:
        yield replace(line, at=from_us(out.over), kind="unfollowed")


def _call(out: Out, events: Sequence[Event]) -> CallOut:
    of_stores = [e for e in events if e.swing.talk is None and e.swing.direction != "fewer"]
    at = from_us(out.at)
    open_then = any(e.swing.alarmed_at <= at and not is_over(e.swing, at) for e in of_stores)
    networks = [one.network for one in out.posts]
    return CallOut(
        asks=out.asks.kind,
        since=from_us(out.since),
        last=from_us(out.last),
        people=out.people,
        posts=len(out.posts),
        passed_on=out.passed_on,
        an_hour=out.an_hour,
        networks=sorted(set(networks), key=lambda name: (-networks.count(name), name)),
        text=out.asks.text_hash,
        quiet=not open_then,
        joined=next((e.id for e in of_stores if _follows(e.swing, out)), None),
    )


def _follows(swing: Swing, out: Out) -> bool:
    """Whether reviews came with a call or soon after it, and not what it asked against."""
    against = NOT_ASKED.get(out.asks.kind)
    if against is not None and against == (swing.counts or swing.direction):
        return False
    return to_us(swing.alarmed_at) >= out.since and to_us(swing.onset_at) <= out.over


def asked_sentence(store: Store, call: CallOut, app: str, names: tuple[str, ...]) -> str | None:
    """What a call asks in one sentence, masked; None where the store has its text no more."""
    text = None if call.text is None else store.items.text_of(app, call.text)
    if text is None:
        return None
    told = mask(calls.asking_sentence(text, names) or text) or ""
    return " ".join(told.split())[:LONGEST] or None
