"""The weights of reasons, learned on reviews that people read."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from analysis.reasons.lexicon import CODES
from analysis.reasons.read import Weights, found_in, hits_of
from analysis.reasons.spelling import plain
from analysis.reasons.text_language import spoken
from benchmarks.reasons.labels import Labelled

INVERSE_PENALTY = 0.2
LEAST_GIVEN = 8  # reviews that give a reason; below, its words alone decide
FAVOURS_PRECISION = 1.0  # beta of the F score that sets the threshold
NAMES = (
    *CODES,
    *(f"weak {code}" for code in ("feature", "call", "server", "price", "privacy")),
    *("length", "low stars", "high stars"),
)


@dataclass(frozen=True, slots=True)
class Found:
    """A labelled review and what stands in it."""

    review: Labelled
    found: dict[str, float]

    def has(self, reason: str) -> bool:
        """Whether any word of the reason stands in it."""
        return reason in self.found or f"weak {reason}" in self.found


def find(reviews: Sequence[Labelled]) -> list[Found]:
    """What stands in each review, its app's languages known from all of the app's."""
    spelled = [plain(review.text) for review in reviews]
    by_app: dict[str, list[str]] = {}
    for review, text in zip(reviews, spelled, strict=True):
        by_app.setdefault(review.app, []).append(text)
    neighbours = {app: spoken(texts) for app, texts in by_app.items()}
    return [
        Found(review, found_in(text, review.stars, hits_of(text, neighbours[review.app])))
        for review, text in zip(reviews, spelled, strict=True)
    ]


def learn(reviews: Sequence[Found]) -> Weights:
    """Of each reason a logistic model on the reviews in which its words stand."""
    intercepts: dict[str, float] = {}
    thresholds: dict[str, float] = {}
    weights: dict[str, dict[str, float]] = {}
    for reason in CODES:
        used = [one for one in reviews if one.has(reason)]
        given = np.array([reason in one.review.mentions for one in used], dtype=bool)
        if given.sum() < LEAST_GIVEN or given.all():
            intercepts[reason], thresholds[reason], weights[reason] = 0.0, 0.0, {}
            continue
        names = (*NAMES, f"often {reason}")
        x = np.array([[one.found.get(name, 0.0) for name in names] for one in used])
        model = LogisticRegression(C=INVERSE_PENALTY, max_iter=500).fit(x, given)
        missed = sum(reason in one.review.mentions and not one.has(reason) for one in reviews)
        scores = model.decision_function(x)
        thresholds[reason] = round(_threshold(scores, given, missed), 2)
        intercepts[reason] = round(float(model.intercept_[0]), 2)
        weights[reason] = {
            name: round(float(weight), 2)
            for name, weight in zip(names, model.coef_[0], strict=True)
            if abs(weight) >= 0.05
        }
    return Weights(intercepts, thresholds, weights)


def _threshold(scores: NDArray[np.float64], given: NDArray[np.bool_], missed: int) -> float:
    """The score from which the F score is best; between neighbours, so that none sits on it."""
    order = np.argsort(-scores)
    hit = np.cumsum(given[order])
    beta = FAVOURS_PRECISION**2
    f = (1 + beta) * hit / (np.arange(1, hit.size + 1) + beta * (given.sum() + missed))
    best = int(np.argmax(f))
    ranked = scores[order]
    return (
        float(ranked[best] + ranked[best + 1]) / 2
        if best + 1 < hit.size
        else float(ranked[best] - 0.01)
    )
