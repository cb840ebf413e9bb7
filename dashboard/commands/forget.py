"""The command `forget`."""

import sys
from datetime import UTC, datetime
from typing import Annotated

import typer

from collector.errors import ConfigError
from collector.store import Store
from dashboard.command_line.counted import counted
from dashboard.command_line.options import AppOption, existing_app, globals_of, parse_age

app = typer.Typer(add_completion=False)


@app.command()
def forget(
    ctx: typer.Context,
    item: Annotated[str | None, typer.Option(metavar="ID", help="This item.")] = None,
    author_of: Annotated[
        str | None, typer.Option(metavar="ID", help="All items of this item's author.")
    ] = None,
    older_than: Annotated[
        str | None, typer.Option(metavar="90d", help="All items older than so many days.")
    ] = None,
    app: AppOption = None,
    source: Annotated[
        str | None, typer.Option(metavar="S", help="Only of this source, like google_play.")
    ] = None,
    yes: Annotated[
        bool, typer.Option("--yes", help="With --author-of and --older-than: do not ask.")
    ] = False,
) -> None:
    """Remove items for good; what is forgotten by item or author never comes back."""
    given = [value for value in (item, author_of, older_than) if value is not None]
    if len(given) != 1:
        raise ConfigError("forget: give exactly one of --item, --author-of, --older-than")
    if source is not None and item is None:
        raise ConfigError("--source: goes with --item alone")
    before = (
        None if older_than is None else datetime.now(UTC) - parse_age("--older-than", older_than)
    )
    with globals_of(ctx).open_store() as store:
        if before is not None:  # an item can be kept out of an app that is yet to come
            existing_app(store, app)
        if before is not None and not yes:
            _confirm(store, before, app)
        if author_of is not None:
            _say_whose(store, author_of, app, yes)
        removed = store.items.forget(
            item=item, author_of=author_of, older_than=before, app=app, source=source
        )
        left = _wiped(store)
    if not removed and item is not None and app is not None and source is not None:
        typer.echo(
            f"no item {item!r} of {source} is stored under {app}; it is noted as forgotten, so "
            "that no later import or poll takes it in"
        )
        return
    if not removed and older_than is None:
        raise ConfigError(
            f"forget: no stored item has the id {item or author_of!r}"
            + ("" if author_of is None else ", or it names no author")
            + ("" if app is None else f", in app {app}")
            + ("" if item is None else "; with --app and --source it is kept out of later imports")
        )
    typer.echo(f"{counted(removed, 'item')} forgotten")
    if removed:
        typer.echo(left)
        typer.echo("`floodgauge analyze` brings series and incidents up to date.")


def _say_whose(store: Store, item: str, app: str | None, yes: bool) -> None:
    """What goes with an author, app by app; asks where somebody is there to answer."""
    found = store.items.by_author_of(item, app)
    if not found:
        return
    where = ", ".join(f"{count} in {key}" for key, count in found.items())
    narrow = "" if app is not None or len(found) == 1 else "; --app narrows it to one app"
    items = counted(sum(found.values()), "item")
    typer.echo(
        f"The author of {item} has {items}: {where}{narrow}. An author is "
        "known by a display name alone where the source gives no account: several people may "
        "share it."
    )
    if not yes and sys.stdin.isatty():
        typer.confirm("Forget them all for good?", abort=True)


def _wiped(store: Store) -> str:
    """Cleans the store's files; what is left in them, in a sentence."""
    waits = store.erasure.finish()
    if waits is not None:
        return (
            f"their words are not wiped from the store's files yet ({waits}): run the command "
            "again, or leave it to the next `floodgauge collect` or `analyze`"
        )
    if store.database.is_sqlite:
        return "their words are wiped from the store's files; copies and backups keep them"
    return (
        "VACUUM was run; until PostgreSQL overwrites the freed space, its files, its write-ahead "
        "log and your backups may hold the words: `VACUUM FULL items, revisions` writes the tables "
        "anew, the log goes with its checkpoints and archive"
    )


def _confirm(store: Store, before: datetime, app: str | None) -> None:
    """Asks once before items go by age, where somebody is there to answer."""
    if not sys.stdin.isatty():
        return
    found = store.items.published_before(before, app)
    if not found:
        return
    listed = ", ".join(f"{count:,} of {key}" for key, count in found.items())
    if not typer.confirm(f"Remove {listed}, all from before {before:%Y-%m-%d}, for good?"):
        typer.echo("nothing was removed")
        raise typer.Exit(0)
