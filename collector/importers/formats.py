"""Known column sets, and a row of one -> RawItem."""

import math
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Literal
from urllib.parse import parse_qs, urlsplit

from collector.errors import ImportFileError, ImportRowError
from collector.importers.date_order import DateOrders
from collector.importers.limits import LONGEST_CELL, LONGEST_ID, LONGEST_WORD
from collector.importers.text import not_utf8
from collector.records import Kind, RawItem

FormatName = Literal["table", "scraper", "play-console"]
FUTURE = timedelta(days=1)  # a time without a zone may be off by so much
FUTURE_ZONED = timedelta(hours=1)  # a clock may be
# What writers put where there is nothing. Texts, titles and replies are never read this way.
MISSING = frozenset({"", "nan", "none", "null", "nat", "<na>", "n/a", "-"})
DATES = ("created_at", "updated_at", "reply_at")
TEXTS = frozenset({"text", "title", "reply_text"})
COUNTRY = re.compile(r"[a-z]{2}")
NETWORKS = frozenset({"x", "twitter", "bluesky", "mastodon", "reddit", "facebook", "instagram"})


@dataclass(frozen=True, slots=True)
class Format:
    """Which columns hold which field; the first one that is there and filled counts.

    marks: columns that tell the format apart. source: of rows that do not say. stable: columns
    that never change, for the id of a row without one; empty: all of its content. others: names
    that a field may have where the file has none of its `columns`; the first found counts.
    """

    name: FormatName
    marks: frozenset[str]
    source: str
    columns: Mapping[str, tuple[str, ...]]
    stable: tuple[str, ...] = ()
    others: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def wanted(self) -> frozenset[str]:
        """Every column that the format reads."""
        read = [name for names in self.columns.values() for name in names]
        return frozenset([*read, *self.stable])

    def written_as(self, found: Collection[str]) -> "Format":
        """The format with its columns as the file writes them: Rating and RATING are rating."""
        as_found = {name.strip().casefold(): name for name in found}
        columns = {
            held: tuple(
                as_found.get(name.casefold(), name) for name in self._names(held, names, as_found)
            )
            for held, names in self.columns.items()
        }
        stable = tuple(as_found.get(name.casefold(), name) for name in self.stable)
        return replace(self, columns=columns, stable=stable)

    def _names(self, held: str, names: tuple[str, ...], found: Collection[str]) -> tuple[str, ...]:
        """The columns of the field `held`: its own, else the first other name that the file has."""
        if any(name.casefold() in found for name in names):
            return names
        other = next((n for n in self.others.get(held, ()) if n.casefold() in found), None)
        return names if other is None else (other,)

    def mapped(self, columns: Mapping[str, str]) -> "Format":
        """The format with some fields read from columns that a person named; "" for none."""
        named = {held: (name,) if name else () for held, name in columns.items()}
        return replace(self, columns={**self.columns, **named}) if named else self

    def reads(self, held: str, found: Collection[str]) -> bool:
        """Whether a file with these columns has one for the field `held`."""
        return any(name in found for name in self.columns.get(held, ()))

    def dates(self, found: Collection[str]) -> list[str]:
        """The columns of a file that hold dates, that of the item first."""
        names = [n for held in DATES for n in self.columns.get(held, ()) if n in found]
        return list(dict.fromkeys(names))

    def recognises(self, found: Collection[str]) -> bool:
        """True when a file with these columns is of this kind."""
        names = {name.strip().casefold() for name in found}
        return all(mark.casefold() in names for mark in self.marks)


OTHER_NAMES = {
    "review_id": ("reviewId", "id", "item_id"),
    "rating": ("stars", "score", "star"),
    "created_at": ("date", "at"),
    "text": ("body", "content", "review_text", "review", "comment"),
}
"""What tables of other tools call a field."""
TABLE = Format(
    "table",
    frozenset({"created_at"}),
    "file",
    {
        name: (name,)
        for name in (
            "review_id", "author", "rating", "created_at", "title", "text", "version", "country",
            "lang", "thumbs_up", "reply_text", "reply_at", "source", "app_id", "kind", "url",
        )
    },
    others=OTHER_NAMES,
)  # fmt: skip
SCRAPER = Format(
    "scraper",
    frozenset({"content", "score", "at"}),
    "google_play",
    {
        "review_id": ("reviewId",),
        "author": ("userName",),
        "rating": ("score",),
        "created_at": ("at",),
        "text": ("content",),
        "version": ("reviewCreatedVersion", "appVersion"),
        "thumbs_up": ("thumbsUpCount",),
        "reply_text": ("replyContent",),
        "reply_at": ("repliedAt",),
        "app_id": ("app_id", "appId"),
        "lang": ("lang",),
        "country": ("country",),
    },
    others={"review_id": ("review_id", "id")},
)
PLAY_CONSOLE = Format(
    "play-console",
    frozenset({"Star Rating", "Review Submit Date and Time"}),
    "google_play",
    {
        "created_at": ("Review Submit Millis Since Epoch", "Review Submit Date and Time"),
        "updated_at": ("Review Last Update Millis Since Epoch", "Review Last Update Date and Time"),
        "rating": ("Star Rating",),
        "title": ("Review Title",),
        "text": ("Review Text",),
        "version": ("App Version Name",),
        "lang": ("Reviewer Language",),
        "reply_text": ("Developer Reply Text",),
        "reply_at": ("Developer Reply Millis Since Epoch", "Developer Reply Date and Time"),
        "url": ("Review Link",),
        "app_id": ("Package Name",),
    },
    # A rating without a review has no link, and its stars can differ in the next month's file.
    stable=(
        "Package Name",
        "Review Submit Millis Since Epoch",
        "Review Submit Date and Time",
        "Reviewer Language",
        "Device",
    ),
)
FORMATS: dict[str, Format] = {f.name: f for f in (PLAY_CONSOLE, SCRAPER, TABLE)}


def recognise(
    path: object,
    columns: Collection[str],
    wanted: str = "auto",
    mapped: Mapping[str, str] | None = None,
) -> Format:
    """The format of a file by its columns, or the one asked for. Raises ImportFileError.

    mapped: the column of some fields, as a person said with --map.
    """
    if wanted != "auto":
        if wanted not in FORMATS:
            known = ", ".join(["auto", *FORMATS])
            raise ImportFileError(f"--format: {wanted!r} is not known; choose one of {known}")
        found = FORMATS[wanted]
    else:
        found = next((f for f in FORMATS.values() if f.recognises(columns)), TABLE)
    found = found.written_as(columns).mapped(_as_in_file(path, columns, mapped or {}))
    held = ", ".join(map(repr, list(columns)[:12]))
    if not found.reads("created_at", columns):
        raise ImportFileError(
            f"{path}: has no column 'created_at'; it has {held}. "
            "Needed are created_at (or date, at) and rating (stars) or text (body, content); "
            f"also read: {', '.join(sorted(TABLE.wanted() - {'created_at', 'rating', 'text'}))}. "
            "Other names are read with --map created_at=NAME. "
            "In a text file the delimiter may be a comma, semicolon, tab or bar"
        )
    return found


def _as_in_file(
    path: object, columns: Collection[str], mapped: Mapping[str, str]
) -> dict[str, str]:
    """What a person said of the columns, written as the file does. Raises ImportFileError."""
    written = {name.strip().casefold(): name for name in columns} | {"": ""}
    for held, name in mapped.items():
        if name not in columns and name.strip().casefold() not in written:
            raise ImportFileError(
                f"{path}: --map {held}={name}: there is no column {name!r}; it has "
                f"{', '.join(map(repr, list(columns)[:40]))}"
            )
    return {
        held: name if name in columns else written[name.strip().casefold()]
        for held, name in mapped.items()
    }


def refuse_nothing_read(path: object, columns: Collection[str], chosen: Format) -> None:
    """Raises ImportFileError where neither stars nor texts would be read."""
    if not any(chosen.reads(held, columns) for held in ("rating", "text", "title")):
        raise ImportFileError(
            f"{path}: has neither a column for stars nor one for text; "
            "say which it is with --map rating=NAME,text=NAME"
        )


@dataclass(frozen=True, slots=True)
class RowReader:
    """Turns the cells of one row into an item. now: a later date than this is a mistake."""

    format: Format
    source: str | None
    now: datetime
    dates: DateOrders

    def stable_parts(self, cells: Mapping[str, Any]) -> list[str]:
        """What identifies a row that has no id, where the format knows such columns."""
        return [str(cells.get(name) or "") for name in self.format.stable]

    def read(self, line: int, cells: Mapping[str, Any]) -> tuple[RawItem, str | None, bool]:
        """The item, its app_id, and whether its time named a zone. Raises ImportRowError."""

        def field(name: str, parse: Callable[[Any], Any]) -> Any:
            return named(name, lambda _, value: parse(value))

        def named(name: str, parse: Callable[[str, Any], Any]) -> Any:
            for column in self.format.columns.get(name, ()):
                value = _filled(cells.get(column), name)
                if value is None:
                    continue
                if isinstance(value, str) and (problem := not_utf8(line, column, value)):
                    raise problem
                try:
                    return parse(column, value)
                except ValueError as error:
                    raise ImportRowError(line, column, str(error)) from None
            return None

        created = named("created_at", self._moment)
        if created is None:
            raise ImportRowError(line, self.format.columns["created_at"][0], "is empty")
        rating, text, title = field("rating", _stars), field("text", _text), field("title", _text)
        if rating is None and text is None and title is None:
            raise ImportRowError(line, "rating, text", "the row has neither stars nor text")
        url = field("url", _text)
        source = self.source or field("source", _source) or self.format.source
        reply_at = named("reply_at", self._moment)
        updated = named("updated_at", self._moment)
        raw = RawItem(
            source=source,
            created_at=created[0],
            kind=field("kind", _kind) or _kind_of(source, rating),
            item_id=field("review_id", _id) or _id_of_link(url),
            author=field("author", _text),
            rating=rating,
            title=title,
            text=text,
            version=field("version", _word),
            country=field("country", _country),
            lang=field("lang", _word),
            thumbs_up=field("thumbs_up", _count),
            reply_text=field("reply_text", _text),
            reply_at=reply_at[0] if reply_at else None,
            updated_at=updated[0] if updated and updated[0] > created[0] else None,
            url=url,
        )
        return raw, field("app_id", _word), created[1]

    def _moment(self, column: str, value: Any) -> tuple[datetime, bool]:
        moment, aware = self.dates.moment(column, value)
        if moment > self.now + (FUTURE_ZONED if aware else FUTURE):
            raise ValueError(f"{moment:%Y-%m-%d %H:%M} UTC lies in the future")
        return moment, aware


def _filled(value: Any, field: str) -> Any:
    """The cell, None where it is empty, a missing number or a word for nothing."""
    if isinstance(value, str):
        written = value.strip()
        gone = not written if field in TEXTS else written.casefold() in MISSING
        return None if gone else value
    if isinstance(value, float) and math.isnan(value):
        return None
    return value


def _stars(value: Any) -> float:
    try:
        # A decimal comma, as spreadsheets of half the world write it.
        stars = float(value.replace(",", ".") if isinstance(value, str) else value)
    except (TypeError, ValueError, OverflowError):
        raise ValueError(f"{_shown(value)} is no number of stars") from None
    if isinstance(value, bool) or not 1 <= stars <= 5:
        raise ValueError(f"{_shown(value)} is not between 1 and 5 stars")
    return stars


def _count(value: Any) -> int:
    try:
        count = float(value)
    except (TypeError, ValueError, OverflowError):
        raise ValueError(f"{_shown(value)} is not a count") from None
    if not 0 <= count < 2**53 or count != int(count):
        raise ValueError(f"{_shown(value)} is not a count")
    return int(count)


def _text(value: Any) -> str:
    if isinstance(value, dict | list | bytes):
        raise ValueError("is not text")  # noqa: TRY004
    text = str(value)
    if len(text) > LONGEST_CELL:
        raise ValueError(f"is longer than {LONGEST_CELL} characters")
    return text


def _id(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = _text(value).strip()
    if len(text) > LONGEST_ID:
        raise ValueError(f"is longer than {LONGEST_ID} characters")
    return text


def _word(value: Any) -> str:
    text = _text(value).strip()
    if len(text) > LONGEST_WORD:
        raise ValueError(f"is longer than {LONGEST_WORD} characters")
    return text


def _source(value: Any) -> str:
    name = re.sub(r"\W+", "_", _word(value).lower()).strip("_")
    if not name:
        raise ValueError(f"{_shown(value)} cannot name a source")
    return name


def _country(value: Any) -> str | None:
    """ISO 3166 alpha-2; anything else says nothing that an analysis could use."""
    word = _word(value).lower()
    return word if COUNTRY.fullmatch(word) else None


def _kind(value: Any) -> Kind:
    word = _word(value).lower()
    if word == "review":
        return "review"
    if word == "post":
        return "post"
    raise ValueError(f"{_shown(value)} is neither review nor post")


def _kind_of(source: str, rating: float | None) -> Kind:
    return "post" if rating is None and source in NETWORKS else "review"


def _id_of_link(url: str | None) -> str | None:
    """The id in a Play Console link (reviewId=...)."""
    if url is None or "reviewId=" not in url:
        return None
    found = parse_qs(urlsplit(url).query) | parse_qs(urlsplit(url).fragment.partition("?")[2])
    return next(iter(found.get("reviewId", [])), None)


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 40 else text[:40] + "..."
