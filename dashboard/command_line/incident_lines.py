"""An incident, and a failed analysis, as lines for a terminal."""

from typing import Any

from analysis.incidents import make as making
from collector.store.analyses import FailedAnalysis
from collector.times import to_iso
from dashboard.command_line.options import (
    to_seconds,
)


def brief(document: dict[str, Any]) -> str:
    """One incident for a terminal."""
    size = (
        f"  alarm {to_seconds(document['alarmed_at'])}, peak {to_seconds(document['peak_at'])}, "
        f"{document['items']} items ({_expected(document['expected_items'])} expected), "
        f"stars {_stars(document['rating_before'])} -> {_stars(document['rating_during'])}, "
        f"at the alarm by chance {making.chance(document['recurrence_days'])}"
    )
    reading = (
        f"  cause {_cause(document)}, "
        f"signs of coordination: {document['coordination'].replace('_', ' ')}, "
        f"coverage {_coverage(document)}"
    )
    head = f"{document['id']}  {document['direction']}  {_span(document)}"
    lines = [head, f"  {document['summary']}", size, reading]
    return "\n".join(lines)


def _cause(document: dict[str, Any]) -> str:
    """The cause with its probability; undetermined has none of its own."""
    if document["cause"] == "undetermined":
        return "undetermined"
    return f"{document['cause']} ({document['cause_probability']:.0%})"


def _expected(items: float) -> str:
    """Rounded as in the summary and on the pages."""
    return f"{items:.0f}" if items >= 1 else f"{items:.1f}"


def _span(document: dict[str, Any]) -> str:
    """From the onset to the end, as far as anybody saw it."""
    names = ("onset_at", "ended_at", "quiet_since", "unseen_since", "as_of")
    times = (document.get(name) for name in names)  # older documents do not have all
    onset, end, quiet, unseen, read = (None if t is None else to_seconds(t) for t in times)
    if unseen is not None:
        known = f"since {onset}" if end is None else f"{onset} to at least {end}"
        return f"{known}, not seen since {unseen}"
    if end is not None:
        return f"{onset} to {end}"
    state = "still going on" if quiet is None else f"quiet since {quiet}"
    if read is not None:
        return f"since {onset}, {state} as of {read}"
    return f"{onset} to {state if quiet is None else f'now, {state}'}"


def _coverage(document: dict[str, Any]) -> str:
    """`coverage`, or for what no poll watched what it rests on."""
    basis = document["coverage_basis"]
    if document["coverage"] != "complete" or basis == "polled":
        return str(document["coverage"])
    if basis == "partly":
        return "partly: imported before the polls began"
    return "imported: nothing tells whether it is whole"


def _stars(value: float | None) -> str:
    return "unknown" if value is None else f"{value:.2f}"


def failure_line(failed: FailedAnalysis) -> str:
    """That an app's last analysis failed, why, and what the list is worth."""
    at = to_seconds(to_iso(failed.at))
    before = (
        "no analysis has worked yet, so nothing is known of it"
        if failed.worked_at is None
        else f"what is listed is from the analysis of {to_seconds(to_iso(failed.worked_at))}"
    )
    return f"{failed.app}: the last analysis, {at}, failed: {failed.reason}; {before}"
