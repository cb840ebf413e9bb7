"""What people decide about an incident: phase, verdict, correction, mute, note, merge, split.

Every decision is one annotation in the store, never changed: the last word of a kind counts, and
all of them are the log. Merges and splits are carried out by analysis.incidents.merge_split.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

import pandas as pd

from analysis.incidents.merge_split import Wish
from analysis.labels import Label, labels
from analysis.records import Incident
from collector.plain_text import plain
from collector.records import Annotation

Kind = Literal[
    "phase",
    "verdict",
    "cause",
    "coordination",
    "mute",
    "note",
    "merge",
    "unmerge",
    "split",
    "unsplit",
]
CHOICES: dict[Kind, tuple[str, ...]] = {
    "phase": ("noticed", "looking", "monitoring", "over"),
    "verdict": ("right", "mistaken"),
    "cause": ("release", "service", "external", "promotion", "launch", "undetermined"),
    "coordination": ("not_testable", "none_seen", "some", "strong"),
    "mute": ("8h", "24h", "7d", "until_escalation", "off"),
    "note": (),
    "merge": (),
    "unmerge": (),
    "split": (),
    "unsplit": (),
}
GROUPING: tuple[Kind, ...] = ("merge", "unmerge", "split", "unsplit")  # what regroups incidents
HOUR = timedelta(hours=1)
MOST_MOMENTS = 400
MUTE_HOURS = {"8h": 8, "24h": 24, "7d": 168}
LONGEST_REASON = 1000


@dataclass(frozen=True, slots=True)
class Act:
    """One decision. by: who made it, as far as a log-in tells. incident: its id, or None.

    said, said_probability: what the analysis said of the same question at that moment.
    """

    made_at: datetime
    kind: str
    value: str
    reason: str
    by: str
    incident: str | None
    said: str | None = None
    said_probability: float | None = None


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
    incident: Incident, kind: Kind, value: str, reason: str, *, by: str, now: datetime
) -> Annotation:
    """A decision as the store keeps it. Raises ValueError for a wrong value or a missing reason."""
    reason = plain(reason, LONGEST_REASON)
    if CHOICES[kind] and value not in CHOICES[kind]:
        raise ValueError(f"{value!r} is no {kind}")
    if kind in GROUPING and not value:
        raise ValueError(f"a {kind} needs a value")
    if needs_reason(kind, value) and not reason:
        raise ValueError(f"a {kind} needs a reason")
    return Annotation(
        app=incident.app,
        incident_id=incident.id,
        at=now,
        made_at=now,
        kind=kind,
        text=json.dumps(
            {"value": value, "reason": reason, "by": by, **_said(incident, kind)},
            ensure_ascii=False,
        ),
    )


def _said(incident: Incident, kind: Kind) -> dict[str, Any]:
    """What the analysis said of the same question, so that the label can be compared with it."""
    if kind == "cause":
        return {"said": incident.cause, "said_probability": incident.cause_probability}
    return {"said": incident.coordination} if kind == "coordination" else {}


def needs_reason(kind: str, value: str) -> bool:
    """A phase may be set without words; everything else says why."""
    return kind != "phase" and not (kind == "mute" and value == "off")


def acts(annotations: pd.DataFrame) -> list[Act]:
    """Decisions in the order in which they were made. annotations: columns of Annotation."""
    return [_act(label) for label in labels(annotations)]


def ids_of(incident: Incident) -> tuple[str, ...]:
    """The incident's own id, and those that a person merged into it."""
    return (incident.id, *incident.joined)


def concerns(act: Act, incident: Incident) -> bool:
    """Whether a decision belongs to an incident's log."""
    if act.incident in ids_of(incident):
        return True
    if act.kind in ("merge", "unmerge") and act.value in ids_of(incident):
        return True
    return act.kind in ("split", "unsplit") and act.incident == incident.split_from


def undoable(wishes: Sequence[Wish], incident: Incident, kind: str) -> list[Wish]:
    """Merges or splits that made this incident what it is, the latest first. kind: merge, split."""
    ids = ids_of(incident)
    found = [
        wish
        for wish in wishes
        if wish.kind == kind
        and (
            (wish.incident in ids and wish.value in ids)
            if kind == "merge"
            else wish.incident in (*ids, incident.split_from)
        )
    ]
    return found[::-1]


def moments(incident: Incident, known: datetime) -> list[datetime]:
    """Where an incident may be split: at growth that was noticed, else on whole hours."""
    first = incident.alarmed_at + timedelta(minutes=1)
    end = incident.ended_at or known
    grown = [e.at for e in incident.escalations]
    hour = datetime.fromtimestamp(first.timestamp() // 3600 * 3600, UTC) + HOUR
    step = HOUR * max(1, -(-((end - hour) // HOUR) // MOST_MOMENTS))
    hours = []
    while hour < end:
        hours.append(hour)
        hour += step
    return [*(at for at in grown if first < at < end), *hours]


def standing(made: Sequence[Act], *ids: str) -> Standing:
    """What holds for an incident after these decisions. ids: its own and those merged into it."""
    last: dict[str, Any] = {}
    for act in made:
        if act.incident in ids and act.value in CHOICES.get(act.kind, ()):  # type: ignore[call-overload]
            last[act.kind] = act.value
            if act.kind == "mute":
                last["mute_since"] = act.made_at
    return Standing(**last)


def _act(label: Label) -> Act:
    return Act(
        made_at=label.made_at,
        kind=label.kind,
        value=plain(label.value or "", 160),
        reason=plain(label.reason or "", LONGEST_REASON),
        by=plain(label.by or "", 120),
        incident=label.incident,
        said=label.said,
        said_probability=label.said_probability,
    )
