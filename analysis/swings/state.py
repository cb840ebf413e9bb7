"""What the detector carries from one day to the next; a few kilobytes as JSON.

Counts and errors stand in it as base64: an app that is looked at every hour is read every hour."""

import json
from base64 import b64decode, b64encode
from dataclasses import asdict, dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.swings.baseline import GUARD, MEMORY
from analysis.swings.burst_end import Burst, Rise, Usual
from analysis.swings.episodes import NEVER, Episode, Track

FORMAT = 8
WHERE, COUNT, ERROR = "<u2", "<u4", "<f8"  # as which numbers are kept


@dataclass(slots=True)
class Memory:
    """The latest MEMORY days of one stream: quarters of hours (MEMORY, 96); dated (MEMORY,), dates
    only.

    errors: (1 + GUARD, 3, 3), what its dispersion is measured by (dispersion.move).
    """

    quarters: NDArray[np.int64] = field(default_factory=lambda: np.zeros((MEMORY, 96), np.int64))
    dated: NDArray[np.int64] = field(default_factory=lambda: np.zeros(MEMORY, np.int64))
    errors: NDArray[np.float64] = field(default_factory=lambda: np.zeros((1 + GUARD, 3, 3)))

    @property
    def hourly(self) -> NDArray[np.int64]:
        """The same by hour: (MEMORY, 24)."""
        return np.asarray(self.quarters.reshape(MEMORY, 24, 4).sum(axis=2))


@dataclass(slots=True)
class State:
    """Everything the detector knows before the start of day `day` (days since 1970).

    first_day: day of the app's first review. memory: by stream. tracks: by direction.
    swinging: bool (MEMORY,) a direction, days inside an episode. heard: the last moment at which
    posts about the app were unusually many. begun: by source, the days on which its reviews begin
    and of its latest. reviewed: the latest day with reviews; resumed: the first one
    after a pause, and the last one before it.
    """

    day: int
    first_day: int
    memory: dict[str, Memory]
    tracks: dict[str, Track]
    swinging: dict[str, NDArray[np.bool_]]
    launch: Episode | None = None
    heard: int = NEVER
    begun: dict[str, tuple[int, int]] = field(default_factory=dict)
    reviewed: int | None = None
    resumed: tuple[int, int] | None = None

    def branch(self) -> "State":
        """The same state with tracks of its own, to look ahead with; its memory is shared."""
        tracks = {name: track.branch() for name, track in self.tracks.items()}
        return replace(self, tracks=tracks, begun=dict(self.begun))


def start(first_day: int, directions: tuple[str, ...]) -> State:
    """The state before an app's first day."""
    return State(
        day=first_day,
        first_day=first_day,
        memory={},
        tracks={d: Track() for d in directions},
        swinging={d: np.zeros(MEMORY, dtype=bool) for d in directions},
    )


def to_bytes(state: State) -> bytes:
    """The state as JSON."""
    memory = {
        name: {
            "quarters": _sparse(m.quarters.ravel()),
            "dated": _sparse(m.dated),
            "errors": _text(m.errors, ERROR),
        }
        for name, m in sorted(state.memory.items())
    }
    document = {
        "format": FORMAT,
        "day": state.day,
        "first_day": state.first_day,
        "memory": memory,
        "tracks": {name: asdict(track) for name, track in state.tracks.items()},
        "heard": state.heard,
        "begun": dict(sorted(state.begun.items())),
        "reviewed": state.reviewed,
        "resumed": state.resumed,
        "launch": asdict(state.launch) if state.launch else None,
        "swinging": {n: _sparse(days.astype(np.int64)) for n, days in state.swinging.items()},
    }
    return json.dumps(document, separators=(",", ":")).encode()


def day_of(blob: bytes) -> int | None:
    """The day before which it was kept, or None where another version of the detector wrote it."""
    document = json.loads(blob)
    return document["day"] if document.get("format") == FORMAT else None


def from_bytes(blob: bytes) -> State | None:
    """The state, or None where another version of the detector wrote it."""
    document = json.loads(blob)
    if document.get("format") != FORMAT:
        return None
    return State(
        day=document["day"],
        first_day=document["first_day"],
        memory={
            name: Memory(
                _dense(m["quarters"], MEMORY * 96).reshape(MEMORY, 96),
                _dense(m["dated"], MEMORY),
                _numbers(m["errors"], ERROR).astype(np.float64).reshape(1 + GUARD, 3, 3),
            )
            for name, m in document["memory"].items()
        },
        tracks={name: _track(t) for name, t in document["tracks"].items()},
        swinging={n: _dense(d, MEMORY) > 0 for n, d in document["swinging"].items()},
        launch=_episode(document["launch"]) if document["launch"] else None,
        heard=document["heard"],
        reviewed=document["reviewed"],
        resumed=tuple(document["resumed"]) if document["resumed"] else None,
        begun={source: (first, latest) for source, (first, latest) in document["begun"].items()},
    )


def _sparse(counts: NDArray[np.int64]) -> list[str]:
    where = np.flatnonzero(counts)
    return [_text(where, WHERE), _text(counts[where], COUNT)]


def _dense(sparse: list[str], length: int) -> NDArray[np.int64]:
    counts = np.zeros(length, dtype=np.int64)
    counts[_numbers(sparse[0], WHERE)] = _numbers(sparse[1], COUNT)
    return counts


def _text(values: NDArray[np.generic], kind: str) -> str:
    return b64encode(values.astype(kind).tobytes()).decode()


def _numbers(text: str, kind: str) -> NDArray[np.generic]:
    return np.frombuffer(b64decode(text), dtype=kind)


def _track(document: dict[str, Any]) -> Track:
    return Track(**{**document, "episodes": [_episode(e) for e in document["episodes"]]})


def _episode(document: dict[str, Any]) -> Episode:
    burst = document["burst"]
    known = {
        **burst,
        "usual": Usual(**burst["usual"]),
        "whole": Rise(**burst["whole"]),
        "surge": Rise(**burst["surge"]) if burst["surge"] else None,
        "tail": Rise(**burst["tail"]),
        "settled": tuple(burst["settled"]) if burst["settled"] else None,
    }
    escalations = [(at, f) for at, f in document["escalations"]]
    return Episode(**{**document, "burst": Burst(**known), "escalations": escalations})
