"""Workbooks, and files within a zip or gzip: read as if they were plain, within bounds."""

import gzip
import io
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from collector.errors import ImportFileError
from collector.importers.reading import packed
from collector.store import Store, WriteCounts
from tests.collector.importers.importing import Load, load  # noqa: F401  (fixture)

HEADER = ["created_at", "rating", "text", "review_id"]
ROWS = [["2026-01-05 10:00:00", 1, "the map stays grey & cold", "a1"],
        ["2026-01-06 10:00:00", 5, "works <well>, now", "a2"]]  # fmt: skip
CSV = "\n".join(",".join(f'"{cell}"' for cell in row) for row in [HEADER, *ROWS])


def zipped(path: Path, members: dict[str, bytes | str]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def xlsx(path: Path, rows: list[list[object]], above: int = 0) -> Path:
    """A workbook as spreadsheets write it, with a title above the table and an empty sheet."""
    kinds = {str: 't="inlineStr"><is><t>{}</t></is>', int: "><v>{}</v>", float: "><v>{}</v>"}
    table = "".join(
        f'<row r="{number}">'
        + "".join(
            f'<c r="{chr(65 + place)}{number}" {kinds[type(cell)].format(escape(str(cell)))}</c>'
            for place, cell in enumerate(row)
        )
        + "</row>"
        for number, row in enumerate(rows, 1 + above)
    )
    title = '<row r="1"><c r="A1" t="inlineStr"><is><t>Reviews of March</t></is></c></row>'
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/"
    sheet = f'<worksheet xmlns="{main}"><sheetData>{{}}</sheetData></worksheet>'
    kind = f"{office}/worksheet"
    return zipped(
        path,
        {
            "[Content_Types].xml": f'<Types xmlns="{package}content-types"/>',
            "_rels/.rels": f'<Relationships xmlns="{package}relationships"><Relationship Id="r" '
            f'Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
            '<sheet name="Notes" sheetId="1" r:id="r1"/><sheet name="Data" sheetId="2" r:id="r2"/>'
            "</sheets></workbook>",
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}relationships">'
            f'<Relationship Id="r1" Type="{kind}" Target="worksheets/sheet1.xml"/>'
            f'<Relationship Id="r2" Type="{kind}" Target="worksheets/sheet2.xml"/></Relationships>',
            "xl/worksheets/sheet1.xml": sheet.format(""),
            "xl/worksheets/sheet2.xml": sheet.format((title if above else "") + table),
        },
    )


def ods(path: Path) -> Path:
    """A workbook of OpenDocument."""
    names = "urn:oasis:names:tc:opendocument:xmlns:"
    rows = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="float" office:value="{cell}"/>'
            if isinstance(cell, int)
            else '<table:table-cell office:value-type="string"><text:p>'
            f"{escape(str(cell))}</text:p></table:table-cell>"
            for cell in row
        )
        + "</table:table-row>"
        for row in [HEADER, *ROWS]
    )
    content = (
        f'<office:document-content xmlns:office="{names}office:1.0" xmlns:table="{names}table:1.0" '
        f'xmlns:text="{names}text:1.0"><office:body><office:spreadsheet><table:table '
        f'table:name="A">{rows}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = f'<manifest:manifest xmlns:manifest="{names}manifest:1.0"/>'
    members = {"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": manifest}
    return zipped(path, dict(members))


def gzipped(path: Path, content: bytes) -> Path:
    with gzip.open(path, "wb") as file:
        file.write(content)
    return path


WAYS: dict[str, Callable[[Path], Path]] = {
    "xlsx": lambda p: xlsx(p / "r.xlsx", [HEADER, *ROWS]),
    "xlsx below a title": lambda p: xlsx(p / "r.xlsx", [HEADER, *ROWS], above=2),
    "xlsx under another name": lambda p: xlsx(p / "r.csv", [HEADER, *ROWS]),
    "ods": lambda p: ods(p / "r.ods"),
    "zip": lambda p: zipped(p / "r.zip", {"in/r.csv": CSV, "__MACOSX/._r.csv": b"\0\1"}),
    "zip of a workbook": lambda p: zipped(
        p / "r.zip", {"r.xlsx": xlsx(p / "r.xlsx", [HEADER, *ROWS]).read_bytes()}
    ),
    "gzip": lambda p: gzipped(p / "r.csv.gz", CSV.encode()),
    "gzip in UTF-16": lambda p: gzipped(p / "r.csv.gz", CSV.encode("utf-16")),
}


@pytest.mark.parametrize("way", WAYS)
def test_it_is_read_as_if_it_were_plain(
    way: str,
    tmp_path: Path,
    load: Load,  # noqa: F811
    store: Store,
) -> None:
    report = load(WAYS[way](tmp_path))
    assert (report.counts, report.bad) == (WriteCounts(new=2), 0), report.problems
    items = store.items.frame("tips")
    assert items["text"].tolist() == [row[2] for row in ROWS]
    assert items["rating"].tolist() == [1, 5]
    assert items["item_id"].tolist() == ["a1", "a2"]
    plain = tmp_path / "plain.csv"
    plain.write_text(CSV, encoding="utf-8")
    assert load(plain).counts == WriteCounts(unchanged=2), "the same by another door"


def test_no_copy_stays_behind(
    tmp_path: Path,
    load: Load,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    load(WAYS["zip"](tmp_path))
    with pytest.raises(ImportFileError):
        load(zipped(tmp_path / "e.zip", {"r.csv": "mood\nfine\n"}))
    assert list(scratch.iterdir()) == []


def bomb(path: Path, megabytes: int) -> Path:
    with gzip.open(path, "wb") as file:
        for _ in range(megabytes):
            file.write(bytes(1024**2))
    return path


HOSTILE: dict[str, tuple[Callable[[Path], Path], str]] = {
    "two files": (lambda p: zipped(p / "r.zip", {"a.csv": CSV, "b.csv": CSV}), "2 files .*'a.csv'"),
    "no file": (lambda p: zipped(p / "r.zip", {".DS_Store": "x"}), "0 files"),
    "an archive in an archive": (
        lambda p: gzipped(p / "r.gz", zipped(p / "i.zip", {"a.csv": CSV}).read_bytes()),
        "another archive",
    ),
    "cut off": (
        lambda p: _cut(gzipped(p / "r.gz", CSV.encode() * 1_000)), "damaged|cannot be unpacked"
    ),
    "no zip at all": (lambda p: _written(p / "r.zip", b"PK\x03\x04" + b"x" * 99), "damaged zip"),
    "no gzip at all": (lambda p: _written(p / "r.gz", b"\x1f\x8b" + b"x" * 99), "damaged"),
    "a path that leads out": (
        lambda p: zipped(p / "r.zip", {"../../evil.csv": "mood\nfine\n"}), "evil.csv"
    ),
    "a bomb": (lambda p: bomb(p / "r.gz", 40), "unpacks to more than"),
    "a workbook that is a bomb": (
        lambda p: zipped(
            p / "r.xlsx",
            {"[Content_Types].xml": "", "xl/workbook.xml": "", "xl/a": bytes(40 * 1024**2)},
        ),
        "unpacked, more than a workbook",
    ),
    "a workbook without a table": (lambda p: xlsx(p / "r.xlsx", [["only"]]), "names columns"),
    "a broken workbook": (
        lambda p: zipped(p / "r.xlsx", {"[Content_Types].xml": "", "xl/workbook.xml": "<"}),
        "not a readable workbook",
    ),
}  # fmt: skip


def _cut(path: Path) -> Path:
    return _written(path, path.read_bytes()[:-20])


def _written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("case", HOSTILE)
def test_what_cannot_be_read_says_why(case: str, tmp_path: Path, load: Load) -> None:  # noqa: F811
    make, reason = HOSTILE[case]
    with pytest.raises(ImportFileError, match=reason):
        load(make(tmp_path))
    assert not (tmp_path.parent / "evil.csv").exists()


def test_little_text_may_pack_well(tmp_path: Path) -> None:
    target = tmp_path / "out"
    packed._copy(tmp_path / "r.gz", io.BytesIO(b"a" * 1_000_000), target, 900)
    assert target.stat().st_size == 1_000_000
