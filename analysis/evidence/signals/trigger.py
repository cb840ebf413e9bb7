"""What happened just before? Candidates for the trigger among what is collected."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pandas as pd

from analysis.evidence.case import Case
from analysis.evidence.details import CALL
from analysis.evidence.not_testable import why
from analysis.evidence.signal import Signal, untested
from analysis.evidence.signals import call_to_action
from analysis.evidence.version_clock import carrier, first_seen, versions_of
from analysis.records import Evidence

NAME = "trigger"
MOST_NAMED = 3
# How long before the onset each kind can still be the trigger.
REACH = {
    CALL: timedelta(hours=72),
    "release": timedelta(days=7),
    "statement": timedelta(hours=72),
    "news": timedelta(hours=72),
    "other": timedelta(hours=72),
}
LATE = timedelta(hours=2)  # the onset is an estimate
LONGEST_TITLE = 80


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something that was published before the swing. rank: smaller is likelier.

    what: a version, or a title; nothing of a call. dated_by_reviews: no shop tells its time.
    """

    at: datetime
    kind: str
    what: str
    lead: timedelta
    dated_by_reviews: bool = False

    @property
    def rank(self) -> float:
        """Lead as a share of the kind's reach."""
        return abs(self.lead) / REACH[self.kind]


def candidates(case: Case, first_call: datetime | None = None) -> list[Candidate]:
    """Releases, statements, news and the first call, nearest to the onset first.

    A version that reviews alone tell of is a candidate where no shop lists a release.
    """
    onset = case.window.swing.onset_at
    releases, context = case.window.releases, case.window.context
    found = [
        *((at, "release", name) for at, name in _pairs(releases, "released_at", "version")),
        *zip(context["at"], context["kind"], context["title"], strict=True),
    ]
    listed = [Candidate(at, kind, _short(what), onset - at) for at, kind, what in found]
    dated = _dated(case) if releases.empty else []
    listed += [Candidate(at, "release", _short(name), onset - at, True) for at, name in dated]
    if first_call is not None:
        listed.append(Candidate(first_call, CALL, "", onset - first_call))
    # A version that several shops publish is one candidate, at its earliest.
    first_of = {(c.kind, c.what): c for c in sorted(listed, key=lambda c: c.at, reverse=True)}
    near = [c for c in first_of.values() if -LATE <= c.lead <= REACH[c.kind]]
    return sorted(near, key=lambda c: (c.rank, c.at))


def measure(case: Case) -> Evidence:
    """Lead of the likeliest candidate in hours. Near in time is not the same as the cause.

    It speaks for a cause only where a call to act on the app led the swing: an occasion outside it.
    """
    collected = (case.window.releases, case.window.context, case.window.posts)
    call = call_to_action.measure(case)
    told = call.details.get("first_at")
    ranked = candidates(case, None if told is None else datetime.fromisoformat(told))
    if not ranked:
        empty = all(frame.empty for frame in collected)
        return untested(NAME, why("no-context" if empty else "no-trigger"))
    praise = case.window.swing.direction == "positive"
    occasion = "promotion" if praise else "external"
    return Evidence(
        signal=NAME,
        value=ranked[0].lead.total_seconds() / 3600,
        baseline=None,
        p_value=None,
        speaks_for=occasion if call.speaks_for == "coordination" else None,
        details={
            "candidates": [
                {
                    "kind": c.kind,
                    "what": c.what,
                    "dated_by_reviews": c.dated_by_reviews,
                    "hours_before": c.lead.total_seconds() / 3600,
                }
                for c in ranked[:MOST_NAMED]
            ]
        },
    )


def _pairs(frame: pd.DataFrame, *names: str) -> Iterable[tuple[datetime, str]]:
    return zip(*(frame[name] for name in names), strict=True)


def _dated(case: Case) -> list[tuple[datetime, str]]:
    """When the version that most of the swing's reviews name came out, read off the reviews."""
    carried = carrier(case)
    if carried is None:
        return []
    seen = first_seen(*versions_of(case)).get(carried[0])
    return [] if seen is None else [(datetime.fromtimestamp(seen / 1e6, UTC), carried[0])]


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= LONGEST_TITLE else text[: LONGEST_TITLE - 1] + "…"


SIGNAL = Signal(NAME, "What happened just before?", measure, shows="hours")
