"""The glossary against the code: its names are there, each once; the words it rules out are not."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from pkgutil import resolve_name

import pytest

TOP = Path(__file__).parents[1]
PRODUCT = ("collector", "analysis", "dashboard")
ROW = re.compile(r"^\| ([^|]+) \| ([^|]+) \| `([\w.]+)` \|([^|]*)\|$", re.M)
TERMS = ROW.findall((TOP / "docs" / "glossary.md").read_text("utf-8"))
NAMES = [code for _, _, code, _ in TERMS]
RULED_OUT = {name for *_, words in TERMS for name in re.findall(r"`(\w+)`", words)}


def trees() -> Iterator[tuple[str, ast.Module]]:
    """Every module of the product."""
    for package in PRODUCT:
        for path in sorted((TOP / package).rglob("*.py")):
            yield path.relative_to(TOP).as_posix(), ast.parse(path.read_text("utf-8"))


def named(node: ast.AST) -> list[str]:
    """What a piece of code gives a name to."""
    if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
        return [node.name]
    if isinstance(node, ast.arg):
        return [node.arg]
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
        return [node.id]
    return [node.asname or node.name] if isinstance(node, ast.alias) else []


def test_every_row_is_read() -> None:
    text = (TOP / "docs" / "glossary.md").read_text("utf-8")
    rows = [line for line in text.splitlines() if line.startswith("| ")]
    heads = [line for line in rows if line.startswith("| word |")]
    assert len(TERMS) == len(rows) - len(heads)
    assert len({word for word, *_ in TERMS}) == len(TERMS) == len(set(NAMES))


@pytest.mark.parametrize("name", NAMES)
def test_a_name_of_the_glossary_is_there(name: str) -> None:
    assert resolve_name(name) is not None


def test_a_class_of_the_glossary_has_its_name_for_itself() -> None:
    classes = Counter(
        node.name
        for _, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
    )
    wanted = {name.rpartition(".")[2] for name in NAMES}
    assert {name: n for name, n in classes.items() if name in wanted and n > 1} == {}


def test_no_word_that_is_ruled_out_names_anything() -> None:
    """Whole names, as a class and as a variable: `Wish`, `wish`."""
    never = RULED_OUT | {word.lower() for word in RULED_OUT - COMMON}
    assert never
    found = {
        f"{path}: {name}"
        for path, tree in trees()
        for node in ast.walk(tree)
        for name in named(node)
        if name in never
    }
    assert found == set()


COMMON = {"Label"}  # a chart's and a field's are no decisions
