"""The swing detector and its rivals, brought to one form: openings and messages of one app."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.records import Swing
from analysis.research.quiet_streams import openings
from analysis.swings import History, detect
from analysis.swings.history import DAY, HOUR
from benchmarks.detection.real_histories import AppCase, Span
from benchmarks.detection.rivals import NEEDS, Rival, Scores

BUDGET = 0.2
SLACK = DAY  # daily rules judge after the event's last day; onsets are known to the day


@dataclass(frozen=True, slots=True)
class Alarms:
    """What a method says about one app: openings, and every message it would have sent.

    spans: (n, 2), what each opening is about, from its onset to its end, as far as it is known.
    """

    opened: NDArray[np.int64]
    sent: NDArray[np.int64]
    spans: NDArray[np.int64]


def ours(history: History, directions: tuple[str, ...] = ("negative", "mixed")) -> Alarms:
    """Swings of the default settings."""
    return of_swings(swings(history), directions)


def of_swings(found: list[Swing], directions: tuple[str, ...]) -> Alarms:
    """The alarms of swings in these directions."""
    found = [s for s in found if s.direction in directions]
    opened = np.array([us(s.alarmed_at) for s in found], dtype=np.int64)
    more = [us(e.at) for s in found for e in s.escalations]
    spans = [(us(s.onset_at), 1 + us(s.ended_at or s.alarmed_at)) for s in found]
    return Alarms(
        opened,
        np.sort(np.concatenate([opened, np.array(more, dtype=np.int64)])),
        np.array(spans, dtype=np.int64).reshape(-1, 2),
    )


def theirs(scores: Scores, threshold: float, days: int = 1) -> Alarms:
    """A rule's alarms, at most one a day; an opening is one after ten days without.

    days: how long a span the rule judges.
    """
    sent, opened = openings(scores, threshold)
    return Alarms(opened, sent, np.stack([opened - days * DAY, opened + 1], axis=1))


def rival_alarms(
    name: str, rival: Rival, threshold: float, case: AppCase, needs: int | None = None
) -> Alarms:
    """A rule's alarms on one app, from its first day with enough history on: `needs` days."""
    seen = case.history.until(int(case.history.at[-1]))
    low = seen.at[(seen.stars > 0) & (seen.stars <= 2)]
    first = int(seen.at[0] // DAY) if len(seen.at) else 0
    n = int(seen.at[-1] // DAY) - first + 1 if len(seen.at) else 0
    if n <= (NEEDS.get(name, 70) if needs is None else needs):
        none = np.empty(0, np.int64)
        return Alarms(none, none, none.reshape(-1, 2))
    return theirs(rival(low, first, n), threshold, 7 if "week" in name else 1)


def judged_event(case: AppCase, event: Span, alarms: Alarms) -> dict[str, Any]:
    """Whether, when and with how many messages a method told of an event."""
    inside = alarms.sent[(alarms.sent >= event.onset - SLACK) & (alarms.sent < event.end + SLACK)]
    history = case.history
    low = (history.stars > 0) & (history.stars <= 2)
    first = int(inside[0]) if len(inside) else None
    reviews = None
    if first is not None:
        reviews = int(((history.at >= event.onset) & (history.at <= first) & low).sum())
    return {
        "app": case.app,
        "event": event.name,
        "resolution_s": case.resolution_s,
        "caught": first is not None,
        "delay_h": None if first is None else max(first - event.onset, 0) / HOUR,
        "reviews": reviews,
        "messages": len(inside),
    }


def first_message(found: list[Swing], start: int) -> int | None:
    """The first negative or mixed message from `start` on."""
    down = [s for s in found if s.direction != "positive"]
    sent = [us(m) for s in down for m in (s.alarmed_at, *(e.at for e in s.escalations))]
    return min((m for m in sent if m >= start), default=None)


def swings(history: History, now: int | None = None) -> list[Swing]:
    """Swings by default settings, without launches."""
    if not len(history.at):
        return []
    found = detect(history, now=int(history.at[-1]) if now is None else now)
    return [s for s in found if not s.launch]


def us(moment: datetime) -> int:
    """Microseconds since 1970."""
    return round(moment.timestamp() * 1e6)
