"""What the shops call an app from run to run: one that was renamed is asked for by both names."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from collector.settings.config import AppSettings, Settings
from collector.store import Cursor, Store
from collector.text.titles import short_name, tidy

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
    old = known["new"] if _called(known["new"]) != _called(title) else known["old"]
    told = {"old": old, "new": tidy(title), "since": now.isoformat()}
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
    names = [short_name(title, app.agency) for one in changes for title in (one.old, one.new)]
    new = [name for name in dict.fromkeys(names) if name not in app.names()]
    if not new:
        return app
    queries = dict.fromkeys([*app.queries, *(f'"{name}"' for name in new if app.queries)])
    return app.model_copy(update={"aliases": (*app.aliases, *new), "queries": tuple(queries)})


def _called(title: str) -> str:
    return short_name(title).casefold()
