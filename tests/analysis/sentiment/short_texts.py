"""Short texts that people write about any app, with the sign that a reader gives them."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

FILE = Path(__file__).with_name("short_texts.tsv")
HEADER = "language\tsign\ttext"


@dataclass(frozen=True)
class ShortText:
    """One text; a language that is no language: "emoji" (alone or with one word)."""

    language: str
    sign: Literal[1, -1]
    text: str


def short_texts() -> tuple[ShortText, ...]:
    """The whole list, in the file's order. Raises ValueError on a line that is not of its form."""
    header, *lines = FILE.read_text(encoding="utf-8").splitlines()
    if header != HEADER:
        raise ValueError(f"{FILE.name}: the header is {header!r}")
    return tuple(_short_text(line) for line in lines)


def _short_text(line: str) -> ShortText:
    match line.split("\t"):
        case [language, "1", text]:
            return ShortText(language, 1, text)
        case [language, "-1", text]:
            return ShortText(language, -1, text)
    raise ValueError(f"{FILE.name}: not language, sign (1 or -1), text: {line!r}")
