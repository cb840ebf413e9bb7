"""What people decide about an incident: phase, verdict, correction, mute, note, merge, split.

Every decision is one row of the store, never changed: the last word of a kind counts, and all of
them are the log. Merges and splits are carried out by analysis.incidents.merge_split. What others
read keeps its older names: the table `annotations`, `export labels`.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Literal

import pandas as pd

from analysis.records import Incident
from collector.records import StoredDecision
from collector.text.plain_text import plain

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
    "cause": (
        "release",
        "service",
        "external",
        "promotion",
        "repair",
        "launch",
        "undetermined",
    ),
    "coordination": ("not_testable", "none_seen", "some", "strong"),
    "mute": ("8h", "24h", "7d", "until_escalation", "off"),
    "note": (),
    "merge": (),
    "unmerge": (),
    "split": (),
    "unsplit": (),
}
LEVEL = "level"  # decided of an app, not of one of its incidents
UNDOES = {"unmerge": "merge", "unsplit": "split"}
GROUPING: tuple[Kind, ...] = ("merge", "unmerge", "split", "unsplit")  # what regroups incidents
HOUR = timedelta(hours=1)
MOST_MOMENTS = 400
MUTE_HOURS = {"8h": 8, "24h": 24, "7d": 168}
LONGEST_REASON = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One decision of a person about an incident; the last one of a kind counts."""

    app: Annotated[str, "key of the app"]
    incident: Annotated[str | None, "id of the incident; missing for a note about the app"]
    made_at: Annotated[datetime, "when it was decided"]
    kind: Annotated[
        str,
        "verdict, cause, coordination, phase, mute, note, merge, unmerge, split, unsplit; level: "
        "what has changed slowly is the new usual",
    ]
    value: Annotated[str | None, "what was decided; missing for a note"] = None
    reason: Annotated[str | None, "why, in the person's words"] = None
    by: Annotated[str | None, "role and keyed mark of who decided; missing without a log-in"] = None
    said: Annotated[str | None, "what Floodgauge said of the same question at that moment"] = None
    said_probability: Annotated[float | None, "the probability that it gave, for a cause"] = None


@dataclass(frozen=True, slots=True)
class InForce:
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
) -> StoredDecision:
    """A decision as the store keeps it. Raises ValueError for a wrong value or a missing reason."""
    reason = plain(reason, LONGEST_REASON)
    if CHOICES[kind] and value not in CHOICES[kind]:
        raise ValueError(f"{value!r} is no {kind}")
    if kind == "split" and incident.where == "social":
        raise ValueError("what is said outside the stores alone cannot be split")
    if kind in GROUPING and not value:
        raise ValueError(f"a {kind} needs a value")
    if needs_reason(kind, value) and not reason:
        raise ValueError(f"a {kind} needs a reason")
    return StoredDecision(
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


def accept_level(app: str, reason: str, *, by: str, now: datetime) -> StoredDecision:
    """The decision that an app's level of now is its new usual one. Raises ValueError without a
    reason."""
    reason = plain(reason, LONGEST_REASON)
    if not reason:
        raise ValueError("a level needs a reason")
    text = json.dumps({"value": "accepted", "reason": reason, "by": by}, ensure_ascii=False)
    return StoredDecision(app=app, incident_id=None, at=now, made_at=now, kind=LEVEL, text=text)


def accepted_level(made: Sequence[Decision]) -> datetime | None:
    """When a person last took an app's level of that time for the usual one."""
    return max((one.made_at for one in made if one.kind == LEVEL), default=None)


def _said(incident: Incident, kind: Kind) -> dict[str, Any]:
    """What the analysis said of the same question, so that the decision can be compared with it."""
    if kind == "cause":
        return {"said": incident.cause, "said_probability": incident.cause_probability}
    return {"said": incident.coordination} if kind == "coordination" else {}


def needs_reason(kind: str, value: str) -> bool:
    """A phase may be set without words; everything else says why."""
    return kind != "phase" and not (kind == "mute" and value == "off")


def decisions(stored: pd.DataFrame) -> list[Decision]:
    """As they were written, in the order in which they were made. stored: columns of
    StoredDecision."""
    rows: Any = stored.sort_values("made_at", kind="stable").itertuples()
    return [_decision(row) for row in rows]


def readable(stored: pd.DataFrame) -> list[Decision]:
    """The same with texts of a line or two that a page can show."""
    return [
        replace(
            made,
            value=plain(made.value or "", 160) or None,
            reason=plain(made.reason or "", LONGEST_REASON) or None,
            by=plain(made.by or "", 120) or None,
        )
        for made in decisions(stored)
    ]


def ids_of(incident: Incident) -> tuple[str, ...]:
    """The incident's own id, and those that a person merged into it."""
    return (incident.id, *incident.joined)


def concerns(made: Decision, incident: Incident) -> bool:
    """Whether a decision belongs to an incident's log."""
    if made.incident in ids_of(incident):
        return True
    if made.kind in ("merge", "unmerge") and made.value in ids_of(incident):
        return True
    return made.kind in ("split", "unsplit") and made.incident == incident.split_from


def groupings(made: Sequence[Decision], until: datetime | None = None) -> list[Decision]:
    """Merges and splits that nobody has taken back, oldest first. until: nothing decided later."""
    held: list[Decision] = []
    for one in made:
        kind = UNDOES.get(one.kind, one.kind)
        if kind not in UNDOES.values() or one.incident is None or one.value is None:
            continue
        if until is not None and one.made_at > until:
            continue
        grouping = replace(one, kind=kind)
        held = [known for known in held if not _same(known, grouping)]
        if kind == one.kind:
            held.append(grouping)
    return held


def _same(one: Decision, other: Decision) -> bool:
    """Whether both speak of the same pair, or of the same incident and moment."""
    if one.kind != other.kind:
        return False
    mine, theirs = (one.incident, one.value), (other.incident, other.value)
    return mine == theirs or (one.kind == "merge" and mine == theirs[::-1])


def undoable(held: Sequence[Decision], incident: Incident, kind: str) -> list[Decision]:
    """Merges or splits that made this incident what it is, the latest first. kind: merge, split."""
    ids = ids_of(incident)
    found = [
        one
        for one in held
        if one.kind == kind
        and (
            (one.incident in ids and one.value in ids)
            if kind == "merge"
            else one.incident in (*ids, incident.split_from)
        )
    ]
    return found[::-1]


def moments(incident: Incident, known: datetime) -> list[datetime]:
    """Where an incident may be split: at growth that was noticed, else on whole hours; talk alone
    nowhere, for its parts would be read as reviews."""
    if incident.where == "social":
        return []
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


def in_force(made: Sequence[Decision], *ids: str) -> InForce:
    """What holds for an incident after these decisions. ids: its own and those merged into it."""
    last: dict[str, Any] = {}
    for one in made:
        if one.incident in ids and one.value in CHOICES.get(one.kind, ()):  # type: ignore[call-overload]
            last[one.kind] = one.value
            if one.kind == "mute":
                last["mute_since"] = one.made_at
    return InForce(**last)


def _decision(row: Any) -> Decision:
    said: dict[str, Any] = {"reason": str(row.text)}
    try:
        read = json.loads(row.text)
    except ValueError:
        read = None  # written by hand or by another tool: the text is the note
    if isinstance(read, dict):
        said = read
    probability = said.get("said_probability")
    return Decision(
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
