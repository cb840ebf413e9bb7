"""A user's own table, whatever library made it, as the arrays that the detectors read.

Columns are found by their names and contents, as `floodgauge import` finds them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import narwhals as nw
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from analysis.research.one_each import repeated
from analysis.swings import History
from collector.errors import ContractError
from collector.importers.columns.contents import SAMPLED, Column
from collector.importers.columns.layout import Layout, layout_of
from collector.importers.row_reader import FUTURE, NETWORKS, source_named
from collector.importers.table import Row
from collector.importers.values.date_order import DateOrders
from collector.importers.values.moments import Moments
from collector.stars import whole_stars
from collector.times import DAY_US, EARLIEST, HOUR_US, INSTANT, now_utc, to_us

MOST_COUNTED = 200_000_000
MISSING = int(np.iinfo(np.int64).min)
NO_TIME = "no time between 1990 and now"
COUNT = "count"
"""A column of this name is one of counts."""


@dataclass(frozen=True, slots=True)
class Names:
    """Columns as a caller names them; None: found by name and contents, "": there is none.

    bin: how long a row of counts stands for.
    """

    time: str | None = None
    stars: str | None = None
    count: str | None = None
    source: str | None = None
    bin: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """One app's rows in order of time.

    at: int64 (n,) microseconds UTC. stars: int8 (n,), 1 to 5, 0 without. source: int16 (n,), index
    into sources. is_post: bool (n,). rated: whether the table has stars at all. width: of a table
    of counts, the microseconds of one bin. layout: which column holds which field. left_out: rows
    that cannot be used, by reason. place: int64 (n,), the row of the table that each came from.
    newest: the last moment that the table tells of, microseconds. gaps, truncated: int64 (m, 2),
    bins of which no count, or not every count, is known.
    """

    at: NDArray[np.int64]
    stars: NDArray[np.int8]
    source: NDArray[np.int16]
    is_post: NDArray[np.bool_]
    sources: tuple[str, ...]
    rated: bool
    width: int | None
    layout: Layout
    left_out: Mapping[str, int]
    place: NDArray[np.int64]
    newest: int
    frame: "nw.DataFrame[Any]"
    gaps: NDArray[np.int64]
    truncated: NDArray[np.int64]

    @property
    def columns(self) -> dict[str, str]:
        """The column of each field."""
        return first_columns(self.layout)

    def history(self) -> History:
        """What the detectors read."""
        arrays = self.at, self.stars, self.source, self.is_post
        return History(*arrays, self.sources, self._gaps(), self.truncated)

    def _gaps(self) -> NDArray[np.int64]:
        """Bins without a count. A day's count stands at its midnight: the hours before the next one
        that is known are no hole in front of it."""
        if self.width is None or self.width < DAY_US or not len(self.gaps):
            return self.gaps
        last = ~np.isin(self.gaps[:, 1], self.gaps[:, 0])
        ends = np.where(last, self.gaps[:, 0] + HOUR_US, self.gaps[:, 1])
        return np.stack([self.gaps[:, 0], ends], axis=1)

    def only(self, rows: NDArray[np.bool_]) -> "Table":
        """The same with some of its rows."""
        names = ("at", "stars", "source", "is_post", "place")
        return replace(self, **{name: getattr(self, name)[rows] for name in names})

    def between(self, since: int, until: int, fields: Sequence[str]) -> dict[str, list[Any]]:
        """Plain values of single rows from one moment to before another, in order of time."""
        low, high = np.searchsorted(self.at, [since, until])
        rows = self.frame[self.place[low:high].tolist()]
        return {held: rows[self.columns[held]].to_list() for held in fields if held in self.columns}


def read_table(df: Any, names: Names, as_of: datetime | None = None) -> Table:
    """A pandas, polars or Arrow table, or what gives an Arrow stream, as arrays.

    as_of: a version that came later takes nothing from the one before. Raises ContractError that
    names the column and what is wrong with it.
    """
    frame = opened(df)
    names = _completed(frame, names)
    layout = _layout(frame, names)
    columns = first_columns(layout)
    at = times_of(frame, columns["created_at"])
    stars, readable = _stars(frame, columns.get("rating"), layout)
    source, sources = _sources(frame, columns.get("source"), layout)
    counts = None if names.count is None else _counts(frame, names.count)
    no_time = (at < to_us(EARLIEST)) | (at > to_us(now_utc() + FUTURE))
    width = None if counts is None else _width(at[~no_time], names.bin)
    wrong = {NO_TIME: no_time, "unreadable stars": ~readable}
    if counts is not None:
        wrong["no count"] = np.isnan(counts)
    else:
        latest = None if as_of is None else to_us(as_of)
        wrong["the same review again"] = repeated(frame, columns, at, stars, source, latest)
    keep = ~np.logical_or.reduce(list(wrong.values()))
    place = np.flatnonzero(keep)
    gaps, truncated = _unknown(at, wrong, keep, width)
    at = at[place]
    if not len(at):
        raise ContractError(f"no row of the table can be used: {', '.join(wrong)}")
    posts = _posts(frame, columns, layout, stars, source, sources)
    own = at[~posts[place]]
    newest = int((own if len(own) else at).max())
    if counts is not None and width is not None:
        events = counts[place].astype(np.int64)
        at, place = spread(at, events, width), np.repeat(place, events)
        newest += width - 1
    order = np.argsort(at, kind="stable")
    at, place = at[order], place[order]
    return Table(
        at=at,
        stars=stars[place],
        source=source[place],
        is_post=posts[place],
        sources=sources,
        rated="rating" in columns,
        width=width,
        layout=layout,
        left_out={why: int(rows.sum()) for why, rows in wrong.items() if rows.any()},
        place=place,
        newest=newest,
        frame=frame,
        gaps=gaps,
        truncated=truncated,
    )


def first_columns(layout: Layout) -> dict[str, str]:
    """The first column of each field."""
    return {held: found[0] for held, found in layout.columns.items() if found}


def opened(df: Any) -> "nw.DataFrame[Any]":
    """The table, whatever library made it. Raises ContractError for what is none."""
    if isinstance(df, Mapping):
        df = pd.DataFrame(df)
    found = nw.from_native(df, pass_through=True)
    if isinstance(found, nw.LazyFrame):
        found = found.collect()
    if not isinstance(found, nw.DataFrame) and hasattr(df, "__arrow_c_stream__"):
        found = nw.from_native(pa.table(df))
    if not isinstance(found, nw.DataFrame):
        raise ContractError(
            f"{type(df).__name__} is no table: give a pandas, polars or Arrow table, or a mapping "
            "of columns"
        )
    return found


def _completed(frame: "nw.DataFrame[Any]", names: Names) -> Names:
    """The names with a column that is called count. Raises ContractError for one not there."""
    held = names.count if names.count is not None else COUNT if COUNT in frame.columns else None
    names = replace(names, count=held or None)
    for field in fields(names):
        said = getattr(names, field.name)
        if said and field.name != "bin" and said not in frame.columns:
            raise ContractError(
                f"{field.name}: no column {said!r}; there is: {', '.join(frame.columns)}"
            )
    return names


def _layout(frame: "nw.DataFrame[Any]", names: Names) -> Layout:
    """Which columns hold which field, by the same rules as `floodgauge import`."""
    given = {"created_at": names.time, "rating": names.stars, "source": names.source}
    said = {held: column for held, column in given.items() if column is not None}
    head = frame.head(SAMPLED)
    sampled = {}
    for name in frame.columns:
        if name != names.count:
            sampled[name] = Column(name)
            for value in head[name].to_list():
                sampled[name].take(value)
    layout = layout_of(sampled, said=said)
    if not layout.reads("created_at"):
        raise ContractError(
            f"no column of times among {', '.join(frame.columns)}; name it with time="
        )
    return layout


def times_of(frame: "nw.DataFrame[Any]", name: str) -> NDArray[np.int64]:
    """Microseconds UTC of a column of times, MISSING where there is none.

    A time without a zone is UTC. Raises ContractError for a value that is no time.
    """
    values = frame[name].to_arrow()
    if isinstance(values, pa.ChunkedArray):
        values = values.combine_chunks()
    if pa.types.is_dictionary(values.type):
        values = values.dictionary_decode()
    if pa.types.is_date(values.type):
        values = values.cast(pa.timestamp("us"))
    if not pa.types.is_timestamp(values.type):
        return _written_times(name, frame[name].to_list())
    return _microseconds(values)


def _microseconds(values: Any) -> NDArray[np.int64]:
    whole = values.cast(pa.timestamp("us", values.type.tz), safe=False).cast(pa.int64())
    return np.asarray(pc.fill_null(whole, MISSING).to_numpy(zero_copy_only=False), dtype=np.int64)


def _written_times(name: str, values: list[Any]) -> NDArray[np.int64]:
    """Times as text, numbers or objects: ISO 8601 at once, others one by one as files are read."""
    if all(isinstance(value, str) for value in values[:SAMPLED]):
        try:
            read = pd.to_datetime(pd.Series(values, dtype="str"), utc=True, format="ISO8601")
        except (ValueError, TypeError):
            pass
        else:
            return _microseconds(pa.array(read))
    rows = _Written(Path(name), [name], len(values), values)
    moments = Moments(DateOrders(rows, [name], None, now_utc()))
    found: dict[Any, int] = {None: MISSING}
    for value in values:
        if value in found:
            continue
        if value != value or value is pd.NaT:
            found[value] = MISSING
            continue
        try:
            found[value] = to_us(moments.moment(name, value)[0])
        except ValueError as error:
            raise ContractError(f"{name}: {value!r}: {error}") from None
    return np.array([found[value] for value in values], dtype=np.int64)


@dataclass(slots=True)
class _Written:
    """One column as the rows of a file."""

    path: Path
    columns: list[str]
    size: int
    values: list[Any]

    def rows(self, columns: frozenset[str] | None = None) -> Iterator[Row]:  # noqa: ARG002
        """All rows from the start."""
        (name,) = self.columns
        return (Row(n + 1, {name: value}, n) for n, value in enumerate(self.values))


def _stars(
    frame: "nw.DataFrame[Any]", name: str | None, layout: Layout
) -> tuple[NDArray[np.int8], NDArray[np.bool_]]:
    """Stars 1 to 5, 0 without, and whether a row's rating could be read."""
    if name is None:
        return np.ones(len(frame), np.int8), np.ones(len(frame), dtype=bool)
    codes, values = pd.factorize(_pandas(frame[name]))
    stars, readable = np.zeros(len(values) + 1), np.ones(len(values) + 1, dtype=bool)
    for n, value in enumerate(values.tolist()):
        try:
            given = layout.scale.stars(value)
        except ValueError:
            readable[n] = False
        else:
            stars[n] = 0.0 if given is None else given
    return whole_stars(stars)[codes], readable[codes]


def _sources(
    frame: "nw.DataFrame[Any]", name: str | None, layout: Layout
) -> tuple[NDArray[np.int16], tuple[str, ...]]:
    if name is None:
        return np.zeros(len(frame), np.int16), (layout.source,)
    codes, values = pd.factorize(_pandas(frame[name]))
    keys = [source_named(value) or layout.source for value in values.tolist()] + [layout.source]
    sources = tuple(dict.fromkeys(keys))
    of_code = np.array([sources.index(key) for key in keys], dtype=np.int16)
    return of_code[codes], sources


def _posts(
    frame: "nw.DataFrame[Any]",
    columns: Mapping[str, str],
    layout: Layout,
    stars: NDArray[np.int8],
    source: NDArray[np.int16],
    sources: tuple[str, ...],
) -> NDArray[np.bool_]:
    """Which rows are social posts; without stars at all every row counts alike."""
    if "rating" not in columns:
        return np.zeros(len(frame), dtype=bool)
    if "kind" in columns:
        return np.asarray(_pandas(frame[columns["kind"]]).astype(str) == "post", dtype=bool)
    networks = np.array([name in NETWORKS for name in sources])
    return np.asarray((stars == 0) & (networks[source] | (layout.kind == "post")), dtype=bool)


def _counts(frame: "nw.DataFrame[Any]", name: str) -> NDArray[np.float64]:
    """The count of each row, missing where there is none. Raises ContractError."""
    values = _pandas(frame[name]).reset_index(drop=True)
    if not pd.api.types.is_numeric_dtype(values):
        values = values.map(lambda value: None if str(value).strip() == "" else value)
    read = pd.to_numeric(values, errors="coerce")
    unreadable = values[read.isna() & values.notna()]
    if len(unreadable):
        raise ContractError(f"{name}: {unreadable.iloc[0]!r} is no number")
    counts = read.to_numpy(np.float64, na_value=np.nan)
    known = counts[~np.isnan(counts)]
    if (known < 0).any() or (known != np.floor(known)).any() or np.isinf(known).any():
        raise ContractError(f"{name}: counts are whole numbers, 0 or more")
    if known.sum() > MOST_COUNTED:
        raise ContractError(f"{name}: {known.sum():,.0f} events; at most {MOST_COUNTED:,}")
    return counts


def _unknown(
    at: NDArray[np.int64],
    wrong: Mapping[str, NDArray[np.bool_]],
    keep: NDArray[np.bool_],
    width: int | None,
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Bins without any count, and bins of which some row has none: int64 (m, 2) each."""
    if width is None:
        return np.empty((0, 2), np.int64), np.empty((0, 2), np.int64)
    starts = np.unique(at[~keep & ~wrong[NO_TIME]])
    partly = np.isin(starts, at[keep])
    spans = np.stack([starts, starts + width], axis=1)
    return spans[~partly], spans[partly]


def spread(at: NDArray[np.int64], counts: NDArray[np.int64], width: int) -> NDArray[np.int64]:
    """Events in place of counts: evenly within their bin; of whole days as dates without a time."""
    starts = np.repeat(at, counts)
    if width >= DAY_US:
        return starts
    of_bin = np.repeat(counts, counts)
    number = np.arange(len(starts)) - np.repeat(np.cumsum(counts) - counts, counts)
    return np.asarray(starts + (2 * number + 1) * width // (2 * of_bin))


def _width(at: NDArray[np.int64], given: timedelta | None) -> int:
    """Microseconds of a bin: as given, else the smallest distance of two. Raises ContractError."""
    if given is not None:
        width = given // INSTANT
    else:
        apart = np.diff(np.unique(at))
        width = int(apart.min()) if len(apart) else DAY_US
    if not 0 < width <= DAY_US:
        raise ContractError("count: bins of at most a day; in longer ones a swing has no moment")
    return width


def _pandas(series: "nw.Series[Any]") -> "pd.Series[Any]":
    found: pd.Series[Any] = series.to_pandas()
    return found
