"""What happened in a span: the marks on the axis, and the list that opens them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import pandas as pd

from analysis.records import Incident
from analysis.trends.bins import Span
from collector.text.plain_text import plain
from dashboard.drawing import binning
from dashboard.incident import incident_texts
from dashboard.incident.around import Around
from dashboard.incident.timeline_chart import records
from dashboard.words.catalogue import Wording
from dashboard.words.sources import source_name

MOST = 60


@dataclass(frozen=True, slots=True)
class Happening:
    """One mark. lane: release, incident, statement, news or other. incident: its id, to open it."""

    at: datetime
    lane: str
    text: str
    incident: str = ""


def happened(
    around: Around, incidents: Sequence[Incident], span: Span, words: Wording
) -> list[Happening]:
    """Incidents, releases, statements, headlines and removals of a span, in order of time."""
    found = [
        Happening(one.onset_at, "incident", incident_texts.option(one, words), one.id)
        for one in incidents
        if span.since <= one.onset_at < span.until
    ]
    seen: set[str] = set()
    for row in records(around.releases):
        if row.version not in seen:
            seen.add(str(row.version))
            store = source_name(str(row.source), words)
            text = words("trends-released", version=plain(str(row.version), 40), store=store)
            found.append(Happening(row.released_at.to_pydatetime(), "release", text))
    for row in records(around.context):
        lane = row.kind if row.kind in ("news", "statement") else "other"
        found.append(Happening(row.at.to_pydatetime(), lane, plain(str(row.title), 160)))
    for wave in around.removals:
        text = words("trends-removed", count=words.number(wave.reviews))
        found.append(Happening(wave.at, "removal", text))
    within = [one for one in found if span.since <= one.at < span.until]
    return sorted(within, key=lambda one: one.at)


def walls(found: Sequence[Happening], words: Wording) -> pd.DataFrame:
    """The moments on the reader's clock: wall, lane, tooltip."""
    return pd.DataFrame(
        {
            "wall": [binning.wall_time(one.at, words.zone) for one in found],
            "lane": [words(f"track-{one.lane}") for one in found],
            "tooltip": [f"{words.time(one.at)}: {one.text}" for one in found],
        }
    )
