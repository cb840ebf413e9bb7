"""Scores each distinct text of an app once, with what was known at its time."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from analysis.sentiment import engines, languages, reader, vader
from analysis.sentiment.app_model import AppModel
from analysis.sentiment.engines import Engine
from analysis.sentiment.models_over_time import ModelsOfApp, engine_name
from collector.progress import PartDone
from collector.store import Store, TextRow
from collector.times import INSTANT

BATCH = reader.BATCH
Floats = NDArray[np.float64]
Scored = tuple[str, list[tuple[str, float | None]]]  # an engine, and what it read


@dataclass(frozen=True, slots=True)
class ScoreCounts:
    """What a run did: distinct texts seen, those that nothing could read, texts by engine."""

    texts: int
    missing: int
    engines: dict[str, int]


def score_new(
    store: Store,
    app: str,
    *,
    now: datetime,
    engine: Engine = "auto",
    progress: PartDone | None = None,
) -> ScoreCounts:
    """Scores the app's distinct texts that have no score yet and were published by `now`.

    A text is read by a model that learned only from reviews published before it; by vaderSentiment
    where `engine` says so. Scores that an earlier version or the other engine gave are made again
    first. Interrupted runs go on where they stopped. progress(done, total).
    """
    store.scores.renew(app, unlike=vader.VERSION if engine == "vader" else reader.version())
    total = store.scores.waiting(app)
    by_engine: Counter[str] = Counter()
    missing = 0
    read = _by_vader if engine == "vader" else _by_models(store, app, now)
    until = now + INSTANT
    while rows := store.scores.unscored(app, limit=BATCH, before=until):
        for name, found in read(rows):
            store.scores.write(app, name, found)
            by_engine[name] += len(found)
            missing += sum(value is None for _, value in found)
            if progress is not None:
                progress(by_engine.total(), total)
    return ScoreCounts(by_engine.total(), missing, dict(by_engine))


def _by_vader(rows: Sequence[TextRow]) -> Iterator[Scored]:
    texts, langs = [row.text for row in rows], [row.lang for row in rows]
    yield vader.VERSION, _kept(rows, engines.score(texts, langs, engine="vader"))


def _by_models(
    store: Store, app: str, now: datetime
) -> Callable[[Sequence[TextRow]], Iterator[Scored]]:
    """What reads texts in order of time, each by the model of its moment."""
    models = ModelsOfApp(store, app, now=now)

    def read(rows: Sequence[TextRow]) -> Iterator[Scored]:
        for cut, some in groupby(rows, key=lambda row: models.cut_for(row.first_at)):
            group = list(some)
            stated = [languages.primary(row.lang) for row in group]
            values = reader.score([row.text for row in group], stated, models.at(cut))
            yield engine_name(app, cut), _kept(group, values)

    return read


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


def _kept(rows: Sequence[TextRow], values: Floats) -> list[tuple[str, float | None]]:
    """(text_hash, score) of each text; None where nothing of it can be read."""
    return [
        (row.text_hash, None if value != value else round(value, 4))  # NaN
        for row, value in zip(rows, values.tolist(), strict=True)
    ]
