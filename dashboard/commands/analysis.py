"""The commands of the analysis: analyze, incidents, replay, export."""

import json
import os
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import pandas as pd
import typer

from analysis.incidents import make as making
from analysis.incidents.observed import as_seen
from analysis.replay.replay import replay as replay_app
from analysis.research import export as files
from analysis.research.frames import item_frames
from analysis.run import AnalysisFailed, AnalysisReport
from analysis.run import analyze as analyze_apps
from collector.clock import check
from collector.errors import ConfigError
from collector.polling.retention import enforce_all
from collector.store.analyses import FailedAnalysis
from collector.times import to_iso
from dashboard.commands.options import (
    AppOption,
    existing_app,
    globals_of,
    parse_time,
    progress_bars,
    to_seconds,
)

app = typer.Typer()

NOT_JUDGED = "not judged"

Json = Annotated[bool, typer.Option("--json", help="Print JSON, the contract for scripts.")]


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
    if options.before_analysis is not None and moment is None:
        options.before_analysis()
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
        well = True
        if options.after_analysis is not None and moment is None:
            well = options.after_analysis(store)
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


@app.command()
def incidents(ctx: typer.Context, app: AppOption = None, as_json: Json = False) -> None:
    """List incidents, newest first, as the last analysis left them.

    Where an app's last analysis failed that is said, and the exit code is 1; 3 where all did.
    """
    options = globals_of(ctx)
    with options.open_store() as store:
        keys = existing_app(store, app)
        failed = [one for key, one in store.analyses.failed().items() if key in keys]
        stands = options.standing(store)
        now = datetime.now(UTC)
        found = [as_seen(store, d, now) for key in keys for d in store.incidents.documents(key)]
        hours = store.hourly.waiting()
    waiting = any(hours.get(key) for key in keys)
    found.sort(key=lambda document: document["onset_at"], reverse=True)
    for one in failed:
        typer.echo(failure_line(one), err=as_json)
    if as_json:
        typer.echo(json.dumps(found, indent=2, ensure_ascii=False))
    else:
        told = {one.app for one in failed}
        unjudged = [stands[key] for key in keys if key in stands and stands[key][1] == NOT_JUDGED]
        for key, state, why in unjudged:
            if key not in told:
                typer.echo(f"{key}: {state}. {why}")
        if not found and failed:
            typer.echo("No incident is stored.")
        elif not found and len(unjudged) < max(len(keys), 1):
            typer.echo("No other incident." if unjudged else "No incident.")
        for document in found:
            typer.echo(brief(document))
        if waiting:
            typer.echo("(Something new waits for `floodgauge analyze`.)")
    if failed:
        raise typer.Exit(1 if len(failed) < len(keys) else 3)


@app.command()
def replay(
    ctx: typer.Context,
    app: AppOption = None,
    since: Annotated[str | None, typer.Option("--from", metavar="TIME")] = None,
    until: Annotated[str | None, typer.Option("--to", metavar="TIME")] = None,
    as_json: Json = False,
) -> None:
    """Walk the stored history in order of arrival; print the alarms as they would have come.

    The walk goes over everything stored, whatever `analyze --as-of` or people's merges and splits
    made of it; end it earlier with --to.
    """
    options = globals_of(ctx)
    start, end = parse_time("--from", since), parse_time("--to", until)
    if start is not None and end is not None and end < start:
        raise ConfigError("--to: lies before --from")
    with options.open_store() as store, progress_bars() as progress:
        wanted = existing_app(store, app)
        alarms = []
        for done, key in enumerate(wanted):
            progress("replay", done, len(wanted))
            alarms += replay_app(
                options.settings, store, key, datetime.now(UTC), since=start, until=end
            )
    alarms.sort(key=lambda alarm: alarm.at)
    if as_json:
        typer.echo(json.dumps([making.document(alarm) for alarm in alarms], indent=2))
        return
    for alarm in alarms:
        at = to_seconds(to_iso(alarm.at))
        typer.echo(f"{at}  {alarm.kind:<9}  {alarm.incident}  {alarm.statement}")
    if not alarms:
        typer.echo("No alarm in this span.")


@app.command()
def export(
    ctx: typer.Context,
    what: Annotated[
        str | None, typer.Argument(help="items, incidents, series, runs or labels", metavar="WHAT")
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", help="File to write: .csv, .parquet or .jsonl."),
    ] = None,
    app: AppOption = None,
    since: Annotated[str | None, typer.Option(metavar="TIME", help="From this time on.")] = None,
    until: Annotated[str | None, typer.Option(metavar="TIME", help="Before this time.")] = None,
    with_author_keys: Annotated[
        bool, typer.Option(help="Add author keys, made anew for this file (items only).")
    ] = False,
    snapshot: Annotated[
        str | None,
        typer.Option(metavar="ID", help="The items that an earlier export's id names."),
    ] = None,
    dictionary: Annotated[
        bool, typer.Option("--dictionary", help="Print the data dictionary and stop.")
    ] = False,
) -> None:
    """Write items, incidents, hourly series, runs or people's labels to a file."""
    if dictionary:
        typer.echo(files.dictionary(), nl=False)
        return
    if what is None or output is None:
        raise ConfigError("export: say what and where, like: floodgauge export items -o items.csv")
    chosen = files.checked(what)
    if output.suffix not in files.ENDINGS:
        raise ConfigError(f"-o: {output.name} must end in {', '.join(files.ENDINGS)}")
    if with_author_keys and chosen != "items":
        raise ConfigError("--with-author-keys: only items have authors")
    if snapshot is not None and chosen != "items":
        raise ConfigError("--snapshot: only items have ids")
    keys = os.urandom(32) if with_author_keys else None
    start, end = parse_time("--since", since), parse_time("--until", until)
    if start is not None and end is not None and end < start:
        raise ConfigError("--until: lies before --since")
    span = {"since": start, "until": end}
    with globals_of(ctx).open_store() as store:
        existing_app(store, app)
        items = item_frames(app, store=store, snapshot=snapshot, author_keys=keys, **span)
        named = items.snapshot if chosen == "items" else lambda: None
        frames: Iterable[pd.DataFrame] = (
            items if chosen == "items" else [files.LOADERS[chosen](app, store=store, **span)]
        )
        try:
            rows = files.write_frames(
                frames, files.RECORDS[chosen], output, named, private=with_author_keys
            )
        except OSError as error:
            raise ConfigError(f"-o: cannot write {output}: {error.strerror}") from error
    typer.echo(f"{rows} rows -> {output}")
    for one in (named() or "").split():
        typer.echo(f"snapshot {one}")


def failure_line(failed: FailedAnalysis) -> str:
    """That an app's last analysis failed, why, and what the list is worth."""
    at = to_seconds(to_iso(failed.at))
    before = (
        "no analysis has worked yet, so nothing is known of it"
        if failed.worked_at is None
        else f"what is listed is from the analysis of {to_seconds(to_iso(failed.worked_at))}"
    )
    return f"{failed.app}: the last analysis, {at}, failed: {failed.reason}; {before}"


def _cause(document: dict[str, Any]) -> str:
    """The cause with its probability; undetermined has none of its own."""
    if document["cause"] == "undetermined":
        return "undetermined"
    return f"{document['cause']} ({document['cause_probability']:.0%})"


def _expected(items: float) -> str:
    """Rounded as in the summary and on the pages."""
    return f"{items:.0f}" if items >= 1 else f"{items:.1f}"


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


def _summary(report: AnalysisReport) -> str:
    until = (
        "nothing stored" if report.looked_until is None else to_seconds(to_iso(report.looked_until))
    )
    return (
        f"{report.app}: {report.items} items until {until}, {report.scored} texts scored, "
        f"{report.incidents} incidents ({report.open_incidents} open)"
    )
