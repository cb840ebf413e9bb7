"""Alert channels that do not take their messages, as `status` and the pages show them."""

from dataclasses import dataclass
from datetime import datetime

from collector.store import Cursor, Store

SOURCE = "alerts"  # name under which channels are noted among the store's cursors
EVERY_APP = "*"  # stands for the app where a note is about a channel


@dataclass(frozen=True, slots=True)
class FailingChannel:
    """name: keyed hash of its address. since, tried: first and last failure of what waits still.
    waiting: events that it has not taken."""

    name: str
    since: datetime
    tried: datetime
    waiting: int


def failing_channels(store: Store) -> list[FailingChannel]:
    """Channels with something that they have not taken yet, by name."""
    return [
        FailingChannel(found.channel, found.since, found.tried, found.waiting)
        for found in store.deliveries.failing()
    ]


def note_of(store: Store, name: str, what: str) -> str:
    """What is noted of a channel; empty where nothing is."""
    return store.cursors.get(EVERY_APP, SOURCE, f"{name}:{what}") or ""


def keep_note(store: Store, name: str, what: str, value: str) -> None:
    """Notes something of a channel; writes only what is new."""
    if note_of(store, name, what) != value:
        store.cursors.set(Cursor(EVERY_APP, SOURCE, f"{name}:{what}", value))
