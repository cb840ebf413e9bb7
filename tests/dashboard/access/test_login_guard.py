"""Whatever way the file of the log-in can be wrong: a sentence, and nobody gets in."""

import os
import re
import stat
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import dashboard
from collector.errors import ConfigError
from dashboard.access import who_may_enter
from dashboard.access.login_settings import Access, decide
from dashboard.serving import access_at_start

GOOD = """\
[auth]
redirect_uri = "https://floodgauge.example.org/oauth2callback"
cookie_secret = "d2f1c0aa55e34f0e9b7c"
client_id = "floodgauge"
client_secret = "not-a-secret"
server_metadata_url = "https://login.example.org/.well-known/openid-configuration"
"""
OPERATOR = {who_may_enter.OPERATORS: "ana@city.example"}
LOCAL: dict[str, str] = {}

BAD: dict[str, str | bytes] = {
    "empty": "",
    "only a remark": "# [auth]\n",
    "a syntax error": GOOD.replace("]", "", 1),
    "a key twice": GOOD + 'client_id = "again"\n',
    "a table twice": GOOD + "[auth]\n",
    "a byte-order mark": b"\xef\xbb\xbf" + GOOD.encode(),
    "UTF-16": GOOD.encode("utf-16"),
    "UTF-16 without a mark": GOOD.encode("utf-16-le"),
    "UTF-32": GOOD.encode("utf-32"),
    "Latin-1": GOOD.replace("not-a", "¡não").encode("latin-1"),
    "zeros": bytes(400),
    "[Auth]": GOOD.replace("auth", "Auth", 1),
    "[AUTH]": GOOD.replace("auth", "AUTH", 1),
    "[auht]": GOOD.replace("auth", "auht", 1),
    "[login]": GOOD.replace("auth", "login", 1),
    "[streamlit.auth]": GOOD.replace("[auth]", "[streamlit.auth]"),
    "[floodgauge]": GOOD.replace("auth", "floodgauge", 1),
    "[[auth]]": GOOD.replace("[auth]", "[[auth]]"),
    "no table": GOOD.replace("[auth]\n", ""),
    "no word": 'auth = "https://login.example.org"\n',
    "auth = true": "auth = true\n",
    "an empty table": "[auth]\n",
    "a named provider": GOOD.replace("client_id", "\n[auth.google]\nclient_id"),
    "another secret's name": GOOD.replace("cookie_secret", "cookie-secret"),
    "an empty secret": re.sub(r'(cookie_secret = )".*"', r'\1""', GOOD),
    "a short secret": re.sub(r'(cookie_secret = )".*"', r'\1"short"', GOOD),
    "a blank secret": re.sub(r'(cookie_secret = )".*"', r'\1"                    "', GOOD),
    "a number": re.sub(r'(cookie_secret = )".*"', r"\1 12345678901234567890", GOOD),
    "a known secret": re.sub(r'(cookie_secret = )".*"', r'\1"a long random text"', GOOD),
    "a secret that no shell filled in": re.sub(
        r'(cookie_secret = )".*"', r'\1"$(openssl rand -hex 32)"', GOOD
    ),
    "another way back": GOOD.replace("oauth2callback", "callback"),
    "no address": GOOD.replace("https://login.", "login."),
    "a list in the file": f'{who_may_enter.OPERATORS} = "eve@elsewhere.example"\n' + GOOD,
    "too large": GOOD + "#" * 1_000_001,
    "too deep": "a = " + "[" * 5_000,
}


def refused(*files: Path, environ: Mapping[str, str] = OPERATOR, named: bool = False) -> str:
    with pytest.raises(ConfigError) as caught:
        decide(files, environ, named=named)
    said = str(caught.value)
    assert said
    assert "\n" not in said
    assert "start the dashboard again" in said or ": write " in said
    assert "not-a-secret" not in said
    assert "d2f1c0aa" not in said
    return said


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (tmp_path / ".streamlit").mkdir()
    return tmp_path / ".streamlit" / "secrets.toml"


@pytest.mark.parametrize("environ", [OPERATOR, LOCAL], ids=["lists", "no lists"])
@pytest.mark.parametrize("name", BAD)
def test_a_file_that_is_wrong_is_refused(path: Path, name: str, environ: Mapping[str, str]) -> None:
    content = BAD[name]
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    said = refused(path, environ=environ)
    assert "secrets.toml" in said
    assert "start the dashboard again" in said


def test_a_good_file_with_lists_asks_for_a_log_in(path: Path) -> None:
    path.write_text(GOOD)
    access = decide([path], OPERATOR)
    assert access.login is not None
    assert access.lists == OPERATOR
    path.write_bytes(GOOD.replace("\n", "\r\n").encode())
    assert decide([path], OPERATOR).pin() == access.pin()


def test_without_file_and_lists_this_machine_is_let_in(path: Path) -> None:
    assert decide([path], LOCAL) == Access(None, {})
    path.write_text('[connections.other]\nurl = "https://example.org"\n')
    assert decide([path], LOCAL) == Access(None, {})


@pytest.mark.parametrize("value", ["", " ", ",", ", ,", "ana@city.example"])
@pytest.mark.parametrize("variable", [who_may_enter.OPERATORS, who_may_enter.VIEWERS])
def test_lists_without_a_log_in_are_refused(path: Path, variable: str, value: str) -> None:
    assert variable in refused(path, environ={variable: value})
    path.write_text("[other]\nkey = 1\n")
    assert variable in refused(path, environ={variable: value})


@pytest.mark.parametrize(
    "lists", [{}, {who_may_enter.OPERATORS: ""}, {who_may_enter.VIEWERS: ", ,"}]
)
def test_a_log_in_for_nobody_is_refused(path: Path, lists: dict[str, str]) -> None:
    path.write_text(GOOD)
    assert "name nobody" in refused(path, environ=lists)


@pytest.mark.parametrize(
    "entry",
    ["ana", "*", "@", "*@city.example", "a b@city.example", "a@b@c", "bo\u017fs@city.example"],
)
def test_an_entry_that_is_no_address_is_refused(path: Path, entry: str) -> None:
    path.write_text(GOOD)
    assert who_may_enter.OPERATORS in refused(
        path, environ={who_may_enter.OPERATORS: f"ana@city.example, {entry}"}
    )


def _unreadable(path: Path) -> None:
    path.write_text(GOOD)
    path.chmod(0)


def _socket(path: Path) -> None:
    os.mkfifo(path)


PLACES: dict[str, Callable[[Path], object]] = {
    "a folder": lambda path: path.mkdir(),
    "a link to nowhere": lambda path: path.symlink_to(path.with_name("gone")),
    "a link to itself": lambda path: path.symlink_to(path),
    "a link to a folder": lambda path: path.symlink_to(path.parent),
    "a pipe": _socket,
    "Secrets.toml": lambda path: path.with_name("Secrets.toml").write_text(GOOD),
    "secrets.toml.txt": lambda path: path.with_name("secrets.toml.txt").write_text(GOOD),
}


@pytest.mark.parametrize("name", PLACES)
def test_what_is_no_file_is_refused(path: Path, name: str) -> None:
    PLACES[name](path)
    for environ in (OPERATOR, LOCAL):
        refused(path, environ=environ)


def test_a_folder_that_is_a_file_or_a_link_to_nowhere_is_refused(path: Path) -> None:
    path.parent.rmdir()
    path.parent.write_text(GOOD)
    refused(path, environ=LOCAL)
    path.parent.unlink()
    path.parent.symlink_to("gone")
    refused(path, environ=LOCAL)


def test_a_file_that_may_not_be_read_is_refused(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path.write_text(GOOD)

    def forbidden(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", forbidden)  # root may read everything
    assert "Permission denied" in refused(path, environ=LOCAL)


def test_each_of_several_places_must_be_right(path: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.toml"
    path.write_text(GOOD)
    assert decide([other, path], OPERATOR).login is not None
    for content in ("[auth", "", "[Auth]\n", "[auth]\n"):
        other.write_text(content)
        refused(other, path)
        refused(path, other)


def test_a_named_file_must_be_there(path: Path) -> None:
    assert "named" in refused(path, environ=LOCAL, named=True)


def test_a_folder_of_secrets_is_read_as_streamlit_does(tmp_path: Path) -> None:
    folder = tmp_path / "mounted"
    (folder / "auth").mkdir(parents=True)
    for line in GOOD.splitlines()[1:]:
        key, value = line.split(" = ")
        (folder / "auth" / key).write_text(value.strip('"') + "\n")
    assert decide([folder], OPERATOR, named=True).login is not None
    (folder / "auth" / "cookie_secret").unlink()
    assert "cookie_secret" in refused(folder, named=True)
    (folder / "loose").write_text("x")
    refused(folder, named=True)


@given(st.integers(0, len(GOOD) - 1))
def test_no_cut_file_opens(tmp_path_factory: pytest.TempPathFactory, length: int) -> None:
    """Wherever it is cut: refused, but where only the line's end is gone."""
    path = tmp_path_factory.getbasetemp() / "cut.toml"
    path.write_text(GOOD[:length])
    if length == len(GOOD) - 1:
        assert decide([path], LOCAL | OPERATOR).login is not None
    else:
        refused(path, environ=LOCAL)


def test_a_decision_is_told_from_every_other(path: Path) -> None:
    path.write_text(GOOD)
    pins = {
        decide([path], OPERATOR).pin(),
        decide([path], {who_may_enter.VIEWERS: "a@b.example"}).pin(),
    }
    path.write_text(GOOD.replace('floodgauge"', 'another"'))
    pins |= {decide([path], OPERATOR).pin(), Access(None, {}).pin()}
    assert len(pins) == 4


def command(folder: Path, **environ: str) -> "subprocess.CompletedProcess[str]":
    root = str(Path(dashboard.__file__).parents[1])
    env = {k: v for k, v in os.environ.items() if not k.startswith(("FLOODGAUGE", "STREAMLIT"))}
    return subprocess.run(
        [
            sys.executable,
            "-m",
            "dashboard.main",
            "--store",
            str(folder / "a.db"),
            "dashboard",
        ],
        cwd=folder,
        env={**env, "HOME": str(folder / "home"), "PYTHONPATH": root, **environ},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize("where", ["home/.streamlit", "nowhere"])
def test_the_command_says_what_to_do_and_serves_nothing(tmp_path: Path, where: str) -> None:
    (tmp_path / where).mkdir(parents=True)
    if where != "nowhere":
        (tmp_path / where / "secrets.toml").write_text("[auth")
    done = command(tmp_path, **OPERATOR if where == "nowhere" else LOCAL)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("floodgauge: ")
    assert done.stderr.count("\n") == 1
    assert "start the dashboard again" in done.stderr
    assert not (tmp_path / "a.db").exists()


def test_the_documentations_own_example_works(tmp_path: Path) -> None:
    text = (Path(dashboard.__file__).parents[1] / "docs" / "dashboard.md").read_text("utf-8")
    block = re.search(r"```sh\n(.*?secrets\.toml.*?)```", text, re.DOTALL)
    assert block is not None
    secrets = set()
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        env = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
        subprocess.run(["sh", "-ec", block[1]], cwd=tmp_path / name, env=env, check=True)
        made = tmp_path / name / ".streamlit" / "secrets.toml"
        assert stat.S_IMODE(made.stat().st_mode) == 0o600
        login = decide([made], OPERATOR).login
        assert login is not None
        secrets.add(login["cookie_secret"])
    assert len(secrets) == 2
    assert {len(secret) for secret in secrets} == {64}


def test_streamlits_places_are_those_that_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    files, named = access_at_start.places()
    assert [path.name for path in files] == ["secrets.toml"] * len(files)
    assert access_at_start.BESIDE_THE_SCRIPT in files
    assert len(files) == len(set(files))
    assert not named
