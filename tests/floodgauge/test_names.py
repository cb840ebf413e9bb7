"""The public names: there, documented with examples that run, light to import."""

import doctest
import inspect
import os
import subprocess
import sys
from pathlib import Path

import pytest

import floodgauge as fg
from tests.floodgauge.conftest import SECRET


def python(code: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Runs a program of a user's in a folder."""
    program = folder / "program.py"
    program.write_text(code, "utf-8")
    return subprocess.run(
        [sys.executable, str(program)],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(fg.HOME)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_name_is_there_and_says_what_it_does() -> None:
    assert set(fg.__all__) == set(fg.PUBLIC)
    for name in fg.__all__:
        assert inspect.getdoc(getattr(fg, name))


FUNCTIONS = {n: getattr(fg, n) for n in fg.__all__ if callable(getattr(fg, n))} | {
    f"plot.{n}": getattr(fg.plot, n) for n in ("timeline", "calibration")
}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_its_example_gives_what_it_shows(
    name: str, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(store)
    monkeypatch.setenv("FLOODGAUGE_SECRET", SECRET.decode())
    found = FUNCTIONS[name]
    tests = doctest.DocTestFinder(recurse=False).find(found, name, module=False, globs={})
    assert sum(len(one.examples) for one in tests), f"{name} has no example"
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
    said: list[str] = []
    for one in tests:
        runner.run(one, out=said.append)
    assert not runner.summarize(verbose=False).failed, "".join(said)


@pytest.mark.parametrize("name", sorted(set(FUNCTIONS) - {"plot.calibration"}))
def test_all_but_the_data_goes_by_name(name: str) -> None:
    kinds = [p.kind for p in inspect.signature(FUNCTIONS[name]).parameters.values()]
    assert sum(k is not inspect.Parameter.KEYWORD_ONLY for k in kinds) <= 2


@pytest.mark.parametrize("mine", ["analysis.py", "analysis/__init__.py"])
def test_a_folder_of_the_users_in_the_way_gets_a_sentence(mine: str, tmp_path: Path) -> None:
    (tmp_path / mine).parent.mkdir(exist_ok=True)
    (tmp_path / mine).write_text("", "utf-8")
    done = python("import floodgauge as fg\nfg.detect", tmp_path)
    assert done.returncode == 1
    last = done.stderr.strip().splitlines()[-1]
    assert "ImportError: floodgauge needs its own packages" in last
    assert str(tmp_path / mine) in last


def test_a_folder_without_python_in_it_is_not_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "analysis").mkdir()
    done = python("import floodgauge as fg\nprint(fg.detect.__name__)", tmp_path)
    assert done.stdout == "detect\n", done.stderr


def test_the_import_loads_nothing_heavy(tmp_path: Path) -> None:
    heavy = "{'pandas', 'numpy', 'scipy', 'sqlalchemy', 'pyarrow', 'altair', 'typer'}"
    code = f"import sys, floodgauge\nprint(sorted({heavy} & set(sys.modules)))"
    done = python(code, tmp_path)
    assert done.stdout == "[]\n", done.stderr
