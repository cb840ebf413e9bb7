"""What every command of the command line shares: global options, clear failures, progress.

Commands get the `Globals` as `ctx.obj`.
"""

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from zoneinfo import ZoneInfo

import typer

from collector.errors import ConfigError

if TYPE_CHECKING:  # loaded where they are used: `--help` and `--version` need none of it
    from rich.progress import TaskID

    from collector.settings.config import Settings
    from collector.store import Store

AGE = re.compile(r"(\d{1,5})\s*d(?:ays?)?")
FRACTION = re.compile(r"(?<=:\d\d)[.,]\d+")
Json = Annotated[bool, typer.Option("--json", help="Print JSON, the contract for scripts.")]
AppOption = Annotated[str | None, typer.Option("--app", help="Only this app.", metavar="KEY")]


@dataclass
class Globals:
    """The options that stand before or after any command."""

    store_url: str | None = None
    config_path: Path | None = None
    verbose: bool = False

    @cached_property
    def settings(self) -> "Settings":
        """Settings of the file and the environment. Raises ConfigError."""
        from collector.settings.config import load_settings

        return load_settings(self.config_path)

    def open_store(self, *, create: bool = False, reading: bool = False) -> "Store":
        """The store of --store, else of the settings, else the user's own. Raises StoreError.

        create: commands that write reviews may start a store; the others say that there is none.
        reading: commands that write nothing open a store without its deployment's secret, too.
        """
        from collector.store import open_store

        url = self.store_url or self.settings.store
        with progress_bars() as show:
            return open_store(url, create=create, reading=reading, progress=show)


def globals_of(ctx: typer.Context) -> Globals:
    """The global options of a command."""
    found = ctx.obj
    return found if isinstance(found, Globals) else Globals()


def existing_app(store: "Store", app: str | None) -> list[str]:
    """The app as a list, or all apps. Raises ConfigError for one that the store does not know."""
    known = store.apps.keys()
    if app is None:
        return known
    if app not in known:
        listed = ", ".join(known) or "none yet; import or collect something first"
        raise ConfigError(f"--app: no app {app!r} in the store; there is: {listed}")
    return [app]


def parse_time(option: str, value: str | None) -> datetime | None:
    """ISO 8601 -> UTC; without a zone it is UTC, a date is its first moment. Raises ConfigError."""
    if value is None:
        return None
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        raise ConfigError(
            f"{option}: {value!r} is not a time; write it like 2020-05-31T05:48:00Z or 2020-05-31"
        ) from None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def language(option: str, value: str) -> str:
    """A language that Floodgauge speaks. Raises ConfigError."""
    from analysis.words.catalogue import LANGUAGES

    if value not in LANGUAGES:
        raise ConfigError(f"{option}: choose one of {', '.join(LANGUAGES)}")
    return value


def zone_named(option: str, value: str) -> ZoneInfo:
    """A time zone by its name. Raises ConfigError."""
    try:
        return ZoneInfo(value)
    except (KeyError, ValueError, OSError) as error:  # a folder of zones is an OSError
        raise ConfigError(
            f"{option}: no such time zone {value!r}; write it like America/Chicago"
        ) from error


def parse_age(option: str, value: str) -> timedelta:
    """Whole days like 90d, at least one. Raises ConfigError."""
    match = AGE.fullmatch(value.strip())
    if not match:
        raise ConfigError(f"{option}: {value!r} is not a number of days like 90d")
    if int(match[1]) < 1:
        raise ConfigError(f"{option}: at least 1d; --item removes single ones")
    return timedelta(days=int(match[1]))


def to_seconds(moment: str) -> str:
    """ISO 8601 as people read it: without fractions of a second."""
    return FRACTION.sub("", moment)


@contextmanager
def progress_bars() -> Iterator[Any]:
    """A function (what, done, total) that draws a bar on stderr where that is a terminal; in a
    notebook it writes one line again and again."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bars

    console = Console(file=sys.stderr)
    if console.is_jupyter:  # where bars that cannot be drawn over fill the page
        yield _one_line
        print(file=sys.stderr)  # noqa: T201
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Bars(*columns, console=console, transient=True, disable=not console.is_terminal) as bars:
        tasks: dict[str, TaskID] = {}

        def show(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = bars.add_task(what, total=total)
            bars.update(tasks[what], completed=done, total=total)

        yield show


def _one_line(what: str, done: int, total: int) -> None:
    """The latest step, in place of the one before."""
    print(f"\r{what} {done}/{total}".ljust(60), end="", file=sys.stderr, flush=True)  # noqa: T201


def write_file(path: Path, made: bytes) -> None:
    """Writes the file of -o. Raises ConfigError."""
    try:
        path.write_bytes(made)
    except OSError as error:
        raise ConfigError(f"-o: cannot write {path}: {error.strerror}") from error
