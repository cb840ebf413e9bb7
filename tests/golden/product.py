"""All of Floodgauge that the golden set touches: who moves a module edits this file.

Only constants.py beside it imports Floodgauge too.
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from analysis import decisions
from analysis.app_state.situation import ordered
from analysis.incidents.stored import document, record_of, stored_alarms
from analysis.records import Incident
from analysis.replay.replay import replay
from analysis.run import analyze, regroup
from analysis.simulate import Burst, EventPlan, Scenario, World, events, scenarios, simulate
from analysis.simulate.drill import iwatch_drill
from analysis.simulate.load import protected_items
from analysis.simulate.plans import ContextPlan, ReleasePlan
from analysis.simulate.world import Edit, Removal
from analysis.words.catalogue import english
from analysis.words.documents import shown_incidents, told_alarm
from collector.importers.load import ImportOptions, import_file
from collector.records import Item, RawItem, RunReport
from collector.settings.config import Settings
from collector.store import Store, open_store
from dashboard import queries
from dashboard.alerting.deliver import deliver
from dashboard.alerting.settings import AlertSettings
from dashboard.brief import report
from dashboard.command_line.incident_lines import brief as incident_lines
from dashboard.drills.demo import SEED as DRILL_SEED
from dashboard.overview import overview_words
from dashboard.words.catalogue import Wording

__all__ = [
    "DRILL_SEED",
    "Burst",
    "ContextPlan",
    "Edit",
    "EventPlan",
    "RawItem",
    "ReleasePlan",
    "Removal",
    "Scenario",
    "Store",
    "World",
    "events",
    "iwatch_drill",
    "open_store",
    "scenarios",
    "simulate",
    "terminal_lines",
]

SECRET = b"a secret for tests, 32 bytes long"
Known = tuple[datetime, Item]  # when a collector that never slept would have known of it


def versions(world: World) -> Iterator[Known]:
    """Every version of every item of a world, and every removal, each with when it was known."""
    for item in protected_items(world, world.end, SECRET):
        seen = item.updated_at or item.created_at
        yield seen, replace(item, first_seen=item.created_at, last_seen=seen, removed_at=None)
        if item.removed_at is not None:
            yield item.removed_at, replace(item, last_seen=item.removed_at)


def write_items(store: Store, items: Sequence[Item]) -> None:
    """Items as an import writes them: known from when they were published."""
    store.items.write(items, how="import")


def write_around(store: Store, world: World, since: datetime | None, until: datetime) -> None:
    """The app itself, and the totals, releases and headlines of (since, until]."""

    def new(at: datetime) -> bool:
        return at <= until and (since is None or at > since)

    store.apps.ensure(world.app, world.name)
    store.timeline.write_snapshots([row for row in world.snapshots if new(row.at)])
    store.timeline.write_releases([row for row in world.releases if new(row.released_at)])
    store.timeline.write_context([row for row in world.context if new(row.at)])


def write_run(
    store: Store,
    app: str,
    source: str,
    covered: tuple[datetime, datetime] | None,
    at: datetime,
    outcome: Any = "ok",
) -> None:
    """One run of a source that ended at a moment; what it covered, if anything."""
    since, until = covered or (None, None)
    store.runs.write(
        RunReport(
            app=app, source=source, started_at=at, ended_at=at, outcome=outcome,
            stop_reason="read", covered_from=since, covered_to=until, new=1, changed=0, seen=1,
            bad=0, requests=1, cost_usd=0.0, next_due_at=None,
        )
    )  # fmt: skip


def read_file(store: Store, path: Path, app: str, now: datetime) -> dict[str, Any]:
    """Imports a file of reviews; what the import says."""
    made = import_file(store, path, ImportOptions(app=app), now=now)
    return {"rows": made.rows, "new": made.counts.new, "bad": made.bad, "notices": made.notices}


def analysed(store: Store, now: datetime, *, as_of: datetime | None = None) -> list[dict[str, Any]]:
    """Runs the analysis of every app; its reports."""
    return [
        {name: _plain(value) for name, value in asdict(made).items()}
        for made in analyze(Settings(), store, now, as_of=as_of)
    ]


def incidents_of(store: Store, app: str, now: datetime) -> list[dict[str, Any]]:
    """What `floodgauge incidents --json` prints of an app at a moment, newest first."""
    found = [document(one) for one in shown_incidents(store, app, now)]
    return sorted(found, key=lambda made: str(made["onset_at"]), reverse=True)


def terminal_lines(incident: dict[str, Any]) -> str:
    """What `floodgauge incidents` prints of one of these."""
    return incident_lines(record_of(Incident, incident))


def alarms_of(store: Store, app: str) -> list[dict[str, Any]]:
    """The app's alarm log."""
    return [document(told_alarm(alarm, english())) for alarm in stored_alarms(store, app)]


def replayed(store: Store, app: str, now: datetime) -> list[dict[str, Any]]:
    """What `floodgauge replay --json` prints of an app."""
    return [document(told_alarm(alarm, english())) for alarm in replay(Settings(), store, app, now)]


def messages(store: Store, now: datetime, lang: str) -> list[tuple[str, str]]:
    """Title and text of what a channel of that language is told now; told once."""
    told: list[tuple[str, str]] = []

    def send(_channel: str, title: str, body: str) -> bool:
        told.append((title, body))
        return True

    zone = ZoneInfo("America/Chicago")
    deliver(
        store,
        AlertSettings(channels=(f"json://{lang}.example.org",), lang=lang, zone=zone),
        now,
        send,
    )
    return told


def overview(store: Store, now: datetime, lang: str) -> list[str]:
    """The overview's first sentence, then what the row of each app says."""
    words = Wording(lang, ZoneInfo("UTC"))
    found = ordered(queries.situations(store, now))
    said = [str(overview_words.top_sentence(found, words))]
    for row in (overview_words.app_row(situation, words) for situation in found):
        said += [
            f"{row.name}: {row.state_word}. {row.reason}",
            f"{row.stars} ({row.stars_change}) {row.shop_stars}",
            f"{row.day_label}: {row.day_total} {[text for _, text in row.day_groups]}",
            f"{row.day_usual} {row.spark_scale}",
            f"{row.sentiment}: {row.sentiment_mean} ({row.sentiment_change})",
            *row.data_lines,
        ]
    return said


def forget_cached() -> None:
    """Drops what the pages' reads keep in memory."""
    queries.read_anew()


def brief_page(store: Store, incident: str, now: datetime, lang: str) -> str:
    """The rendered brief, HTML."""
    return report(store, incident, ".html", now, Wording(lang, ZoneInfo("UTC"))).decode()


def decide(store: Store, incident: dict[str, Any], kind: Any, value: str, now: datetime) -> None:
    """What a person decides on an incident's page."""
    made = decisions.decide(
        record_of(Incident, incident), kind, value, "as we see it", by="", now=now
    )
    store.decisions.add(made)
    if kind in decisions.GROUPING:
        regroup(Settings(), store, incident["app"], now)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value
