"""What signals keep beside their value, typed; incidents of earlier releases read the same."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from analysis.records import Evidence

CALL = "call_to_action"
CALL_OF_OLD = "call to action"
BY_REVIEWS = ", by its reviews"  # how a version that its reviews date was written once
OTHER_SIDE = ("release", "statement")


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """What came just before the onset. kind: CALL, or of a release or context event.

    what: a version, or a title; nothing of a call. dated_by_reviews: no shop tells its time.
    """

    kind: str
    what: str
    hours_before: float
    dated_by_reviews: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstCall:
    """The first post that asks to act on the app. hours_before: the onset; negative after it."""

    at: datetime
    hours_before: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """What a group of reviews speaks of."""

    label: str
    reviews: int
    phrases: tuple[str, ...]


def why_untested(evidence: Evidence) -> str | None:
    """The code of why the signal could not be tested; None where it was."""
    return evidence.details.get("reason") if evidence.value is None else None


def triggers(evidence: Evidence) -> tuple[Trigger, ...]:
    """What came just before the onset, the likeliest first."""
    return tuple(map(_trigger, evidence.details.get("candidates", [])))


def weighed(evidence: Evidence) -> tuple[Trigger, ...]:
    """What came just before the onset, as far as the signal weighs it.

    Where it speaks for something, that rests on the call; releases and statements near the onset
    stand on the other side, as what could speak against it.
    """
    found = triggers(evidence)
    if evidence.speaks_for is None:
        return found
    return tuple(one for one in found if one.kind not in OTHER_SIDE)


def first_call(evidence: Evidence) -> FirstCall | None:
    """The first call to act on the app, where there was one."""
    at, hours = evidence.details.get("first_at"), evidence.details.get("hours_before")
    if at is None or hours is None:
        return None
    return FirstCall(at=datetime.fromisoformat(at), hours_before=float(hours))


def themes(evidence: Evidence) -> tuple[Theme, ...]:
    """What the reviews speak of."""
    return tuple(
        Theme(label=one["label"], reviews=one["reviews"], phrases=tuple(one["phrases"]))
        for one in evidence.details.get("themes", [])
    )


def _trigger(kept: Mapping[str, Any]) -> Trigger:
    kind, what = str(kept["kind"]), str(kept["what"])
    hours = float(kept["hours_before"])
    if "dated_by_reviews" in kept:
        dated = bool(kept["dated_by_reviews"])
        return Trigger(kind=kind, what=what, hours_before=hours, dated_by_reviews=dated)
    if kind in (CALL_OF_OLD, CALL):
        return Trigger(kind=CALL, what="", hours_before=hours, dated_by_reviews=False)
    version = what.removeprefix("version ") if kind == "release" else what
    plain = version.removesuffix(BY_REVIEWS) if kind == "release" else what
    return Trigger(kind=kind, what=plain, hours_before=hours, dated_by_reviews=plain != version)
