"""The first reviews after a long silence: an app that is launched again has no usual to rise above.

What comes in the first weeks is one event, whatever its stars, and then the usual.
"""

import numpy as np
from numpy.typing import NDArray

from analysis.swings.baseline import MEMORY
from analysis.swings.episodes import PAUSE, Episode, Track
from analysis.swings.history import DAY, REVIEWS
from analysis.swings.state import State
from analysis.swings.streams import EVERY, SEEN, Days

LEAST = 90  # days without a review, in an app that had some
USUAL_AFTER = 14  # days from which on what came since is the usual
ONE_EVENT = 28  # days in which what alarms is of the same event
SEEN_OF = 0.8  # of the last weeks before, that must have been looked at: not seen is not silent


def note(state: State, days: Days, n: int) -> None:
    """Takes in on which of n days, from the state's on, reviews came after a pause."""
    offset = state.day - days.first + MEMORY
    daily: NDArray[np.int64] = np.zeros(n, dtype=np.int64)
    for source in days.sources:
        daily += days.streams[f"{REVIEWS}/{source}"].hourly[offset : offset + n].sum(axis=1)
    for day in (state.day + np.flatnonzero(daily)).tolist():
        if state.reviewed is not None and day - state.reviewed > LEAST and _seen(days, day):
            state.resumed = (day, state.reviewed)
        state.reviewed = day


def is_usual_by_now(state: State) -> None:
    """What came since the pause is the usual from some day on."""
    if state.resumed is not None and state.day == state.resumed[0] + USUAL_AFTER:
        for track in state.tracks.values():
            track.regime = max(track.regime, state.resumed[0] + 1)
            track.accepted = max(track.accepted, state.day)


def is_recent(state: State) -> bool:
    """Whether days are to be looked at one by one: the past is about to begin anew."""
    return state.resumed is not None and state.day <= state.resumed[0] + ONE_EVENT


def since_pause(state: State, onset: int) -> int | None:
    """When the last review before the pause came, of a rise that begins with the first after it."""
    if state.resumed is None:
        return None
    day, before = state.resumed
    return before * DAY if day <= onset // DAY + 1 and onset // DAY < day + ONE_EVENT else None


def is_told(state: State) -> bool:
    """Whether the event of the present pause has been told."""
    latest = [e for track in state.tracks.values() for e in track.episodes if e.detector == PAUSE]
    return state.resumed is not None and any(
        e.burst.onset // DAY >= state.resumed[0] - 1 for e in latest
    )


def direction_of(episode: Episode, direction: str, other: str) -> str:
    """What the first reviews show: both sides, unless hardly any is of the other."""
    share = episode.others / max(episode.burst.items, 1)
    if share < 0.2:
        return direction
    return other if share > 0.8 else "mixed"


def settle_others(tracks: dict[str, Track]) -> None:
    """The level that has become normal is that of both directions."""
    for track in tracks.values():
        last = track.episodes[-1] if track.episodes else None
        if last is not None and last.detector == PAUSE and last.done:
            for each in tracks.values():
                each.regime = max(each.regime, track.regime)
                each.accepted = max(each.accepted, track.accepted)


def _seen(days: Days, day: int) -> bool:
    offset = day - days.first + MEMORY
    before = days.exposure[EVERY][max(offset - MEMORY, 0) : offset]
    return bool(len(before)) and float((before >= SEEN).mean()) >= SEEN_OF
