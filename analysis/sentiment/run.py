"""Scores each distinct text of an app once, with the model of its time."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from analysis.sentiment import choose_engine as auto
from analysis.sentiment import languages, vader
from analysis.sentiment.models_over_time import ModelsOfApp, model_name
from analysis.sentiment.star_model import VERSION, StarModel
from collector.progress import PartDone
from collector.store import Store, TextRow
from collector.text.one_spelling import one_spelling
from collector.times import INSTANT

BATCH = 5_000


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

    A text is read by a model that learned only from reviews published before it; models are
    trained and kept as they fall due. Interrupted runs go on where they stopped. progress(done,
    total).
    """
    total = store.scores.waiting(app)
    engines: Counter[str] = Counter()
    models = ModelsOfApp(store, app, now=now)
    until = now + INSTANT
    while rows := store.scores.unscored(app, limit=BATCH, before=until):
        for cut, group in groupby(rows, key=lambda row: models.cut_for(row.first_at)):
            for engine, found in _score(models.at(cut), model_name(app, cut), list(group)):
                store.scores.write(app, engine, found)
                engines[engine] += len(found)
            if progress is not None:
                progress(engines.total(), total)
    return ScoreCounts(engines.total(), engines[auto.NOTHING], dict(engines))


def explain(
    text: str, lang: str | None = None, *, engine: str = vader.VERSION, store: Store | None = None
) -> list[tuple[str, float]]:
    """The words that made a score, each with its weight; the sign says which way it pulls.

    engine: the score's `sentiment_engine`; star models are read from `store`. lang: what the
    source says. VADER's weights are its valences (about -4 to 4), a star model's are stars added
    or taken. Empty where nothing read the text or the model is gone.
    """
    if engine == auto.NOTHING:
        return []
    text = one_spelling(text)
    name = engine.removeprefix(f"{vader.VERSION}+")
    if not name.startswith(VERSION) or store is None:
        return vader.word_valences(text)
    blob = store.models.load(name)
    if not blob:
        return []
    model = StarModel.from_bytes(blob)
    [code] = languages.resolve([text], [lang], model.usual)
    return auto.explain(text, code, model)


def _score(
    model: StarModel | None, name: str, rows: Sequence[TextRow]
) -> Iterator[tuple[str, list[tuple[str, float | None]]]]:
    """(engine, scores by text_hash) for each engine that read some of the texts."""
    texts = [one_spelling(row.text) for row in rows]
    usual = model.usual if model and model.usual else languages.usual_language(texts)
    codes = languages.resolve(texts, [row.lang for row in rows], usual)
    scores = auto.score(texts, codes, model, model_name=name, posts=[row.is_post for row in rows])
    found: defaultdict[str, list[tuple[str, float | None]]] = defaultdict(list)
    for row, value, engine in zip(rows, scores.values.tolist(), scores.engines, strict=True):
        found[engine].append((row.text_hash, None if engine == auto.NOTHING else value))
    yield from found.items()
