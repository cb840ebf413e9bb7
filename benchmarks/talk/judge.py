"""Which storms a method tells of, how soon, and how often it speaks where there is none."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.research.quiet_streams import openings, tune
from analysis.talk.voices import opinions
from benchmarks.detection.rivals import NEEDS, RIVALS
from benchmarks.talk.finding import BUDGET, events_in
from benchmarks.talk.streams import HAND_PICKED, Stream
from collector.times import DAY_US, HOUR_US, to_us

OURS = "Floodgauge, talk"
COMPARED = ("EARS C2, rolling", "EARS C2, daily", "x times the rate, at least 5", "NB-CUSUM")
SLACK = DAY_US  # daily rules judge after the day; onsets are known to the hour at best


@dataclass(frozen=True, slots=True)
class Told:
    """One storm: hours from its onset to the first message; None where there was none."""

    stream: str
    storm: str
    hours: float | None


@dataclass(frozen=True, slots=True)
class Row:
    """A method: storms told of, and openings a year of quiet spans."""

    method: str
    told: tuple[Told, ...]
    quiet_alarms: int
    quiet_years: float

    @property
    def caught(self) -> int:
        return sum(one.hours is not None for one in self.told)

    @property
    def delay(self) -> float | None:
        """Median of those told of, hours; None where it told of none."""
        hours = [one.hours for one in self.told if one.hours is not None]
        return float(np.median(hours)) if hours else None


def rows(found: Sequence[Stream]) -> list[Row]:
    """The product and its rivals, each at the same rate of false alarms on simulated streams."""
    alarms = {OURS: [_ours(stream) for stream in found]}
    for name in COMPARED:
        threshold, _ = tune(RIVALS[name], BUDGET)
        alarms[name] = [_theirs(name, threshold, stream) for stream in found]
    return [_row(name, found, told) for name, told in alarms.items()]


Messages = tuple[NDArray[np.int64], NDArray[np.int64]]  # openings, and every message


def _ours(stream: Stream) -> Messages:
    events = events_in(stream.posts, int(stream.posts.at[-1]))
    opened = [to_us(one.alarmed_at) for one in events]
    grown = [to_us(more.at) for one in events for more in one.escalations]
    return np.array(opened, dtype=np.int64), np.array(sorted([*opened, *grown]), dtype=np.int64)


def _theirs(name: str, threshold: float, stream: Stream) -> Messages:
    """A rule on what people say themselves, which is what it would be given."""
    times = stream.posts.at[opinions(stream.posts)]
    n = int(times[-1] // DAY_US) - stream.first_day + 1
    none = np.empty(0, dtype=np.int64)
    if n <= NEEDS[name]:
        return none, none
    sent, opened = openings(RIVALS[name](times, stream.first_day, n), threshold)
    return opened, sent


def _row(method: str, found: Sequence[Stream], alarms: Sequence[Messages]) -> Row:
    told, quiet, years = [], 0, 0.0
    for stream, (opened, sent) in zip(found, alarms, strict=True):
        for storm in stream.storms:
            if not storm.quiet:
                inside = sent[(sent >= storm.onset - SLACK) & (sent < storm.end + SLACK)]
                first = None if not len(inside) else max(int(inside[0]) - storm.onset, 0) / HOUR_US
                told.append(Told(stream.name, storm.name, first))
            elif stream.name not in HAND_PICKED:
                quiet += int(((opened >= storm.onset) & (opened < storm.end)).sum())
                years += (storm.end - storm.onset) / DAY_US / 365.25
    return Row(method, tuple(told), quiet, years)
