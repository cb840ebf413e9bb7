"""The command `analyze`."""

import os
from concurrent.futures import ProcessPoolExecutor
from contextlib import nullcontext
from datetime import UTC, datetime
from typing import Annotated

import typer

from analysis.run import AnalysisFailed, AnalysisReport
from analysis.run import analyze as analyze_apps
from collector.clock_check import check
from collector.polling.enforce_retention import enforce_all
from collector.store import Store
from collector.times import to_iso
from dashboard.alerting import deliver
from dashboard.alerting.settings import AlertSettings, settings_from
from dashboard.command_line.options import (
    AppOption,
    existing_app,
    globals_of,
    parse_time,
    progress_bars,
    to_seconds,
)

app = typer.Typer(add_completion=False)


@app.command()
def analyze(
    ctx: typer.Context,
    app: AppOption = None,
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", help="Look at nothing after this time.", metavar="TIME"),
    ] = None,
    jobs: Annotated[int, typer.Option(min=1, help="Apps to analyse at the same time.")] = 1,
) -> None:
    """Score new texts, look for swings, bring incidents up to date."""
    options = globals_of(ctx)
    moment = parse_time("--as-of", as_of)
    alerting = settings_from(os.environ) if moment is None else None
    with options.open_store() as store, progress_bars() as progress:
        now = datetime.now(UTC)
        check(store, now)
        wanted = existing_app(store, app)
        pool = ProcessPoolExecutor(min(jobs, os.cpu_count() or 1)) if jobs > 1 else nullcontext()
        failed: AnalysisFailed | None = None
        with pool as executor:
            try:
                reports = analyze_apps(
                    options.settings,
                    store,
                    now,
                    apps=wanted,
                    as_of=moment,
                    executor=executor,
                    progress=progress,
                )
            except AnalysisFailed as error:
                reports, failed = error.reports, error
        well = alerting is None or _alert(store, alerting)
        store.clocks.note(now)
        enforce_all(options.settings.retention, store, now)
    for report in reports:
        typer.echo(_summary(report))
    if failed is not None:
        raise failed
    if not reports:
        typer.echo("No app in the store yet; import or collect something first.")
    if not well:
        raise typer.Exit(1)


def _summary(report: AnalysisReport) -> str:
    until = (
        "nothing stored" if report.looked_until is None else to_seconds(to_iso(report.looked_until))
    )
    return (
        f"{report.app}: {report.items} items until {until}, {report.scored} texts scored, "
        f"{report.incidents} incidents ({report.open_incidents} open)"
    )


def _alert(store: Store, settings: AlertSettings) -> bool:
    """Tells the channels of FLOODGAUGE_ALERTS what is new; one that fails is tried next time.

    Whether each channel has taken all that it was given, now and before.
    """
    if not settings.channels:
        return True
    for done in deliver.deliver(store, settings, datetime.now(UTC)):
        state = "told" if done.taken else "did not take it; it is tried again at the next analysis"
        typer.echo(f"{done.incident}: channel {done.channel} {state}", err=not done.taken)
    return deliver.all_told(store, settings)
