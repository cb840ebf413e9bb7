"""The command `network`."""

import json
from pathlib import Path
from typing import Annotated, Any

import pandas as pd
import typer

from analysis.network.files import read_file
from analysis.network.network import Network
from analysis.network.network import network as found_in
from analysis.network.objects import TYPES
from analysis.network.outputs import ENDINGS
from analysis.research.stored_posts import stored_posts
from collector.errors import ConfigError
from dashboard.command_line.options import AppOption, Json, existing_app, globals_of

app = typer.Typer(add_completion=False)

NOT_KEPT = ("repost", "reply")
MOST_COMPONENTS = 10  # told one by one
ARTICLES = {"account": "an account", "object": "an object", "moment": "a time"}


@app.command()
def network(
    ctx: typer.Context,
    file: Annotated[
        Path | None, typer.Argument(help="A table of shares or posts; the store without it.")
    ] = None,
    window: Annotated[
        str, typer.Option(metavar="SPAN", help="Like 60s, 5min, 1h; both ends count.")
    ] = "60s",
    min_participation: Annotated[
        int, typer.Option(metavar="N", help="Shares that an account needs.")
    ] = 2,
    percentile: Annotated[
        float, typer.Option(metavar="P", help="Of all weights, 0 to 1; the threshold.")
    ] = 0.5,
    object_type: Annotated[
        str | None, typer.Option(metavar="TYPE", help=f"What is shared: {', '.join(TYPES)}.")
    ] = None,
    app: AppOption = None,
    chance: Annotated[
        bool, typer.Option("--chance", help="Also what chance alone does not explain.")
    ] = False,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", help=f"Edges as {', '.join(ENDINGS)}."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Find the accounts that share the same things within a window of each other.

    FILE has a row a share (account_id, object_id, timestamp_share) or a row a post (author, text,
    created_at). No account is printed; a file from -o has the keys of FILE, or numbers.
    """
    table = read_file(file) if file is not None else _stored(ctx, app, object_type)
    found = found_in(
        table,
        window=window,
        min_participation=min_participation,
        percentile=percentile,
        object_type=object_type,
    )
    if output is not None:
        found.write(output, chance=chance)
    if as_json:
        more = {"chance": beyond_chance(found)} if chance else {}
        typer.echo(json.dumps({**found.summary(), **more}, indent=2))
        return
    for line in [*lines(found), *(chance_lines(found) if chance else [])]:
        typer.echo(line)


def beyond_chance(found: Network) -> dict[str, Any]:
    """Edges and components that chance alone does not explain."""
    told, parts = found.chance, found.components(chance=True)
    kept = parts[["accounts", "edges", "objects", "p_value"]]
    return {
        "level": told.level,
        "tested": told.tested,
        "edges": int(told.reported.sum()),
        "vertices": int(parts["accounts"].sum()),
        "components": kept.to_dict(orient="records"),
    }


def chance_lines(found: Network) -> list[str]:
    """The same in sentences."""
    told = beyond_chance(found)
    first = (
        f"More than chance explains (false discovery rate {told['level']:g}, "
        f"{_many(told['tested'], 'pair')} tested): "
        f"{_many(told['edges'], 'pair')} of {_many(told['vertices'], 'account')}."
    )
    said = [first]
    for part in told["components"][:MOST_COMPONENTS]:
        said.append(
            f"  {_many(part['accounts'], 'account')}, {_many(part['edges'], 'pair')}, "
            f"{_many(part['objects'], 'object')}: p = {part['p_value']:.2g}"
        )
    rest = len(told["components"]) - MOST_COMPONENTS
    return [*said, f"  and {_many(rest, 'smaller group')}"] if rest > 0 else said


def lines(found: Network) -> list[str]:
    """A network's numbers in sentences."""
    lies = "lies" if found.rows == 1 else "lie"
    said = [
        f"{_many(found.rows, 'pair')} of shares {lies} within {found.window_s:g} s of each other.",
        f"They connect {_many(found.vertices, 'account')} in {_many(found.edges, 'pair')}.",
    ]
    if found.threshold is not None:
        said.append(
            f"Over the threshold, more than {found.threshold:g} together "
            f"(percentile {found.percentile:g}): "
            f"{_many(found.edges_over_threshold, 'pair')} of "
            f"{_many(found.vertices_over_threshold, 'account')}."
        )
    for lacking, rows in found.left_out.items():
        said.append(f"Left out: {_many(rows, 'row')} without {ARTICLES[lacking]}.")
    counted = found.counted_only
    if counted["objects"]:
        said.append(
            f"Shared by too many at once: {_many(counted['objects'], 'object')} in "
            f"{_many(counted['shares'], 'share')}; {_many(counted['rows'], 'pair')} counted above, "
            "no edges made of them."
        )
    return [*said, f"({found.seconds:.2f} s)"]


def _many(number: int, what: str) -> str:
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"


def _stored(ctx: typer.Context, app: str | None, object_type: str | None) -> pd.DataFrame:
    """The store's posts and reviews as a table of posts. Raises ConfigError."""
    if object_type in NOT_KEPT:
        raise ConfigError(
            f"--object-type: the store does not keep what a post is a {object_type} of"
        )
    with globals_of(ctx).open_store(reading=True) as store:
        table = stored_posts(store, existing_app(store, app))
    if table.empty:
        raise ConfigError("network: the store has no posts and no reviews; name a FILE")
    return table
