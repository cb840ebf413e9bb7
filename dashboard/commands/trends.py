"""The command `trends`."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from analysis.trends.bins import LENGTHS, Span, known_span, length_for
from analysis.trends.load import chosen_by
from collector.errors import ConfigError
from collector.store import Store
from collector.times import now_utc
from dashboard.command_line.options import (
    AppOption,
    Json,
    existing_app,
    globals_of,
    parse_time,
    write_file,
    zone_named,
)

app = typer.Typer(add_completion=False)
DAYS = timedelta(days=90)
LANGUAGES = ("en", "es")
Chosen = TypeVar("Chosen", bound=str)


@app.command()
def trends(
    ctx: typer.Context,
    app: AppOption = None,
    since: Annotated[
        str | None, typer.Option(metavar="TIME", help="From this time on; 90 days.")
    ] = None,
    until: Annotated[
        str | None, typer.Option(metavar="TIME", help="Before this time; the newest data.")
    ] = None,
    bin_: Annotated[
        str | None,
        typer.Option("--bin", metavar="BIN", help="hour, day, week or month; as fits the span."),
    ] = None,
    by: Annotated[
        str | None,
        typer.Option(metavar="BY", help="Split by source, country, lang, version or reason."),
    ] = None,
    against: Annotated[
        str, typer.Option(metavar="SPAN", help="Compare with previous, year or none.")
    ] = "previous",
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="File: .html, .pdf, .csv or .png.")
    ] = None,
    lang: Annotated[str, typer.Option(help="Language of the file: en or es.")] = "en",
    zone: Annotated[str, typer.Option(help="Time zone of days, weeks and months.")] = "UTC",
    as_json: Json = False,
) -> None:
    """Chart stars, sentiment, reasons and replies over a span, and say what moved them."""
    from dashboard.trends import report  # charts and PDF take a second to load
    from dashboard.trends.compared import AGAINSTS

    length = _one_of("--bin", bin_, LENGTHS)
    split = chosen_by(_one_of("--by", by, ("source", "country", "lang", "version", "reason")))
    compared_with = _one_of("--against", against, AGAINSTS) or "none"
    if output is None and not as_json:
        raise ConfigError("trends: say where, like: floodgauge trends -o trends.html; or --json")
    if output is not None and output.suffix.lower() not in report.ENDINGS:
        raise ConfigError(f"-o: {output.name} must end in {', '.join(report.ENDINGS)}")
    if split is not None and output is not None and output.suffix.lower() != ".csv":
        raise ConfigError("--by: the pages show all together; use .csv or --json")
    ends = parse_time("--since", since), parse_time("--until", until)
    with globals_of(ctx).open_store() as store:
        key = _only_app(store, app)
        now = now_utc()
        span = _span(store, key, *ends, now)
        page = report.page_of(
            store,
            key,
            span,
            length or length_for(span),
            by=split,
            against=compared_with,
            lang=_one_of("--lang", lang, LANGUAGES) or "en",
            zone=zone_named("--zone", zone),
            now=now,
        )
        if output is not None:
            write_file(output, report.written(page, output.suffix.lower()))
        if as_json:
            typer.echo(json.dumps(report.as_json(page), ensure_ascii=False, indent=1))
        else:
            typer.echo(f"{key} -> {output}")


def _one_of(option: str, given: str | None, known: Sequence[Chosen]) -> Chosen | None:
    """The value that an option may have. Raises ConfigError."""
    if given is None:
        return None
    found = next((one for one in known if one == given), None)
    if found is None:
        raise ConfigError(f"{option}: {given!r} is not one of {', '.join(known)}")
    return found


def _only_app(store: Store, app: str | None) -> str:
    """The app that is named, or the only one."""
    found = existing_app(store, app)
    if len(found) != 1:
        listed = ", ".join(found) or "none yet; import or collect something first"
        raise ConfigError(f"--app: say which; there is: {listed}")
    return found[0]


def _span(
    store: Store, app: str, since: datetime | None, until: datetime | None, now: datetime
) -> Span:
    whole = known_span(store, app, since, until, now)
    if since is not None:
        return whole
    return known_span(store, app, whole.until - DAYS, whole.until, now)
