"""From a bar of a chart to the items behind it: an address of the explore page. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pandas as pd

from analysis.records import Incident
from collector.times import INSTANT, to_iso

STARS: dict[str, tuple[str, ...]] = {
    "negative": ("1", "2"),
    "middle": ("3",),
    "positive": ("4", "5"),
    "no_stars": ("0",),
}
Address = dict[str, str | list[str]]
SINCE, UNTIL = "from", "to"  # of the address: exact times, UTC


@dataclass(frozen=True, slots=True)
class Bar:
    """What a bar counts: items of an app and class in [since, until). group: see series.GROUPS."""

    app: str
    group: str
    since: datetime
    until: datetime


def address(bar: Bar, sources: Sequence[str] = ()) -> Address:
    """Query parameters under which the explore page shows a bar's items."""
    found: Address = {"app": bar.app, SINCE: stamp(bar.since), UNTIL: stamp(bar.until)}
    if bar.group in STARS:
        found["stars"] = list(STARS[bar.group])
    found["kinds"] = ["post" if bar.group == "post" else "review"]
    if sources:
        found["sources"] = list(sources)
    return found


def bar_of(incident: Incident, known: datetime) -> Bar:
    """What an incident counts, as a bar. known: until when there are data, for one without end."""
    last = incident.ended_at or incident.counted_until
    group = "post" if incident.where == "social" else str(incident.counts or incident.direction)
    return Bar(incident.app, group, incident.onset_at, (last or known) + INSTANT)


def stamp(moment: datetime) -> str:
    """2020-05-31T14:00:00Z, as an address carries it."""
    return to_iso(moment)


def read(text: str) -> datetime | None:
    """The moment of an address, or None for anything else."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment.astimezone(UTC) if moment.tzinfo is not None else None


def marked(bars: pd.DataFrame) -> pd.DataFrame:
    """Bars with the columns that a click hands back. bars: columns start and end (UTC)."""
    return bars.assign(
        since=[stamp(moment) for moment in bars["start"]],
        until=[stamp(moment) for moment in bars["end"]],
    )


def clicked(selection: Any) -> tuple[datetime, datetime] | None:
    """What a chart's event says was clicked: since and until of the bar; None for nothing."""
    points = dict(selection or {}).get("pick") or []
    if not points:
        return None
    since, until = (read(str(points[0].get(name, ""))) for name in ("since", "until"))
    return None if since is None or until is None else (since, until)
