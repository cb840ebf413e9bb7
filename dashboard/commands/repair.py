"""The command `repair`."""

from datetime import UTC, datetime

import typer

from dashboard.command_line.options import globals_of

app = typer.Typer(add_completion=False)


@app.command()
def repair(ctx: typer.Context) -> None:
    """Bring the dates that a fast clock left in the store back to the present."""
    now = datetime.now(UTC)
    with globals_of(ctx).open_store() as store:
        newest = store.clocks.newest()
        changed = store.clocks.repair(now)
    if not changed and (newest is None or newest <= now):
        typer.echo(f"nothing to mend: no date lies after {now:%Y-%m-%d %H:%M} UTC")
        return
    told = ", ".join(f"{rows} in {table}" for table, rows in sorted(changed.items()))
    typer.echo(f"dates after {now:%Y-%m-%d %H:%M} UTC were brought back or taken out: {told}")
    typer.echo("`floodgauge collect` and `analyze` make the rest again.")
