"""Scores each distinct text of an app once, with what was known at its time."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

import numpy as np

from analysis.sentiment import languages, reader, vader
from analysis.sentiment.app_model import AppModel
from analysis.sentiment.models_over_time import ModelsOfApp, engine_name
from collector.progress import PartDone
from collector.store import Store, TextRow
from collector.times import INSTANT

BATCH = reader.BATCH


@dataclass(frozen=True, slots=True)
class ScoreCounts:
    """What a run did: distinct texts seen, those that nothing could read, texts by engine."""

    texts: int
    missing: int
    engines: dict[str, int]


def score_new(
    store: Store, app: str, *, now: datetime, progress: PartDone | None = None
) -> ScoreCounts:
    """Scores the app's distinct texts that have no score yet and were published by `now`.

    A text is read by a model that learned only from reviews published before it. Scores that an
    earlier version gave are made again first. Interrupted runs go on where they stopped.
    progress(done, total).
    """
    store.scores.renew(app, unlike=reader.version())
    total = store.scores.waiting(app)
    engines: Counter[str] = Counter()
    missing = 0
    models = ModelsOfApp(store, app, now=now)
    until = now + INSTANT
    while rows := store.scores.unscored(app, limit=BATCH, before=until):
        for cut, group in groupby(rows, key=lambda row: models.cut_for(row.first_at)):
            found = list(_score(models.at(cut), list(group)))
            engine = engine_name(app, cut)
            store.scores.write(app, engine, found)
            engines[engine] += len(found)
            missing += sum(value is None for _, value in found)
            if progress is not None:
                progress(engines.total(), total)
    return ScoreCounts(engines.total(), missing, dict(engines))


def explain(
    text: str, lang: str | None = None, *, engine: str | None = None, store: Store | None = None
) -> list[tuple[str, float]]:
    """The words that made a score, each with its weight; the sign says which way it pulls.

    engine: the score's `sentiment_engine`, its model is read from `store`; without one the shipped
    prior alone. lang: what the source says. Empty where the model is gone.
    """
    if engine == vader.VERSION:
        return vader.word_valences(text)
    model = None
    if engine is not None and engine != engine_name("", None):
        model = _stored(store, engine)
        if model is None:
            return []
    return reader.explain(text, languages.primary(lang), model)


def expected_stars(score: float, engine: str, store: Store) -> float | None:
    """The stars that texts of a score got in the app whose model gave it; None without a model."""
    model = _stored(store, engine)
    return None if model is None else float(model.expected_stars(np.array([score]))[0])


def _stored(store: Store | None, engine: str) -> AppModel | None:
    """The model of an engine's name; None where it is gone or was made by another version."""
    if store is None or not engine.startswith(f"{reader.version()}/"):
        return None
    blob = store.models.load(engine)
    return AppModel.from_bytes(blob) if blob else None


def _score(model: AppModel | None, rows: Sequence[TextRow]) -> Iterator[tuple[str, float | None]]:
    """(text_hash, score) of each text; None where nothing of it can be read."""
    stated = [languages.primary(row.lang) for row in rows]
    values = reader.score([row.text for row in rows], stated, model)
    for row, value in zip(rows, values.tolist(), strict=True):
        yield row.text_hash, None if value != value else round(value, 4)  # NaN
