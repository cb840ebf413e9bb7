"""The reviews of a swing as the signs of coordination read them: texts, hands, moments."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pandas import DataFrame

from analysis.evidence.quiet_blocks import even_sample
from analysis.evidence.texts import authors, full_texts
from analysis.tokens import words

MOST_READ = 100_000


@dataclass(frozen=True)
class Flood:
    """The swing's own reviews in order of time, rows that came twice left out.

    frame: columns of ScoredItem; texts, words: of each; hand: a number an account (one that is not
    named is an account of its own); at: seconds since epoch.
    """

    frame: DataFrame
    texts: list[str]
    words: list[list[str]]
    hand: NDArray[np.int64]
    at: NDArray[np.float64]

    @property
    def spoken(self) -> NDArray[np.bool_]:
        """Which reviews have words."""
        return np.array([len(said) > 0 for said in self.words], dtype=np.bool_)

    @property
    def hands(self) -> int:
        """Accounts that wrote something."""
        return int(np.unique(self.hand[self.spoken]).size)


def read_flood(reviews: DataFrame, direction: str) -> Flood:
    """Reviews of one or two stars, of four or five, or all where the swing goes both ways."""
    frame = reviews[reviews["kind"] == "review"]
    stars = pd.to_numeric(frame["rating"])
    if direction in ("negative", "positive"):
        frame = frame[stars <= 2] if direction == "negative" else frame[stars >= 4]
    frame = _once(frame.sort_values(["created_at", "source", "item_id"], kind="stable"))
    frame = frame.iloc[even_sample(len(frame), MOST_READ)].reset_index(drop=True)
    texts = full_texts(frame)
    read = {text: spoken(text) for text in set(texts)}
    who = np.array(authors(frame), dtype=object).astype(str)
    micros = frame["created_at"].astype("datetime64[us, UTC]").to_numpy(dtype="datetime64[us]")
    return Flood(
        frame,
        texts,
        [read[text] for text in texts],
        np.unique(who, return_inverse=True)[1].astype(np.int64),
        micros.astype(np.int64) / 1e6,
    )


def spoken(text: str) -> list[str]:
    """Words without numbers."""
    return [word for word in words(text) if not word.isdigit()]


def _once(frame: DataFrame) -> DataFrame:
    """Without rows that came twice: of nobody named, the same text at the same second."""
    unnamed = frame["author_key"].isna()
    seconds = frame["created_at"].dt.second.ne(0) | frame["created_at"].dt.microsecond.ne(0)
    twice = frame.duplicated(["title", "text", "rating", "created_at"])
    once: DataFrame = frame[~(twice & unnamed & seconds & frame["text"].notna())]
    return once
