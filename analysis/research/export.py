"""Frames as files, readable back as they were, and the data dictionary."""

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal, TextIO, get_args

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from analysis.decisions import Decision
from analysis.records import Alarm, Evidence, Excerpt, GivenReason, Incident, Phrase, Removal
from analysis.research.around_frames import (
    load_ratings,
    load_releases,
    load_timeline,
    load_versions,
)
from analysis.research.frames import (
    app_trends,
    load_incidents,
    load_items,
    load_labels,
    load_runs,
    load_series,
)
from analysis.scored_items import ItemVersion, ScoredItem, SeriesHour
from analysis.trends.points import AppTrendPoint
from collector import record_frames
from collector.errors import ContractError
from collector.records import ContextEvent, RatingSnapshot, Release, RunReport
from collector.text.formula_guard import guarded, unguarded
from collector.times import to_iso

What = Literal["items", "incidents", "series", "trends", "runs", "labels",
    "ratings", "releases", "timeline", "versions",
]  # fmt: skip
RECORDS: dict[What, type] = {
    "items": ScoredItem,
    "incidents": Incident,
    "series": SeriesHour,
    "trends": AppTrendPoint,
    "runs": RunReport,
    "labels": Decision,
    "ratings": RatingSnapshot,
    "releases": Release,
    "timeline": ContextEvent,
    "versions": ItemVersion,
}
LOADERS: dict[What, Callable[..., pd.DataFrame]] = {
    "items": load_items,
    "incidents": load_incidents,
    "series": load_series,
    "trends": app_trends,
    "runs": load_runs,
    "labels": load_labels,
    "ratings": load_ratings,
    "releases": load_releases,
    "timeline": load_timeline,
    "versions": load_versions,
}
ENDINGS = (".csv", ".parquet", ".jsonl")
SNAPSHOT_KEY = "floodgauge.snapshot"
MADE_KEY = "floodgauge.made_with"
SNAPSHOTS = """## Snapshot ids

An export of items names its frame:
`my-app@2026-11-21T08:15:03.120000Z#5021-0f3c9a52d1b7e684` is the app, the moment of knowledge, the
number of rows and a digest of what they say. With `--since` or `--until` the span stands in it:
`my-app@2026-11-21T08:15:03.120000Z,2026-05-01T00:00:00Z/..#812-9b1d...`. Exports of several apps
have one id for each, separated by blanks. The id is printed, it is `frame.attrs["snapshot"]`, the
metadata `floodgauge.snapshot` of a Parquet file, and stands in `items.csv.snapshot` beside
`items.csv`.

`load_items("my-app", snapshot="...")` and `floodgauge export items --snapshot ID` give the same
rows again, also after late arrivals, edits, removals, later votes and new scores. Two columns are
not part of it: `last_seen` (each poll moves it; a frame by id has `first_seen` there) and
`author_key` (made anew for each file). What was forgotten or taken out by retention since does not
come back: then nothing is written, and the error says how many rows are missing, the new digest and
the id of what is left. So an id gives the whole as long as its texts are kept: by default 365 days
for reviews and 30 for posts from when they were first read (`[retention]` in floodgauge.toml); each
export prints the day on which retention begins to take texts out of it. Ids hold in the store that
made them.

## What a file was made with

Version, a hash of the rules, app, span, filters, rows and the snapshot id stand in
`items.csv.made.json` beside `items.csv`, and in a Parquet file as the metadata
`floodgauge.made_with`. With `--source`, `--lang` or `--country` the id is that of the whole, and
the filters stand beside it.

Every time in a CSV is written with microseconds (`2026-11-21T08:15:03.120000Z`), so that
`pandas.read_csv(path, parse_dates=["created_at"])` reads all of them.
"""


def write_frame(frame: pd.DataFrame, record: type, path: Path) -> None:
    """Writes a frame by the file's ending; whole or not at all. Raises ContractError, OSError.

    CSV: UTF-8, times ISO 8601; a text that a spreadsheet would run as a formula gets a leading '.
    The id of the frame's snapshot goes with it: see write_frames.
    """
    write_frames([frame], record, path, lambda: frame.attrs.get("snapshot"))


def write_frames(
    frames: Iterable[pd.DataFrame],
    record: type,
    path: Path,
    snapshot: Callable[[], str | None] = lambda: None,
    *,
    made: Mapping[str, Any] | None = None,
    private: bool = False,
) -> int:
    """Writes frames as one file, holding one at a time in memory; returns the number of rows.

    snapshot: gives the id of the whole, when all frames were read. It is kept in Parquet's metadata
    as SNAPSHOT_KEY, for other endings in a file beside it: items.csv.snapshot for items.csv.
    made: what it was made with (see made_with); kept in Parquet's metadata as MADE_KEY, for other
    endings in items.csv.made.json. private: only its owner may read the file.
    """
    if path.suffix not in ENDINGS:
        raise ContractError(f"{path.name}: the ending must be one of {', '.join(ENDINGS)}")
    partial = path.with_name(path.name + ".partial")
    rows = 0
    try:
        if private:
            partial.unlink(missing_ok=True)
            partial.touch(mode=0o600)
        with _writer(record, path.suffix, partial, snapshot, made) as write:
            write(record_frames.empty_frame(record))  # the header, where there is not one row
            for frame in frames:
                write(record_frames.check_frame(record, frame))
                rows += len(frame)
        partial.replace(path)
        _name_beside(path, snapshot())
        _made_beside(path, made, snapshot(), rows)
    finally:
        partial.unlink(missing_ok=True)
    return rows


def _name_beside(path: Path, snapshot: str | None) -> None:
    """Writes the id beside the file; takes away that of the file that was there before."""
    beside = path.with_name(path.name + ".snapshot")
    if snapshot is None or path.suffix == ".parquet":
        beside.unlink(missing_ok=True)
    else:
        beside.write_text(snapshot + "\n", encoding="utf-8")


def _made_beside(
    path: Path, made: Mapping[str, Any] | None, snapshot: str | None, rows: int
) -> None:
    """Writes what the file was made with beside it; takes away that of the file before."""
    beside = path.with_name(path.name + ".made.json")
    if made is None or path.suffix == ".parquet":
        beside.unlink(missing_ok=True)
    else:
        told = {**made, "snapshot": snapshot, "rows": rows}
        beside.write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")


def read_snapshot(path: Path) -> str | None:
    """The snapshot id of a file that write_frames made."""
    if path.suffix == ".parquet":
        found: bytes | None = (pq.read_metadata(path).metadata or {}).get(SNAPSHOT_KEY.encode())
        return None if found is None else found.decode()
    beside = path.with_name(path.name + ".snapshot")
    return beside.read_text(encoding="utf-8").strip() if beside.exists() else None


@contextmanager
def _writer(
    record: type,
    ending: str,
    path: Path,
    snapshot: Callable[[], str | None],
    made: Mapping[str, Any] | None = None,
) -> Iterator[Callable[[pd.DataFrame], None]]:
    """A function that adds a frame to a new file."""
    if ending == ".parquet":
        schema = record_frames.arrow_schema(record)
        with pq.ParquetWriter(path, schema) as file:
            yield (
                lambda frame: (
                    file.write_table(pa.Table.from_pandas(frame, schema, preserve_index=False))
                    if len(frame)
                    else None
                )
            )
            if (named := snapshot()) is not None:
                file.add_key_value_metadata({SNAPSHOT_KEY: named})
            if made is not None:
                file.add_key_value_metadata({MADE_KEY: json.dumps({**made, "snapshot": named})})
        return
    # Excel reads a CSV as UTF-8 only where it starts with a byte-order mark.
    encoding = "utf-8-sig" if ending == ".csv" else "utf-8"
    with path.open("w", encoding=encoding, newline="") as text:
        if ending == ".jsonl":
            yield lambda frame: _write_jsonl(_as_text(frame, record, guard=False), record, text)
            return
        text.write(",".join(record_frames.names(record)) + "\n")
        yield lambda frame: _write_csv(_as_text(frame, record, guard=True), text)


def read_frame(record: type, path: Path) -> pd.DataFrame:
    """A file that write_frame made -> the same frame."""
    if path.suffix == ".parquet":
        frame = pq.read_table(path, schema=record_frames.arrow_schema(record)).to_pandas()
    elif path.suffix == ".csv":
        frame = pd.read_csv(
            path, dtype="str", keep_default_na=False, na_values=[""], encoding="utf-8-sig"
        )
        for column in record_frames.columns(record):
            if column.type in (str, dict):
                frame[column.name] = frame[column.name].map(unguarded, na_action="ignore")
    else:
        with path.open(encoding="utf-8", newline="\n") as lines:  # a text may hold other breaks
            frame = pd.DataFrame(
                [json.loads(line) for line in lines], columns=record_frames.names(record)
            )
    return record_frames.check_frame(record, _typed(frame, record))


def dictionary() -> str:
    """The data dictionary of every exported frame and of what is nested in it, as Markdown."""
    parts = [(f"{what}", record) for what, record in RECORDS.items()]
    nested = [
        ("evidence (in incidents)", Evidence),
        ("phrases (in incidents)", Phrase),
        ("reasons (in incidents)", GivenReason),
        ("excerpts (in incidents)", Excerpt),
        ("removals (in incidents)", Removal),
    ]
    alarms = [("alarm log (replay --json)", Alarm)]
    text = "\n".join(
        f"## {title}\n\n{(record.__doc__ or '').strip()}\n\n{record_frames.dictionary(record)}"
        for title, record in [*parts, *nested, *alarms]
    )
    return (
        "# Data dictionary\n\nMade from the record classes by `floodgauge export --dictionary`.\n\n"
        + SNAPSHOTS
        + "\n"
        + text
    )


def checked(what: str) -> What:
    """One of the frames that can be exported. Raises ContractError."""
    for known in get_args(What):
        if what == known:
            return known  # type: ignore[no-any-return]
    raise ContractError(f"cannot export {what!r}; choose one of {', '.join(get_args(What))}")


def _as_text(frame: pd.DataFrame, record: type, *, guard: bool) -> pd.DataFrame:
    """Times as ISO 8601; guarded texts where a spreadsheet may open the file (CSV)."""
    out = frame.copy()
    for column in record_frames.columns(record):
        values = out[column.name]
        if column.dtype == "datetime64[us, UTC]":
            out[column.name] = _moments(values, uniform=guard).astype("object")
        elif guard and column.type in (str, dict):
            out[column.name] = values.map(guarded, na_action="ignore")
    return out


def _moments(values: "pd.Series[Any]", *, uniform: bool) -> "pd.Series[Any]":
    """ISO 8601. uniform: all with microseconds, or pandas reads a column of both as texts."""
    if uniform:
        written: pd.Series[Any] = values.dt.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        return written
    return values.map(to_iso, na_action="ignore")


def _write_csv(frame: pd.DataFrame, file: TextIO) -> None:
    """A carriage return alone would end a row in a spreadsheet: Python quotes it only with all."""
    returns = any(
        values.map(lambda value: isinstance(value, str) and "\r" in value).any()
        for _, values in frame.select_dtypes(include=["object", "string"]).items()
    )
    quoting: Literal[0, 2] = csv.QUOTE_NONNUMERIC if returns else csv.QUOTE_MINIMAL
    frame.to_csv(file, index=False, header=False, lineterminator="\n", quoting=quoting)


def _write_jsonl(frame: pd.DataFrame, record: type, file: TextIO) -> None:
    nested = {column.name for column in record_frames.columns(record) if column.type is dict}
    names = list(frame.columns)
    for row in frame.astype("object").itertuples(index=False, name=None):
        values = {n: _json_value(v, n in nested) for n, v in zip(names, row, strict=True)}
        file.write(json.dumps(values, ensure_ascii=False) + "\n")


def _json_value(value: Any, nested: bool) -> Any:
    if value is pd.NaT or value is pd.NA or value is None or value != value:
        return None
    if nested:
        return json.loads(value)
    return value.item() if hasattr(value, "item") else value


def _typed(frame: pd.DataFrame, record: type) -> pd.DataFrame:
    """Text or plain values -> the record's dtypes."""
    out = {}
    for column in record_frames.columns(record):
        values = frame[column.name]
        if column.type is dict:
            texts = [
                v if isinstance(v, str) or v is None or v != v else json.dumps(v) for v in values
            ]
            out[column.name] = pd.Series(texts, dtype=column.dtype)
        elif column.dtype == "datetime64[us, UTC]":
            times = pd.to_datetime(values, utc=True, format="ISO8601")
            out[column.name] = pd.Series(times, dtype=column.dtype)
        elif column.type is bool:
            out[column.name] = values.map({"True": True, "False": False, True: True, False: False})
        elif column.type is int:
            numbers = pd.to_numeric(values)
            out[column.name] = numbers.astype("Int64").astype(column.dtype)
        else:
            out[column.name] = values.astype(column.dtype)
    return pd.DataFrame(out)
