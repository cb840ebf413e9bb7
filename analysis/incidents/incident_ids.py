"""Ids of incidents: the app and the minute of the alarm, which never moves.

Where several swings of an app alarm in one minute, the first has the plain id and each other one
its direction behind it. An id that was once given stays with its swing, whatever comes later.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import count

from analysis.records import Swing


def incident_id(app: str, swing: Swing) -> str:
    """The id of a swing that has its alarm's minute for itself."""
    return f"{app}-{_minute(swing)}"


class Names:
    """The ids of one app's swings. given: by what a swing is known by, those given so far."""

    def __init__(self, app: str, given: Mapping[str, str] | None = None) -> None:
        self.app = app
        self.given = dict(given or {})
        self._taken = set(self.given.values())
        self._parts: Counter[str] = Counter()

    def of(self, found: Sequence[Swing]) -> list[str]:
        """Ids of swings that the detector knows at one moment, in their order."""
        for swing in sorted(found, key=lambda s: (s.alarmed_at, s.direction)):
            self._give(swing_key(swing), swing)
        return [self.given[swing_key(swing)] for swing in found]

    def is_given(self, swing: Swing) -> bool:
        """Whether a swing was given an id of its own before."""
        return swing_key(swing) in self.given

    def are_one(self, swing: Swing, other: Swing) -> bool | None:
        """Whether two swings were told as one event; None where one of them was not told."""
        one, two = (self.given.get(swing_key(each)) for each in (swing, other))
        return None if one is None or two is None else one == two

    def share(self, name: str, swing: Swing) -> None:
        """A further swing of the event of that id."""
        self.given.setdefault(swing_key(swing), name)

    def of_part(self, part: Swing) -> str:
        """Id of what a person split off a swing; asked for once a part, in order of decision."""
        key = f"{swing_key(part)} part"
        self._parts[key] += 1
        return self._give(f"{key} {self._parts[key]}", part)

    def _give(self, key: str, swing: Swing) -> str:
        if key not in self.given:
            plain = incident_id(self.app, swing)
            name = next(n for n in _candidates(plain, swing.direction) if n not in self._taken)
            self.given[key] = name
            self._taken.add(name)
        return self.given[key]


def swing_key(swing: Swing) -> str:
    """What a swing is known by from one analysis to the next: the minute, and the stars counted.

    One direction of an app has one swing at a time (see swings.episodes.Track).
    """
    if swing.direction == "fewer":
        return " ".join([_minute(swing), "fewer", str(swing.counts), *filter(None, [swing.source])])
    if swing.talk is not None:  # its direction may change as more is said
        return f"{_minute(swing)} talk"
    return f"{_minute(swing)} {swing.counts or swing.direction}"


def _candidates(plain: str, direction: str) -> Iterator[str]:
    yield from (plain, f"{plain}-{direction}")
    yield from (f"{plain}-{direction}-{n}" for n in count(2))


def _minute(swing: Swing) -> str:
    return f"{swing.alarmed_at:%Y%m%dT%H%MZ}"
