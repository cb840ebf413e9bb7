"""What each part of a source has seen: a storefront of the App Store, a language of Google Play.

A run's own span is what all its parts saw; this is what each saw by itself, kept beside its mark.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from collector.store.polls.cursors import Cursors
from collector.store.records import Cursor
from collector.times import to_us

NOTED_AS = "seen:"
Place = Literal["country", "lang"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenPart:
    """One part: place is the column that tells its items, and code what stands there.

    spans: (known, from, to) in microseconds, in order, without overlaps. cut: the list held more
    than was shown when it was first read, so that nothing is known of what lies before.
    """

    place: Place
    code: str
    cut: bool
    spans: tuple[tuple[int, int, int], ...]

    def known_at(self, moment: int) -> "SeenPart":
        """The same as far as it was known at a moment."""
        early = tuple((k, a, min(b, moment)) for k, a, b in self.spans if k <= moment)
        return SeenPart(place=self.place, code=self.code, cut=self.cut, spans=early)


class PartSpans:
    """Keeps what each part has seen."""

    def __init__(self, cursors: Cursors) -> None:
        self.cursors = cursors

    def note(
        self,
        app: str,
        source: str,
        part: str,
        *,
        place: Place,
        code: str,
        known: datetime,
        seen: tuple[datetime, datetime],
        cut: bool,
    ) -> None:
        """Takes in one walk. cut: there was more before than it could show."""
        kept = self.cursors.get(app, source, f"{NOTED_AS}{part}")
        start, end = (to_us(moment) for moment in seen)
        new: dict[str, Any] = {"place": place, "code": code, "cut": cut, "spans": []}
        document = new if kept is None else json.loads(kept)
        spans: list[list[int]] = document["spans"]
        if spans and start <= spans[-1][2]:
            spans[-1][2] = max(end, spans[-1][2])
        else:
            spans.append([to_us(known), start, end])
        self.cursors.set(Cursor(app, source, f"{NOTED_AS}{part}", json.dumps(document)))

    def of(self, app: str, *, as_of: datetime | None = None) -> Mapping[str, list[SeenPart]]:
        """The parts of each source, as far as they were known at a moment."""
        found: dict[str, list[SeenPart]] = {}
        for (source, _), value in self.cursors.named(app, NOTED_AS).items():
            kept = json.loads(value)
            part = SeenPart(
                place=kept["place"],
                code=kept["code"],
                cut=kept["cut"],
                spans=tuple((k, a, b) for k, a, b in kept["spans"]),
            )
            part = part if as_of is None else part.known_at(to_us(as_of))
            if part.spans:
                found.setdefault(source, []).append(part)
        return found
