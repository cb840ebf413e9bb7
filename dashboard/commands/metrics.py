"""The command `metrics`."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from analysis.incidents.stored import listed_incidents
from collector.errors import ConfigError
from collector.freshness import ANALYSIS, SourceState, source_states, with_unread
from collector.overdue import WELL, is_overdue
from collector.store import Store
from collector.store.incidents.channel_notes import EVERY_APP
from dashboard.command_line.options import globals_of

app = typer.Typer(add_completion=False)

KINDS = {
    "floodgauge_items": "Reviews and posts that the store holds, by app and source.",
    "floodgauge_newest_item_timestamp_seconds": "When the newest of them was written.",
    "floodgauge_last_run_timestamp_seconds": "When the source was last read.",
    "floodgauge_source_ok": "1 where the last run read all that it should, else 0.",
    "floodgauge_source_overdue": "1 where no run came for three of its intervals, else 0.",
    "floodgauge_cost_this_month_usd": "What the source has cost this month.",
    "floodgauge_incidents_open": "Incidents that are going on, by app.",
    "floodgauge_analysis_ok": "0 where the app's last analysis failed, else 1.",
    "floodgauge_channel_ok": "0 where an alert channel does not take its messages.",
}
"""Every metric with its meaning; all are gauges."""

Sample = tuple[str, dict[str, str], float]


@app.command()
def metrics(
    ctx: typer.Context,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--out", "--output", help="A file that ends in .prom, written whole."),
    ] = None,
) -> None:
    """Print gauges for Prometheus, or write them for its node exporter's textfile collector."""
    if output is not None and output.suffix != ".prom":
        raise ConfigError(f"-o: {output.name} must end in .prom")
    options = globals_of(ctx)
    with options.open_store(reading=True) as store:
        rows = with_unread(source_states(store), options.settings)
        samples = [*_of_sources(rows, datetime.now(UTC)), *_of_apps(store)]
    text = exposition(samples)
    if output is None:
        typer.echo(text, nl=False)
        return
    part = output.with_name(output.name + ".part")
    try:
        part.write_text(text, encoding="utf-8")
        part.replace(output)  # the exporter never reads half of it
    except OSError as error:
        raise ConfigError(f"-o: cannot write {output}: {error.strerror}") from error


def exposition(samples: list[Sample]) -> str:
    """The samples in Prometheus' text format 0.0.4."""
    lines = []
    for name, meaning in KINDS.items():
        mine = [(labels, value) for key, labels, value in samples if key == name]
        if mine:
            lines += [f"# HELP {name} {meaning}", f"# TYPE {name} gauge"]
        for labels, value in mine:
            told = ",".join(f'{key}="{_escaped(text)}"' for key, text in labels.items())
            lines.append(f"{name}{{{told}}} {value:.10g}")
    return "\n".join(lines) + "\n"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def _of_sources(rows: list[SourceState], now: datetime) -> Iterator[Sample]:
    for row in rows:
        if row.app == EVERY_APP:
            yield "floodgauge_channel_ok", {"channel": row.source}, 0.0
        elif row.source != ANALYSIS:
            yield from _of_source(row, now)


def _of_source(row: SourceState, now: datetime) -> Iterator[Sample]:
    labels = {"app": row.app, "source": row.source}
    yield "floodgauge_items", labels, row.items
    yield "floodgauge_source_ok", labels, float(row.outcome in WELL)
    yield "floodgauge_source_overdue", labels, float(is_overdue(row, now))
    yield "floodgauge_cost_this_month_usd", labels, row.cost_this_month_usd
    if row.newest is not None:
        yield "floodgauge_newest_item_timestamp_seconds", labels, row.newest.timestamp()
    if row.last_run is not None:
        yield "floodgauge_last_run_timestamp_seconds", labels, row.last_run.timestamp()


def _of_apps(store: Store) -> Iterator[Sample]:
    failed, known = store.analyses.failed(), store.apps.keys()
    for key in known:
        going_on = [one for one in listed_incidents(store, key) if one.ended_at is None]
        yield "floodgauge_incidents_open", {"app": key}, len(going_on)
        yield "floodgauge_analysis_ok", {"app": key}, float(key not in failed)
