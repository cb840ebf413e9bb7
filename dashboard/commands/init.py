"""The command `init`."""

from pathlib import Path
from typing import Annotated

import typer

from collector.new_app.starter_file import write_start
from collector.settings.config import DEFAULT_FILE
from dashboard.command_line.options import globals_of
from dashboard.command_line.run_lines import noted

app = typer.Typer(add_completion=False)


@app.command()
def init(
    ctx: typer.Context,
    store_app: Annotated[
        str | None,
        typer.Option(
            "--app", metavar="LINK-OR-ID", help="Fill in what the app's store page tells."
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace an existing file.")] = False,
) -> None:
    """Write a commented floodgauge.toml."""
    path = globals_of(ctx).config_path or Path(DEFAULT_FILE)
    for note in noted(write_start(path, store_app, force=force)):
        typer.echo(note)
    typer.echo(f"wrote {path}; edit it, then run `floodgauge collect`")
