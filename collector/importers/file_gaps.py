"""What the files of an app lack, noted anew whenever an import has brought something or is taken
back: spans in which a source is silent, storefronts and languages that begin late."""

from collections.abc import Collection, Iterable

from collector.importers import late_parts, silences
from collector.store import Store

MOST_LOOKED_THROUGH = 1_000_000
"""Items of an app whose files are looked through; of a larger one nothing is noted."""


def note(store: Store, changed: Iterable[tuple[str, str]]) -> None:
    """Looks through the apps and sources that have changed."""
    sources: dict[str, set[str]] = {}
    for app, source in changed:
        sources.setdefault(app, set()).add(source)
    for app, mine in sorted(sources.items()):
        _note(store, app, mine)


def _note(store: Store, app: str, sources: Collection[str]) -> None:
    rows = store.items.freshness()
    if int(rows["items"][rows["app"] == app].sum()) > MOST_LOOKED_THROUGH:
        silences.forget(store, app, sources)
        late_parts.forget(store, app, sources)
        return
    silences.note(store, app)
    late_parts.note(store, app, sources)
