"""The command `report`."""

from pathlib import Path
from typing import Annotated

import typer

from collector.errors import ConfigError
from dashboard.command_line.options import globals_of

app = typer.Typer(add_completion=False)


@app.command()
def report(
    ctx: typer.Context,
    incident: Annotated[str, typer.Argument(help="Id as `floodgauge incidents` shows it.")],
    output: Annotated[Path, typer.Option("-o", "--output", help="File: .html or .pdf.")],
) -> None:
    """Write the incident brief to send upstairs."""
    from dashboard.report import write_report  # charts and PDF take a second to load

    if output.suffix not in (".html", ".pdf"):
        raise ConfigError(f"-o: {output.name} must end in .html or .pdf")
    with globals_of(ctx).open_store() as store:
        try:
            write_report(store, incident, output)
        except OSError as error:
            raise ConfigError(f"-o: cannot write {output}: {error.strerror}") from error
    typer.echo(f"{incident} -> {output}")
