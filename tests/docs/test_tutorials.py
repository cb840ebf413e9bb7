"""Every tutorial of docs/adding does what it says, and adds files to one folder alone.

Its code blocks are laid down in a copy of the tree, each under the name that its first line gives;
its console blocks are typed there, and must print what the page shows.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TUTORIALS = sorted((ROOT / "docs" / "adding").glob("*.md"))
COPIED = ("collector", "analysis", "dashboard", "floodgauge", "tests")
BLOCK = re.compile(r"^```\w+\n# ([\w./-]+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
CONSOLE = re.compile(r"^```console\n(.*?)^```$", re.DOTALL | re.MULTILINE)
TEST = "python -m pytest -q "
COMMANDS = f"""
floodgauge() {{ {sys.executable} -m dashboard.main "$@"; }}
python() {{ {sys.executable} "$@"; }}
exec 2>&1
"""


def linked(source: str, target: str) -> None:
    """The same file where the disk allows it; a page never changes one."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def added(text: str) -> dict[str, str]:
    """The files that a page tells to write, with what stands in them."""
    return {match[1]: match[2] for match in BLOCK.finditer(text)}


def typed(text: str) -> list[tuple[str, str]]:
    """The commands of a page in their order, with what they print."""
    parts = [
        part for block in CONSOLE.findall(text) for part in re.split(r"^\$ ", block, flags=re.M)
    ]
    return [(command, shown) for command, _, shown in (p.partition("\n") for p in parts) if command]


def folders(files: dict[str, str]) -> set[str]:
    """Where files were added, apart from tests."""
    return {str(Path(name).parent) for name in files if not name.startswith("tests/")}


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the program and its tests, compiled files and all, with what the pages add."""
    made = tmp_path_factory.mktemp("tutorials") / "tree"
    for name in COPIED:
        left_out = shutil.ignore_patterns("golden")
        shutil.copytree(ROOT / name, made / name, copy_function=linked, ignore=left_out)
    shutil.copy(ROOT / "pyproject.toml", made)
    for name, code in (
        file for page in TUTORIALS for file in added(page.read_text("utf-8")).items()
    ):
        assert not (made / name).exists(), f"{name} is there already"
        (made / name).parent.mkdir(parents=True, exist_ok=True)
        (made / name).write_text(code, "utf-8")
    return made


@pytest.fixture(scope="module")
def passed(tree: Path) -> dict[str, int]:
    """How many tests of each file passed: those of all pages in one process, for its start."""
    commands = [command for page in TUTORIALS for command, _ in typed(page.read_text("utf-8"))]
    paths = [command.removeprefix(TEST) for command in commands if command.startswith(TEST)]
    told = said(f"python -m pytest -q -rA {' '.join(paths)}", tree)
    return {path: told.count(f"PASSED {path}::") for path in paths}


@pytest.mark.parametrize("page", TUTORIALS, ids=lambda page: page.stem)
def test_a_page_works_as_it_stands(page: Path, tree: Path, passed: dict[str, int]) -> None:
    text = page.read_text("utf-8")
    assert typed(text)
    for command, shown in typed(text):
        if command.startswith(TEST):
            assert f"{passed[command.removeprefix(TEST)]} passed" == wanted(shown), command
        else:
            assert said(command, tree) == wanted(shown), command


@pytest.mark.parametrize("page", TUTORIALS, ids=lambda page: page.stem)
def test_a_page_adds_files_to_one_folder_and_names_them(page: Path) -> None:
    text = page.read_text("utf-8")
    files = added(text)
    told = text.rpartition("Files touched:")[2]
    assert len(folders(files)) == 1
    assert set(re.findall(r"`([^`]+)`", told)) == {n for n in files if not n.startswith("tests/")}
    assert sum(name.startswith("tests/") for name in files) == 1


def said(command: str, tree: Path) -> str:
    """What a command prints, the same on each machine."""
    environ = {k: v for k, v in os.environ.items() if not k.startswith("FLOODGAUGE_")}
    environ |= {"PYTHONPATH": str(tree), "XDG_DATA_HOME": str(tree / "data"), "COLUMNS": "100"}
    done = subprocess.run(
        ["bash", "-c", COMMANDS + command],
        cwd=tree, env=environ, capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    told = re.sub(
        r"^[.\s]*(?:\[100%\])?\s*(\d+ passed) in .*$", r"\1", done.stdout, flags=re.DOTALL
    )
    return wanted(told)


def wanted(shown: str) -> str:
    """Lines without the blanks at their ends."""
    return "\n".join(line.rstrip() for line in shown.strip().splitlines())
