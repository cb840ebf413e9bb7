"""Who is told, and when: new lines of the alarm log -> messages through Apprise.

What a channel did not take stays due, however long it takes, and is tried again at the next run;
nothing here can hold up the detection. What was told is noted in the store per channel, one process
at a time, so that a run repeats nothing. Channels are Apprise addresses and hold secrets: they come
from the environment only, and a keyed hash names them wherever they are noted or reported.
"""

import hashlib
import hmac
import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import Literal

from analysis.decisions import InForce, ids_of, in_force, readable
from analysis.incidents.stored import stored_alarms, stored_incidents
from analysis.incidents.warn import asked_sentence
from analysis.records import Alarm, Incident
from analysis.words.calls import call_said, call_title
from collector.errors import StoreError
from collector.store import Store
from collector.store.incidents.deliveries import Delivered, Key
from collector.store.locks import Holds
from collector.times import to_iso
from dashboard.alerting.message import News, fitting, short, text_of
from dashboard.alerting.sending import Refused, room_of, through_apprise
from dashboard.alerting.settings import AlertSettings
from dashboard.alerting.settings import settings_from as settings_from
from dashboard.incident import alarm_log
from dashboard.incident.at_a_glance import glance
from dashboard.words.catalogue import Wording

Send = Callable[[str, str, str], bool]  # channel, title, body -> whether it was taken
Answer = Literal["taken", "refused", "failed"]
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of a message on one channel. incident: its id; several where it is a digest."""

    channel: str
    incident: str
    alarms: int
    taken: bool


@dataclass(frozen=True, slots=True)
class ToldIncident:
    """An incident with the lines of the alarm log that belong to it, and what people decided."""

    incident: Incident
    name: str
    alarms: list[Alarm]
    held: InForce


@dataclass(frozen=True, slots=True)
class Warned:
    """A line of a call that is out. asked: reads what it asks, a masked sentence, when it is
    told."""

    alarm: Alarm
    name: str
    asked: Callable[[], str | None]

    def title(self, words: Wording) -> str:
        return call_title(self.alarm, self.name, words)

    def text(self, words: Wording) -> str:
        said = call_said(self.alarm, self.name, self.asked(), words)
        return "\n\n".join(line for line in said if line)

    def short(self, words: Wording) -> str:
        """The first line, for a channel that takes no more."""
        return next((line for line in call_said(self.alarm, self.name, None, words) if line), "")


def deliver(
    store: Store, settings: AlertSettings, now: datetime, send: Send | None = None
) -> list[Delivery]:
    """Sends what is due, one process of a store at a time; simulated apps are left out.

    One message an event, a changed reading apart from growth and end; a call that is out is told at
    once, whatever the hour. What quiet hours or the daily digest held back comes as one message, or
    as many as the channel has room for.
    """
    done: list[Delivery] = []
    with store.database.turn("alerts") as holds:
        cases, warned = list(_cases(store)), list(_warned(store))
        for channel in dict.fromkeys(settings.channels):
            turn = _Round(store, settings, channel, now, send or through_apprise, holds)
            turn.warnings = warned
            done += turn.go(cases)
    return done


def all_told(store: Store, settings: AlertSettings) -> bool:
    """Whether no channel has failed to take something that it has not taken since."""
    return not store.deliveries.failing({_name(store, one) for one in settings.channels})


def _cases(store: Store) -> Iterable[ToldIncident]:
    for app in store.apps.all():
        if app.simulated:
            continue
        made = readable(store.decisions.frame(app.key))
        alarms = stored_alarms(store, app.key)
        for incident in stored_incidents(store, app.key):
            held = in_force(made, *ids_of(incident))
            yield ToldIncident(incident, app.name, alarm_log.log_of(incident, alarms), held)


def _warned(store: Store) -> Iterable[Warned]:
    for app in store.apps.all():
        for alarm in [] if app.simulated else stored_alarms(store, app.key):
            if alarm.call is not None:
                names = (app.key, app.name)
                asked = partial(asked_sentence, store, alarm.call, app.key, names)
                yield Warned(alarm, app.name, asked)


@dataclass
class _Round:
    """One channel's turn. rests: it failed, and is not asked again before the next run."""

    store: Store
    settings: AlertSettings
    channel: str
    now: datetime
    send: Send
    holds: Holds
    rests: bool = False
    name: str = ""
    room: int = 0
    words: Wording = field(init=False)
    known: dict[Key, Delivered] = field(default_factory=dict)
    warnings: Sequence[Warned] = ()
    recent: datetime = field(init=False)

    def __post_init__(self) -> None:
        self.name = _name(self.store, self.channel)
        self.room = room_of(self.channel)
        self.words = Wording(self.settings.lang, self.settings.zone)

    def go(self, cases: Sequence[ToldIncident]) -> list[Delivery]:
        news = self._news(cases)
        slot = _digest_due(self.store, self.settings, self.name, self.now)
        loud = [n for n in news if any(a.kind == "escalated" for a in n.told)]
        quiet = [n for n in news if n not in loud]
        waits = self.settings.digest is not None and not slot
        if waits or _is_quiet(self.settings, self.now):
            if quiet:
                self.store.channel_notes.keep(self.name, "held", self.now.isoformat())
            quiet = []
        together = len(quiet) > 1 and (
            slot or bool(self.store.channel_notes.get(self.name, "held"))
        )
        messages = [part for one in loud for part in _apart(one)]
        messages += (
            fitting(quiet, self.settings, self.words, self.room)
            if together
            else [part for one in quiet for part in _apart(one)]
        )
        done = [sent for message in messages for sent in self._tell(message)]
        done += self._warn()
        if all(d.taken for d in done):
            if slot:
                self.store.channel_notes.keep(self.name, "digest", self.now.isoformat())
            if quiet:
                self.store.channel_notes.keep(self.name, "held", "")
        return done

    def _news(self, cases: Sequence[ToldIncident]) -> list[News]:
        """What this channel has not been told of and may be told; noted as due."""
        self.known = self.store.deliveries.of(self.name)
        looked = self.store.channel_notes.get(self.name, "looked")
        recent = self.recent = self.now - self.settings.recent
        if looked:  # what came since the last look is news, however long ago that is
            recent = min(recent, datetime.fromisoformat(looked) - self.settings.recent)
            self.recent = recent
            heirs: set[Key] = set()
        else:  # a new address: what an address that is no longer used did not take is its to tell
            names = {_name(self.store, one) for one in self.settings.channels}
            heirs = self.store.deliveries.left_by_others(names)
        found = []
        for case in cases:
            due = self._due(case, recent, heirs)
            # Who hears of an incident for the first time hears its present reading with it.
            new = any(a.kind == "opened" for a in due)
            silent = [a for a in due if new and a.kind == "reclassified"]
            told = [a for a in due if a not in silent]
            if told:
                counted = glance(self.store, case.incident, self.now)
                late = self._late(told)
                found.append(News(case.incident, case.name, told, silent, late, counted))
        self.store.deliveries.due(self.name, self._unknown(found), self.now)
        self._forget(cases)
        self.store.channel_notes.keep(self.name, "looked", self.now.isoformat())
        return found

    def _due(self, case: ToldIncident, recent: datetime, heirs: set[Key]) -> list[Alarm]:
        ids = tuple(f"{one}:" for one in ids_of(case.incident))
        waiting = [
            row.due_at - self.settings.recent
            for row in self.known.values()
            if row.told_at is None and row.app == case.incident.app and row.event.startswith(ids)
        ]
        since = min([recent, *waiting])  # of an incident that waits, what came later waits, too
        due = []
        for alarm in case.alarms:
            row = self.known.get(_key(alarm))
            told = row is not None and row.told_at is not None
            news = alarm.at >= since or row is not None or _key(alarm) in heirs
            if news and not told and alarm.at <= self.now:
                due.append(alarm)
        if case.held.muted(self.now):
            grown = case.held.mute == "until_escalation"
            return [a for a in due if a.kind == "escalated" and grown]
        return due

    def _late(self, told: Sequence[Alarm]) -> datetime | None:
        """Since when these lines should have been told, where they are late."""
        old = [a.at for a in told if self.now - a.at > self.settings.recent]
        rows = [self.known[_key(a)] for a in told if _key(a) in self.known]
        return min([*old, *(row.due_at for row in rows if row.failed_at is not None)], default=None)

    def _unknown(self, news: Sequence[News]) -> list[Key]:
        lines = [_key(a) for n in news for a in (*n.told, *n.silent)]
        return [key for key in lines if key not in self.known]

    def _forget(self, cases: Sequence[ToldIncident]) -> None:
        """What waits, and that no incident says any more, is not told."""
        said = {_key(alarm) for case in cases for alarm in case.alarms}
        said |= {_key(warning.alarm) for warning in self.warnings}
        gone = [key for key, row in self.known.items() if row.told_at is None and key not in said]
        if gone:
            self.store.deliveries.drop(self.name, gone)

    def _warn(self) -> list[Delivery]:
        """Calls that are out, at once; what came of them later, outside quiet hours."""
        done = []
        for warning in self.warnings:
            alarm, key = warning.alarm, _key(warning.alarm)
            row = self.known.get(key)
            if alarm.at > self.now or (row is not None and row.told_at is not None):
                continue
            if row is None and (alarm.at < self.recent or not self._is_news(alarm)):
                continue
            if alarm.kind == "unfollowed" and _is_quiet(self.settings, self.now):
                continue
            self.store.deliveries.due(self.name, [key] if row is None else [], self.now)
            title = warning.title(self.words)
            answer = self._post(title, warning.text(self.words))
            if answer == "refused":
                answer = self._post(title, warning.short(self.words))
            taken = answer == "taken"
            noted = self.store.deliveries.told if taken else self.store.deliveries.failed
            noted(self.name, [key], self.now)
            done.append(Delivery(self.name, alarm.incident, 1, taken))
        return done

    def _is_news(self, alarm: Alarm) -> bool:
        """Whether a call has no incident yet; that nobody followed is told to who knew of it."""
        if alarm.call is None or alarm.call.joined is not None:
            return False
        if alarm.kind == "call":
            return True
        ids = f"{alarm.incident}:call:"
        return any(key[1].startswith(ids) and row.told_at for key, row in self.known.items())

    def _tell(self, news: list[News]) -> list[Delivery]:
        """One message; several incidents that a channel does not take together come one by one."""
        rested = self.rests
        answer = self._post(*text_of(news, self.settings, self.words, self.room))
        again = answer == "failed" and not rested and self._again(news)
        if len(news) > 1 and (answer == "refused" or again):
            self.rests = False
            done = [sent for one in news for part in _apart(one) for sent in self._tell(part)]
            if any(sent.taken for sent in done) or not self.rests:
                return done
        elif len(news) == 1 and answer == "refused":
            answer = self._post(*short(news[0], self.settings, self.words))
        return [self._noted(news, answer == "taken")]

    def _again(self, news: Sequence[News]) -> bool:
        """Whether the channel has failed to take one of these before."""
        rows = [self.known.get(_key(a)) for n in news for a in n.told]
        return any(row is not None and row.failed_at is not None for row in rows)

    def _post(self, title: str, body: str) -> Answer:
        if self.rests:
            return "failed"
        if not self.holds():
            raise StoreError(
                "the connection to the store was lost while alerts were sent; what was not sent "
                "is sent at the next analysis"
            )
        try:
            taken = self.send(self.channel, title, body)
        except Refused:
            return "refused"
        except Exception as error:  # noqa: BLE001 - a plug-in's fault must not end the analysis
            # Its words may hold the address.
            log.warning("channel %s failed with %s", self.name, type(error).__name__)
            taken = False
        self.rests = not taken
        return "taken" if taken else "failed"

    def _noted(self, news: Sequence[News], taken: bool) -> Delivery:
        told = [a for n in news for a in n.told]
        if taken:
            silent = [a for n in news for a in n.silent]
            self.store.deliveries.told(self.name, map(_key, [*told, *silent]), self.now)
        else:
            self.store.deliveries.failed(self.name, map(_key, told), self.now)
        return Delivery(self.name, ", ".join(n.incident.id for n in news), len(told), taken)


def _apart(news: News) -> list[list[News]]:
    """A message an event: a changed reading is one of its own."""
    growth = [a for a in news.told if a.kind != "reclassified"]
    reading = [a for a in news.told if a.kind == "reclassified"]
    return [[replace(news, told=part)] for part in (growth, reading) if part]


def _key(alarm: Alarm) -> Key:
    return alarm.app, f"{alarm.incident}:{alarm.kind}:{to_iso(alarm.at)}"


def _name(store: Store, channel: str) -> str:
    """A channel without its secrets."""
    return hmac.new(store.database.secret, channel.encode(), hashlib.sha256).hexdigest()[:12]


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
    last = store.channel_notes.get(name, "digest")
    return local >= slot and (not last or datetime.fromisoformat(last) < slot)
