"""The command `collect`."""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from analysis.words.catalogue import english
from analysis.words.run_ends import told
from collector.end_codes import read
from collector.errors import ConfigError
from collector.polling.due import Waiting
from collector.polling.loop import rounds
from collector.polling.run import collect as collect_once
from collector.polling.surroundings import PollEvent, Surroundings
from collector.settings.config import Settings
from collector.sources import load_source, load_sources
from collector.times import to_iso
from dashboard.command_line.options import AppOption, Globals, globals_of, to_seconds
from dashboard.command_line.run_lines import exit_code, is_late, json_line, summary_line, why_not

app = typer.Typer(add_completion=False)


@app.command()
def collect(
    ctx: typer.Context,
    app_key: AppOption = None,
    source: Annotated[
        str | None, typer.Option("--source", metavar="S", help="Only this source.")
    ] = None,
    loop: Annotated[
        bool, typer.Option("--loop", help="Go on, at the pace that the sources ask for.")
    ] = False,
    now: Annotated[
        bool, typer.Option("--now", help="Read paid sources also before they are due.")
    ] = False,
    log_json: Annotated[
        bool, typer.Option("--log-json", help="One JSON object a line instead of text.")
    ] = False,
) -> None:
    """Read what is new from every configured source. Exit 0 ok, 1 some failed, 3 all failed."""
    if loop and now:
        raise ConfigError("--now: a loop keeps to the pace that the sources ask for; leave one out")
    options = globals_of(ctx)
    settings = options.settings
    keys, sources = _chosen(settings, app_key, source)
    lacking: list[PollEvent] = []
    shown = _shown(options, lacking, log_json=log_json, loop=loop)
    with options.open_store(create=True) as store, shown as around:
        if not loop:
            waiting: Waiting = "none" if now else "paid"
            done = collect_once(
                settings, store, around, apps=keys, sources=sources, waiting=waiting
            )
            raise typer.Exit(exit_code(done, lacking, datetime.now(UTC)))
        with _stoppable():
            for _ in rounds(settings, store, around, apps=keys, sources=sources):
                pass


def _chosen(
    settings: Settings, key: str | None, source: str | None
) -> tuple[list[str], list[str] | None]:
    """The apps and sources to read. Raises ConfigError where that is nothing."""
    if key is not None and key not in settings.apps:
        known = ", ".join(settings.apps) or "none"
        raise ConfigError(f"--app: no app {key!r} in the configuration; there is: {known}")
    keys = [key] if key is not None else list(settings.apps)
    if not keys:
        raise ConfigError("no app is configured; `floodgauge init` writes a file to start from")
    loaded = load_sources() if source is None else (load_source(source),)
    reasons = {s.name: why_not(settings, k, s) for k in keys for s in loaded}
    if all(why_not(settings, k, s) for k in keys for s in loaded):
        said = "; ".join(f"{name}: {why}" for name, why in reasons.items())
        raise ConfigError(f"nothing to collect for {', '.join(keys)}: {said}")
    return keys, None if source is None else [source]


@contextmanager
def _shown(
    options: Globals, lacking: list[PollEvent], *, log_json: bool, loop: bool
) -> Iterator[Surroundings]:
    """Progress on a terminal; a line for each finished run on standard output.

    lacking: gets the sources that are asked for and lack something.
    """
    console = Console(file=sys.stderr)
    live = console.is_terminal and not log_json
    once: set[str] = set()
    with console.status("", spinner="line") if live else _nothing() as status:

        def show(event: PollEvent) -> None:
            lacking.extend([event] if event.wanted else [])
            if loop and event.due_at is not None and not (options.verbose or log_json):
                return  # a loop passes every source by until it is due
            line = _line(event, log_json=log_json, verbose=options.verbose)
            if event.wanted and not log_json and line is not None:
                line = None if line in once else line  # a loop says once what is missing
                once.update([line] if line else [])
            if status is not None and event.step in ("started", "page"):
                doing = f"{event.app} {event.source} {event.message}: {event.seen} read"
                status.update(escape(doing))
            if line is not None and status is not None:
                status.stop()  # on a terminal both stand on the same line
            if line is not None:
                typer.echo(line)
            if line is not None and status is not None:
                status.start()

        yield Surroundings(progress=show)


def _line(event: PollEvent, *, log_json: bool, verbose: bool) -> str | None:
    """What is printed of an event: finished runs, and skipped ones where somebody may wonder."""
    if log_json:
        shown = event.step in ("finished", "skipped")
        return json_line(event, datetime.now(UTC)) if shown else None
    if event.report is not None:
        return summary_line(event.report)
    why = told(event.message, english())
    if event.wanted:
        late = event.since is not None and is_late(event, datetime.now(UTC))
        since = f" since {to_seconds(to_iso(event.since))}" if late and event.since else ""
        return f"{event.app} {event.source}: not read{since} ({why})"
    if event.due_at is not None:
        return f"{event.app} {event.source}: {why} (--now reads it anyway)"
    if event.step == "skipped" and (verbose or read(event.message)[0].code == "off-busy"):
        return f"{event.app} {event.source}: skipped: {why}"
    return None


@contextmanager
def _nothing() -> Iterator[None]:
    yield None


@contextmanager
def _stoppable() -> Iterator[None]:
    """Ctrl-C and a service manager's stop end a loop well: what was read is written."""

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    except KeyboardInterrupt:
        typer.echo("stopped", err=True)
    finally:
        signal.signal(signal.SIGTERM, before)
