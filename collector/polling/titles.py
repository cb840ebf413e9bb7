"""What the shops call an app from run to run: one that was renamed is asked for by both names."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from collector.settings.allowed_queries import refusal
from collector.settings.config import AppSettings, Settings
from collector.store import Cursor, Store
from collector.text.names import plain
from collector.text.titles import as_name, hashtag, short_name, tidy

NOTED_AS = "title:"
"""Begins the names of the cursors, before the part that shows the title."""


@dataclass(frozen=True, slots=True)
class Renamed:
    """A title that changed. old, new: as the shop shows them, whole. since: the first sight."""

    source: str
    old: str
    new: str
    since: datetime


def note(store: Store, app: str, source: str, part: str, title: str, now: datetime) -> None:
    """Notes the title of one storefront; each has its own language."""
    name = f"{NOTED_AS}{part}"
    kept = store.cursors.get(app, source, name)
    known = {"old": tidy(title), "new": tidy(title)} if kept is None else json.loads(kept)
    if kept is not None and known["new"] == tidy(title):
        return
    told = {"old": known["old"], "since": known.get("since"), "new": tidy(title)}
    if told["since"] is None or _called(known["new"]) != _called(title):
        told |= {"old": known["new"], "since": now.isoformat()}
    store.cursors.set(Cursor(app, source, name, json.dumps(told, ensure_ascii=False)))


def renamed(store: Store, app: str) -> list[Renamed]:
    """The titles that have changed so that people call the app by another name."""
    found = []
    for (source, _), value in store.cursors.named(app, NOTED_AS).items():
        told = json.loads(value)
        if _called(told["old"]) != _called(told["new"]):
            since = datetime.fromisoformat(told["since"])
            found.append(Renamed(source, told["old"], told["new"], since))
    return found


def with_new_names(settings: Settings, store: Store, keys: Sequence[str]) -> Settings:
    """The settings, in which an app that was renamed has its new name as well."""
    apps = {key: _with_names(settings.apps[key], renamed(store, key)) for key in keys}
    return settings.model_copy(update={"apps": {**settings.apps, **apps}})


def _with_names(app: AppSettings, changes: Sequence[Renamed]) -> AppSettings:
    shown = (short_name(title, app.agency) for one in changes for title in (one.old, one.new))
    known = set(map(_spelled, app.names()))
    new = {_spelled(name): name for name in map(as_name, shown) if name and _can_be_asked_for(name)}
    names = [name for spelled, name in new.items() if spelled not in known]
    if not names:
        return app
    queries = dict.fromkeys([*app.queries, *(f'"{name}"' for name in names if app.queries)])
    return app.model_copy(update={"aliases": (*app.aliases, *names), "queries": tuple(queries)})


def _can_be_asked_for(name: str) -> bool:
    """Whether a query of it asks for an app: a shop's title may be one that asks for an account."""
    return refusal(f'"{name}"', [name]) is None


def _called(title: str) -> str:
    return _spelled(short_name(title))


def _spelled(name: str) -> str:
    """A name as a hashtag without case, by which two are told apart."""
    return plain(hashtag(name) or name)
