"""The command `pack`."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from collector.errors import ConfigError
from dashboard.command_line.counted import counted
from dashboard.command_line.options import globals_of, progress_bars

app = typer.Typer(add_completion=False)


@app.command()
def pack(
    ctx: typer.Context,
    incident: Annotated[str, typer.Argument(help="Id as `floodgauge incidents` shows it.")],
    output: Annotated[Path, typer.Option("-o", "--output", help="File: .zip.")],
) -> None:
    """Pack an incident with all that it was made from, for a lawyer or a researcher to verify."""
    from analysis.research.evidence_pack.packed import pack as packed

    if output.suffix.lower() != ".zip":
        raise ConfigError(f"-o: {output} does not end in .zip")
    given = globals_of(ctx)
    with given.open_store(reading=True) as store, progress_bars() as show:
        try:
            made = packed(given.settings, store, incident, output, datetime.now(UTC), show)
        except OSError as error:
            raise ConfigError(f"-o: cannot write {output}: {error.strerror}") from error
    typer.echo(
        f"{made.incident} -> {output}: {counted(made.rows.get('items', 0), 'item')}, "
        f"{counted(made.rows.get('runs', 0), 'run')}; authors have other keys than in the store"
    )
    if made.as_packed:
        typer.echo(
            f"Packed as evidence, cannot be made again from the pack: {', '.join(made.as_packed)} "
            "(they look at other apps, of which nothing is in it)."
        )
    typer.echo(f"SHA-256 of the file, to be passed on by another way: {made.sha256}")
