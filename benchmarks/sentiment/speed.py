"""Speed and memory of the sentiment engines, and how well py3langid knows the languages."""

import os
import resource
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pandas as pd
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from analysis.sentiment import languages, training, vader
from analysis.sentiment.training import Example

SHORT = 200  # characters
ROUNDS = 25
LENGTH_BINS = (0, 10, 20, 40, 80, 10**9)
KNOWN_LANGUAGES = {
    "apetiz-play-fr": "fr",
    "greenlight-play": "en",
    "junio-play": "en",
    "mypertamina-play-id": "id",
    "tiktok-play-id": "id",
    "it.ministerodellasalute.immuni": "it",
    "de.rki.coronawarnapp": "de",
    "ru.mos.socmon": "ru",
}


def vader_speed(data: Path) -> dict[str, float]:
    """umang-play-in: a plain loop over all texts against each distinct text once."""
    texts = _texts(data, "umang-play-in")
    distinct = list(dict.fromkeys(texts))
    analyzer = SentimentIntensityAnalyzer()
    with ProcessPoolExecutor(2) as executor:
        list(executor.map(vader.compounds, [distinct[:10], distinct[:10]]))
        plain, plain_distinct, one_core, two_cores = _best_of_each(
            lambda: [analyzer.polarity_scores(text)["compound"] for text in texts],
            lambda: [analyzer.polarity_scores(text)["compound"] for text in distinct],
            lambda: vader.compounds(distinct),
            lambda: vader.compounds(distinct, executor),
        )
    return {
        "texts": len(texts),
        "distinct": len(distinct),
        "plain_s": plain,
        "plain_distinct_s": plain_distinct,
        "one_core_s": one_core,
        "two_cores_s": two_cores,
        "times_faster_than_plain_loop": plain / one_core,
        "times_faster_on_distinct_one_core": plain_distinct / one_core,
        "times_faster_on_distinct_two_cores": plain_distinct / two_cores,
    }


def star_speed(reviews: pd.DataFrame) -> dict[str, float]:
    """Training on 100,000 reviews and scoring short texts, on one core; processor time."""
    sample = reviews.head(100_000) if len(reviews) > 100_000 else reviews
    texts = sample["text"].tolist()
    started = time.process_time()
    codes = languages.resolve(texts, [None] * len(texts))
    identified = time.process_time()
    rows = zip(texts, sample["rating"], codes, strict=True)
    examples = [Example(text, rating, code, own=True) for text, rating, code in rows]
    model = training.train(
        examples, app="all", trained_until=datetime(2030, 1, 1, tzinfo=UTC), usual=None
    )
    trained = time.process_time()
    if model is None:
        raise ValueError("too few reviews to train")
    fresh = [t for t in reviews["text"].drop_duplicates() if len(t) <= SHORT]
    fresh_codes = languages.resolve(fresh, [None] * len(fresh))
    began = time.process_time()
    compounds = training.english_compounds(zip(fresh, fresh_codes, strict=True))
    model.score(fresh, compounds, np.ones(len(fresh), dtype=bool))
    scored = time.process_time() - began
    return {
        "reviews": len(examples),
        "identify_s": identified - started,
        "train_s": trained - identified,
        "scored": len(fresh),
        "short_texts_per_s": len(fresh) / scored,
        "model_kb": len(model.to_bytes()) / 1024,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "cores": float(os.cpu_count() or 1),
    }


def long_texts() -> list[dict[str, float]]:
    """Seconds for texts of 0.25, 0.5 and 1 MB: VADER's time must grow with the length only."""
    rows = []
    for length in (250_000, 500_000, 1_000_000):
        text = ("not bad but really GOOD !! " * (length // 27 + 1))[:length]
        rows.append(
            {
                "characters": length,
                "vader_s": _best(lambda t=text: vader.compound(t), 1),
                "language_s": _best(lambda t=text: languages.identify(t), 1),
            }
        )
    return rows


def language_accuracy(data: Path) -> list[dict[str, object]]:
    """Share of distinct texts given the language that the app is mostly reviewed in, by length.

    Reviews in other languages count as errors, so the truth is somewhat better.
    """
    rows: list[dict[str, object]] = []
    civic = pd.read_parquet(data / "reviews" / "civic-covid-apps-2020.parquet")
    for name, lang in KNOWN_LANGUAGES.items():
        frame = civic[civic["app_id"] == name]
        texts = frame["text"].dropna().tolist() if len(frame) else _texts(data, name)
        distinct = pd.Series(list(dict.fromkeys(texts)))
        distinct = distinct.sample(min(2_000, len(distinct)), random_state=0)
        started = time.perf_counter()
        found = [languages.identify(text) for text in distinct]
        seconds = time.perf_counter() - started
        bins = np.digitize(distinct.str.len(), LENGTH_BINS[1:-1])
        right = np.array([f.code == lang for f in found])
        certain = np.array([f.certain for f in found])
        rows.append(
            {
                "name": name,
                "lang": lang,
                "texts_per_s": len(distinct) / seconds,
                "right": float(right.mean()),
                "right_by_length": [float(right[bins == b].mean()) for b in range(5)],
                "certain": float(certain.mean()),
                "right_where_certain": float(right[certain].mean()),
            }
        )
    return rows


def _texts(data: Path, file: str) -> list[str]:
    frame = pd.read_parquet(data / "reviews" / f"{file}.parquet", columns=["text", "title"])
    return [str(text) for text in frame["text"].fillna(frame["title"]).dropna()]


def _best_of_each(*runs: Callable[[], object]) -> list[float]:
    """Seconds of the fastest of several rounds, in turns: other load hits all alike."""
    rounds = [[_best(run, 1) for run in runs] for _ in range(ROUNDS)]
    return [min(column) for column in zip(*rounds, strict=True)]


def _best(run: Callable[[], object], times: int = 5) -> float:
    """Seconds of the fastest of several runs."""
    seconds = []
    for _ in range(times):
        started = time.perf_counter()
        run()
        seconds.append(time.perf_counter() - started)
    return min(seconds)
