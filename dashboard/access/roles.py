"""Who may look and who may act, where a log-in is configured. Pure.

Operators and viewers are named in the environment: whole addresses, or @example.org for everybody
at a domain. Nobody else gets in, whatever the provider says.
"""

import hashlib
import hmac
from collections.abc import Mapping
from typing import Any, Literal

Role = Literal["operator", "viewer"]
OPERATORS, VIEWERS = "FLOODGAUGE_OPERATORS", "FLOODGAUGE_VIEWERS"


def role_of(user: Mapping[str, Any], environ: Mapping[str, str]) -> Role | None:
    """The role of who has logged in; None for who is on no list or has no checked address.

    user: claims of the log-in, with is_logged_in and email.
    """
    address = address_of(user)
    if not user.get("is_logged_in") or not address or user.get("email_verified") is False:
        return None
    if _listed(address, environ.get(OPERATORS, "")):
        return "operator"
    return "viewer" if _listed(address, environ.get(VIEWERS, "")) else None


def address_of(user: Mapping[str, Any]) -> str:
    """The address of a log-in, folded; empty where there is none."""
    return str(user.get("email") or "").strip().casefold()


def mark(role: Role, address: str, secret: bytes) -> str:
    """How a log shows who decided: the role and a keyed mark that tells two people apart.

    Only who holds the deployment's secret can say which address it is.
    """
    return f"{role} {hmac.new(secret, f'who {address}'.encode(), hashlib.sha256).hexdigest()[:8]}"


def _listed(address: str, names: str) -> bool:
    listed = {name.strip().casefold() for name in names.split(",") if name.strip()}
    name, _, domain = address.rpartition("@")
    return bool(name) and (address in listed or f"@{domain}" in listed)
