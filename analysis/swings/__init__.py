"""Is something unusual happening? Prospective swings of one app's reviews and posts."""

from datetime import UTC, datetime, timedelta

from analysis.records import Escalation, Swing
from analysis.swings import fold
from analysis.swings.episodes import Episode
from analysis.swings.history import History

__all__ = ["History", "detect"]

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def detect(history: History, *, now: int, false_alarms_per_app_year: float = 0.2) -> list[Swing]:
    """Swings that would have been known at `now` (microseconds UTC), by time of alarm.

    Nothing later than `now` is looked at, and an alarm depends only on what came before it.
    """
    seen = history.until(now)
    if not len(seen.at):
        return []
    state = fold.start(int(seen.at[0] // fold.DAY))
    fold.advance(state, seen, now, false_alarms_per_app_year)
    for track in state.tracks.values():
        track.close_if_quiet(now)
    found = [_swing(e) for track in state.tracks.values() for e in track.episodes]
    return sorted(found, key=lambda swing: (swing.alarmed_at, swing.direction))


def _swing(episode: Episode) -> Swing:
    closed = episode.closed is not None
    return Swing(
        direction=fold.direction(episode),
        onset_at=_time(episode.onset),
        alarmed_at=_time(episode.alarmed),
        peak_at=_time(episode.peak),
        ended_at=_time(episode.last_hot) if closed else None,
        closed_at=None if episode.closed is None else _time(episode.closed),
        items=episode.items,
        expected_items=episode.expected,
        recurrence_days=episode.recurrence_days,
        escalations=tuple(Escalation(at=_time(at), factor=f) for at, f in episode.escalations),
        detector=episode.detector,
        window_hours=episode.window_hours,
        launch=episode.launch,
    )


def _time(at: int) -> datetime:
    return EPOCH + timedelta(microseconds=at)
