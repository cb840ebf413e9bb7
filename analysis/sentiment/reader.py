"""What a text says: the shipped prior, moved by the app's own stars. Reviews and posts alike."""

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from analysis.sentiment import app_model, calibration, cues, lexicon, prior, rules, vocabulary
from analysis.sentiment.app_model import AppModel
from analysis.sentiment.cues import Cues
from analysis.sentiment.prior import Prior
from collector.text.one_spelling import one_spelling

BATCH = 5_000  # texts read together; keeps memory bounded
Floats = NDArray[np.float64]


@cache
def version() -> str:
    """Names how texts are read: another prior, another word list, another name."""
    digest = hashlib.blake2b(prior.FILE.read_bytes(), digest_size=3)
    for path in sorted(lexicon.FOLDER.glob("*.toml")):
        digest.update(path.read_bytes())
    return f"{app_model.VERSION}.{digest.hexdigest()}"


@dataclass(frozen=True, slots=True)
class Read:
    """Of some texts: scores -1 to 1, NaN for missing; and what an app's model learns from."""

    cues: Cues
    prior: Floats
    scores: Floats


def read(
    texts: Sequence[str],
    stated: Sequence[str | None],
    model: AppModel | None = None,
    *,
    shipped: Prior | None = None,
) -> Read:
    """Reads texts with what was known at one moment. Never raises for any text.

    stated: languages that the sources name, BCP 47.
    """
    usual = model.usual if model else None
    known = shipped or prior.shipped()
    found = cues.cues(texts, stated, usual)
    before = known.raw(found)
    leans = model.moved(found, before) if model else before
    scores = np.where(known.readable(found), calibration.as_scores(leans), np.nan)
    return Read(found, before, scores)


def score(
    texts: Sequence[str],
    stated: Sequence[str | None],
    model: AppModel | None = None,
    *,
    shipped: Prior | None = None,
) -> Floats:
    """Sentiment of each text, -1 to 1, NaN where nothing of it can be read, float64 (n,)."""
    parts = [
        read(texts[i : i + BATCH], stated[i : i + BATCH], model, shipped=shipped).scores
        for i in range(0, len(texts), BATCH)
    ]
    return np.concatenate(parts) if parts else np.empty(0)


def explain(
    text: str, stated: str | None, model: AppModel | None = None
) -> list[tuple[str, float]]:
    """The words and phrases of a text, each with what it adds to what the text leans to."""
    usual = model.usual if model else None
    known = prior.shipped()
    found = cues.cues([text], [stated], usual)
    parts: defaultdict[str, float] = defaultdict(float)
    weights = [(known.words, known.pieces)]
    if model:
        weights.append(model.spread())
    for words, pieces in weights:
        for word, share in prior.shares(found, words, pieces):
            parts[word] += share
    ruled = float((found.ruled @ known.ruled)[0])
    tokens = vocabulary.standard_tokens(one_spelling(text), lexicon.shipped())
    judging = rules.read(tokens, lexicon.shipped(), stated, usual).parts
    total = sum(abs(value) for _, value in judging)
    for unit, value in judging:
        parts[unit] += abs(ruled) * value / total
    return [(word, share) for word, share in parts.items() if share]
