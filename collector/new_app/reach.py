"""Where an app is written about: its languages on Google Play, its storefronts on the App Store.

A plain link names neither. So the main ones are looked at for a page each, before anything is
configured.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from collector.http import Http
from collector.new_app.app_links import ShopApp
from collector.settings.config import AppSettings, Settings
from collector.sources import Part, Source, Visit, load_source
from collector.sources._first_pages import counts

MOST = 12
"""Languages or storefronts that a first configuration reads: each is a request in every run."""
SHARE = 0.01
"""Of all that were found, for one to be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """found: language or storefront -> reviews on its first page, the largest first.

    full: rows of a full page, behind which there may be more.
    """

    found: Mapping[str, int] = field(default_factory=dict)
    full: int = 0

    def chosen(self) -> tuple[str, ...]:
        """Those that are worth a request in every run."""
        least = SHARE * sum(self.found.values())
        return tuple(code for code, rows in self.found.items() if rows >= max(least, 1))[:MOST]

    def told(self) -> str:
        """`de 200+, en 14`."""
        return ", ".join(
            f"{code} {rows}{'+' if rows >= self.full else ''}" for code, rows in self.found.items()
        )


NOTHING = Reach()


def languages_of(app: ShopApp, settings: Settings, http: Http) -> Reach:
    """The languages in which Google Play holds reviews of the app."""
    if app.google_play is None:
        return Reach()
    return _looked_at(load_source("google_play"), app, settings, http)


def storefronts_of(app: ShopApp, settings: Settings, http: Http) -> Reach:
    """The storefronts of the App Store that hold reviews of the app."""
    if app.app_store is None:
        return Reach()
    return _looked_at(load_source("app_store"), app, settings, http)


def _looked_at(source: Source, app: ShopApp, settings: Settings, http: Http) -> Reach:
    one = AppSettings(
        google_play=app.google_play,
        app_store=app.app_store,
        countries=(app.country or "us",),
        languages=(app.lang or "en",),
    )
    own = [part for part in source.plan(one, settings).parts if part.reads == "items"]
    parts = [*own, *(source.others(one) if source.others is not None else ())]
    visit = Visit(
        key="new",
        app=one,
        part=parts[0],
        settings=settings,
        http=http,
        now=datetime.now(UTC),
        page_budget=1,
    )

    def of(part: Part) -> Visit:
        return replace(visit, part=part)

    rows = {code: number for code, number in counts(source, parts, of).found.items() if number}
    ordered = sorted(rows.items(), key=lambda each: (-each[1], each[0]))
    return Reach(found=dict(ordered), full=source.page_size)
