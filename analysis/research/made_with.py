"""What a result was made with, so that others can make it again: version, rules and settings."""

from collections.abc import Mapping
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from analysis import rules_hash
from collector.times import to_iso


def made_with(settings: Mapping[str, Any]) -> dict[str, Any]:
    """Version, a hash of the rules that find swings, and the settings as plain values."""
    plain = {n: to_iso(v) if isinstance(v, datetime) else v for n, v in settings.items()}
    return {"version": own_version(), "rules": rules_hash.of_swings(), "settings": plain}


def own_version() -> str:
    """The version of Floodgauge; unknown where its folders were copied without being installed."""
    try:
        return version("floodgauge")
    except PackageNotFoundError:
        return "unknown"
