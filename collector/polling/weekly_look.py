"""Once a week: which languages or storefronts of a shop hold reviews that nobody reads."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from collector.polling.elsewhere import elsewhere, keep
from collector.settings.config import AppSettings
from collector.sources import Part, Source
from collector.sources._first_pages import FirstPages, code_of
from collector.store import Store


def not_read(
    store: Store, app: AppSettings, key: str, source: Source, parts: Iterable[Part], now: datetime
) -> Sequence[Part]:
    """What is to be looked at now beside these parts, which are read; forgets what was noted of
    those. A look that broke off goes on with those that have not answered in it."""
    read = codes(parts)
    kept = elsewhere(store, key, source.name)
    known = kept.without(read)
    if known != kept:
        keep(store, key, source.name, known)
    if not read or source.others is None or not known.is_due(now):
        return ()
    others = source.others(app)
    left = [part for part in others if code_of(part) not in known.answered] or others
    # Each day another one comes first: two that never answer keep nobody else from being asked.
    first = now.toordinal() % len(left) if known.answered and left else 0
    return [*left[first:], *left[:first]]


def note(store: Store, key: str, source: Source, pages: FirstPages, now: datetime) -> None:
    """Notes what a look found, or the part of one that did not end."""
    known = elsewhere(store, key, source.name)
    keep(store, key, source.name, known.with_look(pages.found, now, ended=pages.ended))


def codes(parts: Iterable[Part]) -> tuple[str, ...]:
    """The languages or storefronts whose reviews are read by these parts of a source."""
    return tuple(dict.fromkeys(code_of(part) for part in parts if part.reads == "items"))
