"""A file of shares or posts as a table: large plain ones at once, others as imports are read."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.csv as pacsv
import pyarrow.parquet as pq

from analysis.network.columns import ACCOUNT, MESSAGE, MOMENT, OBJECT, TYPE
from analysis.network.objects import NAMED, TEXT
from collector.errors import ImportFileError, ImportRowError
from collector.importers.reading.open_file import open_table

KNOWN = frozenset({*ACCOUNT, *OBJECT, *MESSAGE, *MOMENT, TYPE, *TEXT}.union(*NAMED.values()))
DELIMITERS = ",\t;"
SAMPLE = 64_000  # bytes


def read_file(path: Path, named: Iterable[str] = ()) -> Any:
    """The columns that a network can be made of, and those that are named.

    Any form that `floodgauge import` reads. Raises ImportFileError.
    """
    if not path.is_file():
        raise ImportFileError(f"{path}: no such file")
    wanted = KNOWN | set(named)
    with path.open("rb") as file:
        head = file.read(SAMPLE)
    try:
        if head.startswith(b"PAR1"):
            names = pq.read_schema(path).names
            return pq.read_table(path, columns=_chosen(names, wanted))
        if (delimiter := _delimiter(head)) is not None:
            return _delimited(path, delimiter, _header(head, delimiter), wanted)
    except (pa.ArrowException, UnicodeDecodeError):
        pass  # the importers' reader copes with it or says what is wrong
    return _as_imported(path, wanted)


def _chosen(names: Iterable[str], wanted: frozenset[str]) -> list[str]:
    return [name for name in names if name in wanted or name.casefold().strip() in wanted]


def _delimiter(head: bytes) -> str | None:
    """Of a plain table in UTF-8: what stands between the known names of its first line."""
    if head[:1] in (b"{", b"[", b"P", b"\x1f") or b"\0" in head:
        return None
    line = head.removeprefix(b"\xef\xbb\xbf").partition(b"\n")[0].decode("utf-8", "replace")
    return next((d for d in DELIMITERS if d in line), None)


def _header(head: bytes, delimiter: str) -> list[str]:
    line = head.removeprefix(b"\xef\xbb\xbf").partition(b"\n")[0].decode()
    return [name.strip().strip('"') for name in line.rstrip("\r").split(delimiter)]


def _delimited(path: Path, delimiter: str, names: list[str], wanted: frozenset[str]) -> pa.Table:
    chosen = _chosen(names, wanted)
    return pacsv.read_csv(
        path,
        parse_options=pacsv.ParseOptions(delimiter=delimiter, newlines_in_values=True),
        convert_options=pacsv.ConvertOptions(
            include_columns=chosen, column_types=dict.fromkeys(chosen, pa.string())
        ),
    )


def _as_imported(path: Path, wanted: frozenset[str]) -> pd.DataFrame:
    """Rows that cannot be taken apart are left out. Raises ImportFileError where none can."""
    table = open_table(path)
    chosen = _chosen(table.columns, wanted)
    rows = [
        {name: row.cells.get(name) for name in chosen}
        for row in table.rows(frozenset(chosen))
        if not isinstance(row.cells, ImportRowError)
    ]
    if not rows:
        raise ImportFileError(f"{path}: no row could be read")
    return pd.DataFrame(rows, columns=chosen)
