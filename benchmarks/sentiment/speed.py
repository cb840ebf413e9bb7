"""Speed: of reading, of learning as an app's history goes, of long texts."""

import os
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime

import numpy as np
import pandas as pd
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from analysis.sentiment import languages, reader, vader, vocabulary
from analysis.sentiment.run import score_new
from collector.records import Item
from collector.store import open_store

SHORT = 200  # characters
READ = 20_000
LEAST_LEARNED = 900  # reviews of an app whose first analysis is timed
MOST_LEARNED = 5_000  # reviews of an app
ROUNDS = 5
END = datetime(2030, 1, 1, tzinfo=UTC)


def reading(reviews: pd.DataFrame) -> dict[str, float]:
    """Distinct short texts: ours, vaderSentiment's own loop, our loop over its word lists."""
    distinct = reviews["text"].drop_duplicates()
    short = distinct[distinct.str.len() <= SHORT]
    texts = short.sample(min(READ, len(short)), random_state=0).tolist()
    analyzer = SentimentIntensityAnalyzer()
    none: list[str | None] = [None] * len(texts)

    def at_first() -> None:
        vocabulary.shipped.cache_clear()
        reader.score(texts, none)

    first, ours, plain, vaders = _best_of_each(
        at_first,
        lambda: reader.score(texts, none),
        lambda: [analyzer.polarity_scores(text)["compound"] for text in texts],
        lambda: vader.compounds(texts),
    )
    return {
        "short_texts": len(texts),
        "auto_texts_per_s,_no_word_met_before": len(texts) / first,
        "auto_texts_per_s,_words_met_before": len(texts) / ours,
        "vaderSentiment_texts_per_s": len(texts) / plain,
        "vader_engine_texts_per_s": len(texts) / vaders,
        "auto_times_vaderSentiment,_no_word_met_before": plain / first,
        "auto_times_vaderSentiment,_words_met_before": plain / ours,
    }


def repeated(reviews: pd.DataFrame) -> dict[str, float]:
    """An app whose reviews repeat (umang): each distinct text once against a loop over all."""
    texts = reviews.loc[reviews["file"] == "umang-play-in", "text"].tolist()
    distinct = list(dict.fromkeys(texts))
    analyzer = SentimentIntensityAnalyzer()
    none: list[str | None] = [None] * len(distinct)
    ours, plain, vaders = _best_of_each(
        lambda: reader.score(distinct, none),
        lambda: [analyzer.polarity_scores(text)["compound"] for text in texts],
        lambda: vader.compounds(distinct),
    )
    return {
        "texts": len(texts),
        "distinct": len(distinct),
        "auto_times_vaderSentiment": plain / ours,
        "vader_engine_times_vaderSentiment": plain / vaders,
    }


def learning(reviews: pd.DataFrame) -> list[dict[str, object]]:
    """Processor time of an app's first analysis of sentiment, learning and scoring."""
    rows: list[dict[str, object]] = []
    for app, part in reviews.groupby("app"):
        if len(part) < LEAST_LEARNED:
            continue
        part = part.head(MOST_LEARNED)
        with tempfile.TemporaryDirectory() as folder:
            store = open_store(f"sqlite:///{folder}/one.db", secret=os.urandom(32))
            store.apps.ensure(str(app))
            store.items.write([_item(str(app), row) for row in part.itertuples()], how="import")
            started = time.process_time()
            score_new(store, str(app), now=END)
            seconds = time.process_time() - started
            models = len(store.models.names())
            store.close()
        rows.append({"app": app, "reviews": len(part), "models": models, "seconds": seconds})
    return rows


def long_texts() -> list[dict[str, float]]:
    """Seconds for texts of 0.25, 0.5 and 1 MB: time must grow with the length only."""
    rows = []
    for length in (250_000, 500_000, 1_000_000):
        text = ("not bad but really GOOD !! " * (length // 27 + 1))[:length]
        rows.append(
            {
                "characters": length,
                "vader_s": _best(lambda t=text: vader.compound(t)),
                "auto_s": _best(lambda t=text: reader.score([t], [None])),
                "language_s": _best(lambda t=text: languages.identify(t)),
            }
        )
    return rows


def _item(app: str, row: object) -> Item:
    at = row.at.to_pydatetime()  # type: ignore[attr-defined]
    empty = dict.fromkeys(
        ("updated_at", "author_key", "title", "version", "country", "thumbs_up", "reply_text")
    )
    more = dict.fromkeys(("reply_at", "url", "removed_at"))
    times = dict.fromkeys(("created_at", "arrived_at", "first_seen", "last_seen"), at)
    lang = row.lang if isinstance(row.lang, str) else None  # type: ignore[attr-defined]
    return Item(
        app=app,
        source="google_play",
        item_id=str(row.Index),  # type: ignore[attr-defined]
        kind="review",
        rating=row.stars,  # type: ignore[attr-defined]
        text=row.text,  # type: ignore[attr-defined]
        lang=lang,
        **times,
        **empty,
        **more,
    )


def _best_of_each(*runs: Callable[[], object]) -> list[float]:
    """Processor time of the fastest of several rounds, in turns: other load hits all alike."""
    rounds = [[_best(run) for run in runs] for _ in range(ROUNDS)]
    return [min(column) for column in zip(*rounds, strict=True)]


def _best(run: Callable[[], object]) -> float:
    started = time.process_time()
    run()
    return time.process_time() - started


def as_numbers(found: dict[str, float]) -> dict[str, float]:
    """Plain numbers for the JSON."""
    return {name: float(np.round(value, 4)) for name, value in found.items()}
