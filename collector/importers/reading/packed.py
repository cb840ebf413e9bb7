"""A file within a zip or gzip, unpacked beside the temporary files as far as the bounds allow."""

import gzip
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedIOBase
from pathlib import Path, PurePosixPath
from typing import IO

from collector.errors import ImportFileError
from collector.importers.limits import LARGEST_SHEET, LARGEST_UNPACKED, MOST_RATIO

ZIP, GZIP = b"PK\x03\x04", b"\x1f\x8b"
CHUNK = 1024**2
FREE = 16 * CHUNK
"""Bytes up to which any ratio is taken: little text can pack very well."""
MOST_MEMBERS = 10_000


def is_workbook(path: Path) -> bool:
    """Whether a zip is a workbook of Excel or OpenDocument. Raises ImportFileError."""
    with _archive(path) as archive:
        names = set(archive.namelist())
        if "[Content_Types].xml" in names and any(n.startswith("xl/") for n in names):
            return True
        if "mimetype" not in names or archive.getinfo("mimetype").file_size > LONGEST_TYPE:
            return False
        return b"opendocument.spreadsheet" in archive.read("mimetype")


LONGEST_TYPE = 200


def check_workbook(path: Path) -> None:
    """Raises ImportFileError for a workbook that takes too much unpacked."""
    with _archive(path) as archive:
        members = archive.infolist()
    size, packed = sum(m.file_size for m in members), sum(m.compress_size for m in members)
    if size > LARGEST_SHEET or (size > FREE and size > MOST_RATIO * max(1, packed)):
        raise ImportFileError(
            f"{path}: takes {size // 1024**2} MB unpacked, more than a workbook of reviews would; "
            "save the sheet as CSV"
        )


def unpacked(path: Path, head: bytes) -> Path:
    """The one file within, in a folder of its own that the caller removes. Raises
    ImportFileError."""
    folder = Path(tempfile.mkdtemp(prefix="floodgauge-import-"))
    try:
        if head.startswith(GZIP):
            return _from_gzip(path, folder)
        return _from_zip(path, folder)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _from_gzip(path: Path, folder: Path) -> Path:
    inner = folder / (path.stem if path.suffix.lower() == ".gz" else f"{path.name}.unpacked")
    with gzip.open(path) as source:
        _copy(path, source, inner, path.stat().st_size)
    return inner


def _from_zip(path: Path, folder: Path) -> Path:
    with _archive(path) as archive:
        member = _only_member(path, archive)
        inner = folder / PurePosixPath(member.filename.replace("\\", "/")).name
        try:
            with archive.open(member) as source:
                _copy(path, source, inner, member.compress_size)
        except (RuntimeError, NotImplementedError) as error:  # encrypted, or an unknown method
            raise ImportFileError(f"{path}: cannot be unpacked here ({error})") from error
    return inner


def _only_member(path: Path, archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    """The one file with data. Raises ImportFileError with the names of several."""
    found = [
        member
        for member in archive.infolist()
        if not member.is_dir()
        and not member.filename.startswith("__MACOSX/")
        and not PurePosixPath(member.filename).name.startswith(".")
    ]
    if len(found) == 1:
        return found[0]
    names = ", ".join(repr(member.filename[:60]) for member in found[:8]) or "nothing"
    raise ImportFileError(
        f"{path}: is a zip archive of {len(found)} files ({names}); unpack it and name those that "
        "hold reviews"
    )


def _copy(path: Path, source: IO[bytes] | BufferedIOBase, target: Path, packed: int) -> None:
    """Unpacks as long as the size and its ratio to the packed size are within the bounds."""
    size = 0
    try:
        with target.open("wb") as file:
            while chunk := source.read(CHUNK):
                size += len(chunk)
                if size > LARGEST_UNPACKED or size > max(FREE, MOST_RATIO * packed):
                    raise ImportFileError(
                        f"{path}: unpacks to more than {size // 1024**2} MB from "
                        f"{packed // 1024} KB, which no reviews do; unpack it yourself if it is "
                        "what you think"
                    )
                file.write(chunk)
    except (EOFError, OSError, zlib.error, zipfile.BadZipFile) as error:
        raise ImportFileError(f"{path}: is damaged and cannot be unpacked ({error})") from error


@contextmanager
def _archive(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(path) as archive:
            if len(archive.filelist) > MOST_MEMBERS:
                raise ImportFileError(f"{path}: is a zip archive of too many files")
            yield archive
    except (zipfile.BadZipFile, ValueError, EOFError) as error:
        raise ImportFileError(f"{path}: is a damaged zip archive ({error})") from error
