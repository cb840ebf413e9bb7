"""The command `restore`."""

from pathlib import Path
from typing import Annotated

import typer

from collector.store.moving.backups import restore, salvage
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
    with globals_of(ctx).open_store(create=True) as store, progress_bars() as show:
        if not damaged:
            typer.echo(f"restored and checked: {told(restore(file, store, show))}")
            return
        found = salvage(file, store, show)
    rows = ", ".join(f"{count:,} in {name}" for name, count in found.items())
    typer.echo(f"salvaged: {rows or 'nothing can be read'}")
    typer.echo("`floodgauge analyze` makes counts, series and incidents again.")
