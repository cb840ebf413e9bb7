"""CSV as programs write it: quotes behind backslashes, a line for Excel, commas at the end."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector.importers.reading.delimited import DelimitedTable
from collector.store import Store
from tests.collector.importers.importing import Load, load  # noqa: F401  (fixture)

CASES = {
    "a quote behind a backslash": (
        'created_at,rating,text\n2026-03-01,1,"It said \\"no, later\\" again"\n',
        ['It said "no, later" again'],
    ),
    "the last one before a comma": (
        'created_at,text,rating\n2026-03-01,"he said \\"no\\", then \\"yes\\"",1\n',
        ['he said "no", then "yes"'],
    ),
    "only far below": (
        "created_at,rating,text\n"
        + '2026-03-01,1,"a ""b"" c"\n' * 3
        + '2026-03-01,1,"a \\"d\\" c"\n',
        ['a "b" c'] * 3 + ['a "d" c'],
    ),
    "a backslash that is one": (
        'created_at,rating,text\n2026-03-01,1,"in C:\\temp\\"\n2026-03-02,1,"a ""b"""\n',
        ["in C:\\temp\\", 'a "b"'],
    ),
    "a first line for Excel": ("sep=;\ncreated_at;rating;text\n2026-03-01;1;a, b\n", ["a, b"]),
    "that line with a mark": ("\ufeffsep=;\r\ncreated_at;rating;text\r\n2026-03-01;1;a\r\n", ["a"]),
    "that line in quotes": ('"sep=|"\ncreated_at|rating|text\n2026-03-01|1|a, b; c\n', ["a, b; c"]),
    "empty lines above": ("\n\ncreated_at,rating,text\n2026-03-01,1,a\n", ["a"]),
    "commas at the end": (
        "created_at,rating,text\n2026-03-01,1,a,\n2026-03-02,2,b,,,\n2026-03-03,2,c\n",
        ["a", "b", "c"],
    ),
    "commas at the end of the header too": ("created_at,rating,text,,\n2026-03-01,1,a,,\n", ["a"]),
    "signs that HTML escapes": (
        "created_at,rating,text\n2026-03-01,1,can&#39;t &amp;amp; won&#x27;t &lt;3 AT&T<br/>b\n",
        ["can't & won't <3 AT&T\nb"],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_dialect(case: str, tmp_path: Path, load: Load, store: Store) -> None:  # noqa: F811
    content, texts = CASES[case]
    path = tmp_path / "r.csv"
    path.write_text(content, encoding="utf-8", newline="")
    report = load(path)
    assert report.bad == 0, report.problems
    assert store.items.frame("tips")["text"].tolist() == texts


def test_lines_are_counted_from_the_top(tmp_path: Path, load: Load) -> None:  # noqa: F811
    path = tmp_path / "r.csv"
    path.write_text("sep=,\n\ncreated_at,rating,text\n2026-03-01,1,a\nnever,1,b\n")
    assert [problem.line for problem in load(path).problems] == [5]


@given(st.lists(st.text(st.sampled_from('ab ,;\\"\n'), min_size=1, max_size=12), min_size=1))
def test_escaped_with_backslashes_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    """What Spark writes: each cell in quotes, quotes behind a backslash."""
    texts = ['x "y" z', *(text.replace("\\", "/") for text in texts)]
    path = tmp_path_factory.mktemp("spark") / "r.csv"
    rows = "".join('1,"{}"\n'.format(text.replace('"', '\\"')) for text in texts)
    path.write_text("n,text\n" + rows, encoding="utf-8", newline="")
    read = [row.cells["text"] for row in DelimitedTable(path, "utf-8").rows()]  # type: ignore[index,union-attr]
    assert read == texts
