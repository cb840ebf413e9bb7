"""How an app stands, in words: for the overview and for the command line."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from analysis.app_state.standing import Standing, Standings
from collector.store import Store
from dashboard.words.catalogue import Wording
from dashboard.words.sources import source_name

SHOWN = ("young", "young-source")


def standing_reason(standing: Standing, words: Wording) -> str:
    """Why an app stands as it does, in one or two sentences."""
    values = {name: _said(name, value, words) for name, value in standing.values.items()}
    why = words(f"reason-{standing.code}", **values)
    if standing.code not in SHOWN or not standing.values["count"]:
        return why
    end = words("shown-cut" if standing.values["cut"] else "shown-all")
    return f"{words('shown', **values)}{end} {why}"


def standings_in_words(store: Store) -> Iterator[tuple[str, str, str | None]]:
    """Of each app its key, its state and, unless it is calm, why; in English and UTC."""
    words, now, found = Wording("en", ZoneInfo("UTC")), datetime.now(UTC), Standings(store)
    for app in store.apps.all():
        standing = found.of(app.key, now)
        calm = standing.state == "calm"
        yield app.key, standing.state, None if calm else standing_reason(standing, words)


def _said(name: str, value: Any, words: Wording) -> Any:
    if isinstance(value, datetime):
        return words.time(value)
    if isinstance(value, timedelta):
        return words.length(value)
    if name == "low":
        return words.percent(value)
    if name == "source":
        return source_name(value, words)
    return value
