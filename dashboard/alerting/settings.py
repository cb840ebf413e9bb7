"""Where alerts go, and when: from the environment, checked before anything is sent."""

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from collector.dates.zones import place_named
from collector.errors import ConfigError
from dashboard.alerting.channels import channel_of
from dashboard.words.catalogue import LANGUAGES


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertSettings:
    """channels: Apprise addresses. quiet: clock times between which only escalations are sent.

    digest: clock time of the one message a day that holds all but escalations; None sends at once.
    recent: alarms that were older when they were first seen are history and are never sent.
    link: public address of the dashboard; None leaves links out.
    """

    channels: tuple[str, ...] = ()
    quiet: tuple[time, time] | None = None
    digest: time | None = None
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))
    lang: str = "en"
    link: str | None = None
    recent: timedelta = timedelta(hours=48)
    private_allowed: bool = False


def settings_from(environ: Mapping[str, str]) -> AlertSettings:
    """Settings from FLOODGAUGE_ALERTS (addresses, separated by blanks) and its companions.

    FLOODGAUGE_ALERTS_QUIET (22:00-07:00), _DIGEST (08:00: one message a day), _ZONE (as imports
    read zones: Europe/Madrid, CET, +05:30), _LANG, _PRIVATE=1 (allows http and private hosts);
    FLOODGAUGE_DASHBOARD_URL is where links lead.
    Raises ConfigError that names the variable, never the address.
    """
    lang = _given(environ, "FLOODGAUGE_ALERTS_LANG") or "en"
    if lang not in LANGUAGES:
        raise ConfigError(f"FLOODGAUGE_ALERTS_LANG: choose one of {', '.join(LANGUAGES)}")
    private = _private(environ)
    channels = tuple(environ.get("FLOODGAUGE_ALERTS", "").split())
    for number, channel in enumerate(channels, 1):
        _check_channel(channel, number, private)
    return AlertSettings(
        channels=channels,
        quiet=_quiet(environ.get("FLOODGAUGE_ALERTS_QUIET", "")),
        zone=_zone(_given(environ, "FLOODGAUGE_ALERTS_ZONE") or "UTC"),
        lang=lang,
        digest=_digest(environ.get("FLOODGAUGE_ALERTS_DIGEST", "")),
        link=_link(environ),
        private_allowed=private,
    )


def _given(environ: Mapping[str, str], name: str) -> str:
    """A variable; one that is set to nothing is as good as not set."""
    return environ.get(name, "").strip()


def _zone(name: str) -> ZoneInfo:
    found = place_named(name)
    if found is None:
        raise ConfigError("FLOODGAUGE_ALERTS_ZONE: no such time zone; write it like Europe/Madrid")
    return found


def _private(environ: Mapping[str, str]) -> bool:
    given = _given(environ, "FLOODGAUGE_ALERTS_PRIVATE")
    if given not in ("", "0", "1"):
        raise ConfigError("FLOODGAUGE_ALERTS_PRIVATE: write 1, or leave it out")
    return given == "1"


def _quiet(text: str) -> tuple[time, time] | None:
    if not text.strip():
        return None
    try:
        start, end = (_clock(part) for part in text.split("-"))
    except ValueError:
        raise ConfigError("FLOODGAUGE_ALERTS_QUIET: write it like 22:00-07:00") from None
    if start == end:
        raise ConfigError("FLOODGAUGE_ALERTS_QUIET: begins when it ends; write it like 22:00-07:00")
    return start, end


def _digest(text: str) -> time | None:
    if not text.strip():
        return None
    try:
        return _clock(text)
    except ValueError:
        raise ConfigError("FLOODGAUGE_ALERTS_DIGEST: write it like 08:00") from None


def _clock(text: str) -> time:
    """A time of the day. Raises ValueError, also where it names a zone, which has its own place."""
    found = time.fromisoformat(text.strip())
    if found.tzinfo is not None:
        raise ValueError(text)
    return found


def _link(environ: Mapping[str, str]) -> str | None:
    found = _given(environ, "FLOODGAUGE_DASHBOARD_URL").rstrip("/")
    if not found:
        return None
    try:
        parts = urlsplit(found)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        good = False
    if not good or found.split() != [found]:
        raise ConfigError(
            "FLOODGAUGE_DASHBOARD_URL: must begin with http:// or https:// and name a host, "
            "like https://floodgauge.example.org"
        )
    return found


def _check_channel(channel: str, number: int, private_allowed: bool) -> None:
    """Raises ConfigError for what Apprise does not know, and for open or private targets."""
    where = f"FLOODGAUGE_ALERTS: address {number}"
    target = channel_of(channel)
    if target is None:
        raise ConfigError(f"{where} is not an address that Apprise understands")
    if private_allowed:
        return
    if not getattr(target, "secure", False):
        raise ConfigError(
            f"{where} is not encrypted; use the secure form (mailtos://, jsons://), or set "
            "FLOODGAUGE_ALERTS_PRIVATE=1 for a host of your own"
        )
    host = str(getattr(target, "host", "") or "")
    try:
        private = not ipaddress.ip_address(host).is_global
    except ValueError:
        private = host == "localhost" or host.endswith((".localhost", ".local", ".internal"))
    if private:
        raise ConfigError(f"{where} is a private host; FLOODGAUGE_ALERTS_PRIVATE=1 allows it")
