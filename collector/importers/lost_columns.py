"""No stars and no texts are left behind without a word: a file that has them in a column that is
not read is refused, with the option that reads it."""

import re
import shlex
from collections.abc import Iterable, Mapping
from pathlib import Path

from collector.errors import ImportFileError
from collector.importers.contents import Column
from collector.importers.moments import parse_moment

NONE = "-"
"""What --map says for a field that no column holds."""
# Small numbers that are no stars, and long texts that nobody wrote about the app.
_COUNTED = (
    "vote votes like likes thumb thumbs helpful unhelpful count counts number num retweet retweets "
    "reply replies share shares quote quotes view views day month year hour minute week weekday id "
    "ids index idx page position rank length words chars version versioncode code topic cluster "
    "label class fold split level depth order quantity price followers following friends"
)
_BESIDE = (
    "reply response answer antwort respuesta url uri link href image avatar photo picture "
    "device useragent agent author user username name path file id ids hash token cursor version "
    "app application product developer criteria criterias tags hashtags mentions"
)
_NO_STARS, _NO_TEXT = frozenset(_COUNTED.split()), frozenset(_BESIDE.split())
_WORD = re.compile(r"[^\W\d_]+")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def refuse_lost(
    path: Path,
    columns: Mapping[str, Column],
    used: Iterable[str],
    *,
    stars: bool,
    texts: bool,
) -> None:
    """Raises ImportFileError where an unused column holds what no used one does.

    stars, texts: whether the file is expected to have them and no column of them is read.
    """
    unused = [column for name, column in columns.items() if name not in set(used)]
    mapped: dict[str, Column] = {}
    if stars and (found := _best_stars(unused)) is not None:
        mapped["rating"] = found
    if texts and (found := _best_text(unused)) is not None:
        mapped["text"] = found
    if not mapped:
        return
    lost = " and ".join(_said(field, column) for field, column in mapped.items())
    option = as_option({field: column.name for field, column in mapped.items()})
    nothing = as_option(dict.fromkeys(mapped, NONE))
    raise ImportFileError(
        f"{path}: {lost}, and nothing was imported. To read it add {option}; "
        f"to leave it out add {nothing}"
    )


def as_option(mapped: Mapping[str, str]) -> str:
    """The option --map for a shell."""
    pairs = ",".join(f"{field}={_escaped(name)}" for field, name in mapped.items())
    return f"--map {shlex.quote(pairs)}"


def _escaped(name: str) -> str:
    return name.replace("\\", "\\\\").replace(",", "\\,")


def _said(field: str, column: Column) -> str:
    what = "stars" if field == "rating" else "texts"
    examples = ", ".join(repr(example[:40]) for example in column.examples)
    return f"no column is read for {what}, but {column.name!r} looks like it ({examples})"


def _best_stars(columns: list[Column]) -> Column | None:
    found = [c for c in columns if c.holds_stars() and not _words(c.name) & _NO_STARS]
    return max(found, key=lambda c: (c.filled, len(c.values)), default=None)


def _best_text(columns: list[Column]) -> Column | None:
    found = [
        c
        for c in columns
        if c.holds_texts() and not _words(c.name) & _NO_TEXT and not _holds_dates(c)
    ]
    return max(found, key=lambda c: c.chars, default=None)


def _words(name: str) -> set[str]:
    """The words of a column's name: thumbsUpCount is thumbs, up and count."""
    return set(_WORD.findall(_CAMEL.sub(" ", name).replace("_", " ").casefold()))


def _holds_dates(column: Column) -> bool:
    return any(_is_date(value) for value in column.examples)


def _is_date(value: str) -> bool:
    try:
        parse_moment(value, "dmy")
    except ValueError:
        return False
    return True
