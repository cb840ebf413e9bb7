"""Where the fields of a file stand: by what a person said, by the export, by the columns' names in
many languages, and by what the columns hold."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from collector.importers.columns.column_names import FIELD_NAMES, by_normal, normal
from collector.importers.columns.contents import Column
from collector.importers.columns.known_exports import EXPORTS, SOCIAL_MARKS, TABLE, Export
from collector.importers.columns.unused import texts_among
from collector.importers.values.stars import FIVE, TEN, Scale
from collector.records import Kind

ORDER = (
    "created_at", "rating", "text", "title", "review_id", "url", "author", "version", "reply_text",
    "reply_at", "updated_at", "thumbs_up", "country", "lang", "source", "kind", "app_id",
    "rating_given",
)  # fmt: skip
"""The order in which fields choose their columns."""
FIELDS = tuple(sorted(ORDER))
MUST = ("created_at", "rating", "text")
DATES = ("created_at", "updated_at", "reply_at")
SEVERAL = frozenset({"created_at", "updated_at", "reply_at", "author", "text", "version", "url"})
"""Fields that are read from the next column of the export where the first one is empty."""
FEW_ROWS = 20
CLIENTS = re.compile(r"(?:<a [^>]*>)?twitter (?:for|web|lite)|<a href", re.IGNORECASE)
STARS = frozenset(FIELD_NAMES["rating"])
TAGGED = 0.3
"""Share of texts with a tag or an address of a person from which a file is one of posts."""
LATER = (
    "reply", "repl", "response", "answer", "scrap", "crawl", "fetch", "collect", "download",
    "release", "birth", "joined", "retriev", "extract", "import", "experienc",
)  # fmt: skip
"""Words in the names of columns whose dates are not those of the review."""
READ = ("scrap", "crawl", "fetch", "collect", "download", "retriev", "extract", "capture")
"""Those of columns that say when a row was read."""
OWN_MARKS = frozenset({"itemid", "arrivedat", "authorkey"})
"""Columns of Floodgauge's own exports, whose texts are what was written."""
CLOCKS = ("time", "hour", "uhrzeit", "hora", "heure", "jam", "saat", "시간", "时间", "時間")


@dataclass(frozen=True, slots=True)
class Layout:
    """Which columns hold which field; the first one that is there and filled counts.

    name: of the export. source: of rows that do not say. kind: of all rows, None where each is told
    by itself. scale: of the ratings. stable, needed, html: see Export. day, clock: a column of
    days, and those with the time and zone of each. read: the column that says when a row was read,
    where dates count from then. by_content: fields that no name gave. counting: columns
    that are called ids and number the rows. own: whether Floodgauge exported the file, whose texts
    are what was written.
    """

    name: str
    source: str
    kind: Kind | None
    columns: Mapping[str, tuple[str, ...]]
    scale: Scale = FIVE
    stable: tuple[str, ...] = ()
    needed: tuple[str, ...] = ()
    day: str | None = None
    clock: tuple[str, ...] = ()
    read: str | None = None
    html: bool = False
    by_content: frozenset[str] = frozenset()
    counting: tuple[str, ...] = ()
    own: bool = False

    def wanted(self) -> frozenset[str]:
        """Every column that is read."""
        read = [name for names in self.columns.values() for name in names]
        return frozenset([*read, *self.stable, *self.clock, *([self.read] if self.read else [])])

    def reads(self, held: str) -> bool:
        """Whether the file has a column for the field `held`."""
        return bool(self.columns.get(held))

    def notices(self) -> list[str]:
        """What a person should know of how columns were read."""
        said = [self.scale.notice(column) for column in self.columns.get("rating", ())]
        held = [
            f"{self.columns[held][0]}: read as {held}, by what it holds"
            for held in sorted(self.by_content)
        ]
        held += [
            f"{name}: numbers the rows, as every file may, and is not taken for ids; --map "
            f"review_id={name} does"
            for name in self.counting
        ]
        return [one for one in said if one] + held

    def dates(self) -> list[str]:
        """The columns that hold dates, that of the item first."""
        names = [name for held in DATES for name in self.columns.get(held, ())]
        return list(dict.fromkeys(names))


@dataclass
class _Choice:
    """The choosing of columns for one file."""

    export: Export
    columns: Mapping[str, Column]
    said: Mapping[str, str]
    counting: set[str] = field(default_factory=set)
    names: dict[str, str] = field(init=False)
    taken: set[str] = field(init=False)
    found: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.names = by_normal(self.columns)
        self.taken = {name for name in self.said.values() if name}

    def all(self) -> dict[str, tuple[str, ...]]:
        """The columns of every field that has some."""
        for held in ORDER:
            self.found[held] = self._of(held)
        return {held: names for held, names in self.found.items() if names}

    def _of(self, held: str) -> tuple[str, ...]:
        if held in self.said:
            return (self.said[held],) if self.said[held] else ()
        if held in self.export.never:
            return ()
        own = [name for name in self._own(held) if name not in self.taken]
        chosen = [name for name in own if fits(held, self.columns[name])]
        if held == "review_id" and self.export.kind != "post":
            chosen = [name for name in chosen if not self._counts_rows(name)]
        if not chosen:
            chosen = [n for n in self._common(held) if fits(held, self.columns[n])]
            if held == "review_id":
                chosen = [name for name in chosen if not self._counts_rows(name)]
            chosen = chosen[:1]
        if not chosen and held in MUST:
            # A column of just this name is read whatever it holds, and each row tells.
            chosen = own[:1] or [name for name in self._plainly(held) if name not in self.taken][:1]
        chosen = chosen if held in SEVERAL else chosen[:1]
        self.taken.update(chosen)
        return tuple(chosen)

    def _counts_rows(self, name: str) -> bool:
        """Whether a column of ids only counts the rows, so that each file has the same ones."""
        if not self.columns[name].running():
            return False
        self.counting.add(name)
        return True

    def _own(self, held: str) -> Iterator[str]:
        for name in self.export.columns.get(held, ()):
            if name in self.names:
                yield self.names[name]

    def _plainly(self, held: str) -> Iterator[str]:
        """Columns whose name can mean nothing else."""
        if normal(held) in self.names:
            yield self.names[normal(held)]
        if held == "rating":
            yield from (c for n, c in self.names.items() if n in STARS and _is_rating(n))

    def _common(self, held: str) -> Iterator[str]:
        for name in FIELD_NAMES.get(held, ()):
            column = self.names.get(name)
            if column is not None and (column not in self.taken or held == "url"):
                yield column


def fits(held: str, column: Column) -> bool:
    """Whether a column whose name promises a field may hold it; an empty one may."""
    if not column.filled:
        return held not in ("created_at", "rating", "text", "title")
    if held in DATES:
        return column.holds_dates(named=True)
    if held == "rating":
        scale = column.scale
        return scale is not None and (scale.best <= TEN or _is_rating(column.name))
    if held in ("text", "title", "reply_text"):
        return column.holds_words() and (held != "title" or not _repeats(column))
    if held == "review_id":
        return len(column.values) * 4 > column.filled or column.filled < FEW_ROWS
    if held == "thumbs_up":
        return column.holds_counts()
    if held == "country":
        return column.holds_countries()
    if held == "lang":
        return column.holds_languages()
    if held == "url":
        return column.holds_addresses()
    if held == "kind":
        return column.values.keys() <= {"review", "post"}
    if held == "source":
        return len(column.values) <= 20 and all(len(value) <= 60 for value in column.values)
    if held in ("author", "version"):
        return not column.holds_addresses() or held == "author"
    return True


def _is_rating(name: str) -> bool:
    """Whether a name speaks of ratings or stars, and not of a score of some kind."""
    return any(word in normal(name) for word in ("rating", "star", "bewertung", "calificacion"))


def layout_of(
    columns: Mapping[str, Column],
    *,
    export: Export | None = None,
    said: Mapping[str, str] | None = None,
    kind: Kind | None = None,
) -> Layout:
    """The layout of a file by its first rows. said: the column of a field, "" for none."""
    said = said or {}
    export = export or recognised(columns)
    choice = _Choice(export, columns, said)
    chosen = choice.all()
    by_content = _by_content(export, columns, chosen, said)
    chosen = {**chosen, **by_content}
    client = _is_client(columns, chosen)
    chosen = {held: names for held, names in chosen.items() if held != "source" or not client}
    day, clock = _day_and_clock(columns, chosen)
    rating = chosen.get("rating", ())
    scale = next((found for name in rating if (found := columns[name].scale)), FIVE)
    names = {normal(name) for name in columns}
    return Layout(
        name=export.name,
        source="x" if client else export.source,
        kind=kind or export.kind or _kind(columns, chosen),
        columns=chosen,
        scale=scale,
        stable=tuple(name for name in export.stable if name in columns),
        needed=export.needed,
        day=day,
        clock=clock,
        read=_read_column(columns, chosen),
        counting=tuple(sorted(choice.counting)),
        own=names >= OWN_MARKS,
        html=export.html,
        by_content=frozenset(by_content),
    )


def recognised(columns: Mapping[str, Column]) -> Export:
    """The export that a file is, a plain table where it is none that is known."""
    names = frozenset(normal(name) for name in columns)
    found = next((export for export in EXPORTS if export.recognises(names)), TABLE)
    if found.kind == "post" and _has_stars(columns):
        return TABLE
    return found


def _has_stars(columns: Mapping[str, Column]) -> bool:
    """Whether a column says by its name and its values that rows are rated."""
    named = ("rating", "stars", "starrating", "reviewrating")
    return any(normal(name) in named and one.holds_stars() for name, one in columns.items())


def _by_content(
    export: Export,
    columns: Mapping[str, Column],
    chosen: Mapping[str, tuple[str, ...]],
    said: Mapping[str, str],
) -> dict[str, tuple[str, ...]]:
    """Fields that no name gives and that only one column can hold."""
    used = {name for names in chosen.values() for name in names}
    free = [one for name, one in columns.items() if name not in used]
    tests = {
        "created_at": lambda one: one.holds_dates() and not _later(one.name),
        "rating": Column.holds_stars_beyond_doubt,
    }
    found: dict[str, tuple[str, ...]] = {}
    for held, holds in tests.items():
        if held in chosen or held in said or held in export.never:
            continue
        fitting = [one.name for one in free if holds(one)]
        if len(fitting) == 1:
            found[held] = (fitting[0],)
    if "text" not in chosen and "text" not in said:
        texts = texts_among([one for one in free if (one.name,) not in found.values()])
        found |= {"text": (texts[0].name,)} if len(texts) == 1 else {}
    return found


def _is_client(columns: Mapping[str, Column], chosen: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether the column of sources names the programs that people write to X with."""
    values = [value for name in chosen.get("source", ()) for value in columns[name].values]
    return any(CLIENTS.match(value) for value in values)


def _later(name: str) -> bool:
    """Whether a column's name says that its dates are those of something else."""
    return any(word in normal(name) for word in LATER)


def _repeats(column: Column) -> bool:
    """Whether a column of titles names a few things again and again: it names apps."""
    return column.filled >= FEW_ROWS and len(column.values) <= max(2, column.filled * 0.05)


def _day_and_clock(
    columns: Mapping[str, Column], chosen: Mapping[str, tuple[str, ...]]
) -> tuple[str | None, tuple[str, ...]]:
    """A column that holds days alone, and the columns with the time and zone of each."""
    day = next(iter(chosen.get("created_at", ())), None)
    if day is None or any(":" in value for value in columns[day].values):
        return None, ()
    used = {name for names in chosen.values() for name in names}
    names = {name: one for name, one in by_normal(columns).items() if one not in used}
    clock = next((names[n] for n in CLOCKS if n in names and _is_clock(columns[names[n]])), None)
    if clock is None:
        return None, ()
    zone = next((names[n] for n in ("timezone", "tz", "utcoffset") if n in names), None)
    return day, (clock,) if zone is None else (clock, zone)


def _read_column(
    columns: Mapping[str, Column], chosen: Mapping[str, tuple[str, ...]]
) -> str | None:
    """The column that says when each row was read, where the dates count from then."""
    if not any(columns[name].relative() for name in chosen.get("created_at", ())):
        return None
    used = {name for names in chosen.values() for name in names}
    said = (one for name, one in columns.items() if name not in used and _read(name))
    return next((one.name for one in said if one.holds_dates() and not one.relative()), None)


def _read(name: str) -> bool:
    return any(word in normal(name) for word in READ)


def _is_clock(column: Column) -> bool:
    return bool(column.values) and all(":" in value and len(value) <= 15 for value in column.values)


def _kind(columns: Mapping[str, Column], chosen: Mapping[str, tuple[str, ...]]) -> Kind | None:
    """post where nothing is rated and columns or texts are those of a social network."""
    if chosen.get("rating") or chosen.get("kind"):
        return None
    if SOCIAL_MARKS & {normal(name) for name in columns}:
        return "post"
    texts = [cell for name in chosen.get("text", ()) for cell in columns[name].cells]
    tagged = sum(any(w[0] in "#@" and len(w) > 1 for w in str(t).split()) for t in texts)
    return "post" if texts and tagged >= TAGGED * len(texts) else None
