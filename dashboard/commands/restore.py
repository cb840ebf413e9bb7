"""The command `restore`."""

from pathlib import Path
from typing import Annotated

import typer

from collector.store.moving.backups import check_file, refuse_missing, restore, salvage
from dashboard.command_line.held import told
from dashboard.command_line.options import globals_of, progress_bars

app = typer.Typer(add_completion=False)


@app.command("restore")
def restore_store(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What `backup` wrote.")],
    damaged: Annotated[
        bool, typer.Option("--salvage", help="Take what can be read of a damaged file.")
    ] = False,
) -> None:
    """Bring a backup into an empty store, SQLite or PostgreSQL, and check it row by row."""
    (refuse_missing if damaged else check_file)(file)  # before a store is made for nothing
    with globals_of(ctx).open_store(create=True) as store, progress_bars() as show:
        if not damaged:
            typer.echo(f"restored and checked: {told(restore(file, store, show))}")
            return
        found = salvage(file, store, show)
    rows = ", ".join(f"{count:,} in {name}" for name, count in found.items() if count) or "none"
    typer.echo(f"salvaged: {found['items']:,} reviews and posts; rows: {rows}")
    typer.echo("What could not be read is lost. `floodgauge analyze` reads what is left anew.")
    raise typer.Exit(0 if found["items"] else 1)
