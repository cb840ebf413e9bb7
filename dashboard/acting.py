"""What people decide about an incident: phase, verdict, correction, mute, note.

Every decision is one annotation in the store, never changed: the last word of a kind counts, and
all of them are the log.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

import pandas as pd

from collector.records import Annotation
from dashboard.plain_text import plain

Kind = Literal["phase", "verdict", "cause", "coordination", "mute", "note"]
CHOICES: dict[Kind, tuple[str, ...]] = {
    "phase": ("noticed", "looking", "monitoring", "over"),
    "verdict": ("right", "mistaken"),
    "cause": ("release", "service", "external", "promotion", "launch", "undetermined"),
    "coordination": ("not_testable", "none_seen", "some", "strong"),
    "mute": ("8h", "24h", "7d", "until_escalation", "off"),
    "note": (),
}
MUTE_HOURS = {"8h": 8, "24h": 24, "7d": 168}
LONGEST_REASON = 1000


@dataclass(frozen=True, slots=True)
class Act:
    """One decision. by: who made it, as far as a log-in tells. incident: its id, or None."""

    made_at: datetime
    kind: str
    value: str
    reason: str
    by: str
    incident: str | None


@dataclass(frozen=True, slots=True)
class Standing:
    """What holds for one incident: the last word of each kind; None where nobody said anything."""

    phase: str | None = None
    verdict: str | None = None
    cause: str | None = None
    coordination: str | None = None
    mute: str | None = None
    mute_since: datetime | None = None

    def muted(self, now: datetime) -> bool:
        """Whether alerts rest now, escalations aside."""
        if self.mute is None or self.mute_since is None or self.mute == "off":
            return False
        if self.mute == "until_escalation":
            return True
        return now < self.mute_since + timedelta(hours=MUTE_HOURS.get(self.mute, 0))


def decide(
    incident: dict[str, Any], kind: Kind, value: str, reason: str, *, by: str, now: datetime
) -> Annotation:
    """A decision as the store keeps it. Raises ValueError for a wrong value or a missing reason."""
    reason = plain(reason, LONGEST_REASON)
    if CHOICES[kind] and value not in CHOICES[kind]:
        raise ValueError(f"{value!r} is no {kind}")
    if needs_reason(kind, value) and not reason:
        raise ValueError(f"a {kind} needs a reason")
    return Annotation(
        app=incident["app"],
        incident_id=incident["id"],
        at=now,
        made_at=now,
        kind=kind,
        text=json.dumps({"value": value, "reason": reason, "by": by}, ensure_ascii=False),
    )


def needs_reason(kind: str, value: str) -> bool:
    """A phase may be set without words; everything else says why."""
    return kind != "phase" and not (kind == "mute" and value == "off")


def acts(annotations: pd.DataFrame) -> list[Act]:
    """Decisions in the order in which they were made. annotations: columns of Annotation."""
    rows: Any = annotations.sort_values("made_at", kind="stable").itertuples()
    return [_act(row) for row in rows]


def standing(made: Sequence[Act], incident_id: str) -> Standing:
    """What holds for an incident after these decisions."""
    last: dict[str, Any] = {}
    for act in made:
        if act.incident == incident_id and act.value in CHOICES.get(act.kind, ()):  # type: ignore[call-overload]
            last[act.kind] = act.value
            if act.kind == "mute":
                last["mute_since"] = act.made_at
    return Standing(**last)


def _act(row: Any) -> Act:
    value, reason, by = "", str(row.text), ""
    try:
        said = json.loads(row.text)
    except ValueError:
        said = None  # written by hand or by another tool: the text is the note
    if isinstance(said, dict):
        value, reason, by = (str(said.get(name, "")) for name in ("value", "reason", "by"))
    incident = row.incident_id if isinstance(row.incident_id, str) else None
    return Act(
        made_at=row.made_at.to_pydatetime(),
        kind=str(row.kind),
        value=plain(value, 60),
        reason=plain(reason, LONGEST_REASON),
        by=plain(by, 120),
        incident=incident,
    )
