"""How an incident was made: the moment of its analysis, and the settings that bear on it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import ValidationError

from analysis import rules_hash
from analysis.decisions import GROUPING, decisions
from analysis.records import Incident
from analysis.research.made_with import made_with
from collector.errors import ContractError
from collector.settings.config import AppSettings, Settings
from collector.store import Store
from collector.times import from_iso, to_iso

BUDGETS = ("false_alarms_per_app_year", "talk_false_alarms_per_app_year")
NAMES = ("name", "google_play", "app_store", "aliases", "agency")
"""What settings of an app say of what a text can call it; addresses stay behind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """How to make an incident again. at: when its analysis looked; as_of: nothing later was looked
    at; known_by: no later poll had been made; shown_at: when it was read; other_apps: how many more
    the store held."""

    app: str
    incident: str
    at: datetime
    as_of: datetime | None
    known_by: datetime
    shown_at: datetime
    other_apps: int
    settings: Settings
    version: str
    rules: str

    @property
    def by_these_rules(self) -> bool:
        """Whether this Floodgauge makes incidents by the same rules."""
        return self.rules == rules_hash.of_incidents()


def told(
    settings: Settings, store: Store, incident: Incident, now: datetime, other_apps: int
) -> dict[str, Any]:
    """The document of how the store's incident was made. Raises ContractError."""
    app = incident.app
    at = _looked_at(store, app)
    if incident.as_of is None and app in store.hourly.waiting():
        raise ContractError(
            f"something new of {app} waits for `floodgauge analyze`: run it, then pack what it says"
        )
    as_of = at if incident.as_of is None and _polled_later(store, app, at) else incident.as_of
    configured = settings.apps.get(app)
    named = {} if configured is None else configured.model_dump(mode="json", include=set(NAMES))
    chosen = {**{name: getattr(settings, name) for name in BUDGETS}, "app": named}
    return {
        **made_with(chosen),
        "rules": rules_hash.of_incidents(),
        "app": app,
        "incident": incident.id,
        "at": to_iso(as_of or at),
        "as_of": None if as_of is None else to_iso(as_of),
        "known_by": to_iso(at),
        "shown_at": to_iso(now),
        "other_apps": other_apps,
    }


def read(document: Mapping[str, Any]) -> Made:
    """Raises ContractError where a document is not one that `told` made."""
    try:
        chosen = dict(document["settings"])
        named = chosen.pop("app")
        apps = {document["app"]: AppSettings(**named)} if named else {}
        as_of = document["as_of"]
        return Made(
            app=document["app"],
            incident=document["incident"],
            at=from_iso(document["at"]),
            as_of=None if as_of is None else from_iso(as_of),
            known_by=from_iso(document["known_by"]),
            shown_at=from_iso(document["shown_at"]),
            other_apps=int(document["other_apps"]),
            settings=Settings(**chosen, apps=apps),
            version=document["version"],
            rules=document["rules"],
        )
    except (KeyError, TypeError, ValueError, ValidationError) as error:
        raise ContractError(f"the pack does not say how its incident was made: {error}") from error


def _looked_at(store: Store, app: str) -> datetime:
    """When the last analysis looked, or the last that people's grouping made since."""
    worked = store.analyses.worked_at(app)
    if worked is None:
        raise ContractError(f"{app} has not been analysed since it came here; run `analyze` first")
    made = [one.made_at for one in decisions(store.decisions.frame(app)) if one.kind in GROUPING]
    return max([worked, *made])


def _polled_later(store: Store, app: str, at: datetime) -> bool:
    """Whether a source was asked after the last analysis, and brought nothing new."""
    return bool((store.runs.frame(app)["ended_at"] > at).any())
