"""What `collect` and `watch` say of runs: a line each, as text or JSON, and the exit code."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from analysis.words.catalogue import english
from analysis.words.run_ends import told
from collector.end_codes import reason
from collector.new_app.starter_file import Start
from collector.polling.run import plan_for
from collector.polling.surroundings import PollEvent
from collector.records import RunReport
from collector.settings.config import Settings
from collector.shop_sources import CONTEXT
from collector.sources import Source

FAILED = frozenset({"failed", "partial"})
PATIENCE = timedelta(days=1)


def why_not(settings: Settings, key: str, source: Source) -> str | None:
    """Why a source reads nothing for an app; None if it reads something."""
    plan = plan_for(settings, key, source)
    return None if plan.parts else told(plan.off or reason("off-left-out"), english())


def noted(start: Start) -> list[str]:
    """What was found out for a first configuration, and why the store's page told nothing."""
    why = [] if start.unread is None else [f"({told(start.unread, english())})"]
    return [*start.notes, *why]


def exit_code(
    reports: Sequence[RunReport],
    lacking: Sequence[PollEvent] = (),
    now: datetime | None = None,
) -> int:
    """0 all well, 1 some sources failed or gave only a part, 3 all failed.

    lacking: sources that are asked for and lack something; for a day that is no failure.
    """
    outcomes = [report.outcome for report in reports]
    if outcomes and all(outcome == "failed" for outcome in outcomes):
        return 3
    late = now is not None and any(is_late(event, now) for event in lacking)
    return 1 if late or FAILED.intersection(outcomes) else 0


def is_late(event: PollEvent, now: datetime) -> bool:
    """Whether a source has lacked something for longer than it takes to notice."""
    return event.since is not None and now - event.since >= PATIENCE


def summary_line(report: RunReport) -> str:
    """One run in one line."""
    due = f", next at {report.next_due_at:%H:%M} UTC" if report.next_due_at else ""
    cost = f", ${report.cost_usd:.3f}" if report.cost_usd else ""
    bad = f", {report.bad} unreadable" if report.bad else ""
    counts = f", {report.new} new, {report.changed} changed of {report.seen} seen"
    if report.source in CONTEXT:
        counts = ""  # headlines are no items; the reason counts them
    return (
        f"{report.app} {report.source}: {report.outcome}{counts}{bad}, {report.requests} "
        f"requests{cost}{due} ({told(report.stop_reason, english())})"
    )


def json_line(event: PollEvent, at: datetime) -> str:
    """A finished or skipped run as one JSON object."""
    line: dict[str, Any] = {
        "at": at.isoformat(),
        "event": event.step,
        "app": event.app,
        "source": event.source,
    }
    if event.report is None:
        line |= {"reason": told(event.message, english()), "wanted": event.wanted}
    else:
        left_out = {*line, "runs"}  # a line is always one run
        names = [name for name in RunReport.__slots__ if name not in left_out]
        values = {name: getattr(event.report, name) for name in names}
        values["stop_reason"] = told(event.report.stop_reason, english())
        line |= {n: v.isoformat() if isinstance(v, datetime) else v for n, v in values.items()}
    return json.dumps(line, ensure_ascii=False)
