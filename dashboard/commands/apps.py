"""The commands `apps` and `apps rename`."""

from typing import Annotated

import typer

from collector.errors import ConfigError
from collector.settings.app_key import checked_app_key
from collector.times import to_iso
from dashboard.command_line.options import existing_app, globals_of, to_seconds

app = typer.Typer(add_completion=False)


@app.callback(invoke_without_command=True)
def apps(ctx: typer.Context) -> None:
    """List the apps of the store; `apps rename OLD NEW` gives one another key."""
    if ctx.invoked_subcommand is not None:
        return
    with globals_of(ctx).open_store() as store:
        found = store.apps.all()
        items = store.items.freshness().groupby("app")["items"].sum()
    for one in found:
        since = to_seconds(to_iso(one.created_at))
        typer.echo(f"{one.key}  {one.name}  {int(items.get(one.key, 0))} items, since {since}")
    if not found:
        typer.echo("The store has no app; import a file or configure one and collect.")


@app.command()
def rename(
    ctx: typer.Context,
    old: Annotated[str, typer.Argument(help="The key that the app has.")],
    new: Annotated[str, typer.Argument(help="The key that it gets.")],
) -> None:
    """Give an app another key: its reviews, posts, incidents and decisions come along."""
    try:
        checked_app_key(new)
    except ValueError as error:
        raise ConfigError(str(error)) from error
    with globals_of(ctx).open_store() as store:
        existing_app(store, old)
        store.renaming.rename(old, new)
    typer.echo(f"{old} is now {new}; everything kept under it came along")
