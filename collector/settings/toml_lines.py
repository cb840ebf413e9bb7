"""On which line of a TOML text a field stands; the standard parser does not tell."""

import re
import tomllib
from collections.abc import Sequence

_HEADER = re.compile(r"^\s*(\[\[?)\s*(.+?)\s*\]\]?\s*(#.*)?$")
_KEY = re.compile(
    r"""^\s*((?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*'))*)\s*="""
)


class TomlLines:
    """Lines of the headers and keys of a TOML text that has already parsed."""

    def __init__(self, text: str) -> None:
        self._lines: dict[tuple[str, ...], int] = {(): 1}
        table: tuple[str, ...] = ()
        open_quote: str | None = None
        depth = 0
        for number, line in enumerate(text.splitlines(), start=1):
            inside = open_quote is not None or depth > 0
            open_quote, depth = _scan(line, open_quote, depth) if inside else (open_quote, depth)
            if inside:
                continue
            if header := _HEADER.match(line):
                table = _path(header[2])
                self._lines.setdefault(table, number)
            elif key := _KEY.match(line):
                self._lines.setdefault((*table, *_path(key[1])), number)
                open_quote, depth = _scan(line[key.end() :], None, 0)

    def line(self, place: Sequence[str]) -> int:
        """1-based line of a field, or of the nearest table around it."""
        for length in range(len(place), -1, -1):
            if (number := self._lines.get(tuple(place[:length]))) is not None:
                return number
        return 1


def _path(dotted: str) -> tuple[str, ...]:
    """`apps."a.b".name` -> ("apps", "a.b", "name")."""
    found: list[str] = []
    node: object = tomllib.loads(f"{dotted} = 0")
    while isinstance(node, dict):
        key, node = next(iter(node.items()))
        found.append(key)
    return tuple(found)


def _scan(line: str, quote: str | None, depth: int) -> tuple[str | None, int]:
    """Whether a value is still open at the end of a line: its multi-line quote, its brackets."""
    position = 0
    while position < len(line):
        if quote is not None:
            end = line.find(quote, position)
            if end < 0:
                return (quote if len(quote) == 3 else None), depth
            escaped = quote[0] == '"' and (end - len(line[:end].rstrip("\\"))) % 2
            position, quote = end + (1 if escaped else len(quote)), quote if escaped else None
            continue
        mark = line[position]
        if mark == "#":
            break
        if mark in "\"'":
            quote = (
                line[position : position + 3] if line[position : position + 3] == mark * 3 else mark
            )
            position += len(quote)
            continue
        depth += (mark in "[{") - (mark in "]}")
        position += 1
    return (quote if quote and len(quote) == 3 else None), depth
