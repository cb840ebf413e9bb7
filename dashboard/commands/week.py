"""The command `week`."""

import os
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from collector.errors import ConfigError
from collector.times import now_utc
from dashboard.command_line.counted import counted
from dashboard.command_line.options import (
    AppOption,
    Globals,
    existing_app,
    globals_of,
    parse_time,
    write_file,
)
from dashboard.words.catalogue import LANGUAGES, Wording

app = typer.Typer(add_completion=False)


@app.command()
def week(
    ctx: typer.Context,
    app: AppOption = None,
    as_of: Annotated[
        str | None,
        typer.Option(metavar="TIME", help="The week that ended then; else the last one with data."),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="File: .html, .pdf or .txt; the terminal.")
    ] = None,
    lang: Annotated[str | None, typer.Option(help="en or es; as the alerts.")] = None,
    send: Annotated[
        bool,
        typer.Option(
            "--send", help="To the alert channels, once on the day and hour of \\[digest]."
        ),
    ] = False,
) -> None:
    """Tell the last week on one page: what changed, what people say, what waits."""
    from dashboard.trends import digest, week_files  # charts and PDF take a second to load
    from dashboard.trends.week import ends, week

    if output is not None and output.suffix.lower() not in week_files.ENDINGS:
        raise ConfigError(f"-o: {output.name} must end in {', '.join(week_files.ENDINGS)}")
    if lang is not None and lang not in LANGUAGES:
        raise ConfigError(f"--lang: choose one of {', '.join(LANGUAGES)}")
    moment, now, given = parse_time("--as-of", as_of), now_utc(), globals_of(ctx)
    with given.open_store() as store:
        keys = existing_app(store, app)
        known = [one for one in store.apps.all() if one.key in keys]
        words = _wording(given, lang)
        weeks = [week(store, one, ends(store, one.key, now, moment), now, words) for one in known]
        if send:
            typer.echo(digest.send(store, weeks, given.settings.digest, os.environ, now))
        elif output is None:
            typer.echo(week_files.written(weeks, ".txt", words, now).decode(), nl=False)
        else:
            write_file(output, week_files.written(weeks, output.suffix.lower(), words, now))
            typer.echo(f"{counted(len(weeks), 'app')} -> {output}")


def _wording(given: Globals, lang: str | None) -> Wording:
    digest = given.settings.digest
    return Wording(lang or digest.language, ZoneInfo(given.settings.timezone))
