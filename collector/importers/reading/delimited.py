"""CSV and its relatives: delimiter by the header, one row at a time, bad rows told by line."""

import csv
import re
from collections import deque
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from collector.errors import ImportFileError, ImportRowError
from collector.importers.limits import LONGEST_CELL, MOST_COLUMNS
from collector.importers.reading.headers import distinct, header_line, is_data, numbered
from collector.importers.reading.text_files import Lines
from collector.importers.table import Row

MOST_ABOVE = 10  # empty lines, and one that states the delimiter, above the header
# A quote behind a backslash that nothing but an escaped one can be, and any such quote.
_ESCAPED = re.compile(r'(?<!\\)(?:\\\\)*\\"(?=[^",;\t|\r\n])')
_ANY_ESCAPED = re.compile(r'(?<!\\)((?:\\\\)*)\\"')
MOST_REREAD = 100  # rows with an open quote whose following lines are read again
DELIMITERS = (",", ";", "\t", "|")


class DelimitedTable:
    """A CSV file with a header line."""

    def __init__(self, path: Path, encoding: str) -> None:
        self.path = path
        self.encoding = encoding
        self.size = path.stat().st_size
        csv.field_size_limit(LONGEST_CELL)  # of the process: the library knows no other way
        self.above = 0
        self.delimiter, header = self._header()
        self.headless = is_data(header)
        self.columns = numbered(header) if self.headless else distinct(header)
        self._check_header()

    def rows(self, columns: frozenset[str] | None = None) -> Iterator[Row]:  # noqa: ARG002
        """All rows; a row with too many or too few cells is a problem of its own."""
        with Lines(self.path, self.encoding) as lines:
            feed = _Feed(iter(lines))
            for _ in range(self.above):
                next(feed)
            reader = csv.reader(feed, delimiter=self.delimiter)
            if not self.headless:
                next(reader)
            start, again = 1 + len(feed.taken), 0
            while True:
                feed.taken.clear()
                problem, cells = self._next(reader, start, feed)
                yield from (Row(p.line, p, lines.done) for p in lines.problems)
                lines.problems.clear()
                if problem is not None and len(feed.taken) > 1 and again < MOST_REREAD:
                    # Only its first line is at fault: what an open quote swallowed is read again.
                    again += 1
                    feed.give_back(feed.taken[1:])
                    reader = csv.reader(feed, delimiter=self.delimiter)
                    yield Row(start, ImportRowError(start, "row", problem.reason), lines.done)
                    start += 1
                    continue
                if problem is not None:
                    yield Row(start, problem, lines.done)
                elif cells is None:
                    return
                elif cells:
                    yield Row(start, self._named(start, cells), lines.done)
                start += len(feed.taken)

    def _next(
        self, reader: Any, start: int, feed: "_Feed"
    ) -> tuple[ImportRowError, None] | tuple[None, list[str] | None]:
        try:
            cells: list[str] = next(reader)
        except StopIteration:
            return None, None
        except csv.Error as error:
            reason = f"has a cell of more than {LONGEST_CELL} characters, or a quote never closed"
            if "field larger" not in str(error):
                reason = str(error)
            return ImportRowError(start, "row", reason), None
        while len(cells) > len(self.columns) and not cells[-1].strip():
            cells.pop()  # a delimiter at the end of the line
        several = len(feed.taken) > 1
        if several and feed.ended and _is_open(feed.taken, self.delimiter):
            return ImportRowError(start, "row", "opens a quote that is never closed"), None
        if several and len(cells) != len(self.columns):
            return ImportRowError(start, "row", "opens a quote that its row does not close"), None
        return None, cells

    def _named(self, line: int, cells: list[str]) -> dict[str, str] | ImportRowError:
        if len(cells) != len(self.columns):
            reason = f"has {len(cells)} cells, the header has {len(self.columns)}"
            return ImportRowError(line, "row", reason)
        return dict(zip(self.columns, cells, strict=True))

    def _header(self) -> tuple[str, list[str]]:
        said, first = self._first_line()
        if not first.strip("\ufeff \t\r\n"):
            raise ImportFileError(f"{self.path}: no line names the columns")
        parsed = {}
        for delimiter in said or DELIMITERS:
            try:
                parsed[delimiter] = next(csv.reader([first], delimiter=delimiter))
            except (csv.Error, StopIteration):
                continue
        if not parsed:
            raise ImportFileError(f"{self.path}: the first line does not name columns")
        return max(parsed.items(), key=lambda pair: len(pair[1]))

    def _first_line(self) -> tuple[tuple[str, ...], str]:
        """The delimiter that the file states itself (sep=;), and the line of the header."""
        said: tuple[str, ...] = ()
        with Lines(self.path, self.encoding) as lines:
            first = list(islice(lines, MOST_ABOVE))
        for line in first:
            written = line.strip('\ufeff\r\n"')
            if written.lower().startswith("sep=") and len(written) == len("sep=") + 1:
                said = (written[-1],)
            elif written.strip(" \t"):
                break
            self.above += 1
        self.above += header_line(first[self.above :], said or DELIMITERS)
        return said, first[self.above] if self.above < len(first) else ""

    def _check_header(self) -> None:
        if len(self.columns) > MOST_COLUMNS:
            raise ImportFileError(f"{self.path}: has more than {MOST_COLUMNS} columns")


class _Feed:
    """Lines for a csv.reader, with those that the present row has taken."""

    def __init__(self, lines: Iterator[str]) -> None:
        self.lines = lines
        self.again: deque[str] = deque()
        self.taken: list[str] = []
        self.ended = False
        self.escaped = False

    def __iter__(self) -> "_Feed":
        return self

    def __next__(self) -> str:
        try:
            line = self.again.popleft() if self.again else next(self.lines)
        except StopIteration:
            self.ended = True
            raise
        line = self._with_doubled_quotes(line) if '\\"' in line else line
        self.taken.append(line)
        return line

    def _with_doubled_quotes(self, line: str) -> str:
        """The line as other files write it, where quotes are escaped by a backslash (Spark, MySQL,
        BigQuery); a backslash at the end of a cell is none as long as nothing shows it."""
        self.escaped = self.escaped or _ESCAPED.search(line) is not None
        return _ANY_ESCAPED.sub(r'\1""', line) if self.escaped else line

    def give_back(self, lines: list[str]) -> None:
        """Has these lines read once more."""
        self.again.extendleft(reversed(lines))
        self.ended = False


def _is_open(lines: list[str], delimiter: str) -> bool:
    """Whether the file ended inside a quoted cell of this row."""
    try:
        list(csv.reader(lines, delimiter=delimiter, strict=True))
    except csv.Error as error:
        return "unexpected end" in str(error)
    return False
