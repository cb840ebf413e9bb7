"""Parquet files, a few thousand rows at a time."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from collector.errors import ImportFileError, ImportRowError
from collector.importers.limits import LARGEST_GROUP, MOST_COLUMNS, MOST_ROWS
from collector.importers.table import Row

BATCH = 2_000


class ParquetTable:
    """A Parquet file; only the wanted columns are unpacked."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with self._open() as file:
            self.columns = list(file.schema_arrow.names)
            self.size = file.metadata.num_rows
            groups = range(file.metadata.num_row_groups)
            largest = max((file.metadata.row_group(g).total_byte_size for g in groups), default=0)
        if len(self.columns) > MOST_COLUMNS:
            raise ImportFileError(f"{path}: has more than {MOST_COLUMNS} columns")
        if largest > LARGEST_GROUP or self.size > MOST_ROWS:
            raise ImportFileError(
                f"{path}: a row group takes {largest // 1024**2} MB unpacked, the file claims "
                f"{self.size} rows; write it again with smaller row groups"
            )
        twice = {name for name in self.columns if self.columns.count(name) > 1}
        if twice:
            raise ImportFileError(f"{path}: the column {min(twice)!r} is there twice; rename one")

    def rows(self, columns: frozenset[str] | None = None) -> Iterator[Row]:
        """All rows. Raises ImportFileError for a damaged file."""
        wanted = [name for name in self.columns if columns is None or name in columns]
        number = 0
        with self._open() as file:
            try:
                for batch in file.iter_batches(batch_size=BATCH, columns=wanted):
                    for cells in _rows_of(_plain(batch), number + 1):
                        number += 1
                        yield Row(number, cells, number)
            except (pa.ArrowException, OSError) as error:
                raise self._damaged(error) from error

    def _open(self) -> pq.ParquetFile:
        try:
            return pq.ParquetFile(self.path)
        except (pa.ArrowException, OSError) as error:
            raise self._damaged(error) from error

    def _damaged(self, error: Exception) -> ImportFileError:
        reason = str(error).splitlines()[0][:200] if str(error) else type(error).__name__
        return ImportFileError(f"{self.path}: is not a readable Parquet file ({reason})")


def _plain(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Times in UTC where they name a zone, with nanoseconds cut, which no datetime holds."""
    for place, field in enumerate(batch.schema):
        if pa.types.is_timestamp(field.type):
            unit = "us" if field.type.unit == "ns" else field.type.unit
            kind = pa.timestamp(unit, "UTC" if field.type.tz else None)
            cut = batch.column(place).cast(kind, safe=False)
            batch = batch.set_column(place, field.name, cut)
    return batch


def _rows_of(batch: pa.RecordBatch, first: int) -> list[dict[str, Any] | ImportRowError]:
    """The rows as Python values. A batch that does not convert is tried cell by cell."""
    try:
        rows: list[dict[str, Any] | ImportRowError] = batch.to_pylist()
    except (ValueError, OverflowError):
        return [_row_of(batch, place, first + place) for place in range(batch.num_rows)]
    return rows


def _row_of(batch: pa.RecordBatch, place: int, number: int) -> dict[str, Any] | ImportRowError:
    cells = {}
    for name, column in zip(batch.schema.names, batch.columns, strict=True):
        try:
            cells[name] = column[place].as_py()
        except UnicodeDecodeError:
            return ImportRowError(number, name, "is not UTF-8")
        except (ValueError, OverflowError):
            return ImportRowError(number, name, "holds a value out of range")
    return cells
