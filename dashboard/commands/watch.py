"""The command `watch`."""

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from analysis.run import analyze
from analysis.words.documents import shown_incidents
from collector.errors import ConfigError
from collector.new_app.app_links import parse_shop_link
from collector.new_app.starter_file import write_start
from collector.polling.run import collect
from collector.polling.surroundings import PollEvent, Surroundings
from collector.settings.config import DEFAULT_FILE, Settings, load_settings, parse_settings
from collector.sources import load_sources
from dashboard.command_line.incident_lines import brief
from dashboard.command_line.options import Globals, globals_of, progress_bars
from dashboard.command_line.run_lines import exit_code, noted, summary_line, why_not
from dashboard.serving.serve import access_pin
from dashboard.serving.serve import serve as serve_here

app = typer.Typer(add_completion=False)
ALL_FAILED = 3


@app.command()
def watch(
    ctx: typer.Context,
    link: Annotated[str, typer.Argument(help="Play or App Store link, package name or number.")],
    serve: Annotated[
        bool, typer.Option("--serve/--no-serve", help="Open the dashboard afterwards.")
    ] = True,
    port: Annotated[int | None, typer.Option(help="Port of the dashboard.")] = None,
) -> None:
    """Start watching a new app: init, collect, analyze and dashboard in one go."""
    if serve:
        access_pin()
    options = globals_of(ctx)
    path = options.config_path or Path(DEFAULT_FILE)
    if path.exists():
        key = _configured(path, link)
        typer.echo(f"{key} is in {path} already; going on with it")
    else:
        start = write_start(path, link, settings=_settings(options))
        key = start.key
        typer.echo(f"wrote {path}" + "".join(f"\n  {note}" for note in noted(start)))
    settings = load_settings(path)
    with (
        Globals(options.store_url or settings.store, path, options.verbose).open_store(
            create=True
        ) as store,
        progress_bars() as bars,
    ):
        around = Surroundings(progress=_told)
        reports = collect(settings, store, around, apps=[key], waiting="paid")
        for source in load_sources():
            if reason := why_not(settings, key, source):
                typer.echo(f"{key} {source.name}: not read ({reason})")
        analyze(settings, store, datetime.now(UTC), apps=[key], progress=bars)
        for incident in shown_incidents(store, key, datetime.now(UTC)):
            typer.echo(brief(incident))
        url = store.database.url
    code = exit_code(reports)
    if not reports or code == ALL_FAILED:
        raise typer.Exit(ALL_FAILED)
    if serve:
        serve_here(url, port, {"FLOODGAUGE_CONFIG": str(path)})
    raise typer.Exit(code)


def _settings(options: Globals) -> Settings:
    """How to ask stores and networks before there is a configuration."""
    if options.config_path is None:
        return options.settings
    return parse_settings("", environ=os.environ)


def _configured(path: Path, link: str) -> str:
    """Key of the app of a link in a configuration. Raises ConfigError where it has none."""
    wanted = parse_shop_link(link)
    ids = {wanted.google_play, wanted.app_store} - {None}
    for key, one in load_settings(path).apps.items():
        if ids & {one.google_play, one.app_store}:
            return key
    raise ConfigError(
        f"{path} is there and does not name this app: add it under [apps], "
        "or name a new file with --config"
    )


def _told(event: PollEvent) -> None:
    if event.report is not None:
        typer.echo(summary_line(event.report))
    if event.due_at is not None:
        typer.echo(f"{event.app} {event.source}: {event.message}")
