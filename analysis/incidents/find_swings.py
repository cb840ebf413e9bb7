"""The app's swings, continued from the last checkpoint that still holds."""

import hashlib
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from analysis import rules_hash, series, swings
from analysis.records import Swing
from analysis.series import Missed
from collector.store import Store
from collector.times import DAY_US, from_us, to_us

KEPT = 40  # checkpoints an app; a change from before the oldest means a rebuild
MARK = 16  # bytes before a checkpoint's state: by which rules, and what had not been seen by then


def find_swings(
    store: Store,
    app: str,
    now: datetime,
    *,
    budget: float,
    as_of: datetime | None = None,
    changed: NDArray[np.int64] | None = None,
) -> list[Swing]:
    """Swings known at `now`, oldest first; the surge of a launch is none.

    budget: false alarms an app-year. changed: hours (microseconds, ascending) that differ from the
    last call's; without it, or as of an earlier moment, everything is looked at again.
    """
    moment = to_us(now)
    if changed is None or as_of is not None:
        history = series.history(store, app, as_of=as_of)
        found = swings.detect(history, now=moment, false_alarms_per_app_year=budget)
        return _without_launch(found)
    name = f"swings/{budget:g}"
    missed = series.coverage(store, app)
    if len(changed):
        store.checkpoints.drop(app, name, after=from_us(int(changed[0])))
    state = resumed(store, app, name, moment, missed)
    history = series.history(store, app, since=swings.needed_from(state), missed=missed)
    found, kept = swings.advance(state, history, now=moment, false_alarms_per_app_year=budget)
    if kept is not None:
        day = moment // DAY_US * DAY_US
        blob = mark(missed, day) + kept
        store.checkpoints.save(app, name, from_us(day), blob, keep=KEPT)
    return _without_launch(found)


def resumed(store: Store, app: str, name: str, moment: int, missed: Missed) -> bytes | None:
    """The newest state at or before `moment` made by today's rules and with today's gaps."""
    before = from_us(moment)
    while (found := store.checkpoints.latest(app, name, before=before)) is not None:
        at, blob = found
        if blob[:MARK] == mark(missed, to_us(at)):
            return blob[MARK:]
        before = from_us(to_us(at) - 1)
    return None


def mark(missed: Missed, day: int) -> bytes:
    """A hash of the rules, and of what had not been seen as far as it lies before a day."""
    spans = [
        name.encode() + np.minimum(part[part[:, 0] < day], day).astype("<i8").tobytes()
        for name, part in missed.named()
    ]
    text = b"|".join([rules_hash.of_swings().encode(), *spans])
    return hashlib.blake2b(text, digest_size=MARK).digest()


def _without_launch(found: list[Swing]) -> list[Swing]:
    return sorted((s for s in found if not s.launch), key=lambda s: s.alarmed_at)
