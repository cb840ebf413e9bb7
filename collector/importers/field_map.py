"""What a person says with --map: rating=score,text=review."""

import re
from collections.abc import Sequence

from collector.errors import ConfigError
from collector.importers.formats import PLAY_CONSOLE, TABLE
from collector.importers.lost_columns import NONE

FIELDS = sorted({*TABLE.columns, *PLAY_CONSOLE.columns})
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
