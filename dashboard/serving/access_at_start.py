"""Who may come in, in the process that serves: decided once, then only ever narrowed."""

import logging
import os
from collections.abc import Mapping, MutableMapping
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit import config

from collector.errors import ConfigError
from dashboard.access.login_settings import Access, decide
from dashboard.access.who_may_enter import LISTS

# Holds the decision of the start. Streamlit loads changed modules anew; the environment stays.
PIN = "FLOODGAUGE_ACCESS_AT_START"
REFUSED = "refused: "
BESIDE_THE_SCRIPT = Path(__file__).parents[1] / ".streamlit" / "secrets.toml"
CHANGED = (
    "the settings of the log-in are not those that the dashboard was started with: "
    "bring them back, or start the dashboard again"
)
LOG = logging.getLogger(__name__)


def places() -> tuple[list[Path], bool]:
    """Where Streamlit looks for secrets, and whether the operator named these places.

    It looks beside the script as well, once it runs one.
    """
    files = [Path(name) for name in config.get_option("secrets.files")]
    if config.is_manually_set("secrets.files"):
        return files, True
    return list(dict.fromkeys([*files, BESIDE_THE_SCRIPT])), False


def start(environ: Mapping[str, str]) -> str:
    """The pin to start a dashboard with. Raises ConfigError where it must not start."""
    return _decided(environ).pin()


def access() -> Access:
    """What was decided at the start, as long as everything is as it was then.

    Raises ConfigError, and goes on doing so, where nobody may come in.
    """
    pinned = os.environ.get(PIN, "")
    if pinned.startswith(REFUSED):
        raise ConfigError(pinned.removeprefix(REFUSED))
    if not pinned:
        return _first(os.environ)
    try:
        found = _decided(os.environ)
        if found.pin() != pinned or found.login != _streamlits_own():
            raise ConfigError(CHANGED)
    except ConfigError as error:
        LOG.error("nobody is let in: %s", error)  # noqa: TRY400
        raise
    return found


def _first(environ: MutableMapping[str, str]) -> Access:
    """The decision of a process that was started in another way than by our command."""
    try:
        found = _decided(environ)
        if found.login != _streamlits_own():
            raise ConfigError(CHANGED)
    except ConfigError as error:
        environ[PIN] = f"{REFUSED}{error}"
        LOG.error("nobody is let in: %s", error)  # noqa: TRY400
        raise
    environ[PIN] = found.pin()
    return found


def _decided(environ: Mapping[str, str]) -> Access:
    files, named = places()
    return decide(files, {k: environ[k] for k in LISTS if k in environ}, named=named)


def _streamlits_own() -> dict[str, Any] | None:
    """The log-in as Streamlit itself holds it: it signs and checks with that."""
    try:
        if not st.secrets.load_if_toml_exists():
            return None
        held = st.secrets.to_dict().get("auth")
    except (OSError, ValueError) as error:
        raise ConfigError(CHANGED) from error
    return held if held is None else dict(held)
