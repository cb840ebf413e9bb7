"""A row of a file -> RawItem, by the file's layout."""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

from collector.errors import ImportRowError
from collector.importers.columns.column_names import normal
from collector.importers.columns.known_exports import NETWORK_HOSTS, SOURCE_NAMES
from collector.importers.columns.layout import Layout
from collector.importers.limits import LONGEST_CELL, LONGEST_ID, LONGEST_WORD
from collector.importers.reading.text_files import not_utf8
from collector.importers.values.moments import Moments
from collector.importers.values.places import country_of, language_of
from collector.records import Kind, RawItem
from collector.text.formula_guard import unguarded
from collector.text.post_texts import as_written, opaque_id, plain_text

FUTURE = timedelta(days=1)  # a time without a zone may be off by so much
FUTURE_ZONED = timedelta(hours=1)  # a clock may be
# What writers put where there is nothing. Texts, titles and replies are never read this way.
MISSING = frozenset({"", "nan", "none", "null", "nat", "<na>", "n/a", "na", "-", "\\n", "[]", "{}"})
LONGEST_MISSING = max(map(len, MISSING))
TEXTS = frozenset({"text", "title", "reply_text"})
LISTED = re.compile(r"\[\s*['\"]?([^'\"\],]+)")
ROUNDED = re.compile(r"[+-]?\d(?:[.,]\d+)?[eE]\+?\d+")
WHOLE = 2**53
LONGEST_STARS = 3
"""Characters of stars that are plain numbers: 4, 4.5."""
ADDRESSES = ("at://", "https://", "http://")
"""What an id starts with that may name an account."""


@dataclass(slots=True)
class RowReader:
    """Turns the cells of one row into an item. now: a later date than this is a mistake.

    source: of all rows, whatever they say. guarded: whether formulas stand behind a quote. rounded:
    ids that a spreadsheet has rounded. unrated: ratings of 0, where stars begin at 1.
    given: the present row's rating as it is written, where that is no number of stars.
    """

    layout: Layout
    source: str | None
    now: datetime
    dates: Moments
    guarded: bool = False
    rounded: int = field(default=0)
    unrated: int = field(default=0)
    given: str | None = field(default=None)

    def stable_parts(self, cells: Mapping[str, Any]) -> list[str]:
        """What identifies a row that has no id, where the format knows such columns."""
        return [str(cells.get(name) or "") for name in self.layout.stable]

    def is_item(self, cells: Mapping[str, Any]) -> bool:
        """False for a row that is no review of this export, such as the app's own entry."""
        needed = [c for held in self.layout.needed for c in self.layout.columns.get(held, ())]
        return not needed or any(_filled(cells.get(name), "") is not None for name in needed)

    def read(self, line: int, cells: Mapping[str, Any]) -> tuple[RawItem, str | None, bool]:
        """The item, its app_id, and whether its time named a zone. Raises ImportRowError."""
        row = _Row(self, line, cells)
        created = row.moment("created_at")
        if created is None:
            column = (*self.layout.columns.get("created_at", ()), "created_at")[0]
            raise ImportRowError(line, column, "is empty")
        self.given = None
        rating = row.field("rating", self._stars)
        text, title = row.field("text", self._text), row.field("title", self._text)
        if rating is None and text is None and title is None:
            raise ImportRowError(line, "rating, text", "the row has neither stars nor text")
        url = row.field("url", _text)
        named = self.source or row.field("source", source_named)
        source = named or _network(url) or self.layout.source
        reply_at, updated = row.moment("reply_at"), row.moment("updated_at")
        raw = RawItem(
            source=source,
            created_at=created[0],
            kind=self.layout.kind or row.field("kind", _kind) or _kind_of(source, rating),
            item_id=row.field("review_id", self._id) or _id_of_link(url),
            author=row.field("author", _text),
            rating=rating,
            rating_given=row.field("rating_given", _word) if self.layout.own else self.given,
            title=title,
            text=text,
            version=row.field("version", _version),
            country=row.field("country", _country),
            lang=row.field("lang", _language),
            thumbs_up=row.field("thumbs_up", _count),
            reply_text=row.field("reply_text", self._text),
            reply_at=reply_at[0] if reply_at else None,
            updated_at=updated[0] if updated and updated[0] > created[0] else None,
            url=None if url is None or url.startswith("at://") else url,
        )
        return raw, row.field("app_id", _word), created[1]

    def moment(self, column: str, value: Any, read: Any = None) -> tuple[datetime, bool]:
        """The moment of a cell, not in the future. read: of the cell that says when the row was
        read. Raises ValueError with the reason."""
        moment, aware = self.dates.moment(column, value, read)
        if moment > self.now + (FUTURE_ZONED if aware else FUTURE):
            raise ValueError(f"{moment:%Y-%m-%d %H:%M} UTC lies in the future")
        return moment, aware

    def _text(self, value: Any) -> str:
        text = _text(value)
        if self.layout.html and "<" in text:
            return plain_text(text)
        if self.layout.own:
            return unguarded(text) if self.guarded else text
        return as_written(text.lstrip("\t"))

    def _stars(self, value: Any) -> float | None:
        """The stars of a cell; `given` is the cell where it is on another scale."""
        scale = self.layout.scale
        stars = scale.stars(value)
        self.unrated += stars is None
        if not scale.five or (isinstance(value, str) and len(value) > LONGEST_STARS):
            written = _word(value)
            self.given = written if scale.converts(written) else None
        return stars

    def _id(self, value: Any) -> str | None:
        """An id; None for one whose last digits a spreadsheet has rounded away."""
        number = isinstance(value, float) and not isinstance(value, bool)
        if (number and abs(value) >= WHOLE) or (
            isinstance(value, str) and ROUNDED.fullmatch(value.strip())
        ):
            self.rounded += 1
            return None
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        text = _text(value).strip()
        if len(text) > LONGEST_ID:
            raise ValueError(f"is longer than {LONGEST_ID} characters")
        return opaque_id(text) if text.startswith(ADDRESSES) else text


@dataclass(slots=True)
class _Row:
    """One row while it is read."""

    reader: RowReader
    line: int
    cells: Mapping[str, Any]

    def field(self, name: str, parse: Callable[[Any], Any]) -> Any:
        """The first filled column of a field. Raises ImportRowError where it cannot be read."""
        for column in self.reader.layout.columns.get(name, ()):
            value = _filled(self.cells.get(column), name)
            if value is None:
                continue
            if (
                isinstance(value, str)
                and not value.isascii()
                and (problem := not_utf8(self.line, column, value))
            ):
                raise problem
            try:
                return parse(value)
            except ValueError as error:
                raise ImportRowError(self.line, column, str(error)) from None
        return None

    def moment(self, name: str) -> tuple[datetime, bool] | None:
        """The first column of a field that holds a moment: a clock that is wrong has a second one.
        Raises ImportRowError with what is wrong with the first."""
        first: ImportRowError | None = None
        read = self.cells.get(self.reader.layout.read) if self.reader.layout.read else None
        for column in self.reader.layout.columns.get(name, ()):
            value = _filled(self.cells.get(column), name)
            if value is None:
                continue
            if column == self.reader.layout.day:
                value = self._with_time(value)
            try:
                return self.reader.moment(column, value, read)
            except ValueError as error:
                first = first or ImportRowError(self.line, column, str(error))
        if first is not None:
            raise first
        return None

    def _with_time(self, day: Any) -> Any:
        """A day with the time that stands in another column."""
        parts = [self.cells.get(name) for name in self.reader.layout.clock]
        said = [str(part).strip() for part in parts if part not in (None, "")]
        date = f"{day:%Y-%m-%d}" if isinstance(day, datetime) else str(day).strip()
        return " ".join([date, *said])


def _filled(value: Any, name: str) -> Any:
    """The cell, None where it is empty, a missing number or a word for nothing."""
    if isinstance(value, str):
        written = value.strip()
        if len(written) > LONGEST_MISSING:
            return value
        gone = not written if name in TEXTS else written.casefold() in MISSING
        return None if gone else value
    if isinstance(value, float) and math.isnan(value):
        return None
    return value


def _count(value: Any) -> int | None:
    try:
        count = float(str(value).replace(",", "") if isinstance(value, str) else value)
    except (TypeError, ValueError, OverflowError):
        raise ValueError(f"{shown(value)} is not a count") from None
    if not -WHOLE < count < WHOLE or count != int(count):
        raise ValueError(f"{shown(value)} is not a count")
    return int(count) if count >= 0 else None


def _text(value: Any) -> str:
    if isinstance(value, dict | list | bytes):
        raise ValueError("is not text")  # noqa: TRY004
    text = str(value)
    if len(text) > LONGEST_CELL:
        raise ValueError(f"is longer than {LONGEST_CELL} characters")
    return text


def _word(value: Any) -> str:
    text = _text(value).strip()
    if len(text) > LONGEST_WORD:
        raise ValueError(f"is longer than {LONGEST_WORD} characters")
    return text


def _version(value: Any) -> str:
    return _word(f"{value:g}" if isinstance(value, float) and value < WHOLE else value)


def source_named(value: Any) -> str | None:
    """The key of a source as rows name it. Raises ValueError."""
    known = SOURCE_NAMES.get(normal(_word(value)))
    if known is not None:
        return known
    name = re.sub(r"\W+", "_", _word(value).lower()).strip("_")
    if not name:
        raise ValueError(f"{shown(value)} cannot name a source")
    return name


def _network(url: str | None) -> str | None:
    """The network or store whose address a link is."""
    if url is None:
        return None
    if url.startswith("at://"):
        return "bluesky"
    try:
        host = (urlsplit(url).hostname or "").removeprefix("www.").removeprefix("mobile.")
    except ValueError:
        return None
    return NETWORK_HOSTS.get(host) or NETWORK_HOSTS.get(".".join(host.split(".")[-2:]))


def _country(value: Any) -> str | None:
    """ISO 3166 alpha-2; anything else says nothing that an analysis could use."""
    return country_of(_word(value))


def _language(value: Any) -> str | None:
    if isinstance(value, str) and (listed := LISTED.match(value)):
        value = listed[1]
    return language_of(_word(value))


def _kind(value: Any) -> Kind:
    word = _word(value).lower()
    if word == "review":
        return "review"
    if word == "post":
        return "post"
    raise ValueError(f"{shown(value)} is neither review nor post")


NETWORKS = frozenset(
    {"x", "twitter", "bluesky", "mastodon", "reddit", "facebook", "instagram", "threads",
     "telegram", "tiktok", "youtube"}
)  # fmt: skip


def _kind_of(source: str, rating: float | None) -> Kind:
    return "post" if rating is None and source in NETWORKS else "review"


def _id_of_link(url: str | None) -> str | None:
    """The id in a Play Console link (reviewId=...), or a link that is an id itself (at://...)."""
    if url is None:
        return None
    if url.startswith("at://"):
        return opaque_id(url)
    if "reviewId=" not in url:
        return None
    found = parse_qs(urlsplit(url).query) | parse_qs(urlsplit(url).fragment.partition("?")[2])
    return next(iter(found.get("reviewId", [])), None)


def shown(value: Any) -> str:
    """A cell as a message shows it."""
    text = repr(value)
    return text if len(text) <= 40 else text[:40] + "..."
