"""An incident, and a failed analysis, as lines for a terminal."""

from datetime import datetime

from analysis.app_state.first_days import Given
from analysis.incidents import file_cut
from analysis.records import Incident
from analysis.words.catalogue import english
from analysis.words.incident import by_chance, changed, expected
from analysis.words.run_ends import told
from collector.store.analysis_state.last_analysis import FailedAnalysis
from collector.text.plain_text import plain
from collector.times import to_iso
from dashboard.command_line.options import (
    to_seconds,
)

MOST_REASONS = 3


def brief(incident: Incident) -> str:
    """One incident for a terminal."""
    size = (
        f"  alarm {_second(incident.alarmed_at)}, peak {_second(incident.peak_at)}, "
        f"{_counts(incident)}{changed(incident, english())}, "
        f"stars {_stars(incident.rating_before)} -> {_stars(incident.rating_during)}, "
        f"at the alarm {by_chance(incident.recurrence_days, english())}"
    )
    reading = (
        f"  cause {_cause(incident)}, "
        f"signs of coordination: {incident.coordination.replace('_', ' ')}, "
        f"coverage {_coverage(incident)}"
    )
    head = f"{incident.id}  {incident.direction}{_where(incident)}  {_span(incident)}"
    lines = [head, f"  {incident.summary}", size, reading, *_said(incident)]
    return "\n".join(lines)


def _where(incident: Incident) -> str:
    told = {"social": "  outside the stores", "both": "  in the stores and outside"}
    return told.get(incident.where, "")


def _counts(incident: Incident) -> str:
    """Items of the stores, and what is said elsewhere."""
    items = f"{incident.items} items ({expected(incident.expected_items, english())} expected)"
    if incident.where == "stores":
        return items
    posts = (
        f"{incident.posts} posts ({expected(incident.expected_posts or 0.0, english())} expected) "
        f"by {incident.people} people in {incident.conversations} conversations"
    )
    if (incident.reach or 0) > 1:
        posts += f", one of them passed on {incident.reach} times"
    return f"{posts}, {items}"


def _said(incident: Incident) -> list[str]:
    """The reasons that rose, and what the reviews say in their own words."""
    risen = [one for one in incident.reasons if one.share > one.share_before][:MOST_REASONS]
    lines = [
        f"  {one.reviews} ({one.share:.0%}) {english()(f'gives-{one.reason}')}, "
        f"{one.share_before:.0%} did before"
        for one in risen
    ]
    return [*lines, *(f"    “{plain(one.text, 240)}”" for one in incident.excerpts)]


def given_line(one: Given) -> str:
    """A reason of reviews that nothing can be compared with yet."""
    return f"  {one.reviews} ({one.share:.0%}) of the low stars {english()(f'gives-{one.reason}')}"


def _cause(incident: Incident) -> str:
    """The cause with its probability; undetermined has none of its own."""
    if incident.cause == "undetermined":
        return "undetermined"
    also = "" if incident.also is None else f", also {incident.also}"
    return f"{incident.cause} ({incident.cause_probability:.0%}){also}"


def _span(incident: Incident) -> str:
    """From the onset to the end, as far as anybody saw it."""
    i = incident
    times = (i.onset_at, i.ended_at, i.quiet_since, i.unseen_since, i.as_of)
    onset, end, quiet, unseen, read = (None if t is None else _second(t) for t in times)
    if unseen is not None:
        known = f"since {onset}" if end is None else f"{onset} to at least {end}"
        return f"{known}, not seen since {unseen}"
    if end is not None:
        tail = None if i.tail_until is None else _second(i.tail_until)
        return f"{onset} to {end}" + ("" if tail is None else f", more than usual until {tail}")
    state = "still going on" if quiet is None else f"quiet since {quiet}"
    if read is not None:
        return f"since {onset}, {state} as of {read}"
    return f"{onset} to {state if quiet is None else f'now, {state}'}"


def _coverage(incident: Incident) -> str:
    """`coverage`, or for what no poll watched what it rests on."""
    basis = incident.coverage_basis
    if file_cut.cut_of(incident) is not None:
        return f"{incident.coverage}: it rests on how an imported file is cut"
    if incident.coverage != "complete" or basis == "polled":
        return str(incident.coverage)
    if basis == "partly":
        return "partly: imported before the polls began"
    return "imported: no cut of a file is known here"


def _second(moment: datetime) -> str:
    return to_seconds(to_iso(moment))


def _stars(value: float | None) -> str:
    return "unknown" if value is None else f"{value:.2f}"


def failure_line(failed: FailedAnalysis) -> str:
    """That an app's last analysis failed, why, and what the list is worth."""
    at = _second(failed.at)
    before = (
        "no analysis has worked yet, so nothing is known of it"
        if failed.worked_at is None
        else f"what is listed is from the analysis of {_second(failed.worked_at)}"
    )
    return (
        f"{failed.app}: the last analysis, {at}, failed: {told(failed.reason, english())}; {before}"
    )
