"""What a shop has of an app beside what is read: other languages, other storefronts.

A language that nobody reads is not silent: it is a gap. So a source's other parts are looked at
for a page each, when an app is set up and once a week, and what they hold is noted.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from collector.store import Cursor, Store

NOTED_AS = "elsewhere"
EVERY = timedelta(days=7)
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
    that found one of these.
    """

    looked_at: datetime | None = None
    since: datetime | None = None
    found: Mapping[str, int] = field(default_factory=dict)
    written: int | None = None

    def dump(self) -> str:
        """As the store keeps it: JSON."""
        times = {"looked_at": self.looked_at, "since": self.since}
        kept = {name: at.isoformat() for name, at in times.items() if at is not None}
        return json.dumps({**kept, "found": dict(self.found), "written": self.written})

    @classmethod
    def load(cls, value: str | None) -> "Elsewhere":
        """From the store; None where nobody has looked."""
        if value is None:
            return cls()
        kept = json.loads(value)
        times = {
            name: datetime.fromisoformat(kept[name])
            for name in ("looked_at", "since")
            if name in kept
        }
        return cls(**times, found=kept["found"], written=kept["written"])

    def missing(self, read: Iterable[str] = (), least: int = FEWEST) -> tuple[str, ...]:
        """What is not read by now and holds at least so many, the largest first."""
        known = {code.lower() for code in read}
        left = {c: n for c, n in self.found.items() if c.lower() not in known and n >= least}
        return tuple(sorted(left, key=lambda code: (-left[code], code)))


def elsewhere(store: Store, app: str, source: str) -> Elsewhere:
    """What was noted last."""
    return Elsewhere.load(store.cursors.get(app, source, NOTED_AS))


def note_written(store: Store, app: str, source: str, written: int) -> None:
    """Notes how many reviews the shop counts."""
    known = elsewhere(store, app, source)
    if written != known.written:
        made = replace(known, written=written)
        store.cursors.set(Cursor(app, source, NOTED_AS, made.dump()))


def note_look(store: Store, app: str, source: str, now: datetime, found: Mapping[str, int]) -> None:
    """Notes what a look found."""
    known = elsewhere(store, app, source)
    made = replace(known, looked_at=now, found=found)
    since = (known.since or now) if made.missing() else None
    store.cursors.set(Cursor(app, source, NOTED_AS, replace(made, since=since).dump()))
