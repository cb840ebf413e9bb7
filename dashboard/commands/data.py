"""The commands `import` and `status`."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, TextIO

import pandas as pd
import typer

from collector.clock import check
from collector.errors import ConfigError, ImportFileError, ImportRowError
from collector.importers.field_map import columns_by_field
from collector.importers.load import ImportOptions, ImportReport, import_file
from collector.importers.moments import DateOrder
from collector.kinds import CONTEXT
from collector.polling.run import plan_for
from collector.records import Kind
from collector.settings.app_key import checked_app_key
from collector.settings.config import Settings
from collector.sources import load_sources
from collector.store import Store
from collector.store.analyses import FailedAnalysis
from collector.store.channel_notes import EVERY_APP, FailingChannel, failing_channels
from dashboard.commands.options import (
    Globals,
    globals_of,
    progress_bars,
    to_seconds,
)

app = typer.Typer()

NOT_READ = "not_read"
ANALYSIS = "analysis"  # in the place of a source: that an app's last analysis failed


@app.command(name="import")
def import_files(
    ctx: typer.Context,
    files: Annotated[list[Path], typer.Argument(help="CSV, JSON lines, JSON or Parquet files.")],
    app: Annotated[
        str | None, typer.Option("--app", metavar="KEY", help="App that the reviews go under.")
    ] = None,
    source: Annotated[
        str | None, typer.Option(metavar="S", help="Source of all rows, like google_play.")
    ] = None,
    file_format: Annotated[
        str, typer.Option("--format", help="auto, table, or an export such as play-console.")
    ] = "auto",
    strict: Annotated[bool, typer.Option("--strict", help="Refuse a file with a bad row.")] = False,
    app_id: Annotated[
        str | None, typer.Option(metavar="ID", help="Take only rows of this app_id.")
    ] = None,
    app_from_column: Annotated[
        str | None,
        typer.Option(metavar="COLUMN", help="One app for each value of it, instead of --app."),
    ] = None,
    mapped: Annotated[
        list[str] | None,
        typer.Option("--map", metavar="FIELD=COLUMN,...", help="Column of a field; - for none."),
    ] = None,
    kind: Annotated[
        str | None, typer.Option(metavar="KIND", help="What all rows are: review or post.")
    ] = None,
    encoding: Annotated[str | None, typer.Option(help="Encoding of a text file.")] = None,
    date_order: Annotated[
        str | None, typer.Option(help="dmy or mdy, for dates like 03/04/2020.")
    ] = None,
    rejects: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write every bad row's line and reason.")
    ] = None,
) -> None:
    """Read reviews from files; a second time changes nothing."""
    if app is None and app_from_column is None:
        raise ConfigError("--app: name the app's key (or use --app-from-column COLUMN)")
    options = ImportOptions(
        app=None if app is None or app_from_column is not None else _checked_key(app),
        app_id=app_id,
        app_from_column=app_from_column,
        source=source,
        format=file_format,
        encoding=encoding,
        date_order=_checked_order(date_order),
        strict=strict,
        columns=columns_by_field(mapped or []),
        kind=_checked_kind(kind),
    )
    _keep_inputs(rejects, files)
    failed: list[ImportFileError] = []
    barren = False
    with (
        globals_of(ctx).open_store(create=True) as store,
        _rejects(rejects) as bad_rows,
        progress_bars() as bars,
    ):
        check(store, datetime.now(UTC))
        for path in files:

            def told(problem: ImportRowError, path: Path = path) -> None:
                if bad_rows is not None:
                    bad_rows.write(f"{path}: {problem}\n")

            def moved(done: int, size: int, path: Path = path) -> None:
                bars(path.name, done, size)

            try:
                now = datetime.now(UTC)
                report = import_file(store, path, options, now=now, progress=moved, on_problem=told)
            except ImportFileError as error:
                failed.append(error)
                typer.echo(f"floodgauge: {error}", err=True)
                continue
            except KeyboardInterrupt:
                # Typer would end without a word.
                typer.echo(
                    f"floodgauge: interrupted in {path}; what was written is whole, run it again "
                    "for the rest",
                    err=True,
                )
                raise typer.Exit(130) from None
            store.clocks.note(now)
            _tell(report, rejects)
            barren = barren or (report.bad > 0 and report.bad == report.rows)
    if failed or barren:
        raise typer.Exit(2)


@app.command()
def status(
    ctx: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for scripts.")] = False,
    public: Annotated[
        bool, typer.Option("--public", help="A page for the public (HTML), see docs/collecting.md.")
    ] = False,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--out", "--output", help="With --public: file that ends in .html."),
    ] = None,
    lang: Annotated[str, typer.Option(help="With --public: en or es.")] = "en",
) -> None:
    """What each source covers, how fresh it is, what failed; with --public a page for everyone."""
    options = globals_of(ctx)
    if public:
        _write_public(options, output, lang)
        return
    if output is not None:
        raise ConfigError("--out: goes with --public alone")
    with options.open_store() as store:
        rows = with_unread(source_states(store), options.settings)
        rows = [_analysis_row(failed) for failed in store.analyses.failed().values()] + rows
        stands = options.standing(store)
    for row in rows:
        _, row["state"], row["why"] = stands.get(row["app"], (None, None, None))
    if as_json:
        typer.echo(json.dumps(rows, indent=2))
        return
    if not rows:
        typer.echo("The store is empty; import a file or configure an app and collect.")
    failed = [row for row in rows if row["source"] == ANALYSIS]
    lines = [to_seconds(_line(row)) for row in failed]
    lines += [
        f"{key}: {state}" + (f". {why}" if why else "") for key, state, why in stands.values()
    ]
    lines += [to_seconds(_line(row)) for row in rows if row not in failed]
    for line in lines:
        typer.echo(line)


def _write_public(options: Globals, output: Path | None, lang: str) -> None:
    """The page on stdout or in a file. Raises ConfigError where it cannot be written."""
    if output is not None and output.suffix != ".html":
        raise ConfigError(f"--out: {output.name} must end in .html")
    if options.public_page is None:
        raise ConfigError("--public: only the command `floodgauge` has this page")
    with options.open_store() as store:
        page = options.public_page(store, options.settings, lang)
    if output is None:
        typer.echo(page)
        return
    try:
        output.write_text(page, encoding="utf-8")
    except OSError as error:
        raise ConfigError(f"--out: cannot write {output}: {error.strerror}") from error
    typer.echo(f"what is collected here -> {output}")


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
    return rows + [_channel_row(channel) for channel in failing_channels(store)]


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


def _analysis_row(failed: FailedAnalysis) -> dict[str, Any]:
    """An app whose last analysis failed, in the shape of a source's row."""
    at = {"last_run": _iso(failed.at), "last_error_at": _iso(failed.at)}
    told = {"outcome": "failed", "message": failed.reason, "last_error": failed.reason}
    return _empty_row(failed.app, ANALYSIS) | at | told


def _channel_row(channel: FailingChannel) -> dict[str, Any]:
    """An alert channel that does not take its messages, in the shape of a source's row."""
    nothing = dict.fromkeys(("newest", "last_seen", "covered_from", "covered_to", "next_due"))
    return {
        **nothing,
        "app": EVERY_APP,
        "source": f"alerts:{channel.name}",
        "items": 0,
        "last_run": _iso(channel.tried),
        "outcome": "failed",
        "message": f"{channel.waiting} alert{'s' * (channel.waiting > 1)} not taken since "
        f"{_iso(channel.since)}; tried again at each analysis that has this channel",
    }


def _by_source(frame: pd.DataFrame) -> dict[tuple[str, str], Any]:
    return {(str(row.app), str(row.source)): row for row in frame.itertuples()}


def _line(row: dict[str, Any]) -> str:
    state = row["outcome"] if row["message"] is None else f"{row['outcome']}: {row['message']}"
    if row["outcome"] == NOT_READ:
        state = f"not read ({row['message']})"
    due = f", next due {row['next_due']}" if row["next_due"] else ""
    if row["app"] == EVERY_APP:
        return f"{row['source']}  {state}"
    if row["source"] == ANALYSIS:
        return f"{row['app']}  the last analysis, {row['last_run']}, {state}"
    newest = row["newest"] or "never"
    cost = row["cost_this_month_usd"]
    due += f", ${cost:.2f} this month" if cost else ""
    if row["last_error"] is not None and row["last_error_at"] != row["last_run"]:
        due += f", last error {row['last_error_at']}: {row['last_error']}"
    if row["coverage_basis"] == "imported":
        state += ", nothing tells whether it is whole"
    return f"{row['app']}  {row['source']}  {row['items']} items, newest {newest}, {state}{due}"


def _words(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _iso(moment: Any) -> str | None:
    if moment is None or moment != moment:  # NaT differs from itself
        return None
    text: str = moment.isoformat()
    return text.replace("+00:00", "Z")


def _tell(report: ImportReport, rejects: Path | None) -> None:
    counts = report.counts
    typer.echo(
        f"{report.path.name}: {report.rows} rows, {counts.new} new, {counts.changed} changed, "
        f"{counts.unchanged} unchanged, {report.bad} bad"
        + (f", {counts.refused} refused (forgotten on request)" if counts.refused else "")
        + (f", {report.left_out} of other app_ids" if report.left_out else "")
    )
    if not report.rows:
        typer.echo("  note: the file has a header and no rows")
    if report.bad and report.bad == report.rows:
        typer.echo("  no row could be read; the reasons follow", err=True)
    for notice in report.notices:
        typer.echo(f"  note: {notice}")
    for problem in report.problems:
        typer.echo(f"  {report.path.name}: {problem}", err=True)
    if report.bad > len(report.problems):
        where = f"all in {rejects}" if rejects else "--rejects FILE writes all of them"
        typer.echo(f"  ... and {report.bad - len(report.problems)} more; {where}", err=True)


def _keep_inputs(rejects: Path | None, files: list[Path]) -> None:
    """Raises ConfigError where --rejects would overwrite a file that is to be read."""
    if rejects is None or not rejects.exists():
        return
    if any(path.exists() and path.samefile(rejects) for path in files):
        raise ConfigError(f"--rejects: {rejects} is one of the files to read; name another")


@contextmanager
def _rejects(path: Path | None) -> Iterator[TextIO | None]:
    if path is None:
        yield None
        return
    try:
        with path.open("w", encoding="utf-8") as file:
            yield file
    except OSError as error:
        raise ConfigError(f"--rejects: cannot write {path}: {error.strerror}") from error


def _checked_key(key: str) -> str:
    try:
        return checked_app_key(key)
    except ValueError as error:
        raise ConfigError(f"--app: {error}") from None


def _checked_kind(value: str | None) -> Kind | None:
    if value is None or value == "review":
        return "review" if value else None
    if value == "post":
        return "post"
    raise ConfigError(f"--kind: {value!r} is neither review nor post")


def _checked_order(value: str | None) -> DateOrder | None:
    if value is None or value == "dmy":
        return "dmy" if value else None
    if value == "mdy":
        return "mdy"
    raise ConfigError(f"--date-order: {value!r} is neither dmy nor mdy")
