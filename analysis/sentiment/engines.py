"""The one interface: texts and their languages in, a score or missing out."""

from collections.abc import Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from analysis.sentiment import reader, vader
from analysis.sentiment.app_model import AppModel
from analysis.sentiment.languages import primary

Engine = Literal["auto", "vader"]


def score(
    texts: Sequence[str | None],
    langs: Sequence[str | None] | None = None,
    *,
    engine: Engine = "auto",
    model: AppModel | None = None,
) -> NDArray[np.float64]:
    """Sentiment of each text, -1 to 1; NaN where the engine cannot read it. float64 (n,).

    langs: what the sources say, BCP 47. auto: the shipped prior, moved by an app's `model` where
    one is given. vader: vaderSentiment's compound, exactly as published; NaN for texts said to be
    in another language that hold no word or emoji of its lists.
    """
    known = ["" if text is None else text for text in texts]
    stated = [primary(lang) for lang in langs] if langs is not None else [None] * len(known)
    if engine == "auto":
        return reader.score(known, stated, model)
    compounds = vader.compounds(known)
    foreign = [said not in (None, "en") for said in stated]
    unread = [
        not text or (f and not vader.reads(text)) for text, f in zip(known, foreign, strict=True)
    ]
    compounds[np.array(unread, dtype=bool)] = np.nan
    return compounds
