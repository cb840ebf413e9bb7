"""Links and ids of the two shops, as people paste them -> which app, in which shop."""

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from collector.errors import ConfigError

_PACKAGE = re.compile(r"[A-Za-z][A-Za-z0-9_]*(\.[A-Za-z][A-Za-z0-9_]*)+")
_APPLE_NUMBER = re.compile(r"(?:id)?([0-9]{5,15})")
_PLAY_HOSTS = frozenset({"play.google.com", "market.android.com"})
_APPLE_HOSTS = frozenset({"apps.apple.com", "itunes.apple.com", "geo.itunes.apple.com"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ShopApp:
    """An app in one shop, with the storefront and language that the link names, if any."""

    google_play: str | None = None
    app_store: str | None = None
    country: str | None = None
    lang: str | None = None


def parse_shop_link(given: str) -> ShopApp:
    """A link to Google Play or the App Store, a package name, or Apple's number.

    Raises ConfigError for anything else, also for links to a developer or a search.
    """
    text = given.strip()
    if match := _APPLE_NUMBER.fullmatch(text):
        return ShopApp(app_store=match[1])
    looks_like_link = "/" in text or text.startswith("market:")
    if not looks_like_link:
        if _PACKAGE.fullmatch(text):
            return ShopApp(google_play=text)
        raise ConfigError(_unknown(given))
    try:
        parts = urlsplit(text if ":" in text.split("/")[0] else f"https://{text}")
    except ValueError:  # brackets that hold no address
        raise ConfigError(_unknown(given)) from None
    host = (parts.hostname or "").removeprefix("www.")
    found = None
    if host in _PLAY_HOSTS or parts.scheme == "market":
        found = _google_play(parts.query)
    elif host in _APPLE_HOSTS:
        found = _app_store(parts.path)
    if found is None:
        raise ConfigError(_unknown(given))
    return found


def _google_play(query: str) -> ShopApp | None:
    fields = parse_qs(query)
    package = fields.get("id", [""])[0]
    if not _PACKAGE.fullmatch(package):
        return None
    return ShopApp(
        google_play=package,
        country=_code(fields.get("gl", [""])[0]),
        lang=_code(re.split("[-_]", fields.get("hl", [""])[0])[0]),
    )


def _app_store(path: str) -> ShopApp | None:
    segments = [segment for segment in path.split("/") if segment]
    numbers = [match[1] for s in segments if (match := re.fullmatch("id([0-9]{5,15})", s))]
    if not numbers or "developer" in segments:
        return None
    return ShopApp(app_store=numbers[-1], country=_code(segments[0]))


def _code(value: str) -> str | None:
    return value.lower() if re.fullmatch("[A-Za-z]{2}", value) else None


def _unknown(given: str) -> str:
    return (
        f"{given[:200]!r} is not an app: give a link such as "
        "https://play.google.com/store/apps/details?id=com.example.app or "
        "https://apps.apple.com/us/app/name/id123456789, a package name, or Apple's number"
    )
