"""JSON: lines, an array, or one document; rows are found within what each holds."""

import ast
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from collector.errors import ImportFileError, ImportRowError
from collector.importers.limits import LARGEST_DOCUMENT, LONGEST_LINE, MOST_COLUMNS
from collector.importers.reading.json_shape import flat, is_empty_page, rows_within
from collector.importers.reading.text_files import Lines
from collector.importers.table import Row

SAMPLED_ROWS = 200
ARCHIVE = "window.YTD."
"""How the files in an account's archive of X begin, which are JavaScript."""
CHUNK = 65_536


class _JsonTable:
    """Columns are the keys of the first objects; later keys are found row by row."""

    def __init__(self, path: Path, encoding: str) -> None:
        self.path = path
        self.encoding = encoding
        self.size = path.stat().st_size
        self.columns = self._sampled_columns()

    def rows(self, columns: frozenset[str] | None = None) -> Iterator[Row]:
        raise NotImplementedError

    def _sampled_columns(self) -> list[str]:
        found: dict[str, None] = {}
        for number, row in enumerate(self.rows()):
            if isinstance(row.cells, dict):
                found.update(dict.fromkeys(row.cells))
            if number >= SAMPLED_ROWS:
                break
        if not found:
            raise ImportFileError(f"{self.path}: has no JSON objects; each row must be one")
        if len(found) > MOST_COLUMNS:
            raise ImportFileError(f"{self.path}: has more than {MOST_COLUMNS} columns")
        return list(found)


class JsonLinesTable(_JsonTable):
    """One object a line: a row, or a page of rows."""

    def rows(self, columns: frozenset[str] | None = None) -> Iterator[Row]:  # noqa: ARG002
        """All rows; a line that is no object is a problem of its own."""
        with Lines(self.path, self.encoding) as lines:
            for line in lines:
                if lines.problems:
                    yield Row(lines.number, lines.problems.pop(), lines.done)
                elif line.strip():
                    for cells in _decoded(lines.number, line):
                        yield Row(lines.number, cells, lines.done)


class JsonDocumentTable(_JsonTable):
    """One JSON value, or several one after the other, read as a whole."""

    def __init__(self, path: Path, encoding: str) -> None:
        if path.stat().st_size > LARGEST_DOCUMENT:
            raise ImportFileError(
                f"{path}: is one JSON document of more than {LARGEST_DOCUMENT // 1024**2} MB, "
                "which would have to be read at once; write one object a line as .jsonl"
            )
        super().__init__(path, encoding)

    def rows(self, columns: frozenset[str] | None = None) -> Iterator[Row]:  # noqa: ARG002
        """All rows. Raises ImportFileError for what is not JSON."""
        number = 0
        for value in self._values():
            for cells in rows_within(value):
                number += 1
                yield Row(number, cells, self.size)

    def _values(self) -> Iterator[Any]:
        text = self.path.read_text(encoding=self.encoding, errors="replace").lstrip("\ufeff")
        if text.startswith(ARCHIVE):
            text = text.partition("=")[2]
        decoder, start = json.JSONDecoder(), 0
        while start < len(text):
            if text[start].isspace() or text[start] == ",":
                start += 1
                continue
            try:
                value, start = decoder.raw_decode(text, start)
            except RecursionError:
                raise ImportFileError(f"{self.path}: is JSON that is nested too deep") from None
            except ValueError as error:
                raise ImportFileError(f"{self.path}: is not valid JSON ({error})"[:300]) from None
            yield value


class JsonArrayTable(_JsonTable):
    """A JSON array of objects. Broken JSON cannot be skipped here, so it refuses the file."""

    def rows(self, columns: frozenset[str] | None = None) -> Iterator[Row]:  # noqa: ARG002
        """All rows; Row.line is where the object starts. Raises ImportFileError."""
        with Lines(self.path, self.encoding) as lines:
            for line, value in self._values(lines):
                for cells in _rows_of(line, value):
                    yield Row(line, cells, lines.done)

    def _values(self, lines: Lines) -> Iterator[tuple[int, Any]]:
        decoder = json.JSONDecoder()
        buffer, line, opened, wants_comma = "", 1, False, False
        while True:
            stripped = buffer.lstrip()
            line += buffer[: len(buffer) - len(stripped)].count("\n")
            buffer = stripped
            if not buffer or (buffer[0] == "," and len(buffer) == 1):
                buffer += self._more(lines, line)
            elif not opened:
                opened, buffer = True, buffer.lstrip("\ufeff")[1:]
            elif buffer[0] == "]":
                return
            elif wants_comma:
                if buffer[0] != ",":
                    raise self._broken(line, "a comma is missing")
                buffer, wants_comma = buffer[1:], False
            else:
                value, end = self._decode(decoder, buffer, line)
                if end is None:
                    buffer += self._more(lines, line)
                    continue
                yield line, value
                line += buffer[:end].count("\n")
                buffer, wants_comma = buffer[end:], True

    def _decode(self, decoder: json.JSONDecoder, buffer: str, line: int) -> tuple[Any, int | None]:
        """The next value and its end; no end where the buffer may stop inside it."""
        try:
            value, end = decoder.raw_decode(buffer)
        except RecursionError:
            raise self._broken(line, "it is nested too deep") from None
        except ValueError as error:
            if len(buffer) > LONGEST_LINE:
                raise self._broken(line, str(error)) from None
            return None, None
        # A number at the very end of the buffer may go on in the next chunk.
        return value, end if end < len(buffer) else None

    def _more(self, lines: Lines, line: int) -> str:
        chunk = lines.file.read(CHUNK)
        if not chunk:
            raise self._broken(line, "it ends before the array is closed, or is not valid JSON")
        return chunk

    def _broken(self, line: int, reason: str) -> ImportFileError:
        return ImportFileError(
            f"{self.path}: is not a JSON array of objects (near line {line}: {reason}); "
            "export it again, or write one object a line as .jsonl"
        )


def is_json_lines(path: Path, encoding: str) -> bool:
    """Whether a file that starts with an object has one a line, and not one in all."""
    with Lines(path, encoding) as lines:
        filled = (line for line in lines if line.strip("\ufeff \t\r\n"))
        first, second = next(filled, ""), next(filled, "")
    return (_is_json(first.lstrip("\ufeff")) and bool(second)) or _is_json(second)


def _is_json(text: str) -> bool:
    try:
        return isinstance(_value(text), dict)
    except (ValueError, RecursionError):
        return False


def _value(text: str) -> Any:
    """The value of a line: JSON, or what Python prints of an object. Raises ValueError."""
    try:
        return json.loads(text)
    except ValueError:
        if not text.lstrip().startswith("{") or "'" not in text:
            raise
    try:
        return ast.literal_eval(text.strip())
    except (SyntaxError, MemoryError, TypeError) as error:
        raise ValueError(f"neither JSON nor an object as Python prints it: {error}") from error


def _decoded(line: int, text: str) -> list[dict[str, Any] | ImportRowError]:
    try:
        value = _value(text)
    except RecursionError:
        return [ImportRowError(line, "row", "is nested too deep")]
    except ValueError as error:
        return [ImportRowError(line, "row", f"is not valid JSON ({error})"[:200])]
    return _rows_of(line, value)


def _rows_of(line: int, value: Any) -> list[dict[str, Any] | ImportRowError]:
    """The rows of one value: itself, or those within. Empty answers have none."""
    if isinstance(value, dict) and len(value) <= MOST_COLUMNS:
        if not any(isinstance(inner, dict | list) for inner in value.values()):
            return [value]
        return [*(rows_within(value) or ([] if is_empty_page(value) else [flat(value)]))]
    if isinstance(value, list) and (found := rows_within(value)):
        return [*found]
    return [ImportRowError(line, "row", "is not a JSON object with at most 1000 keys")]
