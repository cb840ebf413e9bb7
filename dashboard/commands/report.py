"""The command `report`."""

from pathlib import Path
from typing import Annotated

import typer

from collector.errors import ConfigError
from dashboard.command_line.options import globals_of, language, zone_named

app = typer.Typer(add_completion=False)


@app.command()
def report(
    ctx: typer.Context,
    incident: Annotated[str, typer.Argument(help="Id as `floodgauge incidents` shows it.")],
    output: Annotated[Path, typer.Option("-o", "--output", help="File: .html or .pdf.")],
    drafts: Annotated[
        bool, typer.Option("--drafts", help="The drafts to edit instead: statement, answers.")
    ] = False,
    lang: Annotated[str, typer.Option(help="Language: en or es.")] = "en",
    zone: Annotated[
        str, typer.Option(help="Time zone of all times, like America/Chicago.")
    ] = "UTC",
    paper: Annotated[
        str | None, typer.Option(help="letter or a4; by default what the zone's country uses.")
    ] = None,
) -> None:
    """Write the incident brief to send upstairs: one page, and an annex."""
    from dashboard.brief import write_drafts, write_report  # charts and PDF take a second to load
    from dashboard.brief.paper import PAPERS

    size = next((one for one in PAPERS if one == paper), None)
    if paper is not None and size is None:
        raise ConfigError(f"--paper: choose one of {', '.join(PAPERS)}")
    tongue, clock = language("--lang", lang), zone_named("--zone", zone)
    with globals_of(ctx).open_store(reading=True) as store:
        try:
            if drafts:
                write_drafts(store, incident, output, lang=tongue, zone=clock)
            else:
                write_report(store, incident, output, lang=tongue, zone=clock, paper=size)
        except OSError as error:
            raise ConfigError(f"-o: cannot write {output}: {error.strerror}") from error
    typer.echo(f"{incident} -> {output}")
