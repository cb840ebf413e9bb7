"""The command `floodgauge`: everything that the three packages can do, under one name."""

import logging
import os
import secrets
import sys
import tempfile
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from importlib.metadata import version as installed_version
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer
from typer.core import TyperGroup

from analysis.incidents.observed import as_seen
from analysis.run import AnalysisFailed, analyze
from collector.errors import ConfigError, FloodgaugeError
from collector.new_app.app_links import parse_store_link
from collector.polling.run import Progress, Surroundings, collect
from collector.settings.config import DEFAULT_FILE, Settings, load_settings
from collector.sources import load_sources
from collector.store import Store, open_store
from dashboard.alerting import deliver as alerts
from dashboard.alerting.settings import AlertSettings
from dashboard.commands import analysis as analysis_commands
from dashboard.commands import collect as collect_commands
from dashboard.commands import data as data_commands
from dashboard.commands import forget as forget_command
from dashboard.commands import repair as repair_command
from dashboard.commands.analysis import brief
from dashboard.commands.collect import exit_code, summary_line, why_not, write_config
from dashboard.commands.options import Globals, Stands, globals_of, progress_bars
from dashboard.drills.demo import run_drill
from dashboard.serving.serve import access_pin, ending_tidily
from dashboard.serving.serve import serve as serve_here

ALL_FAILED = 3
GLOBAL_WITH_VALUE = ("--store", "--config")
GLOBAL_FLAGS = ("-v", "--verbose")
INTERRUPTED = "floodgauge: interrupted; nothing is half-written, run it again"


class _Group(TyperGroup):
    """The commands; Ctrl-C ends each with a sentence, where Typer says nothing."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            typer.echo(INTERRUPTED, err=True)
            raise typer.Exit(130) from None


app = typer.Typer(
    name="floodgauge",
    cls=_Group,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Tells a sudden swing in public feedback on a civic app from ordinary noise.",
)
app.add_typer(data_commands.app)
app.add_typer(forget_command.app)
app.add_typer(repair_command.app)
app.add_typer(collect_commands.app)
app.add_typer(analysis_commands.app)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"floodgauge {installed_version('floodgauge')}")
        raise typer.Exit


@app.callback()
def global_options(
    ctx: typer.Context,
    config: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Configuration; ./floodgauge.toml if there.")
    ] = None,
    store: Annotated[
        str | None, typer.Option(metavar="URL", help="Path, sqlite:///path or postgresql://...")
    ] = None,
    verbose: Annotated[bool, typer.Option("-v", "--verbose", help="Log what happens.")] = False,
    _version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Options that may stand before or after any command."""
    logging.basicConfig(
        level=logging.INFO if verbose else logging.WARNING, format="%(levelname)s %(message)s"
    )
    logging.getLogger("stamina").setLevel(logging.INFO if verbose else logging.ERROR)
    ctx.obj = Globals(
        store,
        config,
        verbose,
        before_analysis=_alert_settings,
        after_analysis=_alert,
        public_page=_public_page,
        standings=_standings,
    )


def _alert_settings() -> AlertSettings:
    return alerts.settings_from(os.environ)


def _standings(store: Store) -> Iterable[Stands]:
    from dashboard.overview.standing_words import standings_in_words

    return standings_in_words(store)


def _public_page(store: Store, settings: Settings, lang: str) -> str:
    from dashboard.trust.public_page import public_page
    from dashboard.words.catalogue import LANGUAGES, Wording

    if lang not in LANGUAGES:
        raise ConfigError(f"--lang: {lang!r} is not one of {', '.join(LANGUAGES)}")
    return public_page(store, settings, Wording(lang, ZoneInfo("UTC")), datetime.now(UTC))


def _alert(store: Store) -> bool:
    """Tells the channels of FLOODGAUGE_ALERTS what is new; one that fails is tried next time.

    Whether each channel has taken all that it was given, now and before.
    """
    settings = _alert_settings()
    if not settings.channels:
        return True
    for done in alerts.deliver(store, settings, datetime.now(UTC)):
        state = "told" if done.taken else "did not take it; it is tried again at the next analysis"
        typer.echo(f"{done.incident}: channel {done.channel} {state}", err=not done.taken)
    return alerts.all_told(store, settings)


@app.command()
def demo(
    serve: Annotated[
        bool, typer.Option("--serve/--no-serve", help="Open the dashboard afterwards.")
    ] = True,
    port: Annotated[int | None, typer.Option(help="Port of the dashboard.")] = None,
) -> None:
    """Run the SIMULATED drill: a quiet app, a call to flood it, one long Sunday."""
    if serve:
        access_pin()
    with ending_tidily(), tempfile.TemporaryDirectory(prefix="floodgauge-demo-") as folder:
        url = f"sqlite:///{Path(folder) / 'drill.db'}"
        secret = secrets.token_hex(32)
        with open_store(url, secret=secret.encode()) as store:
            with progress_bars() as bars:
                key = run_drill(store, progress=bars, say=typer.echo)
            typer.echo("\nSIMULATED: every review, post and author below is invented.\n")
            for document in store.incidents.documents(key):
                typer.echo(brief(document) + "\n")
        if serve:
            typer.echo("What to look at: Overview for the state, Incident for the evidence,")
            typer.echo("Explore for the reviews behind it. Everything is marked SIMULATED.")
            serve_here(url, port, {"FLOODGAUGE_SECRET": secret})


@app.command()
def watch(
    ctx: typer.Context,
    link: Annotated[str, typer.Argument(help="Play or App Store link, package name or number.")],
    serve: Annotated[
        bool, typer.Option("--serve/--no-serve", help="Open the dashboard afterwards.")
    ] = True,
    port: Annotated[int | None, typer.Option(help="Port of the dashboard.")] = None,
) -> None:
    """Start watching a new app: init, collect, analyze and dashboard in one go."""
    if serve:
        access_pin()
    options = globals_of(ctx)
    path = options.config_path or Path(DEFAULT_FILE)
    if path.exists():
        key = _configured(path, link)
        typer.echo(f"{key} is in {path} already; going on with it")
    else:
        start = write_config(path, link, settings=options.settings)
        key = start.key
        typer.echo(f"wrote {path}" + "".join(f"\n  note: {note}" for note in start.notes))
    settings = load_settings(path)
    with (
        Globals(options.store_url or settings.store, path, options.verbose).open_store(
            create=True
        ) as store,
        progress_bars() as bars,
    ):
        around = Surroundings(progress=_told)
        reports = collect(settings, store, around, apps=[key], waiting="paid")
        for source in load_sources():
            if reason := why_not(settings, key, source):
                typer.echo(f"{key} {source.name}: not read ({reason})")
        analyze(settings, store, datetime.now(UTC), apps=[key], progress=bars)
        for document in store.incidents.documents(key):
            typer.echo(brief(as_seen(store, document, datetime.now(UTC))))
        url = store.database.url
    code = exit_code(reports)
    if not reports or code == ALL_FAILED:
        raise typer.Exit(ALL_FAILED)
    if serve:
        serve_here(url, port, {"FLOODGAUGE_CONFIG": str(path)})
    raise typer.Exit(code)


def _configured(path: Path, link: str) -> str:
    """Key of the app of a link in a configuration. Raises ConfigError where it has none."""
    wanted = parse_store_link(link)
    ids = {wanted.google_play, wanted.app_store} - {None}
    for key, one in load_settings(path).apps.items():
        if ids & {one.google_play, one.app_store}:
            return key
    raise ConfigError(
        f"{path} is there and does not name this app: add it under [apps], "
        "or name a new file with --config"
    )


def _told(event: Progress) -> None:
    if event.report is not None:
        typer.echo(summary_line(event.report))
    if event.due_at is not None:
        typer.echo(f"{event.app} {event.source}: {event.message}")


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


@app.command()
def report(
    ctx: typer.Context,
    incident: Annotated[str, typer.Argument(help="Id as `floodgauge incidents` shows it.")],
    output: Annotated[Path, typer.Option("-o", "--output", help="File: .html or .pdf.")],
) -> None:
    """Write the incident brief to send upstairs."""
    from dashboard.report import write_report

    if output.suffix not in (".html", ".pdf"):
        raise ConfigError(f"-o: {output.name} must end in .html or .pdf")
    with globals_of(ctx).open_store() as store:
        try:
            write_report(store, incident, output)
        except OSError as error:
            raise ConfigError(f"-o: cannot write {output}: {error.strerror}") from error
    typer.echo(f"{incident} -> {output}")


def main(arguments: Sequence[str] | None = None) -> None:
    """Entry point: an expected failure is one line on stderr, never a traceback."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        app(hoisted(given), prog_name="floodgauge")
    except FloodgaugeError as error:
        typer.echo(f"floodgauge: {error}", err=True)
        sys.exit(error.exit_code if isinstance(error, AnalysisFailed) else 2)
    except KeyboardInterrupt:
        typer.echo(INTERRUPTED, err=True)
        sys.exit(130)


def hoisted(arguments: Sequence[str]) -> list[str]:
    """Global options moved before the command, so that they may stand anywhere."""
    front: list[str] = []
    rest: list[str] = []
    words = iter(arguments)
    for word in words:
        if word == "--":
            rest += [word, *words]
        elif word in GLOBAL_WITH_VALUE:
            front += [word, *([value] if (value := next(words, None)) is not None else [])]
        elif word in GLOBAL_FLAGS or word.startswith(tuple(f"{o}=" for o in GLOBAL_WITH_VALUE)):
            front.append(word)
        else:
            rest.append(word)
    return front + rest


if __name__ == "__main__":
    main()
