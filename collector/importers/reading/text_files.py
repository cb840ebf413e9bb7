"""Text files: encoding, and lines of bounded length."""

import codecs
import re
from collections.abc import Iterator
from pathlib import Path

from collector.errors import ImportFileError, ImportRowError
from collector.importers.limits import LONGEST_LINE

SAMPLE = 65_536

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# First bytes of files that people try by mistake, and what to do about it.
BINARY = (
    (b"BZh", "is compressed with bzip2; unpack it first"),
    (b"\xfd7zXZ", "is compressed with xz; unpack it first"),
    (b"(\xb5/\xfd", "is compressed with zstd; unpack it first"),
    (b"SQLite format 3", "is a SQLite database; give it with --store, or export it as CSV"),
    (b"%PDF", "is a PDF; save the table as CSV"),
    (b"\x89PNG", "is a picture"),
    (b"\xff\xd8\xff", "is a picture"),
    (b"ARROW1", "is an Arrow file; save it as Parquet"),
)
_CONTROL = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_ESCAPED_BYTES = re.compile("[\udc80-\udcff]+")


def encoding_of(path: Path, head: bytes) -> str:
    """The encoding by the file's first bytes. Raises ImportFileError for what is no text."""
    for mark, encoding in MARKS:
        if head.startswith(mark):
            return encoding
    for magic, advice in BINARY:
        if head.startswith(magic):
            raise ImportFileError(f"{path}: {advice}")
    sixteen = _utf16_without_mark(head)
    if sixteen is not None:
        return sixteen
    if len(_CONTROL.findall(head)) > len(head) / 50:
        raise ImportFileError(
            f"{path}: is not text; CSV, JSON, workbooks and Parquet can be imported"
        )
    return "utf-8"


def not_utf8(line: int, field: str, text: str) -> ImportRowError | None:
    """The problem of a cell with bytes that are not of the file's encoding."""
    match = _ESCAPED_BYTES.search(text)
    if match is None:
        return None
    shown = match[0][:8].encode("ascii", "surrogateescape").hex(" ")
    return ImportRowError(line, field, f"is not UTF-8 (bytes {shown}); name the file's --encoding")


class Lines:
    """Lines of a text file with their ends; never more than LONGEST_LINE characters of one.

    A longer line is skipped and kept in `problems`. number: of the line that was given last.
    """

    def __init__(self, path: Path, encoding: str) -> None:
        # Bytes that do not decode stay visible, so that only their row is bad.
        errors = "surrogateescape" if encoding.startswith("utf-8") else "replace"
        self.file = path.open(encoding=encoding, errors=errors, newline="")
        self.number = 0
        self.problems: list[ImportRowError] = []

    def __enter__(self) -> "Lines":
        return self

    def __exit__(self, *_: object) -> None:
        self.file.close()

    def __iter__(self) -> Iterator[str]:
        while line := self.file.readline(LONGEST_LINE):
            self.number += 1
            if len(line) == LONGEST_LINE and not line.endswith(("\n", "\r")):
                self._skip_rest()
                self.problems.append(
                    ImportRowError(self.number, "line", f"is longer than {LONGEST_LINE} characters")
                )
                line = "\n"
            yield line

    @property
    def done(self) -> int:
        """Bytes read so far."""
        return int(self.file.buffer.raw.tell())  # type: ignore[attr-defined]

    def _skip_rest(self) -> None:
        while part := self.file.readline(LONGEST_LINE):
            if part.endswith(("\n", "\r")):
                return


def _utf16_without_mark(head: bytes) -> str | None:
    """UTF-16 by the zero bytes of its Latin letters; a stray NUL does not count."""
    half = len(head) // 2
    if half < 2:
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > 0.4 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.4 * half and odd < 0.05 * half:
        return "utf-16-be"
    return None
