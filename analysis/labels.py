"""What people said of incidents, as rows: verdicts, corrections, phases, mutes, joins. No I/O."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

import pandas as pd


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """One decision of a person about an incident; the last one of a kind counts."""

    app: Annotated[str, "key of the app"]
    incident: Annotated[str | None, "id of the incident; missing for a note about the app"]
    made_at: Annotated[datetime, "when it was decided"]
    kind: Annotated[
        str, "verdict, cause, coordination, phase, mute, note, merge, unmerge, split or unsplit"
    ]
    value: Annotated[str | None, "what was decided; missing for a note"]
    reason: Annotated[str | None, "why, in the person's words"]
    by: Annotated[str | None, "role and keyed mark of who decided; missing without a log-in"]
    said: Annotated[str | None, "what Floodgauge said of the same question at that moment"]
    said_probability: Annotated[float | None, "the probability that it gave, for a cause"]


def labels(annotations: pd.DataFrame) -> list[Label]:
    """Decisions in the order in which they were made. annotations: columns of Annotation."""
    rows: Any = annotations.sort_values("made_at", kind="stable").itertuples()
    return [_label(row) for row in rows]


def _label(row: Any) -> Label:
    said: dict[str, Any] = {"reason": str(row.text)}
    try:
        read = json.loads(row.text)
    except ValueError:
        read = None  # written by hand or by another tool: the text is the note
    if isinstance(read, dict):
        said = read
    probability = said.get("said_probability")
    return Label(
        app=str(row.app),
        incident=row.incident_id if isinstance(row.incident_id, str) else None,
        made_at=row.made_at.to_pydatetime(),
        kind=str(row.kind),
        value=_text(said.get("value")),
        reason=_text(said.get("reason")),
        by=_text(said.get("by")),
        said=_text(said.get("said")),
        said_probability=float(probability) if isinstance(probability, int | float) else None,
    )


def _text(value: Any) -> str | None:
    return None if value is None or value == "" else str(value)
