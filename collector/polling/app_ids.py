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
            if noted is not None and _holds(store, key, READ_BY[field]):
                raise ConfigError(
                    f"[apps.{key}] {field} = {wanted!r}: in this store, {key!r} is {noted!r} "
                    "already, and the reviews of two apps would be mixed; give this one another "
                    "key, like [apps.second-app], or a store of its own with --store"
                )
            new.append(Cursor(key, field, NOTED_AS, wanted))
    for cursor in new:
        store.cursors.set(cursor)


def _holds(store: Store, key: str, sources: Iterable[str]) -> bool:
    found = store.items.freshness()
    return bool((found["app"].eq(key) & found["source"].isin(list(sources))).any())
