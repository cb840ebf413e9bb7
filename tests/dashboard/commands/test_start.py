"""What a command loads before it does anything: no more than it uses."""

import subprocess
import sys
from pathlib import Path

import pytest

from dashboard.command_line.options import progress_bars

ROOT = Path(__file__).resolve().parents[3]
HEAVY = (
    "alembic", "altair", "courlan", "narwhals", "numpy", "pandas", "pyarrow", "pydantic", "scipy",
    "sklearn", "sqlalchemy", "streamlit",
)  # fmt: skip


def loaded(code: str) -> set[str]:
    """The modules that a program has loaded at its end."""
    program = f"import sys\n{code}\nprint('\\n' + ' '.join(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return set(done.stdout.splitlines()[-1].split())


def run(*arguments: str) -> str:
    """A program that is a command."""
    return (
        "from dashboard.main import main\n"
        f"try:\n    main({list(arguments)!r})\nexcept SystemExit:\n    pass"
    )


@pytest.mark.parametrize("arguments", [("--version",), ("--help",)])
def test_version_and_help_load_little_more_than_typer_does(arguments: tuple[str, ...]) -> None:
    alone = loaded("import typer\napp = typer.Typer()\n" + HELP_ALONE)
    found = loaded(run(*arguments))
    assert not found & set(HEAVY)
    assert len(found) < 1.25 * len(alone)


HELP_ALONE = """
@app.command()
def main() -> None:
    pass
try:
    app(['--help'])
except SystemExit:
    pass
"""


def test_status_loads_neither_migrations_nor_statistics(tmp_path: Path) -> None:
    store = str(tmp_path / "store.db")
    made = f"from collector.store import open_store\nopen_store({store!r}).close()"
    assert "alembic" in loaded(made)  # a new store is made by its migrations
    found = loaded(run("--store", store, "status"))
    assert "sqlalchemy" in found
    assert not found & {"alembic", "scipy.stats", "sklearn", "altair", "streamlit", "courlan"}


def test_progress_in_a_notebook_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("rich.console._is_jupyter", lambda: True)
    with progress_bars() as show:
        for done in range(425):
            show("replay", done, 425)
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert "replay 424/425" in said.err.split("\r")[-1]
