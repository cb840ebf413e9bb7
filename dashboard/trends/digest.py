"""The week as a message to the alert channels, once a week on the day and hour of choice."""

import hashlib
import hmac
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

from collector.errors import ConfigError
from collector.settings.config import WEEKDAYS, Digest
from collector.store import Store
from dashboard.alerting.sending import Refused, room_of, through_apprise
from dashboard.alerting.settings import settings_from
from dashboard.trends.week import Week, as_text
from dashboard.words.catalogue import Wording

Send = Callable[[str, str, str], bool]
NOTE = "week"


def send(
    store: Store,
    weeks: Sequence[Week],
    digest: Digest,
    environ: Mapping[str, str],
    now: datetime,
    hand_over: Send | None = None,
) -> str:
    """Hands the week to each alert channel that has not had it; what was done, in a line.

    Raises ConfigError where there is no channel, or one did not take it.
    """
    settings = settings_from(environ)
    if not settings.channels:
        raise ConfigError("--send: set FLOODGAUGE_ALERTS to where the week is to go")
    slot = last_slot(digest, now, settings.zone)
    words = Wording(digest.language, settings.zone)
    body = "\n".join(as_text(one) for one in weeks)
    sent, failed = 0, 0
    for channel in settings.channels:
        name = _mark(store, channel)
        if store.channel_notes.get(name, NOTE) >= slot.isoformat():
            continue
        if _taken(channel, words("week-page"), body, hand_over or through_apprise):
            store.channel_notes.keep(name, NOTE, slot.isoformat())
            sent += 1
        else:
            failed += 1
    if failed:
        raise ConfigError(f"--send: {failed} of {len(settings.channels)} channels did not take it")
    return f"sent to {sent} of {len(settings.channels)} channels; the others have had it"


def last_slot(digest: Digest, now: datetime, zone: object) -> datetime:
    """The last moment at which the week was due."""
    local = now.astimezone(zone)  # type: ignore[arg-type]
    back = (local.weekday() - WEEKDAYS.index(digest.day)) % 7
    day = (local - timedelta(days=back)).date()
    slot = datetime.combine(day, digest.at, tzinfo=local.tzinfo)
    return slot if slot <= local else slot - timedelta(days=7)


def _taken(channel: str, title: str, body: str, hand_over: Send) -> bool:
    room = room_of(channel) - len(title)
    if len(body) > room:
        body = body[: max(room - 2, 0)].rsplit("\n", 1)[0] + "\n…"
    try:
        return hand_over(channel, title, body)
    except Refused:
        return False


def _mark(store: Store, channel: str) -> str:
    """The channel as the store knows it: its address is a secret."""
    return hmac.new(store.database.secret, channel.encode(), hashlib.sha256).hexdigest()[:12]
