"""The command `import`."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, TextIO

import typer

from collector.clock_check import check
from collector.dates.time_texts import DateOrder
from collector.errors import ConfigError, ImportFileError, ImportRowError
from collector.importers import file_gaps
from collector.importers.columns.column_report import Reading
from collector.importers.columns.field_map import columns_by_field
from collector.importers.load import ImportOptions, ImportReport, import_file, try_file
from collector.records import Kind
from collector.settings.app_key import checked_app_key
from collector.store.writing.import_undo import undo_import
from collector.times import to_iso
from dashboard.command_line.options import (
    globals_of,
    parse_time,
    progress_bars,
)

app = typer.Typer(add_completion=False)


@app.command(name="import")
def import_files(
    ctx: typer.Context,
    files: Annotated[
        list[Path] | None,
        typer.Argument(help="CSV, JSON, Excel, OpenDocument or Parquet files, .zip or .gz of one."),
    ] = None,
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
    read_at: Annotated[
        str | None,
        typer.Option(metavar="TIME", help="When dates like '2 days ago' were read."),
    ] = None,
    rejects: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write every bad row's line and reason.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what becomes of each column; store nothing.")
    ] = False,
    undo: Annotated[
        str | None,
        typer.Option("--undo", metavar="RUN", help="Take back an import, by what it printed."),
    ] = None,
) -> None:
    """Read reviews from files; a second time changes nothing."""
    if undo is not None:
        _undo(ctx, undo)
        return
    if not files:
        raise ConfigError("import: name at least one file")
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
        read_at=parse_time("--read-at", read_at),
    )
    _keep_inputs(rejects, files)
    if dry_run:
        _try(files, options, rejects)
        return
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
                report = import_file(
                    store,
                    path,
                    options,
                    now=now,
                    progress=moved,
                    on_problem=told,
                    on_reading=_tell_reading if sys.stdout.isatty() else None,
                )
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
            if report.counts.new or report.counts.changed:
                typer.echo(f"  floodgauge import --undo {to_iso(now)} takes it back")
            barren = barren or (report.bad > 0 and report.bad == report.rows)
    if failed or barren:
        raise typer.Exit(2)


def _undo(ctx: typer.Context, run: str) -> None:
    """Takes an import back, as `import` named it."""
    began = parse_time("--undo", run)
    if began is None:
        raise ConfigError("--undo: give what the import printed")
    with globals_of(ctx).open_store() as store:
        brought = store.import_samples.brought(began)
        undone = undo_import(store.items, began)
        file_gaps.note(store, brought)
    if not (undone.removed or undone.restored or undone.kept):
        raise ConfigError(f"--undo: no import began at {run}; give the time that it printed")
    typer.echo(f"{undone.removed} items removed, {undone.restored} are as they were before")
    if undone.kept:
        typer.echo(
            f"  note: {undone.kept} items stay; another import or a poll has seen them since"
        )
    typer.echo("`floodgauge analyze` brings series and incidents up to date.")


def _try(files: list[Path], options: ImportOptions, rejects: Path | None) -> None:
    """What an import of the files would do. Ends with 2 where one would be refused."""
    refused = False
    with _rejects(rejects) as bad_rows:
        for path in files:

            def told(problem: ImportRowError, path: Path = path) -> None:
                if bad_rows is not None:
                    bad_rows.write(f"{path}: {problem}\n")

            try:
                report = try_file(
                    path,
                    options,
                    now=datetime.now(UTC),
                    on_problem=told,
                    on_reading=_tell_reading,
                )
            except ImportFileError as error:
                refused = True
                typer.echo(f"floodgauge: {error}", err=True)
                continue
            good = report.rows - report.bad
            typer.echo(f"{path.name}: {good} rows can be read, {report.bad} bad; nothing is stored")
            _tell_problems(report, rejects)
    if refused:
        raise typer.Exit(2)


def _tell_reading(read: Reading) -> None:
    """What becomes of each column, with three values of it."""
    kind = {"review": "reviews", "post": "posts", None: "reviews, or posts where a row says so"}
    typer.echo(f"  read as {read.format}: {kind[read.kind]} from {read.source}")
    width = min(32, max((len(fate.column) for fate in read.fates), default=0))
    for fate in read.fates:
        examples = ", ".join(map(repr, fate.examples))
        name = "".join(char if char.isprintable() else "\ufffd" for char in fate.column)
        typer.echo(f"  {name[:width]:{width}}  {fate.held or 'not used':11} {examples}".rstrip())


def _tell(report: ImportReport, rejects: Path | None) -> None:
    counts = report.counts
    typer.echo(
        f"{report.path.name}: {report.rows} rows, {counts.new} new, {counts.changed} changed, "
        f"{counts.unchanged} unchanged, {report.bad} bad"
        + (f", {counts.refused} refused (forgotten on request)" if counts.refused else "")
        + (f", {report.left_out} of other app_ids" if report.left_out else "")
    )
    _tell_problems(report, rejects)


def _tell_problems(report: ImportReport, rejects: Path | None) -> None:
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
