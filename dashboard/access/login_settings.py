"""Whether a log-in guards the dashboard: decided from files that parse, refused for all others."""

import hashlib
import json
import re
import stat
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from collector.errors import ConfigError
from dashboard.access.who_may_enter import LISTS, OPERATORS, VIEWERS, names_of

NEEDED = ("redirect_uri", "cookie_secret", "client_id", "client_secret", "server_metadata_url")
OF_A_LOGIN = {"cookiesecret", "servermetadataurl"}  # keys that no other table has
CALLBACK = "/oauth2callback"
LEAST_SECRET = 16  # characters
KNOWN_SECRETS = {"a long random text"}  # whoever reads our documentation could sign a log-in
LARGEST = 1_000_000  # bytes of a file of settings
MEND = "mend or remove it, then start the dashboard again"


@dataclass(frozen=True, slots=True)
class Access:
    """Who may come in. login: what [auth] says; None: there is no log-in, this machine is let in.

    lists: what the environment says of people, see who_may_enter.
    """

    login: Mapping[str, Any] | None
    lists: Mapping[str, str]

    def pin(self) -> str:
        """What tells this decision from every other, and nothing of what it holds."""
        said = json.dumps([self.login, dict(self.lists)], sort_keys=True, default=str)
        return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()


def decide(files: Sequence[Path], environ: Mapping[str, str], *, named: bool = False) -> Access:
    """The one decision. Raises ConfigError for whatever is not surely meant.

    files: where Streamlit looks for secrets, the later ones first in rank. named: the operator
    named them, so they must be there.
    """
    lists = {name: environ[name] for name in LISTS if name in environ}
    for name in (OPERATORS, VIEWERS):
        names_of(name, lists.get(name, ""))
    merged: dict[str, Any] = {}
    for path in files:
        found = _read(path)
        if found is None and named:
            raise ConfigError(
                f"{_shown(path)} is named as the file of secrets and is not there: write it, or "
                "take its name out of secrets.files, then start the dashboard again"
            )
        if found is not None:
            merged.update(_checked(path, found))
    login = merged.get("auth")
    if login is None:
        _no_login_is_meant(files, lists)
    elif not any(names_of(name, lists.get(name, "")) for name in (OPERATORS, VIEWERS)):
        raise ConfigError(
            f"a log-in is configured, but {OPERATORS} and {VIEWERS} name nobody: "
            f"set {OPERATORS} to who may decide, then start the dashboard again"
        )
    return Access(login, lists)


def _no_login_is_meant(files: Sequence[Path], lists: Mapping[str, str]) -> None:
    for name in (OPERATORS, VIEWERS):
        if name in lists:
            places = " or ".join(dict.fromkeys(_shown(path) for path in files[:2]))
            raise ConfigError(
                f"{name} is set, but no log-in is configured: write [auth] into {places} "
                f"(docs/dashboard.md), or unset {name}, then start the dashboard again"
            )


def _read(path: Path) -> dict[str, Any] | None:
    """What a file, or a folder of files, says; None where there is none."""
    for folder in path.parents:
        if folder.is_symlink() and not folder.exists():
            raise ConfigError(f"{_shown(folder)} is a link to nowhere: {MEND}")
    try:
        path.lstat()
    except FileNotFoundError:
        _no_other_spelling(path)
        return None
    except OSError as error:
        raise ConfigError(f"{_shown(path)} cannot be read ({error.strerror}): {MEND}") from error
    try:
        if path.suffix != ".toml":
            return _folder(path)
        return _parsed(path, _text(path))
    except OSError as error:
        raise ConfigError(f"{_shown(path)} cannot be read ({error.strerror}): {MEND}") from error


def _no_other_spelling(path: Path) -> None:
    """Streamlit passes over Secrets.toml and secrets.toml.txt without a word."""
    try:
        beside = [one.name for one in path.parent.iterdir()]
    except FileNotFoundError:
        return
    except OSError as error:
        raise ConfigError(
            f"{_shown(path.parent)} cannot be read ({error.strerror}): {MEND}"
        ) from error
    for name in beside:
        if name.casefold() in (path.name, f"{path.name}.txt"):
            raise ConfigError(
                f"{_shown(path.parent / name)} is not read: name it {path.name}, "
                "then start the dashboard again"
            )


def _folder(path: Path) -> dict[str, Any]:
    """Secrets as Kubernetes mounts them: a folder each, a file a value."""
    if not path.is_dir():
        raise ConfigError(f"{_shown(path)} is neither a .toml file nor a folder of secrets: {MEND}")
    found: dict[str, Any] = {}
    for part in sorted(path.iterdir()):
        if not part.is_dir():
            raise ConfigError(f"{_shown(part)} is no folder of secrets: {MEND}")
        values = {one.name: _text(one).strip() for one in part.iterdir() if not one.is_dir()}
        found[part.name] = next(iter(values.values())) if len(values) == 1 else values
    return found


def _text(path: Path) -> str:
    about = path.stat()
    if not stat.S_ISREG(about.st_mode):
        raise ConfigError(f"{_shown(path)} is not a file: {MEND}")
    if about.st_size > LARGEST:
        raise ConfigError(f"{_shown(path)} is too large for a file of secrets: {MEND}")
    raw = path.read_bytes()
    if raw.startswith(b"\xef\xbb\xbf"):
        raise ConfigError(
            f"{_shown(path)} begins with a byte-order mark, which Streamlit cannot read: "
            "save it as UTF-8 without one, then start the dashboard again"
        )
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        raise ConfigError(
            f"{_shown(path)} is not UTF-8: save it as UTF-8, then start the dashboard again"
        )
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _parsed(path: Path, text: str) -> dict[str, Any]:
    try:
        found = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        place = re.search(r"at (line \d+, column \d+|end of document)", str(error))
        where = f" (at {place[1]})" if place else ""
        raise ConfigError(f"{_shown(path)} is not valid TOML{where}: {MEND}") from error
    if not found:
        raise ConfigError(
            f"{_shown(path)} says nothing: write [auth] into it (docs/dashboard.md) or remove it, "
            "then start the dashboard again"
        )
    return found


def _checked(path: Path, found: dict[str, Any]) -> dict[str, Any]:
    """What a file says, if it says it where Streamlit reads it and says all of it."""
    for name in LISTS:
        if name in found:
            raise ConfigError(
                f"{_shown(path)} sets {name}, which belongs in the environment: move it there, "
                "then start the dashboard again"
            )
    for name, value in found.items():
        if name != "auth" and _means_a_login(name, value):
            raise ConfigError(
                f"{_shown(path)} has the settings of a log-in under {name!r}, where Streamlit does "
                "not read them: write them under [auth], then start the dashboard again"
            )
    if "auth" in found and (wrong := _wrong_with(found["auth"])):
        raise ConfigError(
            f"{_shown(path)}: {wrong} (docs/dashboard.md); mend it, then start the dashboard again"
        )
    return found


def _means_a_login(name: str, value: Any) -> bool:
    plain = re.sub(r"[^a-z]", "", name.casefold())
    if plain in ("auth", "auht", "aut", "ath", "oauth", "login", "oidc") or plain in OF_A_LOGIN:
        return True
    return any(
        re.sub(r"[^a-z]", "", key.casefold()) in OF_A_LOGIN
        or (isinstance(held, str) and held.strip().endswith(CALLBACK))
        for key, held in _leaves(name, value)
    )


def _leaves(name: str, value: Any) -> Iterator[tuple[str, Any]]:
    """Every value in a table with the name nearest to it."""
    if isinstance(value, Mapping):
        for key, held in value.items():
            yield from _leaves(key, held)
    elif isinstance(value, list):
        for held in value:
            yield from _leaves(name, held)
    else:
        yield name, value


def _wrong_with(login: Any) -> str:
    """What keeps [auth] from working, in a few words; nothing where it works."""
    if not isinstance(login, Mapping):
        return "auth is no table: it must be [auth]"
    for name in NEEDED:
        value = login.get(name)
        if not isinstance(value, str) or not value.strip():
            return f"[auth] lacks {name}"
    for name in ("redirect_uri", "server_metadata_url"):
        if not _is_web_address(login[name]):
            return f"{name} of [auth] is no address of http or https"
    if not login["redirect_uri"].endswith(CALLBACK):
        return f"redirect_uri of [auth] must end in {CALLBACK}"
    return _wrong_with_secret(login["cookie_secret"])


def _wrong_with_secret(secret: str) -> str:
    if secret in KNOWN_SECRETS or secret.startswith("$("):
        return "cookie_secret of [auth] is an example that everybody knows: make one of your own"
    if len(secret) < LEAST_SECRET:
        return f"cookie_secret of [auth] is shorter than {LEAST_SECRET} characters"
    return ""


def _is_web_address(text: str) -> bool:
    try:
        parts = urlsplit(text.replace("{port}", "1"))
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def _shown(path: Path) -> str:
    """A path as the operator knows it, without the folder that the account's name is in."""
    for base, before in ((Path.cwd(), ""), (Path.home(), "~/")):
        if path.is_relative_to(base):
            return f"{before}{path.relative_to(base)}"
    return str(path)
