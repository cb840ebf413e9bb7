"""The command `verify`."""

import tempfile
from pathlib import Path
from typing import Annotated

import typer

from collector.errors import ConfigError

app = typer.Typer(add_completion=False)


@app.command()
def verify(
    file: Annotated[Path, typer.Argument(metavar="FILE.zip", help="What `pack` wrote.")],
) -> None:
    """Check every byte of a pack, and make every number of its incident again from its rows.

    Needs no store and no secret. Exit code 1 where anything differs.
    """
    from analysis.research.evidence_pack import archive
    from analysis.research.evidence_pack.recomputed import recompute

    if not file.is_file():
        raise ConfigError(f"there is no file {file}")
    with tempfile.TemporaryDirectory(prefix="floodgauge-") as name:
        try:
            opened = archive.unpack(file, Path(name))
        except OSError as error:  # of this machine: no verdict on the pack
            raise ConfigError(
                f"{file} could not be looked at, which says nothing about it ({error.strerror}); "
                f"free some space beside {name}, or see to the file's permissions"
            ) from error
        if opened.wrong:
            _end(list(opened.wrong))
        typer.echo(f"unchanged: {', '.join(archive.FILES)}; SHA-256 {archive.file_sum(file)}")
        found = recompute(Path(name))
    made = found.made
    if not made.by_these_rules:
        typer.echo(
            f"It was made by other rules than this Floodgauge's (version {made.version}); what "
            "differs may come from that: verify it with that version."
        )
    if found.as_packed:
        typer.echo(
            f"Not recomputed, taken as packed: {', '.join(found.as_packed)} (they look at other "
            f"apps; that store held {made.other_apps} more). Signs of coordination were judged "
            "with them."
        )
    if found.differing:
        _end(list(found.differing))
    typer.echo(f"verified: {found.numbers} numbers of {made.incident}")


def _end(wrong: list[str]) -> None:
    for line in wrong:
        typer.echo(line)
    raise typer.Exit(1)
