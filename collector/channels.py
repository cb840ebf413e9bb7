"""Alert channels that do not take their messages, noted in the store for `status` and the pages."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from collector.store import Cursor, Store

SOURCE = "alerts"  # name under which channels are noted among the store's cursors
EVERY_APP = "*"  # stands for the app where a note is about a channel
FAILING = "failing"


@dataclass(frozen=True, slots=True)
class FailingChannel:
    """name: keyed hash of its address. since: first failure. waiting: messages of the last try."""

    name: str
    since: datetime
    tried: datetime
    waiting: int


def failing_channels(store: Store) -> list[FailingChannel]:
    """Channels that failed at their last try, by name."""
    return [
        FailingChannel(
            name,
            datetime.fromisoformat(state["since"]),
            datetime.fromisoformat(state["tried"]),
            int(state["waiting"]),
        )
        for name, state in sorted(_failing(store).items())
    ]


def note_health(store: Store, name: str, waiting: int, now: datetime) -> None:
    """Notes how many messages a channel did not take just now; 0: it is well."""
    states = _failing(store)
    before = states.pop(name, None)
    if waiting:
        moment = now.isoformat()
        since = before["since"] if before else moment
        states[name] = {"since": since, "tried": moment, "waiting": waiting}
    elif before is None:
        return
    store.cursors.set(Cursor(EVERY_APP, SOURCE, FAILING, json.dumps(states)))


def _failing(store: Store) -> dict[str, Any]:
    kept = store.cursors.get(EVERY_APP, SOURCE, FAILING)
    states: dict[str, Any] = json.loads(kept) if kept else {}
    return states


def note_of(store: Store, name: str, what: str) -> str:
    """What is noted of a channel; empty where nothing is."""
    return store.cursors.get(EVERY_APP, SOURCE, f"{name}:{what}") or ""


def keep_note(store: Store, name: str, what: str, value: str) -> None:
    """Notes something of a channel; writes only what is new."""
    if note_of(store, name, what) != value:
        store.cursors.set(Cursor(EVERY_APP, SOURCE, f"{name}:{what}", value))
