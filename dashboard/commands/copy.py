"""The command `copy`."""

from typing import Annotated

import typer

from collector.store import open_store
from collector.store.moving.copying import copy
from dashboard.command_line.held import told
from dashboard.command_line.options import globals_of, progress_bars

app = typer.Typer(add_completion=False)


@app.command("copy")
def copy_store(
    ctx: typer.Context,
    to: Annotated[
        str, typer.Option("--to", metavar="URL", help="Path, sqlite:///path or postgresql://...")
    ],
) -> None:
    """Copy the store into another database, SQLite or PostgreSQL, and check it row by row."""
    with (
        globals_of(ctx).open_store() as source,
        open_store(to, secret=source.database.secret) as target,
        progress_bars() as show,
    ):
        held = copy(source.database, target.database, show)
    typer.echo(f"copied and checked: {told(held)}")
    typer.echo("The secret stays as it is. Name the copy with --store or `store` from now on.")
