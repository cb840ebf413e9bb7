"""The command `status`."""

import json
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer

from analysis.words.catalogue import english
from analysis.words.run_ends import told
from collector.blind_spots import with_blind_spots
from collector.errors import ConfigError
from collector.freshness import (
    ANALYSIS,
    NOT_READ,
    SourceState,
    analysis_state,
    source_states,
    with_unread,
)
from collector.overdue import Wrong, wrong
from collector.store.incidents.channel_notes import EVERY_APP
from collector.times import to_iso
from dashboard.command_line.options import (
    Globals,
    globals_of,
    to_seconds,
)
from dashboard.overview.standing_words import standings_in_words
from dashboard.words.catalogue import LANGUAGES, Wording

app = typer.Typer(add_completion=False)

LONGEST = 2000  # of what is said of a source


@app.command()
def status(
    ctx: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for scripts.")] = False,
    check: Annotated[
        bool, typer.Option("--check", help="For monitors: what is wrong alone; exit 1 if anything.")
    ] = False,
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
    with options.open_store(reading=True) as store:
        rows = with_unread(source_states(store), options.settings)
        rows = with_blind_spots(rows, store, options.settings, datetime.now(UTC))
        rows = [analysis_state(failed) for failed in store.analyses.failed().values()] + rows
        rows = [_in_words(row) for row in rows]
        if check:
            raise typer.Exit(_say_what_is_wrong(rows, as_json=as_json))
        stands = {key: (state, why) for key, state, why in standings_in_words(store)}
    if as_json:
        documents = [_document(row, *stands.get(row.app, (None, None))) for row in rows]
        typer.echo(json.dumps(documents, indent=2))
        return
    if not rows:
        typer.echo("The store is empty; import a file or configure an app and collect.")
    failed = [row for row in rows if row.source == ANALYSIS]
    lines = [to_seconds(_line(row)) for row in failed]
    lines += [
        f"{key}: {state}" + (f". {why}" if why else "") for key, (state, why) in stands.items()
    ]
    lines += [to_seconds(_line(row)) for row in rows if row not in failed]
    for line in lines:
        typer.echo(line)


def _say_what_is_wrong(rows: list[SourceState], *, as_json: bool) -> int:
    """Prints one line a fault, or that all is well; the exit code."""
    found = wrong(rows, datetime.now(UTC))
    if as_json:
        faults = [{**asdict(one), "since": one.since and to_iso(one.since)} for one in found]
        typer.echo(json.dumps(faults, indent=2))
        return 1 if found else 0
    for one in found:
        typer.echo(to_seconds(_fault_line(one)))
    if not found:
        typer.echo(f"ok, sources: {len(rows)}")
    return 1 if found else 0


def _fault_line(one: Wrong) -> str:
    if one.fault == "nothing":
        return "the store is empty; import a file or configure an app and collect"
    where = one.source if one.app == EVERY_APP else f"{one.app} {one.source}"
    said = f" ({one.message})" if one.message else ""
    return f"{where}: {FAULTS[one.fault].format(since=_told(one.since))}{said}"


def _in_words(row: SourceState) -> SourceState:
    """The row with its reasons in words."""
    message, error, remark = (
        None if kept is None else told(kept, english(), LONGEST)
        for kept in (row.message, row.last_error, row.remark)
    )
    return replace(row, message=message, last_error=error, remark=remark)


def _write_public(options: Globals, output: Path | None, lang: str) -> None:
    """The page on stdout or in a file. Raises ConfigError where it cannot be written."""
    if output is not None and output.suffix != ".html":
        raise ConfigError(f"--out: {output.name} must end in .html")
    if lang not in LANGUAGES:
        raise ConfigError(f"--lang: {lang!r} is not one of {', '.join(LANGUAGES)}")
    from dashboard.trust.public_page import public_page  # what draws and prints is slow to load

    words = Wording(lang, ZoneInfo("UTC"))
    with options.open_store(reading=True) as store:
        page = public_page(store, options.settings, words, datetime.now(UTC))
    if output is None:
        typer.echo(page)
        return
    try:
        output.write_text(page, encoding="utf-8")
    except OSError as error:
        raise ConfigError(f"--out: cannot write {output}: {error.strerror}") from error
    typer.echo(f"what is collected here -> {output}")


def _document(row: SourceState, state: str | None, why: str | None) -> dict[str, Any]:
    """A row of the JSON, with how its app stands."""
    plain = {
        name: to_iso(value) if isinstance(value, datetime) else value
        for name, value in asdict(row).items()
    }
    return {**plain, "state": state, "why": why}


FAULTS = {
    "failed": "the last run, {since}, did not read all that it should",
    "not_read": "is asked for and not read",
    "overdue": "nothing has read it since {since}; is the collector running?",
    "analysis": "the last analysis, {since}, failed",
    "channel": "does not take its messages",
}

SAMPLES = {
    "": "nothing tells whether it is whole",
    "none": "no file of it looks cut",
}
"""What is said of an import by what its files look to be a sample of."""


def _line(row: SourceState) -> str:
    state = row.outcome if row.message is None else f"{row.outcome}: {row.message}"
    if row.outcome == NOT_READ:
        state = f"not read ({row.message})"
    if row.app == EVERY_APP:
        return f"{row.source}  {state}"
    if row.source == ANALYSIS:
        return f"{row.app}  the last analysis, {_told(row.last_run)}, {state}"
    due = f", next due {_told(row.next_due)}" if row.next_due else ""
    cost = row.cost_this_month_usd
    due += f", ${cost:.2f} this month" if cost else ""
    if row.last_error is not None and row.last_error_at != row.last_run:
        due += f", last error {_told(row.last_error_at)}: {row.last_error}"
    if row.remark is not None:
        state += f", {row.remark}"
    if row.coverage_basis == "imported":
        state += f", {SAMPLES.get(row.sample or '', f'a sample ({row.sample})')}"
    return f"{row.app}  {row.source}  {row.items} items, newest {_told(row.newest)}, {state}{due}"


def _told(moment: datetime | None) -> str:
    return "never" if moment is None else to_iso(moment)
