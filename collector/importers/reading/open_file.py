"""Opens a file as a table by what is in it, not by its name alone."""

import shutil
import weakref
from pathlib import Path

from collector.errors import ImportFileError
from collector.importers.reading.delimited import DelimitedTable
from collector.importers.reading.json_rows import (
    ARCHIVE,
    JsonArrayTable,
    JsonDocumentTable,
    JsonLinesTable,
    is_json_lines,
)
from collector.importers.reading.lists_in_cells import unfolded
from collector.importers.reading.old_encodings import refuse_old_encoding
from collector.importers.reading.packed import GZIP, ZIP, check_workbook, is_workbook, unpacked
from collector.importers.reading.parquet import ParquetTable
from collector.importers.reading.spreadsheets import SheetTable
from collector.importers.reading.text_files import SAMPLE, encoding_of
from collector.importers.table import Table

OLD_EXCEL = b"\xd0\xcf\x11\xe0"


def open_table(path: Path, encoding: str | None = None) -> Table:
    """The file as a table. Raises ImportFileError with the reason and what to do.

    encoding: of a text file, where its first bytes do not tell.
    """
    head = _head(path)
    if head.startswith((ZIP, GZIP)) and not (head.startswith(ZIP) and is_workbook(path)):
        return _within(path, head, encoding)
    return _opened(path, head, encoding)


def _within(path: Path, head: bytes, encoding: str | None) -> Table:
    """The file within an archive; its temporary copy goes with the table."""
    inner = unpacked(path, head)
    try:
        head = _head(inner)
        if head.startswith((ZIP, GZIP)) and not (head.startswith(ZIP) and is_workbook(inner)):
            raise ImportFileError(f"{path}: holds another archive; unpack it first")
        table = _opened(inner, head, encoding)
    except ImportFileError as error:
        shutil.rmtree(inner.parent, ignore_errors=True)
        raise ImportFileError(str(error).replace(str(inner), f"{path} ({inner.name})")) from error
    weakref.finalize(table, shutil.rmtree, inner.parent, ignore_errors=True)
    return table


def _opened(path: Path, head: bytes, encoding: str | None) -> Table:
    try:
        if head.startswith(ZIP):
            check_workbook(path)
            return SheetTable(path)
        if head.startswith(OLD_EXCEL):
            return SheetTable(path)
        if head.startswith(b"PAR1"):
            return ParquetTable(path)
        if path.suffix.lower() in (".parquet", ".pq"):
            raise ImportFileError(
                f"{path}: is not a Parquet file, although its name says so; "
                "name it by what it is (.csv, .jsonl or .json)"
            )
        if encoding is None:
            encoding = encoding_of(path, head)
            if encoding == "utf-8":
                refuse_old_encoding(path)
        else:
            _check_encoding(encoding)
        start = head.decode(encoding, "replace").lstrip("\ufeff \t\r\n")
        if not start:
            raise ImportFileError(f"{path}: is empty")
        if start.startswith(ARCHIVE):
            return JsonDocumentTable(path, encoding)
        if start[0] == "[":
            return JsonArrayTable(path, encoding)
        if start[0] == "{":
            if is_json_lines(path, encoding):
                return JsonLinesTable(path, encoding)
            return JsonDocumentTable(path, encoding)
        return unfolded(DelimitedTable(path, encoding))
    except OSError as error:
        raise _unreadable(path, error) from error


def _head(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise ImportFileError(f"{path}: is a directory; name the files in it")
        if path.exists() and not path.is_file():
            raise ImportFileError(f"{path}: is not a regular file; save it to one first")
        with path.open("rb") as file:
            head = file.read(SAMPLE)
    except OSError as error:
        raise _unreadable(path, error) from error
    if not head:
        raise ImportFileError(f"{path}: is empty")
    return head


def _unreadable(path: Path, error: OSError) -> ImportFileError:
    return ImportFileError(f"{path}: cannot be read: {error.strerror or type(error).__name__}")


def _check_encoding(encoding: str) -> None:
    try:
        b"a".decode(encoding)
    except (LookupError, ValueError):
        raise ImportFileError(
            f"--encoding: {encoding!r} is not known; try utf-8, utf-16 or cp1252"
        ) from None
