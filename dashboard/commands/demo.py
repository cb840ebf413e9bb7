"""The command `demo`."""

import secrets
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from analysis.incidents.stored import stored_incidents
from analysis.words.catalogue import english
from analysis.words.documents import name_of, told_incident
from collector.store import open_store
from dashboard.command_line.incident_lines import brief
from dashboard.command_line.options import progress_bars
from dashboard.drills.demo import run_drill
from dashboard.serving.serve import access_pin, ending_tidily
from dashboard.serving.serve import serve as serve_here

app = typer.Typer(add_completion=False)


@app.command()
def demo(
    serve: Annotated[
        bool, typer.Option("--serve/--no-serve", help="Open the dashboard afterwards.")
    ] = True,
    port: Annotated[int | None, typer.Option(help="Port of the dashboard.")] = None,
) -> None:
    """Run the SIMULATED drill: a quiet app, a call to flood it, one long Sunday."""
    if serve:
        access_pin()
    with ending_tidily(), tempfile.TemporaryDirectory(prefix="floodgauge-demo-") as folder:
        url = f"sqlite:///{Path(folder) / 'drill.db'}"
        secret = secrets.token_hex(32)
        with open_store(url, secret=secret.encode()) as store:
            with progress_bars() as bars:
                key = run_drill(store, progress=bars, say=typer.echo)
            typer.echo("\nSIMULATED: every review, post and author below is invented.\n")
            for incident in stored_incidents(store, key):
                told = told_incident(incident, name_of(store, key), english())
                typer.echo(brief(told) + "\n")
        if serve:
            typer.echo("What to look at: Overview for the state, Incident for the evidence,")
            typer.echo("Explore for the reviews behind it. Everything is marked SIMULATED.")
            serve_here(url, port, {"FLOODGAUGE_SECRET": secret})
