"""What each source has, how fresh it is, and what failed last: the rows of `status`."""

from typing import Any

import pandas as pd

from collector.kinds import CONTEXT
from collector.polling.run import plan_for
from collector.settings.config import Settings
from collector.sources import load_sources
from collector.store import Store
from collector.store.analyses import FailedAnalysis
from collector.store.channel_notes import EVERY_APP
from collector.store.deliveries import Failing

NOT_READ = "not_read"

ANALYSIS = "analysis"  # in the place of a source: that an app's last analysis failed


def source_states(store: Store) -> list[dict[str, Any]]:
    """One row an app and source: items, newest item, last run, outcome, when it is due again."""
    items: dict[tuple[str, str], Any] = _by_source(store.items.freshness())
    runs: dict[tuple[str, str], Any] = _by_source(store.runs.latest())
    headlines = {str(row.app): row for row in store.timeline.context_freshness().itertuples()}
    items |= {key: headlines[key[0]] for key in runs if key[1] in CONTEXT and key[0] in headlines}
    month = store.database.clock().replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    costs, errors = store.runs.costs(month), store.runs.last_errors()
    rows = []
    for key in sorted(items.keys() | runs.keys()):
        held, run = items.get(key), runs.get(key)
        failed_at, error = errors.get(key, (None, None))
        rows.append(
            {
                "app": key[0],
                "source": key[1],
                "items": int(held.items) if held else 0,
                "newest": _iso(held.newest) if held else None,
                "last_seen": _iso(held.last_seen) if held else None,
                "last_run": _iso(run.ended_at) if run else None,
                "outcome": str(run.outcome) if run else "imported",
                "message": _words(run.message or run.stop_reason) if run else None,
                "covered_from": _iso(run.covered_from) if run else None,
                "covered_to": _iso(run.covered_to) if run else None,
                "next_due": _iso(run.next_due_at) if run else None,
                "coverage_basis": "polled" if run else "imported",
                "last_error": error,
                "last_error_at": _iso(failed_at),
                "cost_this_month_usd": costs.get(key, 0.0),
            }
        )
    return rows + [_channel_row(channel) for channel in store.deliveries.failing()]


def with_unread(rows: list[dict[str, Any]], settings: Settings) -> list[dict[str, Any]]:
    """The rows, and one for each source that the configuration asks for and that lacks something.

    `outcome` is not_read then, also where it was read before; `message` says what it lacks.
    """
    known = {(row["app"], row["source"]): row for row in rows}
    added = []
    for app, source in ((a, s) for a in settings.apps for s in load_sources()):
        plan = plan_for(settings, app, source)
        if plan.parts or not plan.wanted:
            continue
        row = known.get((app, source.name)) or _empty_row(app, source.name)
        if (app, source.name) not in known:
            added.append(row)
        row |= {"outcome": NOT_READ, "message": plan.off, "next_due": None}
    return added + rows


def _empty_row(app: str, source: str) -> dict[str, Any]:
    """A source that was never read."""
    nothing = ("newest", "last_seen", "last_run", "covered_from", "covered_to", "next_due")
    return {
        "app": app,
        "source": source,
        "items": 0,
        **dict.fromkeys(nothing),
        "coverage_basis": None,
        "last_error": None,
        "last_error_at": None,
        "cost_this_month_usd": 0.0,
    }


def analysis_row(failed: FailedAnalysis) -> dict[str, Any]:
    """An app whose last analysis failed, in the shape of a source's row."""
    at = {"last_run": _iso(failed.at), "last_error_at": _iso(failed.at)}
    told = {"outcome": "failed", "message": failed.reason, "last_error": failed.reason}
    return _empty_row(failed.app, ANALYSIS) | at | told


def _channel_row(channel: Failing) -> dict[str, Any]:
    """An alert channel that does not take its messages, in the shape of a source's row."""
    nothing = dict.fromkeys(("newest", "last_seen", "covered_from", "covered_to", "next_due"))
    return {
        **nothing,
        "app": EVERY_APP,
        "source": f"alerts:{channel.channel}",
        "items": 0,
        "last_run": _iso(channel.tried),
        "outcome": "failed",
        "message": f"{channel.waiting} alert{'s' * (channel.waiting > 1)} not taken since "
        f"{_iso(channel.since)}; tried again at each analysis that has this channel",
    }


def _by_source(frame: pd.DataFrame) -> dict[tuple[str, str], Any]:
    return {(str(row.app), str(row.source)): row for row in frame.itertuples()}


def _words(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _iso(moment: Any) -> str | None:
    if moment is None or moment != moment:  # NaT differs from itself
        return None
    text: str = moment.isoformat()
    return text.replace("+00:00", "Z")
