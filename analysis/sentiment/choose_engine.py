"""Which engine reads which text: by its language and by what was measured on later reviews.

English reviews: the star model where it was at least as good as VADER, else VADER. English posts:
VADER, corrected a little by the star model. Other languages: the star model if it has learned the
language or knows nearly all the words, else VADER for the emoji. Nothing can read it: missing.
"""

import string
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.sentiment import vader
from analysis.sentiment.languages import MIXED, NO_WORDS, UNCERTAIN, identify
from analysis.sentiment.star_model import StarModel

NOTHING = "none"
POST_STARS_WEIGHT = 0.3  # measured: docs/sentiment.md
MIN_AREA = 0.6  # a star model that measured worse on a language does not read it
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Scores:
    """values: float64 (n,), -1 to 1, NaN for missing; engines: what gave each ("none": nothing)."""

    values: Floats
    engines: list[str]


def score(
    texts: Sequence[str],
    codes: Sequence[str],
    model: StarModel | None = None,
    *,
    model_name: str = "stars",
    posts: Sequence[bool] | None = None,
) -> Scores:
    """Scores each text with the engine that suits it. Never raises for any text.

    codes: from `languages.resolve`; posts: which texts are posts, reviews where not given.
    """
    is_post = [False] * len(texts) if posts is None else posts
    values = np.full(len(texts), np.nan)
    engines = [NOTHING] * len(texts)
    compounds = [_compound(text, code) for text, code in zip(texts, codes, strict=True)]
    learned = _learned(texts, codes, compounds, model)
    for i, (compound, starred) in enumerate(zip(compounds, learned.tolist(), strict=True)):
        if np.isnan(starred) or (codes[i] == "en" and not is_post[i] and not _prefers_stars(model)):
            value, engine = compound, vader.VERSION
        elif codes[i] == "en" and is_post[i]:
            value, engine = _blend(compound or 0.0, starred), f"{vader.VERSION}+{model_name}"
        else:
            value, engine = starred, model_name
        if value is not None:
            values[i], engines[i] = value, engine
    return Scores(values, engines)


def _compound(text: str, code: str) -> float | None:
    """VADER's score: of English, of any words that it knows where that is uncertain, of emoji."""
    if code == "en" and identify(text).certain:
        return vader.compound(text)
    readable = text if code in ("en", UNCERTAIN, NO_WORDS) else vader.emoji_only(text)
    return vader.compound(readable) if vader.reads(readable) else None


def _learned(
    texts: Sequence[str],
    codes: Sequence[str],
    compounds: Sequence[float | None],
    model: StarModel | None,
) -> Floats:
    """The star model's scores of the texts that it can read, else NaN, float64 (n,)."""
    values = np.full(len(texts), np.nan)
    if model is None:
        return values
    learned = {*model.languages, UNCERTAIN, MIXED}
    rows = [i for i, code in enumerate(codes) if _area(model, code) >= MIN_AREA]
    vader_part = [(compounds[i] or 0.0) if codes[i] == "en" else 0.0 for i in rows]
    values[rows] = model.score(
        [texts[i] for i in rows],
        np.array(vader_part, dtype=np.float64),
        # signs that VADER cannot read: the star model may, if they look like those it has seen
        np.array(
            [codes[i] in learned or (codes[i] == NO_WORDS and compounds[i] is None) for i in rows],
            dtype=bool,
        ),
    )
    return values


def _area(model: StarModel, code: str) -> float:
    return model.quality[code].stars if code in model.quality else 1.0


def _prefers_stars(model: StarModel | None) -> bool:
    """Whether the star model read later English reviews at least as well as VADER."""
    if model is None:
        return False
    measured = model.quality.get("en")
    return measured is None or measured.stars >= measured.vader


def _blend(compound: float, starred: float) -> float:
    return (compound + POST_STARS_WEIGHT * starred) / (1 + POST_STARS_WEIGHT)


def explain(text: str, code: str, model: StarModel) -> list[tuple[str, float]]:
    """The words of a text with the stars that each adds or takes, VADER's part dealt out to them.

    Sums to the raw prediction minus the model's intercept.
    """
    parts: dict[str, float] = {}
    for word, weight in model.explain(text):
        shown = _shown(word)
        parts[shown] = parts.get(shown, 0.0) + weight
    compound = _compound(text, code) if code == "en" else None
    valences = vader.word_valences(text) if compound else []
    total = sum(valence for _, valence in valences)
    for word, valence in valences if total else []:
        shown = _shown(word.lower())
        share = model.vader_stars * (compound or 0.0) * valence / total
        parts[shown] = parts.get(shown, 0.0) + share
    return list(parts.items())


def _shown(word: str) -> str:
    return word.strip(string.punctuation) or word
