"""Which apps of the platforms' stores a key stands for, so that two apps never share one unseen.

Two configuration files that use one store may use the same key for different apps. The ids of an
app are noted beside its cursors when it is first collected.
"""

from collections.abc import Iterable

from collector.errors import ConfigError
from collector.settings.config import Settings
from collector.store import Cursor, Store

NOTED_AS = "store_id"
READ_BY = {
    "google_play": ("google_play", "play_developer"),
    "app_store": ("app_store", "app_store_connect", "app_store_scraper"),
}
"""A field of the configuration that holds an id -> the sources that read it."""


def claim(settings: Settings, store: Store, keys: Iterable[str]) -> None:
    """Notes the ids of the apps. Raises ConfigError, and notes nothing, where reviews of another
    id are kept under the key; an id under which nothing was ever found may change."""
    new = []
    for key in keys:
        for field in READ_BY:
            wanted = getattr(settings.apps[key], field)
            noted = store.cursors.get(key, field, NOTED_AS)
            if wanted is None or wanted == noted:
                continue
            if noted is None and (before := _kept_under(store, key, field, wanted)):
                raise ConfigError(_moved(key, field, wanted, before, before in settings.apps))
            if noted is not None and _holds(store, key, READ_BY[field]):
                raise ConfigError(
                    f"[apps.{key}] {field} = {wanted!r}: in this store, {key!r} is {noted!r} "
                    "already, and the reviews of two apps would be mixed; give this one another "
                    "key, like [apps.second-app], or a store of its own with --store"
                )
            new.append(Cursor(key, field, NOTED_AS, wanted))
    for cursor in new:
        store.cursors.set(cursor)


def _kept_under(store: Store, key: str, field: str, wanted: str) -> str | None:
    """The other key under which reviews of an id are kept."""
    known = store.cursors.by_app(field, NOTED_AS)
    others = [app for app, noted in known.items() if app != key and noted == wanted]
    return next((app for app in others if _holds(store, app, READ_BY[field])), None)


def _moved(key: str, field: str, wanted: str, before: str, configured: bool) -> str:
    """Why an app does not start anew under a second key, and how its history comes along."""
    kept = f"[apps.{key}] {field} = {wanted!r}: the reviews of this app are kept under {before!r}"
    if configured:
        return f"{kept}, which is configured as well; one app has one key: take one of them out"
    return (
        f"{kept}; `floodgauge apps rename {before} {key}` moves its history here, or write "
        f"[apps.{before}] again"
    )


def _holds(store: Store, key: str, sources: Iterable[str]) -> bool:
    found = store.items.freshness()
    return bool((found["app"].eq(key) & found["source"].isin(list(sources))).any())
