"""What each import was a sample of: coverage of what no poll watched."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from collector.records import ImportSample
from collector.store import schema
from collector.store.database import Database

T = schema.import_samples
COLUMNS = tuple(ImportSample.__dataclass_fields__)


class ImportSamples:
    """The samples of all imports, a row an app, source and cut of each."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def write(self, samples: Sequence[ImportSample]) -> None:
        """Keeps the samples of one import."""
        rows = [{n: getattr(sample, n) for n in COLUMNS} for sample in samples]
        if rows:
            with self.database.begin() as connection:
                connection.execute(sa.insert(T), rows)

    def of(self, app: str) -> list[ImportSample]:
        """Those of an app, in the order of its imports."""
        query = sa.select(*(T.c[name] for name in COLUMNS)).where(T.c.app == app)
        with self.database.connect() as connection:
            rows = connection.execute(query.order_by(T.c.imported_at, T.c.id)).mappings().all()
        return [ImportSample(**row) for row in rows]

    def brought(self, began: datetime) -> set[tuple[str, str]]:
        """The apps and sources of the import that began at a moment."""
        query = sa.select(T.c.app, T.c.source).where(T.c.imported_at == began).distinct()
        with self.database.connect() as connection:
            return {(row.app, row.source) for row in connection.execute(query)}

    def by_source(self) -> dict[tuple[str, str], list[ImportSample]]:
        """Those of all apps, by app and source."""
        query = sa.select(*(T.c[name] for name in COLUMNS)).order_by(T.c.imported_at, T.c.id)
        found: dict[tuple[str, str], list[ImportSample]] = {}
        with self.database.connect() as connection:
            for row in connection.execute(query).mappings():
                sample = ImportSample(**row)
                found.setdefault((sample.app, sample.source), []).append(sample)
        return found


def open_cuts(samples: Sequence[ImportSample]) -> list[ImportSample]:
    """The cuts that no other import of the same source covers."""
    return [one for one in samples if one.cut != "none" and not _covered(one, samples)]


def _covered(cut: ImportSample, samples: Sequence[ImportSample]) -> bool:
    """Whether another import has what lies before a beginning that is only a file's."""
    return cut.cut == "newest" and any(
        other.imported_at != cut.imported_at
        and other.source == cut.source
        and other.first_at < cut.first_at <= other.last_at
        for other in samples
    )
