"""What a person says with --map: rating=score,text=review."""

import re
from collections.abc import Mapping, Sequence

from collector.errors import ConfigError, ImportFileError
from collector.importers.columns.known_exports import BY_NAME, Export
from collector.importers.columns.layout import FIELDS
from collector.importers.columns.refusals import NONE
from collector.importers.table import Table

_PAIR = re.compile(r"(?:[^,\\]|\\.)+")


def columns_by_field(said: Sequence[str]) -> dict[str, str]:
    """The column of each field, "" for a field that no column holds. Raises ConfigError.

    A comma in a column's name is written as \\,
    """
    found: dict[str, str] = {}
    for pair in (pair for one in said for pair in _PAIR.findall(one)):
        field, equals, column = re.sub(r"\\(.)", r"\1", pair).partition("=")
        field = field.strip()
        if not equals or not column.strip() or field not in FIELDS:
            raise ConfigError(
                f"--map: {pair!r} is not FIELD=COLUMN; the fields are {', '.join(FIELDS)}, and - "
                "stands for no column"
            )
        found[field] = "" if column.strip() == NONE else column
    return found


def as_in_file(table: Table, said: Mapping[str, str], option: str = "--map ") -> dict[str, str]:
    """What a person said of the columns, written as the file does. Raises ImportFileError."""
    written = {name.strip().casefold(): name for name in table.columns} | {"": ""}
    found = {}
    for held, name in said.items():
        found[held] = name if name in table.columns else written.get(name.strip().casefold())
        if found[held] is None:
            raise ImportFileError(
                f"{table.path}: {option}{held}={name}: there is no column {name!r}; it has "
                f"{', '.join(map(repr, table.columns[:40]))}"
            )
    return {held: name for held, name in found.items() if name is not None}


def export_named(wanted: str) -> Export | None:
    """The export of this name, None where the file itself tells. Raises ImportFileError."""
    if wanted == "auto":
        return None
    if wanted not in BY_NAME:
        known = ", ".join(["auto", *sorted(BY_NAME)])
        raise ImportFileError(f"--format: {wanted!r} is not known; choose one of {known}")
    return BY_NAME[wanted]
