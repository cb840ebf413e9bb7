"""The command `incidents`."""

import json
from datetime import UTC, datetime

import typer

from analysis.app_state.first_days import first_reading
from analysis.app_state.standing import Standings
from analysis.incidents.stored import document
from analysis.words.documents import shown_incidents
from dashboard.command_line.call_lines import open_calls
from dashboard.command_line.incident_lines import brief, failure_line, given_line
from dashboard.command_line.options import (
    AppOption,
    Json,
    existing_app,
    globals_of,
)
from dashboard.overview.standing_words import standings_in_words

app = typer.Typer(add_completion=False)

NOT_JUDGED = "not judged"


@app.command()
def incidents(ctx: typer.Context, app: AppOption = None, as_json: Json = False) -> None:
    """List incidents, newest first, as the last analysis left them.

    Where an app's last analysis failed that is said, and the exit code is 1; 3 where all did.
    """
    with globals_of(ctx).open_store(reading=True) as store:
        keys = existing_app(store, app)
        failed = [one for key, one in store.analyses.failed().items() if key in keys]
        stands = {one[0]: one for one in standings_in_words(store)}
        now = datetime.now(UTC)
        found = [one for key in keys for one in shown_incidents(store, key, now)]
        hours = store.hourly.waiting()
        standing = Standings(store)
        readings = {
            key: first_reading(store, key, standing.of(key, now), now)
            for key in keys
            if key in stands and stands[key][1] == NOT_JUDGED
        }
        out = [line for key in keys for line in open_calls(store, key, now)]
    waiting = any(hours.get(key) for key in keys)
    found.sort(key=lambda incident: incident.onset_at, reverse=True)
    for one in failed:
        typer.echo(failure_line(one), err=as_json)
    if as_json:
        typer.echo(json.dumps([document(one) for one in found], indent=2, ensure_ascii=False))
    else:
        told = {one.app for one in failed}
        unjudged = [stands[key] for key in keys if key in stands and stands[key][1] == NOT_JUDGED]
        for key, state, why in unjudged:
            if key not in told:
                typer.echo(f"{key}: {state}. {why}")
                for line in map(given_line, readings.get(key, [])):
                    typer.echo(line)
        if not found and failed:
            typer.echo("No incident is stored.")
        elif not found and len(unjudged) < max(len(keys), 1):
            typer.echo("No other incident." if unjudged else "No incident.")
        for line in out:
            typer.echo(line)
        for incident in found:
            typer.echo(brief(incident))
        if waiting:
            typer.echo("(Something new waits for `floodgauge analyze`.)")
    if failed:
        raise typer.Exit(1 if len(failed) < len(keys) else 3)
