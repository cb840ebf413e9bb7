"""A signal of another package joins through an entry point: the one that docs/evidence.md shows."""

import importlib
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from analysis.evidence import all_signals, gather
from analysis.words.catalogue import english
from analysis.words.evidence import finding
from tests.analysis.evidence.build import Review, window

ROOT = Path(__file__).resolve().parents[3]
DOCS = ROOT / "docs" / "evidence.md"
PROJECT = """[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[tool.hatch.build.targets.wheel]
include = ["night_share.py"]

[project]
name = "night-share"
version = "1.0"

"""
PAST = [Review(n % 5 + 1, "map is slow") for n in range(120)]


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The documented module and its metadata, as pip would lay them down."""
    code = re.search(r"```python\n(# night_share\.py\n.*?)```", DOCS.read_text("utf-8"), re.DOTALL)
    assert code is not None
    (tmp_path / "night_share.py").write_text(code.group(1), "utf-8")
    metadata = tmp_path / "night_share-1.0.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: night-share\nVersion: 1.0\n")
    (metadata / "entry_points.txt").write_text(
        "[floodgauge.evidence]\nnight_share = night_share:SIGNAL\n"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    importlib.invalidate_caches()
    yield
    sys.modules.pop("night_share", None)


@pytest.mark.usefixtures("installed")
def test_the_documented_signal_joins() -> None:
    found = gather(window([Review(1, "no")] * 40, PAST))
    night = next(e for e in found if e.signal == "night_share")
    assert night.value is not None
    assert 0 < night.value < 1
    assert "at night" in finding(night, english())


def test_the_documented_package_installs_and_joins(tmp_path: Path) -> None:
    """Built and installed by pip, as somebody who follows the page would do."""
    text = DOCS.read_text("utf-8")
    code = re.search(r"```python\n(# night_share\.py\n.*?)```", text, re.DOTALL)
    entry = re.search(r"```toml\n(\[project\.entry-points.*?)```", text, re.DOTALL)
    assert code is not None
    assert entry is not None
    package, site = tmp_path / "package", tmp_path / "site"
    package.mkdir()
    (package / "night_share.py").write_text(code.group(1), "utf-8")
    (package / "pyproject.toml").write_text(PROJECT + entry.group(1), "utf-8")
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps",
               "--no-build-isolation", "--target", str(site), str(package)]  # fmt: skip
    subprocess.run(install, check=True, capture_output=True)
    listed = "from analysis.evidence import all_signals; print(*[s.name for s in all_signals()])"
    shown = subprocess.run(
        [sys.executable, "-c", listed],
        check=True,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": f"{site}{os.pathsep}{ROOT}"},
    )
    assert "night_share" in shown.stdout.split()


@pytest.mark.usefixtures("installed")
def test_what_is_no_signal_is_refused(tmp_path: Path) -> None:
    (tmp_path / "night_share.py").write_text("SIGNAL = 'nothing'\n", "utf-8")
    with pytest.raises(TypeError, match="not a Signal"):
        all_signals()


def test_docs_name_every_signal() -> None:
    text = DOCS.read_text("utf-8")
    assert [s.name for s in all_signals() if f"`{s.name}`" not in text] == []
