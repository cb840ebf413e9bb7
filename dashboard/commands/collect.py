"""The commands `collect` and `init`."""

import json
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape

from collector.errors import ConfigError
from collector.kinds import CONTEXT
from collector.new_app.starter_file import Start, start_from
from collector.polling.due import Waiting
from collector.polling.loop import rounds
from collector.polling.run import Progress, Surroundings, plan_for
from collector.polling.run import collect as collect_once
from collector.records import RunReport
from collector.settings.config import DEFAULT_FILE, Settings
from collector.sources import Source, load_source, load_sources
from dashboard.commands.options import AppOption, Globals, globals_of

app = typer.Typer()

FAILED = frozenset({"failed", "partial"})


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
    shown = _shown(options, log_json=log_json, loop=loop)
    with options.open_store(create=True) as store, shown as around:
        if not loop:
            waiting: Waiting = "none" if now else "paid"
            done = collect_once(
                settings, store, around, apps=keys, sources=sources, waiting=waiting
            )
            raise typer.Exit(exit_code(done))
        with _stoppable():
            for _ in rounds(settings, store, around, apps=keys, sources=sources):
                pass


@app.command()
def init(
    ctx: typer.Context,
    store_app: Annotated[
        str | None,
        typer.Option(
            "--app", metavar="LINK-OR-ID", help="Fill in what the app's store page tells."
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace an existing file.")] = False,
) -> None:
    """Write a commented floodgauge.toml."""
    path = globals_of(ctx).config_path or Path(DEFAULT_FILE)
    for note in write_config(path, store_app, force=force).notes:
        typer.echo(note)
    typer.echo(f"wrote {path}; edit it, then run `floodgauge collect`")


def write_config(
    path: Path, link: str | None = None, *, force: bool = False, settings: Settings | None = None
) -> Start:
    """Writes a file to start from. Raises ConfigError where it exists or cannot be written."""
    if path.exists() and not force:
        raise ConfigError(f"{path} exists; --force replaces it")
    start = start_from(link, settings or Settings())
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(start.toml, encoding="utf-8")
    except OSError as error:
        raise ConfigError(f"cannot write {path}: {error.strerror}") from error
    return start


def why_not(settings: Settings, key: str, source: Source) -> str | None:
    """Why a source reads nothing for an app; None if it reads something."""
    plan = plan_for(settings, key, source)
    return None if plan.parts else plan.off or "nothing to read"


def exit_code(reports: Sequence[RunReport]) -> int:
    """0 all well, 1 some sources failed or gave only a part, 3 all failed."""
    outcomes = [report.outcome for report in reports]
    if outcomes and all(outcome == "failed" for outcome in outcomes):
        return 3
    return 1 if FAILED.intersection(outcomes) else 0


def summary_line(report: RunReport) -> str:
    """One run in one line."""
    due = f", next at {report.next_due_at:%H:%M} UTC" if report.next_due_at else ""
    cost = f", ${report.cost_usd:.3f}" if report.cost_usd else ""
    bad = f", {report.bad} unreadable" if report.bad else ""
    counts = f", {report.new} new, {report.changed} changed of {report.seen} seen"
    if report.source in CONTEXT:
        counts = ""  # headlines are no items; the reason counts them
    return (
        f"{report.app} {report.source}: {report.outcome}{counts}{bad}, {report.requests} "
        f"requests{cost}{due} ({report.stop_reason})"
    )


def json_line(event: Progress, at: datetime) -> str:
    """A finished or skipped run as one JSON object."""
    line: dict[str, Any] = {
        "at": at.isoformat(),
        "event": event.step,
        "app": event.app,
        "source": event.source,
    }
    if event.report is None:
        line |= {"reason": event.message, "wanted": event.wanted}
    else:
        left_out = {*line, "runs"}  # a line is always one run
        names = [name for name in RunReport.__slots__ if name not in left_out]
        values = {name: getattr(event.report, name) for name in names}
        line |= {n: v.isoformat() if isinstance(v, datetime) else v for n, v in values.items()}
    return json.dumps(line, ensure_ascii=False)


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
def _shown(options: Globals, *, log_json: bool, loop: bool) -> Iterator[Surroundings]:
    """Progress on a terminal; a line for each finished run on standard output."""
    console = Console(file=sys.stderr)
    live = console.is_terminal and not log_json
    told: set[str] = set()
    with console.status("", spinner="line") if live else _nothing() as status:

        def show(event: Progress) -> None:
            if loop and event.due_at is not None and not (options.verbose or log_json):
                return  # a loop passes every source by until it is due
            line = _line(event, log_json=log_json, verbose=options.verbose)
            if event.wanted and not log_json and line is not None:
                line = None if line in told else line  # a loop says once what is missing
                told.update([line] if line else [])
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


def _line(event: Progress, *, log_json: bool, verbose: bool) -> str | None:
    """What is printed of an event: finished runs, and skipped ones where somebody may wonder."""
    if log_json:
        shown = event.step in ("finished", "skipped")
        return json_line(event, datetime.now(UTC)) if shown else None
    if event.report is not None:
        return summary_line(event.report)
    if event.wanted:
        return f"{event.app} {event.source}: not read ({event.message})"
    if event.due_at is not None:
        return f"{event.app} {event.source}: {event.message} (--now reads it anyway)"
    if event.step == "skipped" and (verbose or "process" in event.message):
        return f"{event.app} {event.source}: skipped: {event.message}"
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
