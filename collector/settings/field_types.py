"""Types of single settings: what a country, a language, an address or an id may look like."""

import ipaddress
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field

from collector.dates.zones import place_named


def _timezone(name: str) -> str:
    found = place_named(name)
    if found is None:
        raise ValueError(f"{name!r} is not a time zone; write it like America/Chicago or UTC")
    return found.key


def _feed(address: str) -> str:
    parts = urlsplit(address)
    if parts.scheme != "https" or not parts.hostname:
        raise ValueError(f"{address!r} is not an https:// address")
    if parts.username or parts.password:
        raise ValueError("an address must not carry a user name or password")
    if is_private(parts.hostname):
        raise ValueError(f"{parts.hostname} is a private address")
    return address


def is_private(host: str) -> bool:
    """Whether a host names this machine or an inner network, by its looks (no look-up)."""
    if host == "localhost" or host.endswith((".localhost", ".local", ".internal")):
        return True
    try:
        return not ipaddress.ip_address(host.strip("[]")).is_global
    except ValueError:
        return False


def base_language(tag: str) -> str:
    """A language without its region, in which the shops show the same reviews: pt of pt-BR."""
    return tag.replace("_", "-").split("-")[0].lower()


def _language(tag: str) -> str:
    language, *rest = tag.split("-")
    return "-".join([language, *(part.upper() if len(part) == 2 else part for part in rest)])


def _lower(value: object) -> object:
    return value.strip().lower() if isinstance(value, str) else value


def _shop_id(value: object) -> object:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


Country = Annotated[str, BeforeValidator(_lower), Field(pattern="^[a-z]{2}$")]
Language = Annotated[
    str, AfterValidator(_language), Field(pattern="^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")
]
Timezone = Annotated[str, AfterValidator(_timezone)]
FeedAddress = Annotated[str, AfterValidator(_feed)]
Days = Annotated[int, Field(ge=1, le=36500)]
Word = Annotated[str, Field(min_length=3, max_length=200)]
PackageId = Annotated[
    str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_]*(\.[A-Za-z][A-Za-z0-9_]*)+$", max_length=200)
]
AppleId = Annotated[str, BeforeValidator(_shop_id), Field(pattern="^[0-9]{5,15}$")]
