"""The commands `pack` and `verify`: what they print and how they end."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from analysis.research.evidence_pack import archive, recomputed
from analysis.research.evidence_pack.made import read
from analysis.research.evidence_pack.recomputed import Recomputed
from collector.errors import ConfigError, ContractError
from collector.store import Store
from dashboard.main import app, hoisted
from tests.dashboard import builders


@pytest.fixture
def known(store: Store, secret: bytes, monkeypatch: pytest.MonkeyPatch) -> Store:
    """A flood whose incident was written by hand: no analysis of its rows says the same."""
    monkeypatch.setenv("FLOODGAUGE_SECRET", secret.decode())
    builders.fill(store)
    store.hourly.settle(builders.APP, store.hourly.dirty(builders.APP))
    store.analyses.note_success(builders.APP, builders.LAST)
    return store


def run(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, hoisted(list(arguments)))
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.exit_code, done.stdout


def packed(store: Store, file: Path) -> str:
    ended, said = run("--store", store.database.url, "pack", builders.ID, "-o", str(file))
    assert ended == 0
    return said


def test_numbers_that_the_rows_do_not_give_are_named(known: Store, tmp_path: Path) -> None:
    file = tmp_path / "incident.zip"
    said = packed(known, file)
    assert said.startswith(f"{builders.ID} -> {file}: ")
    assert archive.file_sum(file) in said
    ended, said = run("verify", str(file))
    assert ended == 1
    assert said.startswith("unchanged: store.db, incident.json, made_with.json; SHA-256 ")
    assert "\nid: packed " in said
    assert "verified" not in said


def test_a_changed_byte_is_named(known: Store, tmp_path: Path) -> None:
    file = tmp_path / "incident.zip"
    packed(known, file)
    whole = file.read_bytes()
    file.write_bytes(whole.replace(b'"shown_at": "2', b'"shown_at": "3'))
    assert run("verify", str(file)) == (1, "made_with.json: differs from what was written\n")


def test_what_could_not_be_made_again_is_said(
    known: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known.apps.ensure("library", "Library")
    file = tmp_path / "incident.zip"
    packed(known, file)

    def as_packed(folder: Path) -> Recomputed:
        made = read(json.loads((folder / archive.MADE_WITH).read_bytes()))
        return Recomputed(made, 42, (), ("one_text", "same_hands"))

    monkeypatch.setattr(recomputed, "recompute", as_packed)
    ended, said = run("verify", str(file))
    assert ended == 0
    assert "Not recomputed, taken as packed: one_text, same_hands" in said
    assert "held 1 more" in said
    assert said.endswith(f"verified: 42 numbers of {builders.ID}\n")


def test_what_cannot_be_packed(known: Store, tmp_path: Path) -> None:
    url = known.database.url
    with pytest.raises(ConfigError, match="no incident nothing"):
        run("--store", url, "pack", "nothing", "-o", str(tmp_path / "p.zip"))
    with pytest.raises(ConfigError, match=r"does not end in \.zip"):
        run("--store", url, "pack", builders.ID, "-o", str(tmp_path / "p.pdf"))
    with pytest.raises(ConfigError, match="cannot write"):
        run("--store", url, "pack", builders.ID, "-o", str(tmp_path / "none" / "p.zip"))
    with pytest.raises(ConfigError, match="there is no file"):
        run("verify", str(tmp_path / "p.zip"))
    known.items.write([builders.item(9000, builders.LAST, 1.0, "new")], how="import")
    with pytest.raises(ContractError, match="waits for"):
        run("--store", url, "pack", builders.ID, "-o", str(tmp_path / "p.zip"))
    assert not (tmp_path / "p.zip").exists()
