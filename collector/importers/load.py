"""A file -> the store: streamed in batches, bad rows reported, safe to repeat and to interrupt."""

import hashlib
import re
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from collector.errors import ImportFileError, ImportRowError
from collector.importers.contents import columns_of
from collector.importers.date_order import DateOrders
from collector.importers.files import open_table
from collector.importers.formats import (
    NETWORKS,
    Format,
    RowReader,
    recognise,
    refuse_nothing_read,
)
from collector.importers.lost_columns import refuse_lost
from collector.importers.moments import DateOrder
from collector.importers.table import Table
from collector.privacy.protect import content_id, protect
from collector.records import Item, RawItem
from collector.store import Store, WriteCounts

BATCH = 2_000
REMEMBERED = 100_000  # rows that are kept in mind to tell equal ones apart
SHOWN_PROBLEMS = 20
LONGEST_KEY = 64
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOptions:
    """How to read a file.

    app: key that everything goes under; None with app_from_column: one app an app_id.
    app_id: take only the rows of this app_id. source: overrides what the rows say.
    strict: refuse a file with a bad row before anything is written. columns: the column of some
    fields, "" where none is to be read.
    """

    app: str | None
    app_id: str | None = None
    app_from_column: bool = False
    source: str | None = None
    format: str = "auto"
    encoding: str | None = None
    date_order: DateOrder | None = None
    strict: bool = False
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class ImportReport:
    """What an import did. problems: the first bad rows; bad: how many there were.

    again: rows whose id came before in the file with other content.
    """

    path: Path
    format: str
    rows: int = 0
    counts: WriteCounts = field(default_factory=WriteCounts)
    bad: int = 0
    again: int = 0
    left_out: int = 0
    problems: list[ImportRowError] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)


def import_file(
    store: Store,
    path: Path,
    options: ImportOptions,
    *,
    now: datetime,
    progress: Progress | None = None,
    on_problem: Callable[[ImportRowError], None] | None = None,
) -> ImportReport:
    """Reads a file into the store; a second time changes nothing.

    progress(done, size): of the file. on_problem: told of every bad row. Raises ImportFileError.
    """
    table = open_table(path, options.encoding)
    chosen = recognise(path, table.columns, options.format, options.columns)
    _refuse_lost_columns(table, chosen, options)
    dates = DateOrders(table, chosen.dates(table.columns), options.date_order, now)
    reader = RowReader(chosen, options.source, now, dates)
    if options.strict:
        _refuse_bad_rows(path, table, reader)
    report = ImportReport(path, chosen.name)
    loading = _Loading(store, table, reader, options, report, now, on_problem)
    loading.run(progress)
    return report


def _refuse_lost_columns(table: Table, chosen: Format, options: ImportOptions) -> None:
    """Raises ImportFileError where stars or texts would stay in a column that is not read."""
    posts = (options.source or chosen.source) in NETWORKS or chosen.reads("kind", table.columns)
    lacks = {
        held: held not in options.columns and not chosen.reads(held, table.columns)
        for held in ("rating", "text")
    }
    if lacks["rating"] or lacks["text"]:
        refuse_lost(
            table.path,
            columns_of(table),
            chosen.wanted(),
            stars=lacks["rating"] and not posts,
            texts=lacks["text"],
        )
    refuse_nothing_read(table.path, table.columns, chosen)


class _Loading:
    """One import in progress."""

    def __init__(
        self,
        store: Store,
        table: Table,
        reader: RowReader,
        options: ImportOptions,
        report: ImportReport,
        now: datetime,
        on_problem: Callable[[ImportRowError], None] | None,
    ) -> None:
        self.store, self.table, self.reader, self.options = store, table, reader, options
        self.report, self.now, self.on_problem = report, now, on_problem
        self.equal_rows: OrderedDict[bytes, int] = OrderedDict()
        self.contents: OrderedDict[bytes, bytes] = OrderedDict()
        self.app_ids: Counter[str] = Counter()
        self.created: set[str] = set()
        self.without_zone = 0

    def run(self, progress: Progress | None) -> None:
        batch: list[Item] = []
        for item, done in self._items():
            batch.append(item)
            if len(batch) == BATCH:
                self._write(batch)
                batch = []
                if progress is not None:
                    progress(done, self.table.size)
        self._write(batch)
        if progress is not None:
            progress(self.table.size, self.table.size)
        self._notice()

    def _items(self) -> Iterator[tuple[Item, int]]:
        for row in self.table.rows(self.reader.format.wanted()):
            self.report.rows += 1
            try:
                if isinstance(row.cells, ImportRowError):
                    raise row.cells
                raw, app_id, aware = self.reader.read(row.line, row.cells)
                app = self._app(row.line, app_id)
            except ImportRowError as problem:
                self._bad(problem)
                continue
            if app_id is not None and len(self.app_ids) < 1_000:
                self.app_ids[app_id] += 1
            if self.options.app_id is not None and app_id != self.options.app_id:
                self.report.left_out += 1
                continue
            self.without_zone += not aware
            item = self._protected(raw, app, row.cells)
            self._note_repeat(item)
            yield item, row.done

    def _protected(self, raw: RawItem, app: str, cells: Mapping[str, Any]) -> Item:
        item = protect(
            raw,
            app=app,
            secret=self.store.database.secret,
            seen_at=self.now,
            arrived_at=raw.created_at,
        )
        if raw.item_id is not None:
            return item
        parts = self.reader.stable_parts(cells)
        if parts:
            stands_for = RawItem(
                source=raw.source, created_at=raw.created_at, text="\n".join(parts)
            )
        elif raw.author is None:
            stands_for = raw
        else:
            return item
        secret = self.store.database.secret
        occurrence = self._occurrence(app + content_id(secret, stands_for))
        return replace(item, item_id=content_id(secret, stands_for, occurrence))

    def _note_repeat(self, item: Item) -> None:
        """Counts ids that came before, among the latest rows, with other content."""
        key = _digest(item.app, item.source, item.item_id)
        content = _digest(item.rating, item.title, item.text, item.version, item.reply_text)
        self.report.again += self.contents.pop(key, content) != content
        self.contents[key] = content
        if len(self.contents) > REMEMBERED:
            self.contents.popitem(last=False)

    def _occurrence(self, item_id: str) -> int:
        """How many equal rows without id and author came before, among the latest ones."""
        key = _digest(item_id)
        seen = self.equal_rows.pop(key, 0)
        self.equal_rows[key] = seen + 1
        if len(self.equal_rows) > REMEMBERED:
            self.equal_rows.popitem(last=False)
        return seen

    def _app(self, line: int, app_id: str | None) -> str:
        if self.options.app is not None:
            return self.options.app
        if app_id is None:
            column = self.reader.format.columns["app_id"][0]
            raise ImportRowError(line, column, "is empty, and --app-from-column needs it")
        return key_of(app_id)

    def _write(self, batch: list[Item]) -> None:
        for app in {item.app for item in batch} - self.created:
            self.store.apps.ensure(app)
            self.created.add(app)
        if batch:
            self.report.counts += self.store.items.write(batch, how="import")

    def _bad(self, problem: ImportRowError) -> None:
        self.report.bad += 1
        if len(self.report.problems) < SHOWN_PROBLEMS:
            self.report.problems.append(problem)
        if self.on_problem is not None:
            self.on_problem(problem)

    def _notice(self) -> None:
        notices = self.report.notices
        extra = [c for c in self.table.columns if c not in self.reader.format.wanted()]
        if extra:
            notices.append(f"columns not used: {', '.join(map(_printable, extra[:12]))}")
        if self.report.again:
            notices.append(
                f"{self.report.again} ids came again with other content; the later date counts, "
                "then the later row"
            )
        notices += self.reader.dates.notices()
        if self.without_zone:
            notices.append(f"{self.without_zone} times name no zone and were taken as UTC")
        if len(self.app_ids) > 1 and self.options.app is not None and self.options.app_id is None:
            listed = ", ".join(_printable(name) for name, _ in self.app_ids.most_common(3))
            notices.append(
                f"the file holds {len(self.app_ids)} app_ids ({listed}, ...) and ALL went under "
                f"{self.options.app!r}; use --app-id to take one, or --app-from-column instead of "
                "--app for one app each"
            )


def key_of(app_id: str) -> str:
    """The key of an app out of its app_id; two app_ids never share one.

    com.example.app stays as it is. What a key cannot hold is replaced, and a hash of the whole
    tells it apart.
    """
    key = re.sub(r"[^a-z0-9._-]+", "-", app_id.lower()).strip("-._")
    if key == app_id and len(key) <= LONGEST_KEY:
        return key
    return f"{key[: LONGEST_KEY - 9]}-{_digest(app_id).hex()[:8]}".lstrip("-")


def _digest(*parts: object) -> bytes:
    written = "\x1f".join("\x00" if part is None else str(part) for part in parts)
    return hashlib.blake2b(written.encode("utf-8", "replace"), digest_size=8).digest()


def _printable(name: str) -> str:
    """A name out of a file as a terminal may show it."""
    return "".join(char if char.isprintable() else "\ufffd" for char in name[:60])


def _refuse_bad_rows(path: Path, table: Table, reader: RowReader) -> None:
    bad = 0
    first: ImportRowError | None = None
    for row in table.rows(reader.format.wanted()):
        try:
            if isinstance(row.cells, ImportRowError):
                raise row.cells
            reader.read(row.line, row.cells)
        except ImportRowError as problem:
            bad += 1
            first = first or problem
    if first is not None:
        raise ImportFileError(
            f"{path}: {bad} bad rows, and --strict refuses them; nothing was imported. "
            f"The first: {first}"
        )
