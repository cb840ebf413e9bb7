"""Items of a case as texts and authors."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from pandas import DataFrame


@dataclass(frozen=True)
class Sample:
    """Reviews of one side, in time order."""

    frame: DataFrame
    stars: NDArray[np.float64]
    words: list[list[str]]


def full_texts(frame: DataFrame) -> list[str]:
    """Title and text of each item as one text; empty where it has none."""
    title = frame["title"].astype(object).where(frame["title"].notna(), "")
    text = frame["text"].astype(object).where(frame["text"].notna(), "")
    return [f"{a} {b}" if a else str(b) for a, b in zip(title, text, strict=True)]


def authors(frame: DataFrame) -> list[str]:
    """Author of each item; one that names none counts as an author of its own."""
    keys = frame["author_key"]
    return [
        str(key) if known else f"item {n}"
        for n, (key, known) in enumerate(zip(keys, keys.notna(), strict=True))
    ]
