"""No stars, texts, dates or apps are lost without a word: a file that has them in a column that is
not read is refused, with the options that read it."""

import re
import shlex
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from collector.errors import ImportFileError
from collector.importers.columns.column_names import FIELD_NAMES, by_normal, normal
from collector.importers.columns.contents import Column
from collector.importers.columns.layout import MUST, Layout
from collector.importers.columns.unused import best_stars, best_text
from collector.importers.table import Table
from collector.times import to_iso

NONE = "-"
"""What --map says for a field that no column holds."""
LEVEL = re.compile(r"key\d")
"""What a level of nested JSON is called."""
DATE_NAMES = frozenset(FIELD_NAMES["created_at"])
MOST_APPS = 2_000
SHOWN_COLUMNS = 20


@dataclass
class _Refusal:
    """What is wrong with a file as a whole, and the options that would read it."""

    reasons: list[str] = field(default_factory=list)
    mapped: dict[str, str] = field(default_factory=dict)
    left_out: dict[str, str] = field(default_factory=dict)
    app_column: str | None = None
    read_at: datetime | None = None

    def raise_for(self, table: Table) -> None:
        """Raises ImportFileError where anything is wrong."""
        if not self.reasons:
            return
        options = [] if self.app_column is None else [app_option(self.app_column)]
        options += [as_option(self.mapped)] if self.mapped else []
        options += [f"--read-at {to_iso(self.read_at)}"] if self.read_at is not None else []
        said = f"{table.path}: {'; '.join(self.reasons)}. Nothing was imported."
        if options:
            said += f" To read it add {' '.join(options)}"
            said += " instead of --app" if self.app_column is not None else ""
        if self.left_out:
            nothing = ",".join(f"{held}={NONE}" for held in self.left_out)
            said += f" (in --map, {nothing} says that there is no such thing in it)"
        raise ImportFileError(said)


def refuse_lost(
    table: Table,
    columns: Mapping[str, Column],
    layout: Layout,
    said: Mapping[str, str],
    app_column: str | None,
    *,
    dated: bool = False,
) -> None:
    """Raises ImportFileError where an unused column holds what no used one does.

    said: the fields whose column a person named. app_column: one that names several apps. dated:
    whether it was said when dates that count from then were read.
    """
    used = layout.wanted()
    unused = [column for name, column in columns.items() if name not in used]
    refusal = _Refusal(app_column=app_column)
    if app_column is not None:
        refusal.reasons.append(_several_apps(columns[app_column]))
        refusal.left_out["app_id"] = NONE
    _note_date(refusal, columns, layout, unused)
    if not dated and layout.read is None:
        _note_relative(refusal, table, columns, layout)
    _note_twins(refusal, columns, layout, said)
    if not layout.reads("rating") and "rating" not in said and layout.kind != "post":
        _note(refusal, "rating", best_stars(unused))
    if not layout.reads("text") and "text" not in said:
        _note(refusal, "text", best_text(unused))
    if not refusal.reasons and not any(map(layout.reads, ("rating", "text", "title"))):
        refusal.reasons.append(
            f"has neither a column for stars nor one for text; it has {_listed(columns)}. "
            "Another column can be named with --map"
        )
    refusal.raise_for(table)


def app_column_of(table: Table, columns: Mapping[str, Column], layout: Layout) -> str | None:
    """The column that names several apps, read through as a whole; None where none does."""
    used = {name for held, names in layout.columns.items() if held != "app_id" for name in names}
    named = by_normal(columns)
    wanted = [*layout.columns.get("app_id", ())]
    wanted += [named[name] for name in (*FIELD_NAMES["app_id"], "title") if name in named]
    wanted += [
        name for name in columns if LEVEL.fullmatch(name) and not columns[name].holds_dates()
    ]
    for name in dict.fromkeys(wanted):
        column = columns[name]
        if name in used or (normal(name) == "title" and len(column.values) * 4 > column.filled):
            continue
        if column.filled and _names_several(table, name):
            return name
    return None


def _names_several(table: Table, name: str) -> bool:
    """Whether a column has some values again and again, and not only one."""
    seen: dict[str, None] = {}
    rows = 0
    for row in table.rows(frozenset({name})):
        value = row.cells.get(name) if isinstance(row.cells, Mapping) else None
        if value is None or value != value or not str(value).strip():
            continue
        rows += 1
        seen.setdefault(str(value).strip())
        if len(seen) > MOST_APPS:
            return False
    return len(seen) > 1 and (len(seen) <= 20 or len(seen) * 2 <= rows)


def _several_apps(column: Column) -> str:
    examples = ", ".join(repr(value[:40]) for value in column.examples)
    return f"{column.name!r} names several apps ({examples}, ...), and these must not become one"


def _note_date(
    refusal: _Refusal, columns: Mapping[str, Column], layout: Layout, unused: list[Column]
) -> None:
    if layout.reads("created_at"):
        return
    dates = [column for column in unused if column.holds_dates()]
    if not dates:
        for_the_most_part = [column for column in unused if column.holds_some_dates()]
        if len(for_the_most_part) == 1:
            refusal.mapped["created_at"] = for_the_most_part[0].name
            refusal.reasons.append(
                f"{for_the_most_part[0].name!r} holds dates for the most part, and no column does "
                "throughout; rows without a whole date would be left out"
            )
            return
    if dates:
        refusal.mapped["created_at"] = dates[0].name
        refusal.reasons.append(
            "several columns hold dates, and none says by its name that it is that of the review: "
            + _listed(column.name for column in dates)
        )
        return
    called = [c for c in columns.values() if normal(c.name) in DATE_NAMES and c.filled]
    if called:
        refusal.reasons.append(
            f"{called[0].name!r} holds {called[0].examples[0][:40]!r}, which is no whole date"
        )
        return
    refusal.reasons.append(
        f"has no column 'created_at' and none that holds dates; it has {_listed(columns)}. "
        "Needed are created_at (a date with a year) and rating or text, under any common name "
        "or one named with --map. In a text file the delimiter may be a comma, semicolon, tab or "
        "bar"
    )


def _note_relative(
    refusal: _Refusal, table: Table, columns: Mapping[str, Column], layout: Layout
) -> None:
    """Dates like "2 days ago" need to know when they were read; the file's own time is a guess."""
    for name in layout.columns.get("created_at", ())[:1]:
        example = columns[name].relative()
        if example is not None:
            refusal.read_at = datetime.fromtimestamp(int(table.path.stat().st_mtime), UTC)
            refusal.reasons.append(
                f"{name!r} holds dates like {example.strip()!r}, which count from when they were "
                "read, and nothing in the file says when that was; the time below is the file's own"
            )


def _note_twins(
    refusal: _Refusal, columns: Mapping[str, Column], layout: Layout, said: Mapping[str, str]
) -> None:
    """Two columns of one name that hold different things: nobody knows which is meant."""
    for held in MUST:
        for name in layout.columns.get(held, ())[:1] if held not in said else ():
            twin = columns.get(f"{name} (2)")
            if twin is not None and twin.cells != columns[name].cells:
                refusal.mapped[held] = name
                refusal.reasons.append(
                    f"two columns are called {name!r}, and they differ; the second one is "
                    f"{twin.name!r} here"
                )


def _note(refusal: _Refusal, held: str, column: Column | None) -> None:
    if column is None:
        return
    what = "stars" if held == "rating" else "texts"
    examples = ", ".join(repr(example[:40]) for example in column.examples)
    refusal.reasons.append(
        f"no column is read for {what}, but {column.name!r} looks like it ({examples})"
    )
    refusal.mapped[held] = column.name
    refusal.left_out[held] = NONE


def as_option(mapped: Mapping[str, str]) -> str:
    """The option --map for a shell."""
    pairs = ",".join(f"{held}={_escaped(name)}" for held, name in mapped.items())
    return f"--map {shlex.quote(pairs)}"


def app_option(column: str) -> str:
    """The option --app-from-column for a shell."""
    return f"--app-from-column {shlex.quote(column)}"


def _escaped(name: str) -> str:
    return name.replace("\\", "\\\\").replace(",", "\\,")


def _listed(names: Iterable[str]) -> str:
    listed = [repr(name[:60]) for name in names]
    more = f" and {len(listed) - SHOWN_COLUMNS} more" if len(listed) > SHOWN_COLUMNS else ""
    return ", ".join(listed[:SHOWN_COLUMNS]) + more
