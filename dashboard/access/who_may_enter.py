"""Who may look and who may act, where a log-in is configured. Pure.

Operators and viewers are named in the environment: whole addresses, or @example.org for everybody
at a domain. Nobody else gets in, whatever the provider says.
"""

import hashlib
import hmac
import re
import string
import unicodedata
from collections.abc import Mapping
from typing import Any, Literal

from collector.errors import ConfigError

Role = Literal["operator", "viewer"]
OPERATORS, VIEWERS = "FLOODGAUGE_OPERATORS", "FLOODGAUGE_VIEWERS"
TRUST = "FLOODGAUGE_LOGIN_TRUSTS_EMAIL"  # for providers that never say email_verified
LISTS = (OPERATORS, VIEWERS, TRUST)
NAMED = re.compile(r"[^\s@*;]*@[^\s@*;]+")
LOWER = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)


def role_of(user: Mapping[str, Any], lists: Mapping[str, str]) -> Role | None:
    """The role of who has logged in; None for who is on no list or has no checked address.

    user: claims of the log-in, with is_logged_in and email. lists: OPERATORS, VIEWERS, TRUST.
    """
    address = address_of(user)
    if user.get("is_logged_in") is not True or not address or not _is_verified(user, lists):
        return None
    if _listed(address, lists.get(OPERATORS, "")):
        return "operator"
    return "viewer" if _listed(address, lists.get(VIEWERS, "")) else None


def may_act(user: Mapping[str, Any], lists: Mapping[str, str], *, login: bool) -> bool:
    """Who may decide and export: an operator; without a log-in, whoever is at this machine."""
    return not login or role_of(user, lists) == "operator"


def address_of(user: Mapping[str, Any]) -> str:
    """The address of a log-in, its ASCII letters small; empty where there is none to rely on.

    An address that is not its own NFKC form only looks like another one, and is nobody's.
    """
    claim = user.get("email")
    if not isinstance(claim, str) or not unicodedata.is_normalized("NFKC", claim):
        return ""
    return claim.strip(string.whitespace).translate(LOWER)


def names_of(variable: str, text: str) -> frozenset[str]:
    """Addresses and @domains of a list. Raises ConfigError for an entry that is neither."""
    entries = [part.strip(string.whitespace) for part in text.split(",")]
    for entry in filter(None, entries):
        if not unicodedata.is_normalized("NFKC", entry):
            plain = unicodedata.normalize("NFKC", entry)
            raise ConfigError(f"{variable}: {entry!a} is not in plain letters: write {plain!r}")
        if not NAMED.fullmatch(entry):
            raise ConfigError(
                f"{variable}: {entry!r} is neither an address nor an @domain: write "
                "ana@example.org, or @example.org for everybody there, separated by commas"
            )
    return frozenset(entry.translate(LOWER) for entry in entries if entry)


def mark(role: Role, address: str, secret: bytes) -> str:
    """How a log shows who decided: the role and a keyed mark that tells two people apart.

    Only who holds the deployment's secret can say which address it is.
    """
    return f"{role} {hmac.new(secret, f'who {address}'.encode(), hashlib.sha256).hexdigest()[:8]}"


def _is_verified(user: Mapping[str, Any], lists: Mapping[str, str]) -> bool:
    """Whether the provider has checked the address; what only looks like a yes is none."""
    if "email_verified" not in user:
        return lists.get(TRUST) == "1"
    return user["email_verified"] is True


def _listed(address: str, names: str) -> bool:
    listed = names_of("", names)
    name, _, domain = address.partition("@")
    return (
        bool(name and domain)
        and "@" not in domain
        and (address in listed or f"@{domain}" in listed)
    )
