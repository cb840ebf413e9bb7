"""Scores each distinct text of an app once."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from analysis.sentiment import vader
from collector.store import Store

BATCH = 5_000
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class ScoreCounts:
    """What a run did: distinct texts scored, those that nothing could read, and texts by engine."""

    texts: int
    missing: int
    engines: dict[str, int]


def score_new(
    store: Store, app: str, *, now: datetime, progress: Progress | None = None
) -> ScoreCounts:
    """Scores the app's distinct texts that have no score yet. progress(done, total)."""
    total, done = store.scores.waiting(app), 0
    engines: Counter[str] = Counter()
    while rows := store.scores.unscored(app, limit=BATCH, before=now):
        values = vader.compounds([row.text for row in rows])
        found = [(row.text_hash, float(v)) for row, v in zip(rows, values, strict=True)]
        store.scores.write(app, vader.VERSION, found)
        engines[vader.VERSION] += len(rows)
        done += len(rows)
        if progress is not None:
            progress(done, total)
    return ScoreCounts(done, 0, dict(engines))


def explain(text: str, lang: str | None = None) -> list[tuple[str, float]]:
    """The words that made the score, each with its weight."""
    return vader.word_valences(text)
