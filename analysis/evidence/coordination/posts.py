"""The window's posts, read once: what they ask for, whether they name the app, who liked them."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.evidence.coordination.calls import Call, read
from analysis.evidence.texts import full_texts

MOST_POSTS = 100_000


@dataclass(frozen=True)
class Posts:
    """Posts in order of time.

    at: seconds since epoch; who: a number an author, one for all that the source does not name, of
    whom nobody knows whether they are several; named: names the app or links its page;
    likes: votes of other readers, 0 where the source tells none.
    """

    at: NDArray[np.int64]
    who: NDArray[np.int64]
    texts: list[str]
    calls: list[Call | None]
    named: NDArray[np.bool_]
    likes: NDArray[np.float64]


def read_posts(posts: pd.DataFrame, names: tuple[str, ...]) -> Posts:
    """Every post of a window; equal texts are read once. names: of the app, as Window has them."""
    frame = posts.sort_values("created_at", kind="stable").iloc[-MOST_POSTS:]
    texts = full_texts(frame)
    seen = {text: read(text, names) for text in set(texts)}
    micros = frame["created_at"].astype("datetime64[us, UTC]").to_numpy(dtype="datetime64[us]")
    return Posts(
        at=micros.astype(np.int64) // 1_000_000,
        who=pd.factorize(frame["author_key"], use_na_sentinel=True)[0].astype(np.int64) + 1,
        texts=texts,
        calls=[seen[text][1] for text in texts],
        named=np.array([seen[text][0] for text in texts], dtype=np.bool_),
        likes=pd.to_numeric(frame["thumbs_up"]).fillna(0).to_numpy(dtype=np.float64),
    )  # fmt: skip
