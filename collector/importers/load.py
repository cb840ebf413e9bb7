"""A file -> the store: streamed in batches, bad rows reported, safe to repeat and to interrupt."""

import hashlib
import re
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from collector.dates.time_texts import DateOrder
from collector.errors import ImportFileError, ImportRowError
from collector.importers import file_gaps
from collector.importers.change_times import ChangeTimes
from collector.importers.columns.column_report import Reading, reading
from collector.importers.columns.contents import Column, columns_of
from collector.importers.columns.field_map import as_in_file, export_named
from collector.importers.columns.layout import Layout, layout_of
from collector.importers.columns.refusals import app_column_of, refuse_lost
from collector.importers.reading.delimited import DelimitedTable
from collector.importers.reading.open_file import open_table
from collector.importers.row_reader import RowReader
from collector.importers.same_review import OtherRoutes
from collector.importers.samples import Sample, notice
from collector.importers.table import Row, Table
from collector.importers.values.date_order import DateOrders
from collector.importers.values.moments import Moments
from collector.privacy.protect import content_id, protect
from collector.progress import PartDone
from collector.records import Item, Kind, RawItem
from collector.store import Store, WriteCounts

BATCH = 2_000
REMEMBERED = 100_000  # rows that are kept in mind to tell equal ones apart
SHOWN_PROBLEMS = 20
LONGEST_KEY = 64
MOST_SAMPLES = 10
"""Of a file with many apps, how many are told of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOptions:
    """How to read a file.

    app: key that everything goes under; None with app_from_column: one app a value of this column.
    app_id: take only the rows of this app_id. source: overrides what the rows say.
    strict: refuse a file with a bad row before anything is written. columns: the column of some
    fields, "" where none is to be read. kind: of all rows, whatever they are taken for. read_at:
    when dates that count from then ("2 days ago") were read.
    """

    app: str | None
    app_id: str | None = None
    app_from_column: str | None = None
    source: str | None = None
    format: str = "auto"
    encoding: str | None = None
    date_order: DateOrder | None = None
    strict: bool = False
    columns: Mapping[str, str] = field(default_factory=dict)
    kind: Kind | None = None
    read_at: datetime | None = None


@dataclass(slots=True)
class ImportReport:
    """What an import did. problems: the first bad rows; bad: how many there were.

    again: rows whose id came before in the file with other content. repeated: rows that say the
    same as one before them in every way. elsewhere: rows that the store has by another route.
    """

    path: Path
    format: str
    rows: int = 0
    counts: WriteCounts = field(default_factory=WriteCounts)
    bad: int = 0
    again: int = 0
    left_out: int = 0
    repeated: int = 0
    elsewhere: int = 0
    problems: list[ImportRowError] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)

    def take(self, problem: ImportRowError, told: Callable[[ImportRowError], None] | None) -> None:
        """Counts a bad row; the first ones are kept."""
        self.bad += 1
        if len(self.problems) < SHOWN_PROBLEMS:
            self.problems.append(problem)
        if told is not None:
            told(problem)


def import_file(
    store: Store,
    path: Path,
    options: ImportOptions,
    *,
    now: datetime,
    progress: PartDone | None = None,
    on_problem: Callable[[ImportRowError], None] | None = None,
    on_reading: Callable[[Reading], None] | None = None,
) -> ImportReport:
    """Reads a file into the store; a second time changes nothing.

    progress(done, size): of the file. on_problem: told of every bad row. on_reading: told what
    becomes of each column, before anything is stored. Raises ImportFileError.
    """
    table, reader = _prepared(path, options, now, on_reading)
    if options.strict:
        _refuse_bad_rows(path, table, reader)
    report = ImportReport(path, reader.layout.name)
    loading = _Loading(store, table, reader, options, report, now, on_problem)
    loading.run(progress)
    return report


def try_file(
    path: Path,
    options: ImportOptions,
    *,
    now: datetime,
    on_problem: Callable[[ImportRowError], None] | None = None,
    on_reading: Callable[[Reading], None] | None = None,
) -> ImportReport:
    """Reads a file and stores nothing: what an import would take in and what it would not.

    Raises ImportFileError.
    """
    table, reader = _prepared(path, options, now, on_reading)
    report = ImportReport(path, reader.layout.name)
    for row in table.rows(reader.layout.wanted()):
        problem = _problem(reader, row)
        report.rows += not isinstance(row.cells, Mapping) or reader.is_item(row.cells)
        if problem is not None:
            report.take(problem, on_problem)
    report.notices += reader.layout.notices()
    return report


def _prepared(
    path: Path,
    options: ImportOptions,
    now: datetime,
    on_reading: Callable[[Reading], None] | None,
) -> tuple[Table, RowReader]:
    """The file and what reads its rows. Raises ImportFileError."""
    table = open_table(path, options.encoding)
    columns = columns_of(table)
    layout = _layout(table, columns, options)
    if on_reading is not None:
        on_reading(reading(columns, layout))
    orders = DateOrders(table, layout.dates(), options.date_order, now)
    dates = Moments(orders, options.read_at)
    guarded = isinstance(table, DelimitedTable)
    return table, RowReader(layout, options.source, now, dates, guarded)


def _problem(reader: RowReader, row: Row) -> ImportRowError | None:
    """What is wrong with a row."""
    if isinstance(row.cells, ImportRowError):
        return row.cells
    try:
        if reader.is_item(row.cells):
            reader.read(row.line, row.cells)
    except ImportRowError as problem:
        return problem
    return None


def _layout(table: Table, columns: Mapping[str, Column], options: ImportOptions) -> Layout:
    """Where the fields stand. Raises ImportFileError where a column would be lost."""
    said = as_in_file(table, options.columns)
    if options.app_from_column is not None:
        said |= as_in_file(table, {"app_id": options.app_from_column}, "--app-from-column ")
    layout = layout_of(columns, export=export_named(options.format), said=said, kind=options.kind)
    decided = options.app_id is not None or "app_id" in said
    several = None if decided or layout.kind == "post" else app_column_of(table, columns, layout)
    refuse_lost(table, columns, layout, said, several, dated=options.read_at is not None)
    return layout


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
        self.created: set[str] = set()
        self.routes = OtherRoutes(store, now)
        self.samples: dict[tuple[str, str], Sample] = {}
        self.sample: Sample | None = None
        self.vague = 0
        self.changes = ChangeTimes(store)
        self.without_zone = 0

    def run(self, progress: PartDone | None) -> None:
        batch: list[Item] = []
        for item, done in self._items():
            batch.append(item)
            if len(batch) == BATCH:
                self._write(batch)
                batch = []
                if progress is not None:
                    progress(done, self.table.size)
        self._write(batch)
        rows = [row for sample in self.samples.values() for row in sample.rows(self.now)]
        if self.report.counts.new or self.report.counts.changed:
            self.store.import_samples.write(rows)
            file_gaps.note(self.store, self.samples)
        if progress is not None:
            progress(self.table.size, self.table.size)
        self._notice()
        said = (notice(row) for row in rows[:MOST_SAMPLES])
        self.report.notices += [one for one in said if one is not None]

    def _items(self) -> Iterator[tuple[Item, int]]:
        for row in self.table.rows(self.reader.layout.wanted()):
            self.report.rows += 1
            try:
                if isinstance(row.cells, ImportRowError):
                    raise row.cells
                if not self.reader.is_item(row.cells):
                    self.report.rows -= 1
                    continue
                raw, app_id, aware = self.reader.read(row.line, row.cells)
                app = self._app(row.line, app_id)
            except ImportRowError as problem:
                self.report.take(problem, self.on_problem)
                continue
            if self.options.app_id is not None and app_id != self.options.app_id:
                self.report.left_out += 1
                continue
            self.without_zone += not aware
            item = self._protected(raw, app, row.cells)
            self._note_repeat(item)
            self._count(item)
            yield item, row.done

    def _count(self, item: Item) -> None:
        """Counts an item for what its file is a sample of."""
        sample = self.sample
        if sample is None or sample.source != item.source or sample.app != item.app:
            key = (item.app, item.source)
            sample = self.sample = self.samples.setdefault(key, Sample(*key))
        vague = self.reader.dates.vague
        sample.take(item, vague=vague > self.vague)
        self.vague = vague

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
        before = self.contents.pop(key, None)
        self.report.again += before is not None and before != content
        self.report.repeated += before == content
        self.contents[key] = content
        if len(self.contents) > REMEMBERED:
            self.contents.popitem(last=False)

    def _occurrence(self, item_id: str) -> int:
        """How many equal rows without id and author came before, among the latest ones."""
        key = _digest(item_id)
        seen = self.equal_rows.pop(key, 0)
        self.equal_rows[key] = seen + 1
        self.report.repeated += seen > 0
        if len(self.equal_rows) > REMEMBERED:
            self.equal_rows.popitem(last=False)
        return seen

    def _app(self, line: int, app_id: str | None) -> str:
        if self.options.app is not None:
            return self.options.app
        if app_id is None:
            column = self.reader.layout.columns["app_id"][0]
            raise ImportRowError(line, column, "is empty, and --app-from-column needs it")
        return key_of(app_id)

    def _write(self, batch: list[Item]) -> None:
        for app in {item.app for item in batch} - self.created:
            self.store.apps.ensure(app)
            self.created.add(app)
        batch = self.changes.of(batch)
        batch, elsewhere = self.routes.new(batch)
        self.report.elsewhere += elsewhere
        if batch:
            self.report.counts += self.store.items.write(batch, how="import")

    def _notice(self) -> None:
        notices = self.report.notices
        notices += self.reader.layout.notices()
        if self.reader.rounded:
            notices.append(
                f"{self.reader.rounded} ids were rounded by a spreadsheet (1.9E+18) and are not "
                "used; these rows are told apart by what they say"
            )
        if self.reader.unrated:
            notices.append(f"{self.reader.unrated} ratings are 0 and were taken as none given")
        extra = [c for c in self.table.columns if c not in self.reader.layout.wanted()]
        if extra:
            notices.append(f"columns not used: {', '.join(map(_printable, extra[:12]))}")
        if self.report.again:
            notices.append(
                f"{self.report.again} ids came again with other content; the later date counts, "
                "then the later row"
            )
        if self.report.repeated:
            notices.append(
                f"{self.report.repeated} rows say the same as a row before them (time, stars, text "
                "and id or author); where they name neither id nor author each is kept"
            )
        if self.report.elsewhere:
            notices.append(
                f"{self.report.elsewhere} rows are in the store already by another route (same "
                "text and time under another id) and were not taken in twice"
            )
        if self.changes.left_out:
            notices.append(
                f"{self.changes.left_out} times of change were not used: nearly all rows have one, "
                "so it is taken for the file's own; a review counts when it was created"
            )
        notices += self.reader.dates.notices()
        if self.without_zone:
            notices.append(f"{self.without_zone} times name no zone and were taken as UTC")


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
    for row in table.rows(reader.layout.wanted()):
        problem = _problem(reader, row)
        bad += problem is not None
        first = first or problem
    if first is not None:
        raise ImportFileError(
            f"{path}: {bad} bad rows, and --strict refuses them; nothing was imported. "
            f"The first: {first}"
        )
