"""What became of each column of a file, for a person to look at before anything is stored."""

from collections.abc import Mapping
from dataclasses import dataclass

from collector.importers.columns.contents import Column
from collector.importers.columns.layout import Layout

LONGEST_EXAMPLE = 40


@dataclass(frozen=True, slots=True)
class Fate:
    """One column. held: the field that it is read as, None where it is not. examples: its first
    values; those of authors are left out."""

    column: str
    held: str | None
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """How a file would be read. kind: of all rows, None where each row tells."""

    format: str
    source: str
    kind: str | None
    fates: tuple[Fate, ...]


def reading(columns: Mapping[str, Column], layout: Layout) -> Reading:
    """The reading of a file by its first rows."""
    held = {name: held for held, names in layout.columns.items() for name in reversed(names)}
    held |= dict.fromkeys(layout.clock, "created_at")
    fates = tuple(
        Fate(name, held.get(name), _examples(column, held.get(name)))
        for name, column in columns.items()
    )
    return Reading(layout.name, layout.source, layout.kind, fates)


def _examples(column: Column, held: str | None) -> tuple[str, ...]:
    if held == "author":
        return ()
    return tuple(" ".join(value.split())[:LONGEST_EXAMPLE] for value in column.examples)
