"""Sentiment tools that ship whole inside a wheel, for comparison. None is needed by the product."""

from collections.abc import Callable, Sequence
from importlib.util import find_spec

import numpy as np
from numpy.typing import NDArray

from analysis.sentiment import vader

Floats = NDArray[np.float64]
Rival = Callable[[Sequence[str]], Floats]


def rivals() -> dict[str, Rival]:
    """Those that are installed: VADER always, TextBlob and AFINN after `pip install`."""
    found: dict[str, Rival] = {"VADER": vader.compounds}
    if find_spec("textblob"):
        found["TextBlob"] = _textblob
    if find_spec("afinn"):
        found["AFINN"] = _afinn
    return found


def _textblob(texts: Sequence[str]) -> Floats:
    from textblob.en.sentiments import PatternAnalyzer

    analyzer = PatternAnalyzer()
    return np.array([analyzer.analyze(text).polarity for text in texts], dtype=np.float64)


def _afinn(texts: Sequence[str]) -> Floats:
    from afinn import Afinn

    english = Afinn(emoticons=True)
    return np.array([english.score(text) for text in texts], dtype=np.float64)
