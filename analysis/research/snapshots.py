"""Snapshot ids: names that stand for a frame of items for good.

`my-app@2026-11-21T08:15:03.120000Z#5021-0f3c9a52d1b7e684`: the app, the moment of knowledge, the
number of rows and a digest of what they say; a span of publication stands between them as
`,SINCE/UNTIL`, an open end as `..`. Ids of several apps are separated by blanks.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from analysis.scored_items import ItemVersion, ScoredItem
from collector import record_frames
from collector.errors import ContractError
from collector.store import Store
from collector.times import from_iso, to_iso

# Each poll moves the one, each file makes the other anew.
NOT_COMPARED = ("last_seen", "author_key")
# Ids of frames that were made before these were kept stay what they are: only filled ones count.
LATER = ("written_at", "rating_before", "changed_after")
PATTERN = re.compile(
    r"(?P<app>\S+)@(?P<at>[^@,#]+)(?:,(?P<since>[^/#]+)/(?P<until>[^/#]+))?"
    r"#(?P<rows>\d+)-(?P<digest>[0-9a-f]{16})"
)
OPEN = ".."


class SnapshotChanged(ContractError):
    """A snapshot cannot be given whole again.

    rows: what it had; missing: how many of them are gone; remaining: the id of what is left.
    """

    def __init__(self, message: str, *, rows: int, missing: int, remaining: str) -> None:
        super().__init__(message)
        self.rows = rows
        self.missing = missing
        self.remaining = remaining


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What an id says. since inclusive, until exclusive, of the time of publication."""

    app: str
    at: datetime
    since: datetime | None
    until: datetime | None
    rows: int
    digest: str

    def __str__(self) -> str:
        ends = [OPEN if end is None else to_iso(end) for end in (self.since, self.until)]
        span = "" if ends == [OPEN, OPEN] else "," + "/".join(ends)
        return f"{self.app}@{to_iso(self.at)}{span}#{self.rows}-{self.digest}"


def parse(text: str) -> list[Snapshot]:
    """Ids separated by blanks. Raises ContractError."""
    found = [_parse_one(part) for part in text.split()]
    if not found:
        raise ContractError("snapshot: give an id, as an export prints it")
    return found


def _parse_one(text: str) -> Snapshot:
    match = PATTERN.fullmatch(text)
    try:
        if match is None:
            raise ValueError(text)
        ends = [match[name] for name in ("since", "until")]
        since, until = (None if end in (None, OPEN) else from_iso(end) for end in ends)
        at = from_iso(match["at"])
    except ValueError:
        raise ContractError(
            f"snapshot: {text[:200]!r} is not an id; one looks like "
            "my-app@2026-11-21T08:15:03.120000Z#5021-0f3c9a52d1b7e684"
        ) from None
    return Snapshot(match["app"], at, since, until, int(match["rows"]), match["digest"])


class Digest:
    """Digest of a frame of ScoredItem that comes in parts; how it is cut makes no difference."""

    def __init__(self) -> None:
        self.rows = 0
        compared = [c for c in record_frames.columns(ScoredItem) if c.name not in NOT_COMPARED]
        self._filled: set[str] = set()
        self._hashes = {
            c.name: (c.type, [hashlib.blake2b(c.name.encode()) for _ in range(2)]) for c in compared
        }

    def add(self, frame: pd.DataFrame) -> None:
        """Takes the next rows."""
        self.rows += len(frame)
        for name, (kind, (shape, content)) in self._hashes.items():
            values = pa.array(frame[name].array, from_pandas=True)
            if values.null_count < len(values):
                self._filled.add(name)
            if isinstance(values, pa.ChunkedArray):
                values = values.combine_chunks()
            if kind is str:
                texts = values.cast(pa.large_string())
                sizes = pc.fill_null(pc.binary_length(texts), -1)
                shape.update(sizes.to_numpy(zero_copy_only=False).astype("<i8").tobytes())
                content.update("".join(t for t in texts.to_pylist() if t is not None).encode())
                continue
            shape.update(values.is_null().to_numpy(zero_copy_only=False).tobytes())
            number = values.cast(pa.float64() if kind is float else pa.int64())
            plain = pc.fill_null(number, 0).to_numpy(zero_copy_only=False)
            content.update(np.ascontiguousarray(plain, "<f8" if kind is float else "<i8").tobytes())

    def hex(self) -> str:
        """16 hex digits."""
        whole = hashlib.blake2b(digest_size=8)
        for name, (_, pair) in self._hashes.items():
            if name in LATER and name not in self._filled:
                continue
            for part in pair:
                whole.update(part.digest())
        return whole.hexdigest()


def taken(
    store: Store,
    app: str,
    since: datetime | None = None,
    until: datetime | None = None,
    record: type = ScoredItem,
) -> "Taking":
    """The frame of an app as it is known now; with every version as ItemVersion."""
    now = Snapshot(app, store.knowledge_clock.latest(app), since, until, 0, "")
    return Taking(store, now, named=False, record=record)


def again(store: Store, wanted: Snapshot) -> "Taking":
    """The frame that an id names."""
    return Taking(store, wanted, named=True)


class Taking:
    """Reads a frame of ScoredItem in parts; `snapshot` is its id once all parts were read.

    named: the id is given. Its `last_seen` is `first_seen`, as each poll moves it, and reading to
    the end raises SnapshotChanged where the rows are no longer what they were.
    """

    def __init__(
        self, store: Store, wanted: Snapshot, *, named: bool, record: type = ScoredItem
    ) -> None:
        self.store = store
        self.wanted = wanted
        self.named = named
        self.record = record
        self.snapshot: Snapshot | None = None

    def __iter__(self) -> Iterator[pd.DataFrame]:
        w = self.wanted
        if self.named and w.at > self.store.knowledge_clock.latest(w.app):
            raise ContractError(
                f"snapshot: {w} is of a moment that this store has not reached; "
                "is it the store that the id was made from?"
            )
        digest = Digest()
        parts = self.store.as_of.chunks(
            w.app,
            w.at,
            since=w.since,
            until=w.until,
            record=self.record,
            versions=self.record is ItemVersion,
        )
        for frame in parts:
            digest.add(frame)
            if self.named:
                frame["last_seen"] = frame["first_seen"]
            yield frame
        self.snapshot = Snapshot(w.app, w.at, w.since, w.until, digest.rows, digest.hex())
        if self.named and self.snapshot != w:
            raise SnapshotChanged(
                _changed(self.store, w, self.snapshot),
                rows=w.rows,
                missing=w.rows - self.snapshot.rows,
                remaining=str(self.snapshot),
            )


def _changed(store: Store, wanted: Snapshot, left: Snapshot) -> str:
    missing = wanted.rows - left.rows
    said = [f"{missing:,} of {wanted.rows:,} rows are missing" if missing else "no row is missing"]
    if without := store.as_of.without_texts(wanted.app):
        said.append(f"retention took the texts of {without:,} items of the app")
    return (
        f"snapshot {wanted}: cannot be given whole again: {'; '.join(said)}; the digest is now "
        f"{left.digest}. What is forgotten or purged does not come back. "
        f"What is left of it has the id {left}"
    )
