"""Channels of one's own, one file each; a new file here is a new kind of address.

Everything that Apprise knows needs no file. A file here registers what it does not know, with
Apprise's own decorator `notify`.
"""

import importlib
import pkgutil
from functools import cache

import apprise


def channel_of(address: str) -> apprise.NotifyBase | None:
    """What an address stands for; None where neither Apprise nor a file here knows it."""
    _load()
    found = apprise.Apprise.instantiate(address, suppress_exceptions=True)
    return found if isinstance(found, apprise.NotifyBase) else None


@cache
def _load() -> None:
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
