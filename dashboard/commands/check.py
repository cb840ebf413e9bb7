"""The command `check`."""

import json
import os
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from analysis.words.catalogue import english
from analysis.words.run_ends import told
from collector import clock_check
from collector.end_codes import reason
from collector.errors import ConfigError, FloodgaugeError, StoreError
from collector.freshness import SourceState, source_states
from collector.overdue import is_overdue
from collector.polling.run import alone, plan_for
from collector.polling.surroundings import Surroundings
from collector.polling.trial import NotedClocks, try_source
from collector.privacy.protect import has_secret, is_open_to_others, load_secret, secret_place
from collector.settings.config import find_file
from collector.sources import Plan, Source, load_sources
from collector.store import Store, condition
from collector.store.engine import default_directory, resolve_url, shown_address
from collector.times import to_iso
from dashboard.command_line.counted import counted
from dashboard.command_line.options import Globals, globals_of, to_seconds

app = typer.Typer(add_completion=False)

LEAST_FREE = 500_000_000
"""Bytes; below, a busy day or a migration may fill the disk."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One thing, whether it is right, and where not what to do. app: None where it is of all."""

    what: str
    app: str | None = None
    ok: bool
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What may be asked: sources, those that cost money, alert channels."""

    sources: bool
    paid: bool
    send: bool


@app.command()
def check(
    ctx: typer.Context,
    offline: Annotated[
        bool, typer.Option("--offline", help="Ask no source; the rest is looked at.")
    ] = False,
    paid: Annotated[
        bool, typer.Option("--paid", help="Ask also sources whose request costs money.")
    ] = False,
    send: Annotated[
        bool, typer.Option("--send", help="Send a test message to each alert channel.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for scripts.")] = False,
) -> None:
    """Say what of this set-up is right, and what to do where it is not; exit 1 if anything."""
    for name, given in (("--paid", paid), ("--send", send)):
        if offline and given:
            raise ConfigError(f"{name}: asks over the network, and --offline does not; choose one")
    asked = Asked(sources=not offline, paid=paid, send=send)
    lines = []
    for line in _lines(globals_of(ctx), asked):
        lines.append(line)
        if not as_json:
            typer.echo(_printed(line))
    if as_json:
        typer.echo(json.dumps([asdict(line) for line in lines], indent=2, ensure_ascii=False))
    raise typer.Exit(0 if all(line.ok for line in lines) else 1)


def _printed(line: Line) -> str:
    where = line.what if line.app is None else f"{line.app} {line.what}"
    return f"{'ok   ' if line.ok else 'wrong'}  {where}: {line.message}"


def _lines(options: Globals, asked: Asked) -> Iterator[Line]:
    """Every line, as soon as it is known. Raises ConfigError for settings that do not parse."""
    yield _configuration(options)
    yield from _told("secret", _secret)
    line, store = _store(options)
    yield line
    readable = line.ok or store is not None
    around = Surroundings()
    around = replace(around, servers=NotedClocks(around.clock))
    try:
        yield from _told("disk", lambda: _disk(options))
        yield _working_folder(around.folder())
        if readable:
            yield from _told("clock", lambda: _clock(store, around.clock()))
        yield from _sources(options, store, around, asked)
        if asked.sources:
            yield _server_clocks(around)
        if readable:  # else nobody knows when a source ran
            yield from _told("next run", lambda: _next_runs(options, store, around.clock()))
        yield from _told("alerts", lambda: _alerts(send=asked.send))
    finally:
        if store is not None:
            store.close()


def _told(what: str, look: Callable[[], Iterator[Line]]) -> Iterator[Line]:
    """The lines of a look, or why it could not be had."""
    try:
        yield from look()
    except FloodgaugeError as error:
        yield Line(what=what, ok=False, message=str(error))


def _configuration(options: Globals) -> Line:
    apps = len(options.settings.apps)
    file = find_file(options.config_path, os.environ)
    where = f"{Path.cwd()} has no floodgauge.toml" if file is None else str(file.absolute())
    if not apps:
        start = "no app, so nothing is collected; `floodgauge init` writes a file to start from"
        return Line(what="configuration", ok=False, message=f"{where}: {start}")
    return Line(what="configuration", ok=True, message=f"{where}: {counted(apps, 'app')}")


def _secret() -> Iterator[Line]:
    """Where the secret is, never what it is; none is made."""
    folder = default_directory()
    place = secret_place(folder)
    if not has_secret(folder):
        message = f"none yet; the first run that writes a new store makes {place}"
        yield Line(what="secret", ok=True, message=message)
        return
    load_secret(folder)
    if is_open_to_others(folder):
        message = f"{place} can be read by others on this machine; chmod 600 it"
        yield Line(what="secret", ok=False, message=message)
        return
    yield Line(what="secret", ok=True, message=f"in {place}; keep it in another place, too")


def _store(options: Globals) -> tuple[Line, Store | None]:
    """How the store is; and the store, where it can be read."""
    store: Store | None = None
    try:
        url = resolve_url(options.store_url or options.settings.store)
        where, age = shown_address(url), condition.age(url)
        if age == "none":
            condition.refuse_unmade(url)
            message = f"{where}: nothing is stored yet; the first `floodgauge collect` begins it"
            return Line(what="store", ok=True, message=message), None
        if age == "older":
            message = (
                f"{where} is of an older Floodgauge; keep a copy of it, then `floodgauge status` "
                "brings it up to date"
            )
            return Line(what="store", ok=False, message=message), None
        store = options.open_store(reading=True)
        condition.refuse_unwritable(store.database)
    except (StoreError, ConfigError) as error:
        return Line(what="store", ok=False, message=str(error)), store
    message = f"{where} opens, has the schema of today and can be written"
    return Line(what="store", ok=True, message=message), store


def _disk(options: Globals) -> Iterator[Line]:
    free = condition.free_bytes(resolve_url(options.store_url or options.settings.store))
    if free is None:
        message = "the store is on a server; its disk is not seen from here"
        yield Line(what="disk", ok=True, message=message)
        return
    ok = free >= LEAST_FREE
    todo = "" if ok else "; free some before a run fills it"
    yield Line(what="disk", ok=ok, message=f"{free / 1e6:,.0f} MB are free beside the store{todo}")


def _working_folder(folder: Path) -> Line:
    """Whether runs can put their locks and sessions where they do."""
    there = next(place for place in (folder, *folder.parents) if place.exists())
    ok = there.is_dir() and os.access(there, os.W_OK | os.X_OK)
    said = "locks and sessions go to" if ok else "let this user write here, or no source is read:"
    return Line(what="working folder", ok=ok, message=f"{said} {folder}")


def _clock(store: Store | None, now: datetime) -> Iterator[Line]:
    newest = None if store is None else store.clocks.newest()
    if store is not None:
        clock_check.check(store, now)
    against = "no run to compare it with yet" if newest is None else "not before the newest run"
    yield Line(what="clock", ok=True, message=f"{_moment(now)}, {against}")


def _server_clocks(around: Surroundings) -> Line:
    """What the dates of the answers say."""
    heard = around.servers
    if heard is None or not (heard.agreed or heard.wrong):
        return Line(what="server clocks", ok=True, message="no answer told its time")
    if heard.wrong is not None and not heard.agreed:
        return Line(what="server clocks", ok=False, message=str(heard.wrong))
    minutes = clock_check.APART.total_seconds() / 60
    message = f"a server's clock and this one are less than {minutes:.0f} minutes apart"
    return Line(what="server clocks", ok=True, message=message)


def _planned(options: Globals) -> Iterator[tuple[str, Source, Plan]]:
    """Every source of every app, with what it is to read."""
    for key in options.settings.apps:
        for source in load_sources():
            yield key, source, plan_for(options.settings, key, source)


def _sources(
    options: Globals, store: Store | None, around: Surroundings, asked: Asked
) -> Iterator[Line]:
    """One line a source and app."""
    with tempfile.TemporaryDirectory() as folder:  # sessions of before would hide a wrong password
        apart = replace(around, private_dir=Path(folder))
        for key, source, plan in _planned(options):
            if not plan.parts:
                why = told(plan.off or reason("off-left-out"), english())
                said = f"is asked for and lacks something: {why}" if plan.wanted else f"off: {why}"
                yield Line(what=source.name, app=key, ok=not plan.wanted, message=said)
            elif (why_not := _unasked(source, store, asked)) is not None:
                yield Line(what=source.name, app=key, ok=True, message=f"on, not asked: {why_not}")
            else:
                suits = apart if source.free else around
                yield _answer(options, store, suits, key, source, plan)


def _unasked(source: Source, store: Store | None, asked: Asked) -> str | None:
    """Why a source that is on is not asked for anything; None where it is."""
    if not asked.sources:
        return "--offline"
    if source.free:
        return None
    if not asked.paid:
        return "its requests cost money; --paid asks"
    if store is None or store.database.sealed:
        return "its requests cost money, and there is no store to count that in"
    return None


def _answer(
    options: Globals,
    store: Store | None,
    around: Surroundings,
    key: str,
    source: Source,
    plan: Plan,
) -> Line:
    """What a source says to one small request."""
    part = plan.parts[0]
    try:
        if source.free or store is None:
            wrong = try_source(options.settings, None, around, key, source, part)
        else:
            with alone(store, around, key, source) as free:
                if not free:
                    busy = told(reason("off-busy"), english())
                    return Line(what=source.name, app=key, ok=True, message=f"not asked: {busy}")
                wrong = try_source(options.settings, store, around, key, source, part)
    except FloodgaugeError as error:
        return Line(what=source.name, app=key, ok=False, message=str(error))
    if wrong is not None:
        return Line(what=source.name, app=key, ok=False, message=told(wrong, english()))
    return Line(what=source.name, app=key, ok=True, message=f"answers ({part.key})")


def _next_runs(options: Globals, store: Store | None, now: datetime) -> Iterator[Line]:
    """When each source that is on is due."""
    states = [] if store is None else source_states(store)
    rows = {(row.app, row.source): row for row in states}
    for key, source, plan in _planned(options):
        if plan.parts:
            row = rows.get((key, source.name))
            ok = row is None or not is_overdue(row, now)
            what = f"next run of {source.name}"
            yield Line(what=what, app=key, ok=ok, message=_due(row, now))


def _due(row: SourceState | None, now: datetime) -> str:
    if row is None or row.last_run is None:
        return "it has not run yet; `floodgauge collect` reads it"
    if is_overdue(row, now):
        return f"nothing has read it since {_moment(row.last_run)}; is the collector running?"
    if row.next_due is None or row.next_due <= now:
        return "due now: the next `floodgauge collect` reads it"
    return f"due {_moment(row.next_due)}"


def _alerts(*, send: bool) -> Iterator[Line]:
    """Whether addresses are understood, and with `send` whether they take a message."""
    from dashboard.alerting.settings import settings_from  # Apprise is slow to load

    settings = settings_from(os.environ)
    count = len(settings.channels)
    if not count:
        message = "no channel; set FLOODGAUGE_ALERTS to be told of incidents"
        yield Line(what="alerts", ok=not send, message=message)
    elif not send:
        addresses = "1 address is" if count == 1 else f"{count} addresses are"
        message = f"{addresses} understood; --send sends a test message"
        yield Line(what="alerts", ok=True, message=message)
    for number, channel in enumerate(settings.channels if send else (), 1):
        taken = _takes(channel, settings.lang)
        message = "took the test message" if taken else "did not take the test message; look at it"
        yield Line(what=f"alert address {number}", ok=taken, message=message)


def _takes(channel: str, lang: str) -> bool:
    from dashboard.alerting.sending import Refused, through_apprise
    from dashboard.words.catalogue import Wording

    words = Wording(lang, ZoneInfo("UTC"))
    try:
        return through_apprise(channel, words("alert-test-title"), words("alert-test-body"))
    except Refused:
        return False


def _moment(moment: datetime) -> str:
    return to_seconds(to_iso(moment))
