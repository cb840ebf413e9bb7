"""One app looked at again and again: a look within a UTC day costs what its new items cost.

Baselines, dispersion, thresholds and the usual mix of stars follow from the state at the day's
start alone. They are made at the first look of a day that finds something; a later one takes in the
new items, holds the day's arrivals against what is there, and follows what hits.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import cast

import numpy as np
from numpy.typing import NDArray

from analysis.records import Direction, Escalation, Swing
from analysis.swings import advance, state, streams
from analysis.swings.advance import Outlook
from analysis.swings.episodes import PAUSE, RUNNING, Episode
from analysis.swings.history import BEGINNING, DAY, LOOKBACK, History, joined
from analysis.swings.opening import close_if_over
from analysis.swings.state import State
from analysis.swings.streams import Days
from collector.times import from_us

FEWEST = 5  # reviews without which nothing can be said
NEVER = 2**62
STRAY = 730 * DAY  # an app with a review a year is quiet, not new


@dataclass(slots=True)
class Today:
    """The UTC day of the last look. morning: the state at its start, which stays as it is.

    days: that day alone, as far as it has come. later: the state that this leads to, as far as it
    has been followed: what has come since begins at `outlook.since`.
    """

    morning: State
    days: Days
    outlook: Outlook
    later: State | None = None

    def swings(self, now: int) -> list[Swing]:
        """The swings known at a moment of the day, by time of alarm."""
        if self.later is None or self.outlook.since < NEVER:
            self.later = advance.so_far(self.morning, self.days, self.outlook)
            self.outlook.since = NEVER
        later = self.later
        if any(track.followed for track in later.tracks.values()):
            later = later.branch()
            close_if_over(later, self.days, now)
        episodes = [(e, name) for name, track in later.tracks.items() for e in track.episodes]
        episodes += [(later.launch, "mixed")] if later.launch else []
        return sorted(
            (_swing(e, now, "mixed" if e.detector == PAUSE else name) for e, name in episodes),
            key=lambda s: (s.alarmed_at, s.direction),
        )

    def add(self, new: History) -> None:
        """Takes in further items of the day."""
        streams.add(self.days, new)
        first = new.at[:1].tolist() + new.ratings[:1].tolist()
        self.outlook.since = min([self.outlook.since, *first])

    def is_ready_for(self, new: History, spans_of: History) -> bool:
        """Whether further items change nothing of what they are held against."""
        start = self.morning.day * DAY
        if any(len(times) and times[0] < start for times in (new.at, new.ratings)):
            raise ValueError("items from before the day of the last look: begin from a checkpoint")
        return (
            _same(new.gaps, spans_of.gaps)
            and _same(new.truncated, spans_of.truncated)
            and new.polled == spans_of.polled
            and new.unseen.keys() == spans_of.unseen.keys()
            and all(_same(new.unseen[s], spans_of.unseen[s]) for s in new.unseen)
            and (
                all(source in self.days.sources for source in new.sources)
                or set(self.days.sources) >= streams.reviewing(new)
            )
        )


class Live:
    """The detector of one app from look to look.

    found: the swings known at the last look; until: its moment, microseconds UTC.

    A look gives what `analysis.swings.detect` gives of everything that came so far. It is quick
    within the day of the look before, in whatever order the day's items come; else it goes on from
    the state at that day's start, as slowly as a first look does: with other spans that nobody saw,
    at a source's first review, and as long as there are next to no reviews. A new day is slow as
    well, but uses what is ready for the day that ends. Items from before the day of the last look,
    changed and removed ones are beyond it: begin again from an older checkpoint.
    """

    def __init__(
        self,
        checkpoint: bytes | None,
        history: History,
        *,
        now: int,
        false_alarms_per_app_year: float = 0.2,
    ) -> None:
        """history: every item since `analysis.swings.needed_from(checkpoint)`."""
        self._per_year = false_alarms_per_app_year
        self._given = [history.between(BEGINNING, now + 1)]
        self.until = now
        known = state.from_bytes(checkpoint) if checkpoint is not None else None
        self._checkpoint = checkpoint if known is not None else None
        self._today = self._go_on(known)
        self.found = self._today.swings(now) if self._today else []

    @property
    def day(self) -> int | None:
        """When the UTC day of the last look began, microseconds; None where nothing is known."""
        return self._today.morning.day * DAY if self._today else None

    @property
    def checkpoint(self) -> bytes | None:
        """The state at the start of the UTC day of the last look; None where nothing is known."""
        if self._checkpoint is None and self._today is not None:
            self._checkpoint = state.to_bytes(self._today.morning)
        return self._checkpoint

    def look(self, new: History, *, now: int) -> list[Swing]:
        """The swings known at `now`, by time of alarm.

        new: items that have not been given before, with every span that nobody saw. What is
        published after `now` is left out, to be given again. Raises ValueError for a moment before
        the last look and for items from before its day.
        """
        if now < self.until:
            raise ValueError("the last look was at a later moment: begin from a checkpoint")
        new = new.between(BEGINNING, now + 1)
        today, before = self._today, self._given[-1]
        ready = today is not None and today.is_ready_for(new, before)
        self.until = now
        if len(new.at) or len(new.ratings) or not ready:
            self._given.append(new)
        if today is None or not ready:
            self._today = self._go_on(today.morning if today else None)
        else:
            midnight = (today.morning.day + 1) * DAY
            if new is self._given[-1]:
                today.add(new.until(min(now, midnight - 1)))
            if now >= midnight:
                advance.advance(today.morning, today.days, now, self._per_year, today.outlook)
                self._checkpoint = None
                self._today = self._go_on(today.morning)
        self.found = self._today.swings(now) if self._today else []
        return self.found

    def _go_on(self, known: State | None) -> Today | None:
        """From a state, or the beginning, to the day of the look with all that was given since."""
        whole = joined(self._given)
        self._given = [whole]
        seen = whole.until(self.until)
        today = self.until // DAY
        if known is None:
            reviews = seen.at[(seen.stars > 0) & ~seen.is_post]
            if len(reviews) < FEWEST:
                return None
            begin = min([_begin(reviews[:FEWEST]), *seen.polled.values()])
            known = state.start(begin // DAY, streams.DIRECTIONS)
        if known.day > today:
            raise ValueError("the checkpoint is of a later day than `now`: take an earlier one")
        if known.day < today:
            advance.advance(known, streams.load(known, seen, today), self.until, self._per_year)
            self._checkpoint = None
        self._given = [whole.between(today * DAY - LOOKBACK, self.until + 1)]
        days = streams.load(known, seen, today + 1)
        return Today(known, days, advance.outlook(known, days, self._per_year))


def _same(one: NDArray[np.int64], other: NDArray[np.int64]) -> bool:
    return one is other or np.array_equal(one, other)


def _begin(earliest: NDArray[np.int64]) -> int:
    """Where the history begins: a few items long before all others are strays of a wrong clock."""
    after_a_hole = np.flatnonzero(np.diff(earliest) > STRAY) + 1
    return int(earliest[after_a_hole[-1] if len(after_a_hole) else 0])


def _swing(episode: Episode, now: int, counts: str) -> Swing:
    closed, burst = episode.closed, episode.burst
    tail = burst.tail if burst.tailing else None
    return Swing(
        direction=cast(Direction, episode.direction),
        onset_at=_time(burst.onset),
        alarmed_at=_time(episode.alarmed),
        peak_at=_time(episode.peak),
        ended_at=None if closed is None else _time(min(burst.end, closed)),
        closed_at=None if closed is None else _time(closed),
        items=burst.items,
        expected_items=burst.expected,
        recurrence_days=episode.recurrence_days,
        escalations=tuple(
            Escalation(at=_time(at), factor=f, again=at in episode.again)
            for at, f in episode.escalations
        ),
        detector=episode.detector,
        window_hours=episode.window_hours,
        launch=episode.launch,
        counts=cast(Direction, counts),
        hot_at=_time(burst.end),
        over_before=tuple(map(_time, episode.closed_before)),
        silent_since=None if episode.silent_since is None else _time(episode.silent_since),
        waves=1 + len(episode.again),
        tail_until=_time(tail.end) if tail else None,
        tail_items=tail.items if tail else 0,
        tail_expected=burst.expected_in_tail if tail else 0.0,
        tail_running=tail is not None and not episode.done and now - tail.end < RUNNING,
    )


def _time(at: int) -> datetime:
    return from_us(at)
