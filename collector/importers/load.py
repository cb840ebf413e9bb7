"""A file -> the store: streamed in batches, bad rows reported, safe to repeat and to interrupt."""

import hashlib
import re
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from collector.errors import ImportFileError, ImportRowError
from collector.importers.files import open_table
from collector.importers.formats import Format, RowReader, recognise
from collector.importers.moments import DateOrder, has_year_last, order_of
from collector.importers.table import Table
from collector.privacy import content_id, protect
from collector.records import Item, RawItem
from collector.store import Store, WriteCounts

BATCH = 2_000
REMEMBERED = 100_000  # rows without an id that are kept in mind to tell equal ones apart
SHOWN_PROBLEMS = 20
APP_KEY = re.compile(r"\w[\w.\-]{0,99}")
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOptions:
    """How to read a file.

    app: key that everything goes under; None with app_from_column: one app an app_id.
    app_id: take only the rows of this app_id. source: overrides what the rows say.
    strict: refuse a file with a bad row before anything is written.
    """

    app: str | None
    app_id: str | None = None
    app_from_column: bool = False
    source: str | None = None
    format: str = "auto"
    encoding: str | None = None
    date_order: DateOrder | None = None
    strict: bool = False


@dataclass(slots=True)
class ImportReport:
    """What an import did. problems: the first bad rows; bad: how many there were."""

    path: Path
    format: str
    rows: int = 0
    counts: WriteCounts = field(default_factory=WriteCounts)
    bad: int = 0
    left_out: int = 0
    problems: list[ImportRowError] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)


def check_app_key(key: str) -> str:
    """The key, if it can name an app. Raises ImportFileError."""
    if not APP_KEY.fullmatch(key):
        raise ImportFileError(
            f"--app: {key!r} cannot name an app; use letters, digits, '.', '-' and '_'"
        )
    return key


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
    chosen = recognise(path, table.columns, options.format)
    order = options.date_order or _date_order(table, chosen)
    reader = RowReader(chosen, options.source, now, order)
    if options.strict:
        _refuse_bad_rows(path, table, reader)
    report = ImportReport(path, chosen.name)
    loading = _Loading(store, table, reader, options, report, now, on_problem)
    loading.run(progress)
    return report


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
            except ImportRowError as problem:
                self._bad(problem)
                continue
            if app_id is not None and len(self.app_ids) < 1_000:
                self.app_ids[app_id] += 1
            if self.options.app_id is not None and app_id != self.options.app_id:
                self.report.left_out += 1
                continue
            self.without_zone += not aware
            yield self._protected(raw, self._app(app_id)), row.done

    def _protected(self, raw: RawItem, app: str) -> Item:
        item = protect(
            raw, app=app, secret=self.store.secret, seen_at=self.now, arrived_at=raw.created_at
        )
        if raw.item_id is not None or raw.author is not None:
            return item
        return Item(
            **{
                name: getattr(item, name) for name in Item.__dataclass_fields__ if name != "item_id"
            },
            item_id=content_id(self.store.secret, raw, self._occurrence(item.item_id)),
        )

    def _occurrence(self, item_id: str) -> int:
        """How many equal rows without id and author came before, among the latest ones."""
        key = hashlib.blake2b(item_id.encode(), digest_size=8).digest()
        seen = self.equal_rows.pop(key, 0)
        self.equal_rows[key] = seen + 1
        if len(self.equal_rows) > REMEMBERED:
            self.equal_rows.popitem(last=False)
        return seen

    def _app(self, app_id: str | None) -> str:
        if self.options.app is not None:
            return self.options.app
        return re.sub(r"[^a-z0-9._-]+", "-", (app_id or "unknown").lower()).strip("-.")[:100]

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
            notices.append(f"columns not used: {', '.join(extra[:12])}")
        if self.without_zone:
            notices.append(f"{self.without_zone} times name no zone and were taken as UTC")
        if len(self.app_ids) > 1 and self.options.app is not None and self.options.app_id is None:
            listed = ", ".join(name for name, _ in self.app_ids.most_common(3))
            notices.append(
                f"the file holds {len(self.app_ids)} app_ids ({listed}, ...) and ALL went under "
                f"{self.options.app!r}; use --app-id to take one, or --app-from-column instead of "
                "--app for one app each"
            )


def _date_order(table: Table, chosen: Format) -> DateOrder | None:
    """Day or month first, found out over a whole column where its dates leave it open."""
    names = [n for n in chosen.columns["created_at"] if n in table.columns]
    values = (
        row.cells.get(name)
        for row in table.rows(frozenset(names))
        if not isinstance(row.cells, ImportRowError)
        for name in names
    )
    first = next((value for value in values if value), None)
    if not has_year_last(first):
        return None
    return order_of([first, *(value for value in values if has_year_last(value))])


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
