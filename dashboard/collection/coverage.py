"""What each source has seen and missed: rows and spans for the collection page. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pandas as pd

from analysis.incidents import file_cut
from analysis.words.evidence import finding
from analysis.words.run_ends import told
from collector.polling.run import plan_for
from collector.records import ImportSample
from collector.settings.config import Settings
from collector.sources import load_sources
from collector.store.polls.import_samples import open_cuts
from dashboard.drawing import binning
from dashboard.incident.timeline_chart import records
from dashboard.words.catalogue import MISSING, Wording
from dashboard.words.sources import source_name

GOOD = ("ok", "partial", "truncated")
NOT_READ = "not_read"
SHOWN = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One source of one app: its last run in words."""

    name: str
    outcome: str
    outcome_word: str
    when: str
    reach: str
    counts: str
    next_due: str
    message: str


def sources(latest: pd.DataFrame, words: Wording, now: datetime) -> list[SourceRow]:
    """The newest run of each source, the failing ones first. latest: store.runs.latest."""
    listed = [_source(row, words, now) for row in records(latest)]
    return sorted(listed, key=lambda s: (s.outcome in GOOD, s.name))


def lacking(settings: Settings, app: str, latest: pd.DataFrame, now: datetime) -> dict[str, str]:
    """Sources that the configuration asks for and nobody reads -> what they lack; "" where nothing.

    What is due later than now is being read, whatever this process can see of its secrets: these
    may be known only where `floodgauge collect` runs.
    """
    if app not in settings.apps:
        return {}
    running = set(latest.loc[latest["next_due_at"] >= pd.Timestamp(now), "source"].astype(str))
    seen = set(latest["source"].astype(str))
    found = {}
    for source in load_sources():
        plan = plan_for(settings, app, source)
        if source.name in running or not (plan.parts or plan.wanted):
            continue
        if plan.wanted or source.name not in seen:
            found[source.name] = plan.off or ""
    return found


def unread(found: dict[str, str], words: Wording) -> list[SourceRow]:
    """The rows of sources that are asked for and not read, with what to do."""
    return [
        SourceRow(
            name=source_name(name, words),
            outcome=NOT_READ,
            outcome_word=words(f"outcome-{NOT_READ}"),
            when=MISSING,
            reach=MISSING,
            counts=MISSING,
            next_due=MISSING,
            message=_to_do(off, words),
        )
        for name, off in found.items()
    ]


def _to_do(off: str, words: Wording) -> str:
    return words("unread-to-do", what=told(off, words)) if off else words("unread-yet")


def failures(runs: pd.DataFrame, now: datetime) -> int:
    """Runs of the last 30 days that brought nothing usable."""
    recent = runs[runs["ended_at"] >= pd.Timestamp(now - SHOWN)]
    return int((~recent["outcome"].isin(GOOD)).sum())


def covered(runs: pd.DataFrame, words: Wording, now: datetime) -> pd.DataFrame:
    """Spans that each source saw in the last 30 days: source, wall_start, wall_end, tooltip."""
    since = pd.Timestamp(now - SHOWN)
    seen = runs.dropna(subset=["covered_from", "covered_to"])
    seen = seen[(seen["covered_to"] > since) & seen["outcome"].isin(GOOD)]
    spans: list[tuple[str, pd.Timestamp, pd.Timestamp, str]] = []
    for source, part in seen.groupby("source", sort=True):
        spans += [
            (
                source_name(str(source), words),
                binning.wall_time(max(start, since), words.zone),
                binning.wall_time(end, words.zone),
                words("collection-span", **{"from": words.clock(start), "to": words.clock(end)}),
            )
            for start, end in merged(part["covered_from"], part["covered_to"])
        ]
    return pd.DataFrame(spans, columns=["source", "wall_start", "wall_end", "tooltip"])


def failed(runs: pd.DataFrame, words: Wording, now: datetime) -> pd.DataFrame:
    """Runs of the last 30 days that failed: source, wall, tooltip."""
    recent = runs[(runs["ended_at"] >= pd.Timestamp(now - SHOWN)) & ~runs["outcome"].isin(GOOD)]
    rows = [
        (
            source_name(str(row.source), words),
            binning.wall_time(row.ended_at, words.zone),
            f"{words.clock(row.ended_at)}: {words(f'outcome-{row.outcome}')}",
        )
        for row in records(recent)
    ]
    return pd.DataFrame(rows, columns=["source", "wall", "tooltip"])


def table(covered: pd.DataFrame, failed: pd.DataFrame, words: Wording) -> pd.DataFrame:
    """The spans and failures of the chart, in words."""
    rows = pd.concat([covered, failed])[["source", "tooltip"]]
    return rows.set_axis([words("column-source"), words("column-what")], axis=1)


def merged(
    starts: "pd.Series[pd.Timestamp]", ends: "pd.Series[pd.Timestamp]"
) -> list[tuple[pd.Timestamp, pd.Timestamp]]:
    """Overlapping spans as one, in order."""
    joined: list[tuple[pd.Timestamp, pd.Timestamp]] = []
    for start, end in sorted(zip(starts, ends, strict=True)):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def moment(runs: pd.DataFrame, now: datetime, *, simulated: bool) -> datetime:
    """The end of what is drawn: now; of a drill its last run."""
    ended = runs["ended_at"].max()
    return now if not simulated or pd.isna(ended) else min(now, ended.to_pydatetime())


def _source(row: Any, words: Wording, now: datetime) -> SourceRow:
    reach = MISSING
    if not pd.isna(row.covered_from) and not pd.isna(row.covered_to):
        reach = words(
            "collection-reach",
            **{"from": words.time(row.covered_from), "to": words.time(row.covered_to)},
        )
    due = MISSING if pd.isna(row.next_due_at) else words.time(row.next_due_at)
    late = not pd.isna(row.next_due_at) and row.next_due_at < pd.Timestamp(now)
    return SourceRow(
        name=source_name(str(row.source), words),
        outcome=str(row.outcome),
        outcome_word=words(f"outcome-{row.outcome}"),
        when=words.time(row.ended_at),
        reach=reach,
        counts=words(
            "collection-counts",
            seen=words.number(row.seen),
            new=words.number(row.new),
            changed=words.number(row.changed),
            bad=words.number(row.bad),
        ),
        next_due=words("collection-late", time=due) if late else due,
        message=told(_text(row.message) or row.stop_reason, words),
    )


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def cuts(samples: Sequence[ImportSample], words: Wording) -> str:
    """How an app's imported files look cut, in a sentence each."""
    found = open_cuts(samples)
    if not found:
        return words("collection-cuts-none" if samples else "collection-cuts-unknown")
    said = (finding(file_cut.as_evidence(cut), words) for cut in found)
    return " ".join(dict.fromkeys(said))
