"""Sentiment of a user's own texts."""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.sentiment import engines
from analysis.sentiment.engines import Engine
from collector.errors import ContractError


def sentiment(
    texts: Any, *, langs: Sequence[str | None] | None = None, engine: Engine = "auto"
) -> NDArray[np.float64]:
    """Sentiment of each text, -1 to 1; NaN where the engine cannot read it.

    texts: a sequence, Series or Arrow array of (n,) texts; None and NaN are missing.
    langs: what the sources say they are in, BCP 47; without it each text tells. engine: `auto`, a
    model of about fifty languages; `vader`, vaderSentiment's compound, exactly as published.

    Gives float64 (n,). Raises ContractError for a single text or another number of languages.
    Source: docs/sentiment.md; Hutto and Gilbert (2014) for `vader`.

    >>> import floodgauge as fg
    >>> fg.sentiment(["I love it", "nothing works any more", None]).round(1)
    array([ 0.8, -0.8,  nan])
    """
    if isinstance(texts, str | bytes) or not isinstance(texts, Iterable):
        raise ContractError("texts: give a list or a column of texts")
    values = texts.to_pylist() if hasattr(texts, "to_pylist") else list(texts)
    plain = [text if isinstance(text, str) else None for text in values]
    if langs is not None and len(langs) != len(plain):
        raise ContractError(f"langs: {len(langs)} languages of {len(plain)} texts")
    return engines.score(plain, langs, engine=engine)
