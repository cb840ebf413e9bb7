"""An incident that rests on how an imported file was cut: it begins where the file begins, or lies
in a file of which nobody knows how many reviews came when. Then it says nothing of the app."""

from collections.abc import Sequence
from datetime import timedelta

from analysis.records import Evidence, Incident, Swing
from collector.records import Cut, ImportSample
from collector.times import to_iso

NAME = "file_cut"
STEPS: frozenset[Cut] = frozenset({"newest", "began"})
BEFORE, AFTER = timedelta(days=2), timedelta(days=4)
"""An onset so near a step is the step's."""


def resting_on(cuts: Sequence[ImportSample], swing: Swing) -> ImportSample | None:
    """The cut that a swing rests on, those where a file begins first; None where it rests on none.

    cuts: those of the app that no other import covers.
    """
    touching = [cut for cut in cuts if _touches(cut, swing)]
    return min(touching, key=lambda cut: cut.cut not in STEPS, default=None)


def as_evidence(cut: ImportSample) -> Evidence:
    """The cut among an incident's evidence, where it stands first."""
    details = {"cut": cut.cut, "size": cut.size or 0, "source": cut.source, "reviews_in": cut.items}
    at = to_iso(cut.cut_at or cut.first_at)
    return Evidence(
        signal=NAME,
        value=float(cut.items),
        baseline=None,
        p_value=None,
        speaks_for=None,
        details=details | {"at": at, "until": to_iso(cut.last_at)},
    )


def cut_of(incident: Incident) -> Evidence | None:
    """The cut that an incident rests on."""
    return next((e for e in incident.evidence if e.signal == NAME), None)


def _touches(cut: ImportSample, swing: Swing) -> bool:
    if cut.cut in STEPS and cut.cut_at is not None:
        return cut.cut_at - BEFORE <= swing.onset_at <= cut.cut_at + AFTER
    return cut.first_at <= swing.onset_at <= cut.last_at
