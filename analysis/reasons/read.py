"""Reads the reasons that reviews give, each with the words that made it.

A reason is given where its words stand in the review (lexicon) and what else stands there does not
make them mean something else (weights): `does not work` beside `cannot log in` is about the login,
`love` in a one-star review is seldom praise. Weights are learned on reviews that people read
(`python -m benchmarks.reasons --train`) and small enough to look at: weights.json.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import log

from analysis.reasons.lexicon import CODES, Hit, shipped
from analysis.reasons.spelling import plain
from analysis.reasons.text_language import spoken, tongues

FILE = "weights.json"
MOST_WORDS = 3  # shown with a reason
LONG = 4.0  # natural logarithm of the words of a long review

Reasons = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Weights:
    """Of each reason: intercept, threshold and a weight by what else is found."""

    intercepts: Mapping[str, float]
    thresholds: Mapping[str, float]
    weights: Mapping[str, Mapping[str, float]]

    def gives(self, reason: str, found: Mapping[str, float]) -> bool:
        """Whether a review in which this is found gives the reason."""
        own = self.weights[reason]
        score = self.intercepts[reason]
        score += sum(own[name] * value for name, value in found.items() if name in own)
        return score >= self.thresholds[reason]


@cache
def shipped_weights() -> Weights:
    """Those in the repository."""
    data = json.loads(files("analysis.reasons").joinpath(FILE).read_text("utf-8"))
    return Weights(data["intercepts"], data["thresholds"], data["weights"])


def reasons_of(
    texts: Sequence[str], stars: Sequence[float], *, weights: Weights | None = None
) -> list[Reasons]:
    """The reasons of each review of one app, by code, with the words that made them.

    stars: 1 to 5, NaN where there are none. A text is read once however often it returns.
    """
    weights = weights or shipped_weights()
    spelled = [plain(text) for text in texts]
    neighbours = spoken(spelled)
    known: dict[tuple[str, float], Reasons] = {}
    read = []
    for text, star in zip(spelled, stars, strict=True):
        key = (text, star if star == star else 0.0)
        if key not in known:
            known[key] = _reasons(text, key[1], neighbours, weights)
        read.append(known[key])
    return read


def hits_of(text: str, neighbours: Sequence[str]) -> list[Hit]:
    """All hits in a plain text, by the words of each language that it may be in.

    What one of them takes back is not a hit of another.
    """
    found: list[Hit] = []
    taken: set[tuple[str, int]] = set()
    for lang in tongues(text, neighbours):
        lexicon = shipped(lang)
        if lexicon is not None:
            standing, away = lexicon.hits(text)
            found += standing
            taken.update((hit.reason, hit.start) for hit in away)
    return [hit for hit in found if (hit.reason, hit.start) not in taken] if taken else found


def found_in(text: str, stars: float, hits: Sequence[Hit]) -> dict[str, float]:
    """What the weights read of a plain text; stars 0 where there are none."""
    found: dict[str, float] = {}
    for hit in hits:
        name = f"weak {hit.reason}" if hit.weak else hit.reason
        found[name] = 1.0
    for reason in {hit.reason for hit in hits}:
        places = {hit.start for hit in hits if hit.reason == reason}
        found[f"often {reason}"] = min(len(places), 4) - 1.0
    found["length"] = log(1 + text.count(" ")) / LONG
    found["low stars"] = float(0 < stars <= 2)
    found["high stars"] = float(stars >= 4)
    return found


def _reasons(text: str, stars: float, neighbours: Sequence[str], weights: Weights) -> Reasons:
    hits = hits_of(text, neighbours)
    if not hits:
        return {}
    found = found_in(text, stars, hits)
    named = {hit.reason for hit in hits}
    return {
        reason: _words(text, [hit for hit in hits if hit.reason == reason])
        for reason in CODES
        if reason in named and weights.gives(reason, found)
    }


def _words(text: str, hits: Sequence[Hit]) -> tuple[str, ...]:
    """What stands at the hits, the plainest first, parts of longer ones left out."""
    found = dict.fromkeys(
        text[hit.start : hit.end].strip()
        for hit in sorted(hits, key=lambda hit: (hit.weak, hit.start, -hit.end))
    )
    whole = [word for word in found if not any(word != o and word in o for o in found)]
    return tuple(whole[:MOST_WORDS])
