"""What a shop has of an app beside what is read: other languages, other storefronts.

A language that nobody reads is not silent: it is a gap. So a source's other parts are looked at
for a page each, when an app is set up and once a week, and what they hold is noted. A look that
breaks off is gone on with a day later; what was known of those that did not answer stays.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from collector.settings.field_types import base_language
from collector.store import Cursor, Store

NOTED_AS = "elsewhere"
EVERY = timedelta(days=7)
AGAIN = timedelta(days=1)
"""From a look that broke off to the next."""
FEWEST = 3
"""Reviews on the first page of a language or storefront from which on it is worth reading."""
A_GAP = 10
"""From which on what is not read is a gap in what is known of the app."""
MORE_THAN_READ = 1.25
"""The store counts so many times what was read, for that to be said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """found: language or storefront that is not read -> reviews on its first page.

    written: reviews that the shop counts in all of them, where it tells. since: of the first look
    that found one of these. looked_at: when a look last came to its end. broke_off_at, answered:
    when one last did not, and what has answered in it so far.
    """

    looked_at: datetime | None = None
    broke_off_at: datetime | None = None
    answered: tuple[str, ...] = ()
    since: datetime | None = None
    found: Mapping[str, int] = field(default_factory=dict)
    written: int | None = None

    def dump(self) -> str:
        """As the store keeps it: JSON."""
        times = {name: getattr(self, name) for name in _TIMES}
        kept = {name: at.isoformat() for name, at in times.items() if at is not None}
        told = {"found": dict(self.found), "written": self.written, "answered": self.answered}
        return json.dumps({**kept, **told})

    @classmethod
    def load(cls, value: str | None) -> "Elsewhere":
        """From the store; None where nobody has looked."""
        if value is None:
            return cls()
        kept = json.loads(value)
        times = {name: datetime.fromisoformat(kept[name]) for name in _TIMES if name in kept}
        answered = tuple(kept.get("answered", ()))
        return cls(**times, found=kept["found"], written=kept["written"], answered=answered)

    def missing(self, read: Iterable[str] = (), least: int = FEWEST) -> tuple[str, ...]:
        """What is not read by now and holds at least so many, the largest first."""
        left = {code: rows for code, rows in _not_read(self.found, read).items() if rows >= least}
        return tuple(sorted(left, key=lambda code: (-left[code], code)))

    def is_due(self, now: datetime) -> bool:
        """Whether it is time to look."""
        early = self.looked_at is not None and now - self.looked_at < EVERY
        waits = self.broke_off_at is not None and now - self.broke_off_at < AGAIN
        return not (early or waits)

    def without(self, read: Iterable[str]) -> "Elsewhere":
        """The same without what is read by now."""
        return replace(self, found=_not_read(self.found, read))._since(self.since)

    def with_look(self, found: Mapping[str, int], now: datetime, *, ended: bool) -> "Elsewhere":
        """The same after a look, or the part of one that did not end."""
        answered = () if ended else tuple(sorted({*self.answered, *found}))
        made = replace(self, found={**self.found, **found}, answered=answered)
        made = replace(made, looked_at=now if ended else self.looked_at)
        made = replace(made, broke_off_at=None if ended else now)
        return made._since(self.since or now)

    def _since(self, moment: datetime | None) -> "Elsewhere":
        return replace(self, since=moment if self.missing() else None)


_TIMES = ("looked_at", "broke_off_at", "since")


def _not_read(found: Mapping[str, int], read: Iterable[str]) -> dict[str, int]:
    known = {base_language(code) for code in read}
    return {code: rows for code, rows in found.items() if base_language(code) not in known}


def elsewhere(store: Store, app: str, source: str) -> Elsewhere:
    """What was noted last."""
    return Elsewhere.load(store.cursors.get(app, source, NOTED_AS))


def note_written(store: Store, app: str, source: str, written: int) -> None:
    """Notes how many reviews the shop counts."""
    known = elsewhere(store, app, source)
    if written != known.written:
        made = replace(known, written=written)
        keep(store, app, source, made)


def keep(store: Store, app: str, source: str, known: Elsewhere) -> None:
    """Notes it."""
    store.cursors.set(Cursor(app, source, NOTED_AS, known.dump()))
