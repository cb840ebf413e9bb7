"""Releases and statements near the onset that no signal weighs, but a reader should."""

from datetime import datetime, timedelta
from typing import Any

import pandas as pd

from analysis.records import Incident
from collector.text.plain_text import plain
from dashboard.incident.around import Around
from dashboard.words.catalogue import Wording
from dashboard.words.sources import source_name

NEAR = timedelta(days=1)
MOST = 3


def to_be_read(incident: Incident, around: Around, words: Wording) -> list[str]:
    """Statements and releases within a day of the onset, nearest first.

    A release is left out where a version or the launch is the reading: there it speaks for it. What
    a statement says is not read by a machine, and it may be the occasion itself: each is named as
    something that may speak for the reading or against it.
    """
    onset = incident.onset_at
    found: list[tuple[datetime, str]] = [
        (row.at.to_pydatetime(), words("trigger-statement", what=plain(row.title, 200)))
        for row in _rows(around.context)
        if row.kind == "statement"
    ]
    if incident.cause not in ("release", "launch"):
        found += [
            (row.released_at.to_pydatetime(), _release(row, words))
            for row in _rows(around.releases)
        ]
    near = [(at, what) for at, what in found if abs(at - onset) <= NEAR]
    near.sort(key=lambda one: abs(one[0] - onset))
    return [
        words("could-against", what=_placed(what, at, onset, words), time=words.time(at))
        for at, what in near[:MOST]
    ]


def _rows(frame: pd.DataFrame) -> Any:
    return frame.itertuples()


def _release(row: Any, words: Wording) -> str:
    named = words("trigger-release", what=plain(row.version, 40))
    return f"{named} ({source_name(row.source, words)})"


def _placed(what: str, at: datetime, onset: datetime, words: Wording) -> str:
    side = "at" if at == onset else "before" if at < onset else "after"
    return words(f"trigger-{side}", what=what, length=words.length(abs(at - onset)))
