"""What each source has, how fresh it is, and what failed last: the rows of `status`."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import pandas as pd

from collector.end_codes import reason
from collector.polling.run import plan_for
from collector.records import ImportSample
from collector.settings.config import Settings
from collector.shop_sources import CONTEXT
from collector.sources import load_sources
from collector.store import Store
from collector.store.analysis_state.last_analysis import FailedAnalysis
from collector.store.incidents.channel_notes import EVERY_APP
from collector.store.incidents.deliveries import Failing
from collector.store.polls.import_samples import open_cuts
from collector.times import to_iso

NOT_READ = "not_read"

ANALYSIS = "analysis"  # in the place of a source: that an app's last analysis failed


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceState:
    """How one source of an app stands; what nobody knows of it is missing.

    Two stand in its shape that are none: an app's failed analysis (source ANALYSIS) and an alert
    channel that does not take its messages (app EVERY_APP).
    outcome: of the last run; NOT_READ of what is asked for and lacks something, `imported` of what
    never ran. coverage_basis: polled or imported. sample: how imported files of it look cut, as the
    names of `records.Cut`, "none" where none does. last_error: of any run so far. written: reviews
    that the shop counts in all languages; elsewhere: languages or storefronts that hold reviews and
    are not read; about: share of a network's newest posts that are about the app; remark: all that
    in words (see blind_spots).
    """

    app: str
    source: str
    items: int = 0
    newest: datetime | None = None
    last_seen: datetime | None = None
    last_run: datetime | None = None
    outcome: str
    message: str | None = None
    covered_from: datetime | None = None
    covered_to: datetime | None = None
    next_due: datetime | None = None
    coverage_basis: str | None = None
    sample: str | None = None
    last_error: str | None = None
    last_error_at: datetime | None = None
    cost_this_month_usd: float = 0.0
    written: int | None = None
    elsewhere: tuple[str, ...] = ()
    about: float | None = None
    remark: str | None = None


def source_states(store: Store) -> list[SourceState]:
    """One row an app and source, then the channels that fail."""
    items: dict[tuple[str, str], Any] = _by_source(store.items.freshness())
    runs: dict[tuple[str, str], Any] = _by_source(store.runs.latest())
    headlines = {str(row.app): row for row in store.timeline.context_freshness().itertuples()}
    items |= {key: headlines[key[0]] for key in runs if key[1] in CONTEXT and key[0] in headlines}
    month = store.database.clock().replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    samples = store.import_samples.by_source()
    costs, errors = store.runs.costs(month), store.runs.last_errors()
    rows = []
    for key in sorted(items.keys() | runs.keys()):
        held, run = items.get(key), runs.get(key)
        failed_at, error = errors.get(key, (None, None))
        rows.append(
            SourceState(
                app=key[0],
                source=key[1],
                items=int(held.items) if held else 0,
                newest=_moment(held.newest) if held else None,
                last_seen=_moment(held.last_seen) if held else None,
                last_run=_moment(run.ended_at) if run else None,
                outcome=str(run.outcome) if run else "imported",
                message=_words(run.message or run.stop_reason) if run else None,
                covered_from=_moment(run.covered_from) if run else None,
                covered_to=_moment(run.covered_to) if run else None,
                next_due=_moment(run.next_due_at) if run else None,
                coverage_basis="polled" if run else "imported",
                sample=_sample(samples.get(key, [])),
                last_error=error,
                last_error_at=_moment(failed_at),
                cost_this_month_usd=costs.get(key, 0.0),
            )
        )
    return rows + [_of_channel(channel) for channel in store.deliveries.failing()]


def with_unread(rows: list[SourceState], settings: Settings) -> list[SourceState]:
    """The rows, and one for each source that the configuration asks for and that lacks something.

    `outcome` is NOT_READ then, also where it was read before; `message` says what it lacks.
    """
    lacks = {
        (app, source.name): plan.off
        for app in settings.apps
        for source in load_sources()
        if (plan := plan_for(settings, app, source)).wanted and not plan.parts
    }
    known = {(row.app, row.source) for row in rows}
    new = [SourceState(app=a, source=s, outcome=NOT_READ) for a, s in lacks if (a, s) not in known]
    return [
        replace(row, outcome=NOT_READ, message=lacks[row.app, row.source], next_due=None)
        if (row.app, row.source) in lacks
        else row
        for row in new + rows
    ]


def analysis_state(failed: FailedAnalysis) -> SourceState:
    """An app whose last analysis failed, in the shape of a source's row."""
    return SourceState(
        app=failed.app,
        source=ANALYSIS,
        last_run=failed.at,
        outcome="failed",
        message=failed.reason,
        last_error=failed.reason,
        last_error_at=failed.at,
    )


def _of_channel(channel: Failing) -> SourceState:
    """An alert channel that does not take its messages, in the shape of a source's row."""
    return SourceState(
        app=EVERY_APP,
        source=f"alerts:{channel.channel}",
        last_run=channel.tried,
        outcome="failed",
        message=reason("failed-channel", count=channel.waiting, since=to_iso(channel.since)),
    )


def _sample(samples: Sequence[ImportSample]) -> str | None:
    """How the imported files of a source look cut; None where nobody looked."""
    cuts = dict.fromkeys(cut.cut for cut in open_cuts(samples))
    return ", ".join(cuts) or ("none" if samples else None)


def _by_source(frame: pd.DataFrame) -> dict[tuple[str, str], Any]:
    return {(str(row.app), str(row.source)): row for row in frame.itertuples()}


def _words(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _moment(value: Any) -> datetime | None:
    if value is None or value != value:  # NaT differs from itself
        return None
    return pd.Timestamp(value).to_pydatetime()
