"""The command `export`."""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any

import pandas as pd
import typer

from analysis.research import export as files
from analysis.research.filters import filters_of
from analysis.research.frames import item_frames
from analysis.research.made_with import made_with
from collector.errors import ConfigError
from dashboard.command_line.options import (
    AppOption,
    existing_app,
    globals_of,
    parse_time,
)

app = typer.Typer(add_completion=False)


@app.command()
def export(
    ctx: typer.Context,
    what: Annotated[
        str | None,
        typer.Argument(
            help="items, incidents, series, trends, runs, labels, ratings, releases, timeline or "
            "versions",
            metavar="WHAT",
        ),
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
    versions: Annotated[
        bool,
        typer.Option(
            "--versions", help="Every kept version of every item, corrected words too (items only)."
        ),
    ] = False,
    source: Annotated[
        list[str] | None, typer.Option(metavar="S", help="Only this source; more than once.")
    ] = None,
    lang: Annotated[
        list[str] | None, typer.Option(metavar="L", help="Only this language; en has en-US, too.")
    ] = None,
    country: Annotated[
        list[str] | None, typer.Option(metavar="C", help="Only this country.")
    ] = None,
    dictionary: Annotated[
        bool, typer.Option("--dictionary", help="Print the data dictionary and stop.")
    ] = False,
) -> None:
    """Write items, incidents, series, trends, runs, labels, ratings, releases or more to a file."""
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
    if versions and (chosen != "items" or snapshot is not None):
        raise ConfigError("--versions: goes with items, without --snapshot")
    keys = os.urandom(32) if with_author_keys else None
    start, end = parse_time("--since", since), parse_time("--until", until)
    if start is not None and end is not None and end < start:
        raise ConfigError("--until: lies before --since")
    span: dict[str, Any] = {"since": start, "until": end}
    filters = filters_of(source, lang, country)
    options = globals_of(ctx)
    with options.open_store(reading=True) as store:
        existing_app(store, app)
        if with_author_keys and store.database.sealed:
            raise ConfigError(
                "--with-author-keys: the store was opened without its deployment's secret, which "
                "guards them"
            )
        items = item_frames(
            app,
            store=store,
            snapshot=snapshot,
            author_keys=keys,
            versions=versions,
            filters=filters,
            **span,
        )
        named = items.snapshot if chosen == "items" else lambda: None
        frames: Iterable[pd.DataFrame] = (
            items
            if chosen == "items"
            else [filters.of(files.LOADERS[chosen](app, store=store, **span))]
        )
        made = made_with({"app": app, "what": chosen, **span, **filters.plain()})
        try:
            record = items.record if chosen == "items" else files.RECORDS[chosen]
            rows = files.write_frames(
                frames, record, output, named, made=made, private=with_author_keys
            )
        except OSError as error:
            raise ConfigError(f"-o: cannot write {output}: {error.strerror}") from error
    typer.echo(f"{rows} rows -> {output}")
    if not rows and filters:
        said = ", ".join(f"{n} {' or '.join(words)}" for n, words in filters.plain().items())
        typer.echo(f"no row has {said}")
    for one in (named() or "").split():
        typer.echo(f"snapshot {one}")
    if (until_then := items.whole_until(options.settings.retention)) is not None:
        typer.echo(f"retention begins to take texts out of it on {until_then:%Y-%m-%d}")
