"""The pack's file: a ZIP archive of known members, each with its SHA-256 in a manifest.

Members are stored as they are, in one order and with one date, so that their bytes give the whole
archive: whatever byte differs, something names it. A member can be no larger than the archive, and
nothing but the known names is ever taken out of it.
"""

import hashlib
import json
import shutil
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

STORE, INCIDENT, MADE_WITH = "store.db", "incident.json", "made_with.json"
MANIFEST = "manifest.json"
FILES = (STORE, INCIDENT, MADE_WITH)
MOST_JSON = 1 << 26  # bytes
BLOCK = 1 << 20
DATE = (1980, 1, 1, 0, 0, 0)
UNIX, PRIVATE = 3, 0o100600 << 16
OWN_SUM = "sha256"
# What zipfile raises where an archive is not one, or is damaged.
UNREADABLE = (
    zipfile.BadZipFile, zlib.error, struct.error, NotImplementedError, RuntimeError, ValueError,
    OverflowError, EOFError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Opened:
    """What came out of an archive. wrong: each file that differs, is missing or is extra."""

    manifest: Mapping[str, Any]
    wrong: tuple[str, ...]


def as_json(document: Mapping[str, Any]) -> bytes:
    """A document as it stands in a pack."""
    return (json.dumps(document, indent=2, sort_keys=True, ensure_ascii=False) + "\n").encode()


def write(folder: Path, said: Mapping[str, Any], output: Path) -> str:
    """Packs the FILES of a folder, with a manifest that also says this; the archive's SHA-256."""
    files = {
        name: {OWN_SUM: file_sum(folder / name), "bytes": (folder / name).stat().st_size}
        for name in FILES
    }
    manifest = {**said, "files": files}
    signed = {**manifest, OWN_SUM: hashlib.sha256(as_json(manifest)).hexdigest()}
    (folder / MANIFEST).write_bytes(as_json(signed))
    _archive(folder, output)
    return file_sum(output)


def unpack(file: Path, folder: Path) -> Opened:
    """Takes an archive's members into a folder, and says what is not as it was written.

    Raises OSError where the file cannot be read or the folder cannot hold it: no verdict on it.
    """
    try:
        with file.open("rb") as read, zipfile.ZipFile(read) as archive:
            opened = _members(archive, folder, file.stat().st_size)
    except UNREADABLE:
        return Opened({}, (f"{file.name}: no archive, or its list of files is damaged",))
    if opened.wrong:
        return opened
    again = folder / "again.zip"
    _archive(folder, again)
    place = _first_difference(file, again)
    again.unlink()
    if place is None:
        return opened
    return Opened(opened.manifest, (f"{file.name}: byte {place:,} differs, between its files",))


def file_sum(file: Path) -> str:
    """SHA-256 in hex digits."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _archive(folder: Path, output: Path) -> None:
    with zipfile.ZipFile(output, "w", zipfile.ZIP_STORED) as archive:
        for name in (MANIFEST, *FILES):
            info = zipfile.ZipInfo(name, DATE)
            info.create_system, info.external_attr = UNIX, PRIVATE
            info.file_size = (folder / name).stat().st_size
            with archive.open(info, "w") as into, (folder / name).open("rb") as taken:
                shutil.copyfileobj(taken, into, BLOCK)


def _members(archive: zipfile.ZipFile, folder: Path, most: int) -> Opened:
    names = Counter(archive.namelist())
    wrong = [f"{name!r}: is extra" for name in names if name not in (MANIFEST, *FILES)]
    wrong += [f"{name}: is there {count} times" for name, count in names.items() if count > 1]
    wrong += [f"{name}: is missing" for name in (MANIFEST, *FILES) if name not in names]
    manifest: Mapping[str, Any] = {}
    if names[MANIFEST]:
        _take(archive, MANIFEST, folder, min(most, MOST_JSON))
        found = _manifest(folder / MANIFEST)
        manifest = found or {}
        wrong += [] if found else [f"{MANIFEST}: differs from what was written"]
    for name in FILES:
        if names[name] and manifest:
            bound = most if name == STORE else min(most, MOST_JSON)
            _take(archive, name, folder, bound)
            if not _is_as_said(folder / name, manifest["files"][name]):
                wrong.append(f"{name}: differs from what was written")
    return Opened(manifest, tuple(wrong))


def _take(archive: zipfile.ZipFile, name: str, folder: Path, most: int) -> None:
    """Writes what can be read of a member, and no more than a bound."""
    with (folder / name).open("wb") as into:
        try:
            with archive.open(name) as taken:
                _copy(taken, into, most)
        except UNREADABLE:
            into.truncate(0)  # its sum will say so


def _copy(taken: IO[bytes], into: IO[bytes], most: int) -> None:
    left = most
    while left > 0 and (block := taken.read(min(BLOCK, left))):
        into.write(block)
        left -= len(block)


def _manifest(file: Path) -> Mapping[str, Any] | None:
    """What a manifest says; None where a byte of it is not what was written."""
    read = file.read_bytes()
    try:
        signed = json.loads(read)
        said = {name: value for name, value in signed.items() if name != OWN_SUM}
        own = hashlib.sha256(as_json(said)).hexdigest()
        whole = read == as_json(signed) and signed[OWN_SUM] == own
        whole = whole and set(said["files"]) == set(FILES)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    return said if whole else None


def _is_as_said(file: Path, said: Any) -> bool:
    return bool(said == {OWN_SUM: file_sum(file), "bytes": file.stat().st_size})


def _first_difference(one: Path, other: Path) -> int | None:
    """Where two files begin to differ, from 0."""
    place = 0
    with one.open("rb") as left, other.open("rb") as right:
        while True:
            a, b = left.read(BLOCK), right.read(BLOCK)
            if a != b:
                pairs = enumerate(zip(a, b, strict=False))
                shorter = min(len(a), len(b))
                return place + next((n for n, (x, y) in pairs if x != y), shorter)
            if not a:
                return None
            place += len(a)
