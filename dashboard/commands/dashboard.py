"""The command `dashboard`."""

from typing import Annotated

import typer

from dashboard.command_line.options import globals_of
from dashboard.serving.serve import access_pin
from dashboard.serving.serve import serve as serve_here

app = typer.Typer(add_completion=False)


@app.command()
def dashboard(
    ctx: typer.Context, port: Annotated[int | None, typer.Option(help="Port; 8501 if free.")] = None
) -> None:
    """Serve the dashboard on this machine."""
    access_pin()
    options = globals_of(ctx)
    with options.open_store(create=True) as store:
        url = store.database.url
    extra = {"FLOODGAUGE_CONFIG": str(options.config_path)} if options.config_path else {}
    serve_here(url, port, extra)
