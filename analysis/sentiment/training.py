"""Rated reviews -> a star model, its calibration and its measured quality.

Ridge regression of stars on hashed n-grams (Hoerl and Kennard 1970; scikit-learn, conjugate
gradients). Reviews of other apps in the same languages help while the app has few: together they
weigh as much as at most POOL_WEIGHT of its own.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import Ridge
from sklearn.metrics import roc_auc_score

from analysis.sentiment import calibration, features, vader
from analysis.sentiment.known_words import Familiar
from analysis.sentiment.star_model import Quality, StarModel

POOL_WEIGHT = 4_000.0
PENALTY = 1.0
TOLERANCE = 1e-3
HELD_OUT = 0.2  # the latest fifth judges and calibrates, then everything trains
MIN_ITEMS = 100
MIN_CLASS = 8  # of low and of high ratings
MIN_LANGUAGE_ITEMS = 50
MIN_JUDGED = 10  # low and high ratings of a language in the held-out part
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Example:
    """A rated text. language: from `languages.resolve`; own: of the app that the model is for."""

    text: str
    stars: float
    language: str
    own: bool


def train(
    examples: Sequence[Example], *, app: str, trained_until: datetime, usual: str | None
) -> StarModel | None:
    """A star model of the examples, which must be in order of time; None where they are too few.

    Takes about 10 s for 100,000 short texts; the same examples give the same model.
    """
    stars = np.array([e.stars for e in examples], dtype=np.float64)
    if len(stars) < MIN_ITEMS or min((stars <= 2).sum(), (stars >= 4).sum()) < MIN_CLASS:
        return None
    unique: dict[tuple[str, str], int] = {}
    row = [unique.setdefault((e.text, e.language), len(unique)) for e in examples]
    normals = [features.normalise(text) for text, _ in unique]
    unique_compounds = english_compounds(unique)
    matrix = features.matrix(normals, unique_compounds)[row]
    compounds = unique_compounds[row]
    own = np.array([e.own for e in examples], dtype=bool)
    weights = example_weights(own)
    held = _held_out(own)
    trial = _fit(matrix[~held], stars[~held], weights[~held])
    predicted = np.asarray(trial.predict(matrix[held]), dtype=np.float64)
    final = _fit(matrix, stars, weights)
    codes = np.array([e.language for e in examples])
    counts = Counter(codes.tolist())
    return StarModel(
        app=app,
        trained_until=trained_until,
        own_items=int(own.sum()),
        pool_items=int((~own).sum()),
        languages=tuple(sorted(c for c, n in counts.items() if n >= MIN_LANGUAGE_ITEMS)),
        usual=usual,
        quality=_judge(predicted, compounds[held], stars[held], codes[held]),
        weights=final.coef_.astype(np.float16),
        intercept=float(final.intercept_),
        curve=calibration.fit_curve(predicted, stars[held]),
        familiar=_familiar([normals[i] for i in row]),
    )


def english_compounds(pairs: Iterable[tuple[str, str]]) -> Floats:
    """VADER's compound of each (text, language) in English, 0 for the others, float64 (n,)."""
    return np.array([vader.compound(t) if c == "en" else 0.0 for t, c in pairs], dtype=np.float64)


def example_weights(own: NDArray[np.bool_]) -> Floats:
    """1 for the app's own examples; the pool's share POOL_WEIGHT, at most 1 each."""
    pooled = int((~own).sum())
    return np.where(own, 1.0, min(1.0, POOL_WEIGHT / max(pooled, 1)))


def _held_out(own: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The latest fifth of the app's own examples; of all where the app has too few."""
    places = np.flatnonzero(own)
    if len(places) < MIN_ITEMS:
        places = np.arange(len(own))
    held = np.zeros(len(own), dtype=bool)
    held[places[-max(1, int(HELD_OUT * len(places))) :]] = True
    return held


def _fit(matrix: object, stars: Floats, weights: Floats) -> Ridge:
    model = Ridge(alpha=PENALTY, solver="sparse_cg", tol=TOLERANCE)
    return model.fit(matrix, stars, sample_weight=weights)


def _judge(
    predicted: Floats, compounds: Floats, stars: Floats, codes: NDArray[np.str_]
) -> dict[str, Quality]:
    """Quality by language, where the held-out part has enough clear ratings; "" for all."""
    found = {}
    for code in ["", *sorted(set(codes.tolist()))]:
        chosen = (codes == code) if code else np.ones(len(codes), dtype=bool)
        chosen = chosen & ((stars <= 2) | (stars >= 4))
        high = stars[chosen] >= 4
        if min(high.sum(), (~high).sum()) < MIN_JUDGED:
            continue
        found[code] = Quality(
            stars=round(float(roc_auc_score(high, predicted[chosen])), 4),
            vader=round(float(roc_auc_score(high, compounds[chosen])), 4),
            items=len(high),
        )
    return found


def _familiar(normals: Sequence[str]) -> Familiar:
    counts = Counter(word for normal in normals for word in features.words_of(normal))
    return Familiar.of(list(counts), np.fromiter(counts.values(), dtype=np.int64))
