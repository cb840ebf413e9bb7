"""The command `floodgauge`: global options, and each command loaded when it is asked for."""

import ast
import logging
import pkgutil
import sys
from collections.abc import Sequence
from importlib import import_module, resources
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from collector.errors import FloodgaugeError, SourceError
from dashboard import commands
from dashboard.command_line.options import Globals

GLOBAL_WITH_VALUE = ("--store", "--config")
GLOBAL_FLAGS = ("-v", "--verbose")
INTERRUPTED = "floodgauge: interrupted; nothing is half-written, run it again"


def modules() -> dict[str, str]:
    """Each command and its module in dashboard/commands: `import` stands in import_files.py."""
    names = [module.name for module in pkgutil.iter_modules(commands.__path__)]
    return {name.split("_")[0]: name for name in sorted(names)}


class _Group(TyperGroup):
    """The commands, one a file; a command's module is loaded when it runs and for nothing else.

    Ctrl-C ends each with a sentence, where Typer says nothing.
    """

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.commands = {name: TyperCommand(name=name) for name in modules()}

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Its name and what it does, for lists."""
        listed = super().get_command(ctx, cmd_name)
        if listed is not None:
            listed.help = _purpose(modules()[cmd_name])
        return listed

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """The command that is to run, whole."""
        name, listed, rest = super().resolve_command(ctx, args)
        if name is None or listed is None:
            return name, listed, rest
        module = import_module(f"{commands.__name__}.{modules()[name]}")
        return name, typer.main.get_command(module.app), rest

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            typer.echo(INTERRUPTED, err=True)
            raise typer.Exit(130) from None


def _purpose(module: str) -> str:
    """The docstring of a module's command, read without loading it."""
    source = resources.files(commands).joinpath(f"{module}.py").read_text(encoding="utf-8")
    decorated = (
        node
        for node in ast.parse(source).body
        if isinstance(node, ast.FunctionDef) and node.decorator_list
    )
    return next((said for node in decorated if (said := ast.get_docstring(node))), "")


app = typer.Typer(
    name="floodgauge",
    cls=_Group,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Tells a sudden swing in public feedback on a civic app from ordinary noise.",
)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"floodgauge {version('floodgauge')}")
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
    ctx.obj = Globals(store, config, verbose)


def main(arguments: Sequence[str] | None = None) -> None:
    """Entry point: an expected failure is one line on stderr, never a traceback."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        app(hoisted(given), prog_name="floodgauge")
    except FloodgaugeError as error:
        typer.echo(f"floodgauge: {_said(error)}", err=True)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        typer.echo(INTERRUPTED, err=True)
        sys.exit(130)


def _said(error: FloodgaugeError) -> str:
    """An error in words; a source's is a code with values."""
    if not isinstance(error, SourceError):
        return str(error)
    from analysis.words.catalogue import english
    from analysis.words.run_ends import told

    return told(str(error), english())


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
