"""Walk one part of a source against a local server, without a store."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from collector.http import Http
from collector.settings.config import Settings
from collector.sources import Page, Plan, Source, Visit

APP = "library-card"
NOW = datetime(2026, 10, 1, 12, tzinfo=UTC)
HOSTS = (
    "play.google.com",
    "consent.google.com",
    "itunes.apple.com",
    "api.appstoreconnect.apple.com",
    "androidpublisher.googleapis.com",
    "oauth2.googleapis.com",
    "apps.apple.com",
    "amp-api.apps.apple.com",
)


def settings_for(app: Mapping[str, Any], address: str, **more: Any) -> Settings:
    """Settings with one app, all stores answered by one local server."""
    endpoints = dict.fromkeys(HOSTS, address.rstrip("/"))
    return Settings(apps={APP: app}, endpoints=endpoints, **more)


def plan_of(source: Source, settings: Settings) -> Plan:
    return source.plan(settings.apps[APP], settings)


def visit_part(source: Source, settings: Settings, key: str, **more: Any) -> list[Page]:
    """All pages of the part with that key, in one go, without waiting between requests."""
    (part,) = [p for p in plan_of(source, settings).parts if p.key == key]
    with Http.from_settings(settings, sleep=lambda _: None) as http:
        visit = Visit(
            key=APP,
            app=settings.apps[APP],
            part=part,
            settings=settings,
            http=http,
            now=NOW,
            page_budget=100,
            **more,
        )
        return list(source.walk(visit))
