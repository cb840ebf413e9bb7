"""The one interface: texts and their languages in, a score or missing out."""

from collections.abc import Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from analysis.sentiment import choose_engine as auto
from analysis.sentiment import languages
from analysis.sentiment.star_model import StarModel
from analysis.sentiment.training import english_compounds
from collector.text.one_spelling import one_spelling

Engine = Literal["auto", "vader", "stars"]


def score(
    texts: Sequence[str | None],
    langs: Sequence[str | None] | None = None,
    *,
    engine: Engine = "auto",
    model: StarModel | None = None,
) -> NDArray[np.float64]:
    """Sentiment of each text, -1 to 1; NaN where the engine cannot read it. float64 (n,).

    langs: what the sources say, BCP 47. vader: English and emoji, vaderSentiment's compound. stars:
    `model` alone, nothing without one. auto: whichever suits the text, VADER without a model.
    """
    known = ["" if text is None else one_spelling(text) for text in texts]
    usual = model.usual if model else None
    codes = languages.resolve(known, langs if langs is not None else [None] * len(known), usual)
    if engine != "stars":
        return auto.score(known, codes, model if engine == "auto" else None).values
    if model is None:
        return np.full(len(known), np.nan)
    learned = np.array([code in model.languages for code in codes], dtype=bool)
    return model.score(known, english_compounds(zip(known, codes, strict=True)), learned)
