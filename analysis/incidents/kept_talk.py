"""How much was said in an event of talk, kept from when it was over.

What is counted again later would be counted otherwise: retention takes the texts that copies are
told by. So it stands until a post of its time comes, changes or is forgotten.
"""

import json
from dataclasses import asdict, replace
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from analysis.records import Swing, Talk
from analysis.talk.swings_of_talk import PAST
from analysis.talk.voices import LOOKBACK
from collector.store import Store
from collector.times import HOUR_US, to_iso, to_us

COUNTED = ("direction", "items", "expected_items")


def kept(
    store: Store, app: str, event: Swing, now: datetime, changed: NDArray[np.int64] | None
) -> Swing | None:
    """An event as it was counted when it was over; None of one that lasts, or that a changed hour
    (microseconds) reaches."""
    if not _is_over(event, now) or event.closed_at is None:
        return None
    if changed is not None:
        first = to_us(event.onset_at) - PAST - LOOKBACK - HOUR_US
        if bool(((changed >= first) & (changed <= to_us(event.closed_at))).any()):
            return None
    found = store.checkpoints.latest(app, _name(event))
    if found is None:
        return None
    held = json.loads(found[1])
    if held["of"] != _span(event):
        return None
    counts = {name: held[name] for name in COUNTED}
    return replace(event, counts=None, source=None, talk=Talk(**held["talk"]), **counts)


def keep(store: Store, app: str, event: Swing, now: datetime) -> None:
    """Keeps the counts of an event that is over."""
    if not _is_over(event, now) or event.talk is None or event.closed_at is None:
        return
    held = {name: getattr(event, name) for name in COUNTED}
    held |= {"of": _span(event), "talk": asdict(event.talk)}
    store.checkpoints.save(app, _name(event), event.closed_at, json.dumps(held).encode(), keep=1)


def _is_over(event: Swing, now: datetime) -> bool:
    return event.closed_at is not None and event.closed_at <= now


def _name(event: Swing) -> str:
    return f"talk/said/{to_iso(event.alarmed_at)}"


def _span(event: Swing) -> list[str | None]:
    moments = (event.onset_at, event.ended_at, event.closed_at)
    return [None if at is None else to_iso(at) for at in moments]
