"""Who is told, and when: new lines of the alarm log -> messages through Apprise.

A message that a channel did not take stays due and is tried again at the next run; nothing here can
hold up the detection. What was delivered is noted in the store per channel, so that a run repeats
nothing. Channels are Apprise addresses and hold secrets: they come from the environment only, and a
keyed hash names them wherever they are noted or reported.
"""

import hashlib
import hmac
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import apprise
import stamina

from collector.channels import SOURCE, keep_note, note_health, note_of
from collector.store import Cursor, Store
from dashboard import brief
from dashboard.acting import Standing, acts, ids_of, standing
from dashboard.alert_settings import AlertSettings
from dashboard.alert_settings import settings_from as settings_from
from dashboard.phrasing import as_time
from dashboard.plain_text import plain
from dashboard.wording import Wording

ATTEMPTS = 3

Send = Callable[[str, str, str], bool]  # channel, title, body -> whether it was taken
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of a message on one channel. incident: its id; several where it is a digest."""

    channel: str
    incident: str
    alarms: int
    taken: bool


@dataclass(frozen=True, slots=True)
class News:
    """What a channel is to be told of one incident. told: the lines; silent: noted, not told."""

    incident: dict[str, Any]
    name: str
    told: list[dict[str, Any]]
    silent: list[dict[str, Any]]


def deliver(
    store: Store, settings: AlertSettings, now: datetime, send: Send | None = None
) -> list[Delivery]:
    """Sends what is due; simulated apps are left out.

    One message an event, a changed reading apart from growth and end. What quiet hours or the daily
    digest held back comes as one message.
    """
    send = send or through_apprise
    words = Wording(settings.lang, settings.zone)
    done: list[Delivery] = []
    for channel in settings.channels:
        name = _name(store, channel)
        due = _news(store, settings, channel, now)
        slot = _digest_due(store, settings, name, now)
        loud = [n for n in due if any(a["kind"] == "escalated" for a in n.told)]
        quiet = [n for n in due if n not in loud]
        if _is_quiet(settings, now) or (settings.digest is not None and not slot):
            if quiet:
                keep_note(store, name, "held", now.isoformat())
            quiet = []
        together = len(quiet) > 1 and (slot or bool(note_of(store, name, "held")))
        batches = [[n] for n in loud] + ([quiet] if together else [[n] for n in quiet])
        sent = _send_all(store, settings, channel, batches, words, send, now)
        done += sent
        taken = all(d.taken for d in sent)
        if taken and slot:
            keep_note(store, name, "digest", now.isoformat())
        if taken and quiet:
            keep_note(store, name, "held", "")
        if sent:
            note_health(store, name, sum(not d.taken for d in sent), now)
    return done


def message(
    incident: dict[str, Any],
    name: str,
    alarms: Sequence[dict[str, Any]],
    settings: AlertSettings,
    words: Wording,
) -> tuple[str, str]:
    """Title and text: what, since when, how sure, what to do, where to look. Plain text."""
    kinds = [alarm["kind"] for alarm in alarms]
    # Who hears of an incident for the first time is not told that it grows.
    kind = "opened" if kinds[-1] == "escalated" and "opened" in kinds else kinds[-1]
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


def digest(news: Sequence[News], settings: AlertSettings, words: Wording) -> tuple[str, str]:
    """Title and text of one message about several incidents."""
    title = words("alert-title-digest", count=len(news))
    parts = [message(n.incident, n.name, n.told, settings, words) for n in news]
    return title, "\n\n\n".join(f"{head}\n\n{body}" for head, body in parts)


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


def _send_all(
    store: Store,
    settings: AlertSettings,
    channel: str,
    batches: Sequence[Sequence[News]],
    words: Wording,
    send: Send,
    now: datetime,
) -> list[Delivery]:
    """One message a batch; after one that was not taken the channel rests until the next run."""
    done: list[Delivery] = []
    name = _name(store, channel)
    for batch in batches:
        if len(batch) == 1:
            only = batch[0]
            texts = [
                (message(only.incident, only.name, part, settings, words), part)
                for part in _apart(only.told)
            ]
        else:
            texts = [(digest(batch, settings, words), [a for n in batch for a in n.told])]
        for (title, body), alarms in texts:
            taken = (not done or done[-1].taken) and _taken(send, channel, name, title, body)
            ids = ", ".join(n.incident["id"] for n in batch)
            done.append(Delivery(name, ids, len(alarms), taken))
            if taken:
                _note(store, channel, [*alarms, *(a for n in batch for a in n.silent)], now)
    return done


def _taken(send: Send, channel: str, name: str, title: str, body: str) -> bool:
    try:
        return send(channel, title, body)
    except Exception as error:  # noqa: BLE001 - a plug-in's fault must not end the analysis
        # Its words may hold the address.
        log.warning("channel %s failed with %s", name, type(error).__name__)
        return False


def _apart(alarms: Sequence[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """A changed reading is an event of its own."""
    growth = [a for a in alarms if a["kind"] != "reclassified"]
    reading = [a for a in alarms if a["kind"] == "reclassified"]
    return [part for part in (growth, reading) if part]


def _news(store: Store, settings: AlertSettings, channel: str, now: datetime) -> list[News]:
    """What this channel has not been told of and may be told."""
    found = []
    for app in store.apps.all():
        if app.simulated:
            continue
        made = acts(store.timeline.annotations(app.key))
        alarms = store.incidents.alarms(app.key)
        for incident in store.incidents.documents(app.key):
            held = standing(made, *ids_of(incident))
            due = _due(store, settings, channel, brief.log_of(incident, alarms), held, now)
            # Who hears of an incident for the first time hears its present reading with it.
            new = any(a["kind"] == "opened" for a in due)
            silent = [a for a in due if new and a["kind"] == "reclassified"]
            told = [a for a in due if a not in silent]
            if told:
                found.append(News(incident, app.name, told, silent))
    return found


def _due(
    store: Store,
    settings: AlertSettings,
    channel: str,
    alarms: Sequence[dict[str, Any]],
    held: Standing,
    now: datetime,
) -> list[dict[str, Any]]:
    fresh = [a for a in alarms if now - settings.recent <= as_time(a["at"]) <= now]
    known = [
        a for a in fresh if store.cursors.get(a["app"], SOURCE, _mark(store, channel, a)) is None
    ]
    if held.muted(now):
        return [a for a in known if a["kind"] == "escalated" and held.mute == "until_escalation"]
    return known


def _note(store: Store, channel: str, alarms: Sequence[dict[str, Any]], now: datetime) -> None:
    for alarm in alarms:
        store.cursors.set(
            Cursor(alarm["app"], SOURCE, _mark(store, channel, alarm), now.isoformat())
        )


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


def _digest_due(store: Store, settings: AlertSettings, name: str, now: datetime) -> bool:
    """Whether today's digest has not gone out yet and its time has come."""
    if settings.digest is None:
        return False
    local = now.astimezone(settings.zone)
    slot = datetime.combine(local.date(), settings.digest, tzinfo=settings.zone)
    last = note_of(store, name, "digest")
    return local >= slot and (not last or datetime.fromisoformat(last) < slot)
