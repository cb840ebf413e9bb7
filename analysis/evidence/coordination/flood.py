"""The reviews of a swing as the signs of coordination read them: texts, hands, moments."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pandas import DataFrame

from analysis.evidence.texts import full_texts
from analysis.tokens import spoken

MOST_READ = 20_000  # of those texts are read


@dataclass(frozen=True)
class Flood:
    """The swing's own reviews whose texts are read, in order of time.

    frame: columns of ScoredItem; texts, words: of each; hand: a number an account; of nobody named,
    the same words in the same minute are one hand's, as a file that holds them twice has them.
    """

    frame: DataFrame
    texts: list[str]
    words: list[list[str]]
    hand: NDArray[np.int64]

    @property
    def spoken(self) -> NDArray[np.bool_]:
        """Which reviews have words."""
        return np.array([len(said) > 0 for said in self.words], dtype=np.bool_)

    @property
    def hands(self) -> int:
        """Accounts that wrote something, at most."""
        return self.accounts(np.flatnonzero(self.spoken))

    @property
    def named(self) -> NDArray[np.bool_]:
        """Which reviews the source names an account of."""
        return self.frame["author_key"].notna().to_numpy(dtype=np.bool_)

    def accounts(self, rows: NDArray[np.int64]) -> int:
        """How many wrote these reviews, at most: each that names nobody may be another one's."""
        named = self.named[rows]
        return int(np.unique(self.hand[rows[named]]).size + np.count_nonzero(~named))


def flood_rows(reviews: DataFrame, direction: str) -> DataFrame:
    """Reviews of one or two stars, of four or five, or all where the swing goes both ways, in order
    of time, rows that came twice left out."""
    frame = reviews[reviews["kind"] == "review"]
    stars = pd.to_numeric(frame["rating"])
    if direction in ("negative", "positive"):
        frame = frame[stars <= 2] if direction == "negative" else frame[stars >= 4]
    rows = _once(frame.sort_values(["created_at", "source", "item_id"], kind="stable"))
    return rows.reset_index(drop=True)


def read_flood(rows: DataFrame) -> Flood:
    """The texts of these rows, or of MOST_READ of them."""
    frame = rows.iloc[chosen(rows)].reset_index(drop=True)
    texts = full_texts(frame)
    read = {text: spoken(text) for text in set(texts)}
    said = [read[text] for text in texts]
    return Flood(frame, texts, said, _hands(frame, said))


def chosen(rows: DataFrame) -> NDArray[np.int64]:
    """Which of these rows are read: accounts by a number that is theirs alone, so that the choice
    stays the same while the flood grows, but for those that make room."""
    if len(rows) <= MOST_READ:
        return np.arange(len(rows), dtype=np.int64)
    who = rows["author_key"].fillna(rows["source"] + " " + rows["item_id"])
    order = np.argsort(pd.util.hash_array(who.to_numpy(dtype=object)), kind="stable")
    return np.sort(order[:MOST_READ]).astype(np.int64)


def _hands(frame: DataFrame, said: list[list[str]]) -> NDArray[np.int64]:
    keys = frame["author_key"]
    minutes = frame["created_at"].dt.floor("min").astype(str)
    who = [
        f"by {key}" if named else f"at {minute} {' '.join(words) or n}"
        for n, (key, named, minute, words) in enumerate(
            zip(keys, keys.notna(), minutes, said, strict=True)
        )
    ]
    numbers = np.unique(np.array(who, dtype=object).astype(str), return_inverse=True)[1]
    return numbers.astype(np.int64)


def _once(frame: DataFrame) -> DataFrame:
    """Without rows that came twice: an account's, or of nobody named, the same text at the same
    second."""
    named = frame["author_key"].notna()
    seconds = frame["created_at"].dt.second.ne(0) | frame["created_at"].dt.microsecond.ne(0)
    same = ["title", "text", "rating", "created_at"]
    again = frame.duplicated([*same, "author_key"])
    unnamed = ~named & seconds & frame["text"].notna() & frame.duplicated(same)
    once: DataFrame = frame[~((again & named) | unnamed)]
    return once
