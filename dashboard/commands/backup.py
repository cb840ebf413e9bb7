"""The command `backup`."""

from pathlib import Path
from typing import Annotated

import typer

from collector.privacy.protect import secret_place
from collector.store.engine import default_directory
from collector.store.moving.backups import backup
from dashboard.command_line.held import told
from dashboard.command_line.options import globals_of, progress_bars

app = typer.Typer(add_completion=False)


@app.command("backup")
def backup_store(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A new file; a date in its name.")],
) -> None:
    """Write the store into one file, while others may go on collecting."""
    with globals_of(ctx).open_store() as store, progress_bars() as show:
        held = backup(store, file, show)
        server = not store.database.is_sqlite
    typer.echo(f"{file}: {told(held)}")
    typer.echo(
        f"Keep the secret ({secret_place(default_directory())}) as well, in another place: without "
        "it the backup opens for reading alone, and what was forgotten could come back."
    )
    if server:
        typer.echo("`pg_dump` of the database is a backup, too, and quicker for a large one.")
