"""What was concluded by other rules is concluded again, and nothing else is."""

import importlib
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from importlib.metadata import EntryPoint
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

import analysis
from analysis import rules_hash, swings
from analysis.incidents import swing_to_incident
from analysis.run import analyze
from collector.settings.config import Settings
from collector.store import Store
from tests.analysis.incidents.test_find_swings import START, history

PACKAGE = Path(str(files("analysis")))
NOW = START + timedelta(days=190)
RULES = (
    "cause_model.json",  # weights
    "fault_words.json",  # data
    "call_patterns.json",
    "emoji.py",  # a signal
    "*quiet_blocks.py",  # what signals share
    "cause.py",
    "phrases.py",
    "incident_ids.py",
    "thresholds.csv",
)


def changed(folder: Path, name: str) -> None:
    """One more byte in a file."""
    (file,) = folder.rglob(name)
    file.write_bytes(file.read_bytes() + b" ")


@pytest.fixture(autouse=True)
def _forgotten() -> Iterator[None]:
    """Each test reads the rules anew."""

    def forget() -> None:
        rules_hash.of_incidents.cache_clear()
        rules_hash.of_swings.cache_clear()

    forget()
    yield
    forget()


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The package's files in another folder, which the rules are read from."""
    folder = tmp_path / "analysis"
    shutil.copytree(PACKAGE, folder, ignore=shutil.ignore_patterns("simulate"))
    before = rules_hash.of_incidents(), rules_hash.of_swings()
    rules_hash.of_incidents.cache_clear()
    rules_hash.of_swings.cache_clear()
    monkeypatch.setattr(
        rules_hash, "files", lambda name: folder if name == "analysis" else files(name)
    )
    assert (rules_hash.of_incidents(), rules_hash.of_swings()) == before
    rules_hash.of_incidents.cache_clear()
    rules_hash.of_swings.cache_clear()
    return folder


@pytest.mark.parametrize("name", RULES)
def test_a_byte_of_a_rule_makes_other_rules(elsewhere: Path, name: str) -> None:
    before = rules_hash.digest(PACKAGE, "floodgauge", but=rules_hash.APART)
    changed(elsewhere, name)
    assert rules_hash.digest(elsewhere, "floodgauge", but=rules_hash.APART) != before


def test_how_it_is_said_is_no_rule(elsewhere: Path) -> None:
    before = rules_hash.digest(elsewhere, "floodgauge", but=rules_hash.APART)
    changed(elsewhere, "languages/en/facts.ftl")
    (elsewhere / "evidence" / "signals" / "emoji.en.ftl").write_text("finding-emoji = Many.\n")
    assert rules_hash.digest(elsewhere, "floodgauge", but=rules_hash.APART) == before


@pytest.mark.parametrize(
    ("package", "names"),
    [("collector", rules_hash.BESIDE), ("analysis", (*rules_hash.DETECTOR, *rules_hash.APART))],
)
def test_the_files_that_are_named_are_there(package: str, names: tuple[str, ...]) -> None:
    assert [name for name in names if not (Path(str(files(package))) / name).exists()] == []


def test_a_new_file_and_a_lost_one_make_other_rules(elsewhere: Path) -> None:
    first = rules_hash.digest(elsewhere, "floodgauge")
    (elsewhere / "evidence" / "fresh.py").write_text("SIGNAL = None\n")
    second = rules_hash.digest(elsewhere, "floodgauge")
    (elsewhere / "evidence" / "fresh.py").unlink()
    next(elsewhere.rglob("emoji.py")).unlink()
    assert len({first, second, rules_hash.digest(elsewhere, "floodgauge")}) == 3


def test_line_endings_caches_and_archives_do_not_matter(elsewhere: Path, tmp_path: Path) -> None:
    before = rules_hash.digest(elsewhere, "floodgauge")
    with zipfile.ZipFile(tmp_path / "wheel.whl", "w") as wheel:
        for file in sorted(elsewhere.rglob("*"), reverse=True):
            if file.is_file():
                wheel.write(file, file.relative_to(tmp_path))
    assert (
        rules_hash.digest(zipfile.Path(tmp_path / "wheel.whl", "analysis/"), "floodgauge") == before
    )
    for file in elsewhere.rglob("*.py"):
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    (elsewhere / ".notes.py.swp").write_bytes(b"x")
    (elsewhere / "__pycache__").mkdir(exist_ok=True)
    (elsewhere / "__pycache__" / "x.cpython-311.pyc").write_bytes(b"x")
    assert rules_hash.digest(elsewhere, "floodgauge") == before


def test_without_sources_the_version_stands_for_them(
    elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for file in elsewhere.rglob("*.py"):
        file.with_suffix(".pyc").write_bytes(file.read_bytes())
        file.unlink()
    found = []
    for version in ("0.1.0", "0.2.0"):
        monkeypatch.setattr(rules_hash, "version", lambda _, said=version: said)
        found.append(rules_hash.digest(elsewhere, "floodgauge"))
    assert found[0] != found[1]
    # Data are compared all the same.
    changed(elsewhere, "cause_model.json")
    assert rules_hash.digest(elsewhere, "floodgauge") not in found
    monkeypatch.undo()
    assert rules_hash.digest(elsewhere, "no-such-distribution") not in found


def test_another_process_has_the_same_rules() -> None:
    code = (
        f"import sys; sys.path.insert(0, {str(PACKAGE.parent)!r})\n"
        "from analysis import rules_hash as r; print(r.of_incidents(), r.of_swings())"
    )
    shown = subprocess.run(
        [
            sys.executable,
            "-I",
            "-c",
            f"import sys; sys.path.insert(0, {str(PACKAGE.parent)!r}); {code}",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert shown.stdout.split() == [rules_hash.of_incidents(), rules_hash.of_swings()]


def plugged(folder: Path, version: str, code: str, entry: str = "night:SIGNAL") -> str:
    """The rules with a signal of another package in a folder."""
    shutil.rmtree(folder, ignore_errors=True)
    metadata = folder / f"night-{version}.dist-info"
    metadata.mkdir(parents=True)
    (metadata / "METADATA").write_text(f"Metadata-Version: 2.1\nName: night\nVersion: {version}\n")
    (metadata / "entry_points.txt").write_text(f"[floodgauge.evidence]\nnight = {entry}\n")
    module = entry.partition(":")[0].replace(".", "/")
    if "/" in module:
        (folder / module).parent.mkdir()
        (folder / module).with_name("__init__.py").write_text("")
        (folder / module).with_name("words.json").write_text(code)
    (folder / f"{module}.py").write_text(code)
    importlib.invalidate_caches()
    rules_hash.of_incidents.cache_clear()
    return rules_hash.of_incidents()


def test_a_plugged_in_signal_is_a_rule(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    without = rules_hash.of_incidents()
    folder = tmp_path / "site"
    monkeypatch.syspath_prepend(str(folder))
    first = plugged(folder, "1.0", "SIGNAL = 1\n")
    found = [
        without,
        first,
        plugged(folder, "1.0", "SIGNAL = 2\n"),
        plugged(folder, "1.1", "SIGNAL = 1\n"),
        plugged(folder, "1.0", "SIGNAL = 1\n", "night_lib.signals:SIGNAL"),
        plugged(folder, "1.0", "SIGNAL = 2\n", "night_lib.signals:SIGNAL"),
    ]
    assert len(set(found)) == len(found)
    assert plugged(folder, "1.0", "SIGNAL = 1\n") == first
    assert "night" not in sys.modules  # asking does not run it


def test_an_entry_point_that_leads_nowhere_is_still_told(monkeypatch: pytest.MonkeyPatch) -> None:
    lost = EntryPoint("lost", "no_such_module:SIGNAL", rules_hash.ENTRY_POINT_GROUP)
    before = rules_hash.of_incidents()
    rules_hash.of_incidents.cache_clear()
    monkeypatch.setattr(rules_hash, "entry_points", lambda group: [lost])
    assert rules_hash.of_incidents() != before


class Counted:
    """Incidents made and checkpoints gone on from, from here on."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.made = self.continued = 0
        make, advance = swing_to_incident.make_incident, swings.advance

        def making(*given: Any, **named: Any) -> Any:
            self.made += 1
            return make(*given, **named)

        def going_on(checkpoint: bytes | None, *given: Any, **named: Any) -> Any:
            self.continued += checkpoint is not None
            return advance(checkpoint, *given, **named)

        monkeypatch.setattr(swing_to_incident, "make_incident", making)
        monkeypatch.setattr(swings, "advance", going_on)

    def analyses(self, store: Store) -> tuple[int, int]:
        self.made = self.continued = 0
        rules_hash.of_incidents.cache_clear()
        rules_hash.of_swings.cache_clear()
        analyze(Settings(), store, NOW)
        return self.made, self.continued


def test_incidents_of_other_rules_are_made_again(
    store: Store, elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.apps.ensure("tips")
    store.items.write(history(1), how="poll")
    counted = Counted(monkeypatch)
    every, _ = counted.analyses(store)
    assert every == len(store.incidents.documents()) > 0
    assert counted.analyses(store) == (0, 1)
    for name, goes_on in (("fault_words.json", 1), ("thresholds.csv", 0)):
        changed(elsewhere, name)
        assert counted.analyses(store) == (every, goes_on)
        assert counted.analyses(store) == (0, 1)


def test_the_rules_that_run_are_the_rules_that_are_read() -> None:
    """What is tested here lies where the package is imported from."""
    assert Path(analysis.__file__).parent == PACKAGE
