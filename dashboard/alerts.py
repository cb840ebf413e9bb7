"""Who is told, and when: new lines of the alarm log -> messages through Apprise.

A message that a channel did not take stays due and is tried again at the next run; nothing here can
hold up the detection. What was delivered is noted in the store per channel, so that a run repeats
nothing. Channels are Apprise addresses and hold secrets: they come from the environment only, and a
keyed hash names them wherever they are noted or reported.
"""

import hashlib
import hmac
import ipaddress
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import apprise
import stamina

from collector.errors import ConfigError
from collector.store import Cursor, Store
from dashboard import brief
from dashboard.acting import Standing, acts, ids_of, standing
from dashboard.phrasing import as_time
from dashboard.plain_text import plain
from dashboard.wording import LANGUAGES, Wording

SOURCE = "alerts"  # name under which deliveries are noted among the store's cursors
ATTEMPTS = 3

Send = Callable[[str, str, str], bool]  # channel, title, body -> whether it was taken


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertSettings:
    """channels: Apprise addresses. quiet: clock times between which only escalations are sent.

    recent: older alarms are history and are never sent. link: address of the dashboard.
    """

    channels: tuple[str, ...] = ()
    quiet: tuple[time, time] | None = None
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))
    lang: str = "en"
    link: str = "http://127.0.0.1:8501"
    recent: timedelta = timedelta(hours=48)
    private_allowed: bool = False


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of one incident's message on one channel. alarms: how many lines it carried."""

    channel: str
    incident: str
    alarms: int
    taken: bool


def settings_from(environ: Mapping[str, str]) -> AlertSettings:
    """Settings from FLOODGAUGE_ALERTS (addresses, separated by blanks) and its companions.

    FLOODGAUGE_ALERTS_QUIET (22:00-07:00), _ZONE, _LANG, _LINK, _PRIVATE=1 (allows http and private
    hosts). Raises ConfigError that names the variable, never the address.
    """
    lang = environ.get("FLOODGAUGE_ALERTS_LANG", "en")
    if lang not in LANGUAGES:
        raise ConfigError(f"FLOODGAUGE_ALERTS_LANG: choose one of {', '.join(LANGUAGES)}")
    try:
        zone = ZoneInfo(environ.get("FLOODGAUGE_ALERTS_ZONE", "UTC"))
    except (KeyError, ValueError) as error:
        raise ConfigError("FLOODGAUGE_ALERTS_ZONE: no such time zone") from error
    private = environ.get("FLOODGAUGE_ALERTS_PRIVATE") == "1"
    channels = tuple(environ.get("FLOODGAUGE_ALERTS", "").split())
    for number, channel in enumerate(channels, 1):
        _check_channel(channel, number, private)
    return AlertSettings(
        channels=channels,
        quiet=_quiet(environ.get("FLOODGAUGE_ALERTS_QUIET", "")),
        zone=zone,
        lang=lang,
        link=environ.get("FLOODGAUGE_ALERTS_LINK", AlertSettings().link).rstrip("/"),
        private_allowed=private,
    )


def deliver(
    store: Store, settings: AlertSettings, now: datetime, send: Send | None = None
) -> list[Delivery]:
    """Sends what is due, one message an incident and channel; simulated apps are left out."""
    send = send or through_apprise
    words = Wording(settings.lang, settings.zone)
    done = []
    for app in store.apps.all():
        if app.simulated:
            continue
        made = acts(store.timeline.annotations(app.key))
        for incident in store.incidents.documents(app.key):
            held = standing(made, *ids_of(incident))
            for channel in settings.channels:
                due = _due(store, settings, channel, incident, held, now)
                if due:
                    title, body = message(incident, app.name, due, settings, words)
                    taken = send(channel, title, body)
                    done.append(Delivery(_name(store, channel), incident["id"], len(due), taken))
                    if taken:
                        _note(store, channel, incident["app"], due, now)
    return done


def message(
    incident: dict[str, Any],
    name: str,
    alarms: Sequence[dict[str, Any]],
    settings: AlertSettings,
    words: Wording,
) -> tuple[str, str]:
    """Title and text: what, since when, how sure, what to do, where to look. Plain text."""
    kind = alarms[-1]["kind"]
    title = words(f"alert-title-{kind}", name=plain(name, 80))
    lines = [
        brief.headline(incident, name, words),
        *(f"{when}: {word}. {what}" for when, word, what in brief.log_rows(list(alarms), words)),
        f"{brief.verdict(incident, words)}.",
        words("alert-coordination", signs=words(f"coordination-{incident['coordination']}")),
        words(f"alert-do-{kind}"),
        f"{settings.link}/incident?incident={incident['id']}",
    ]
    return title, "\n\n".join(lines)


def through_apprise(channel: str, title: str, body: str) -> bool:
    """Hands a message to one channel; three attempts, a few seconds in all."""
    target = apprise.Apprise()
    if not target.add(channel):
        return False
    try:
        for attempt in stamina.retry_context(
            on=NotTaken, attempts=ATTEMPTS, wait_initial=0.2, wait_max=2.0, timeout=20.0
        ):
            with attempt:
                if not target.notify(title=title, body=body, body_format=apprise.NotifyFormat.TEXT):
                    raise NotTaken
    except NotTaken:
        return False
    return True


class NotTaken(Exception):
    """A channel did not take a message."""


def _due(
    store: Store,
    settings: AlertSettings,
    channel: str,
    incident: dict[str, Any],
    held: Standing,
    now: datetime,
) -> list[dict[str, Any]]:
    """Alarms of an incident that this channel has not been told of and may be told now."""
    log = brief.log_of(incident, store.incidents.alarms(incident["app"]))
    fresh = [a for a in log if now - settings.recent <= as_time(a["at"]) <= now]
    known = [
        a
        for a in fresh
        if store.cursors.get(incident["app"], SOURCE, _mark(store, channel, a)) is None
    ]
    if held.muted(now):
        known = [a for a in known if a["kind"] == "escalated" and held.mute == "until_escalation"]
    if _is_quiet(settings, now) and not any(a["kind"] == "escalated" for a in known):
        return []
    return known


def _note(
    store: Store, channel: str, app: str, alarms: Sequence[dict[str, Any]], now: datetime
) -> None:
    for alarm in alarms:
        store.cursors.set(Cursor(app, SOURCE, _mark(store, channel, alarm), now.isoformat()))


def _mark(store: Store, channel: str, alarm: dict[str, Any]) -> str:
    return f"{_name(store, channel)}:{alarm['incident']}:{alarm['kind']}:{alarm['at']}"


def _name(store: Store, channel: str) -> str:
    """A channel without its secrets."""
    return hmac.new(store.secret, channel.encode(), hashlib.sha256).hexdigest()[:12]


def _is_quiet(settings: AlertSettings, now: datetime) -> bool:
    if settings.quiet is None:
        return False
    start, end = settings.quiet
    clock = now.astimezone(settings.zone).time()
    return start <= clock < end if start <= end else clock >= start or clock < end


def _quiet(text: str) -> tuple[time, time] | None:
    if not text.strip():
        return None
    try:
        start, end = (time.fromisoformat(part.strip()) for part in text.split("-"))
    except ValueError:
        raise ConfigError("FLOODGAUGE_ALERTS_QUIET: write it like 22:00-07:00") from None
    return start, end


def _check_channel(channel: str, number: int, private_allowed: bool) -> None:
    """Raises ConfigError for what Apprise does not know, and for open or private targets."""
    where = f"FLOODGAUGE_ALERTS: address {number}"
    target = apprise.Apprise.instantiate(channel, suppress_exceptions=True)
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
