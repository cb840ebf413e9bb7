"""Does an alarm in a quiet span have a cause that can be read in the texts?

Most alarms on quiet apps turn out to be small incidents that nobody listed: a login outage, a
broken update. By rule, not by eye, a cause is readable where one of these holds:

1. phrases of one to three words that at least three authors of the alarm's reviews share are more
   frequent than in the app's own reviews of the same stars (hypergeometric tail, as shared_phrases
   has it, Benjamini-Hochberg at 1 % over all phrases of two authors);
2. the verdict names a cause;
3. a version of the app was first named within three days before the alarm's start.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
from scipy import stats

from analysis import evidence
from analysis.incidents import cause
from analysis.tokens import phrases, words
from benchmarks.detection.real_histories import AppCase
from benchmarks.windows import load_reviews, make_window

RATE = 0.01
AUTHORS = 3
RELEASE = timedelta(days=3)
NAMED = 3  # reviews that name a version, for it to be one
LONGEST = 3  # words


@dataclass(frozen=True, slots=True)
class Alarm:
    """What an alarm is about; microseconds, end exclusive."""

    app: str
    onset: int
    end: int
    direction: str


class Reader:
    """Reads the shared reviews of one file at a time."""

    def __init__(self, data: Path, cases: list[AppCase]) -> None:
        self.data = data
        self.cases = {case.app: case for case in cases}
        self._file = ""
        self._rows = pd.DataFrame()
        self._known: dict[Alarm, bool] = {}

    def readable(self, alarm: Alarm) -> bool:
        """Whether the alarm has a readable cause."""
        if alarm not in self._known:
            self._known[alarm] = self._read(alarm)
        return self._known[alarm]

    def _read(self, alarm: Alarm) -> bool:
        file, app = alarm.app.split(":", 1)
        if file != self._file:
            self._file, self._rows = file, load_reviews(self.data, file)
        own = self._rows[self._rows["app"] == app]
        others = [(_time(e.onset), _time(e.end)) for e in self.cases[alarm.app].events]
        onset, end = _time(alarm.onset), _time(alarm.end)
        window = make_window(app, own, onset, end, alarm.direction, others)
        matched = [_of(frame, alarm.direction) for frame in (window.items, window.before)]
        if shared(*matched) or _released(own, onset):
            return True
        if window.items.empty:
            return False
        judged = cause.judge(window.swing, evidence.gather(window))
        return judged.cause != "undetermined"


def shared(items: pd.DataFrame, before: pd.DataFrame) -> list[str]:
    """Phrases of at least AUTHORS authors that the past does not explain."""
    users: dict[str, set[object]] = defaultdict(set)
    counts: dict[str, int] = defaultdict(int)
    for n, (text, author) in enumerate(zip(items["text"], items["author_key"], strict=True)):
        for phrase in _phrases(text):
            counts[phrase] += 1
            users[phrase].add(author if isinstance(author, str) else n)
    tested = sorted(phrase for phrase, who in users.items() if len(who) >= 2)
    if not tested or before.empty:
        return []
    past = dict.fromkeys(tested, 0)
    for text in before["text"]:
        for phrase in _phrases(text) & past.keys():
            past[phrase] += 1
    here = np.array([counts[p] for p in tested])
    there = np.array([past[p] for p in tested])
    n, total = len(items), len(items) + len(before)
    p = stats.hypergeom.sf(here - 1, total, here + there, n)
    passed = stats.false_discovery_control(np.clip(p, 0, 1)) <= RATE
    return [q for q, ok in zip(tested, passed, strict=True) if ok and len(users[q]) >= AUTHORS]


def _phrases(text: object) -> set[str]:
    return set(phrases(words(text), LONGEST)) if isinstance(text, str) else set()


def _released(own: pd.DataFrame, onset: datetime) -> bool:
    """Whether a version appeared that the app's reviews had not named before."""
    named = own.dropna(subset=["version"]).groupby("version")["created_at"].agg(["min", "size"])
    named = named[named["size"] >= NAMED]
    first = named["min"]
    if first.empty or onset - RELEASE < own["created_at"].min() + timedelta(days=14):
        return False
    return bool(((first >= onset - RELEASE) & (first <= onset)).any())


def _of(reviews: pd.DataFrame, direction: str) -> pd.DataFrame:
    if direction == "negative":
        return reviews[reviews["rating"] < 2.5]
    return reviews[reviews["rating"] >= 3.5] if direction == "positive" else reviews


def _time(at: int) -> datetime:
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=at)
