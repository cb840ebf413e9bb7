"""The command `replay`."""

import json
from datetime import UTC, datetime
from typing import Annotated

import typer

from analysis.incidents.stored import document
from analysis.research.replay_table import alarms_of
from analysis.words.catalogue import english
from analysis.words.documents import told_alarm
from collector.errors import ConfigError
from collector.times import to_iso
from dashboard.command_line.options import (
    AppOption,
    Json,
    existing_app,
    globals_of,
    parse_time,
    progress_bars,
    to_seconds,
)

app = typer.Typer(add_completion=False)


@app.command()
def replay(
    ctx: typer.Context,
    app: AppOption = None,
    since: Annotated[str | None, typer.Option("--from", metavar="TIME")] = None,
    until: Annotated[str | None, typer.Option("--to", metavar="TIME")] = None,
    detector: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="An installed detector in place of ours."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Walk the stored history in order of arrival; print the alarms as they would have come.

    The walk goes over everything stored, whatever `analyze --as-of` or people's merges and splits
    made of it; end it earlier with --to. A detector of another package walks it in the order of
    publication (docs/adding/own-detector.md).
    """
    options = globals_of(ctx)
    start, end = parse_time("--from", since), parse_time("--to", until)
    if start is not None and end is not None and end < start:
        raise ConfigError("--to: lies before --from")
    with options.open_store(reading=True) as store, progress_bars() as progress:
        wanted = existing_app(store, app)
        alarms = []
        for done, key in enumerate(wanted):
            progress("replay", done, len(wanted))
            alarms += alarms_of(
                store, key, datetime.now(UTC), start, end, options.settings, detector
            )
    alarms = sorted((told_alarm(one, english()) for one in alarms), key=lambda alarm: alarm.at)
    if as_json:
        typer.echo(json.dumps([document(alarm) for alarm in alarms], indent=2))
        return
    for alarm in alarms:
        at = to_seconds(to_iso(alarm.at))
        typer.echo(f"{at}  {alarm.kind:<9}  {alarm.incident}  {alarm.statement}")
    if not alarms:
        typer.echo("No alarm in this span.")
