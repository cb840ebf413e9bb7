"""Sentences of reviews that show what they say: the most typical of a reason, and one that differs.

Chosen by rule, so that the same reviews give the same excerpts: of the sentences that name the
reason, those whose words most other reviews of the reason share, each unlike the ones before. A
text is masked once more, cut to a sentence, and never comes with its author.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pandas import DataFrame

from analysis.evidence.quiet_blocks import even_sample
from analysis.evidence.texts import full_texts
from analysis.reasons.read import Reasons, reasons_of
from analysis.reasons.spelling import plain
from analysis.records import Excerpt, GivenReason
from analysis.tokens import words
from collector.privacy.masking import mask

MOST_READ = 600  # reviews, thinned evenly
REASONS = 2  # that are shown
EACH = 2  # excerpts of a reason
SHORTEST, LONGEST = 15, 220  # characters of an excerpt
ALIKE = 0.6  # of the words of two excerpts: one is enough
NO_REASON = ("praise", "blame")
ENDS = re.compile(r"(?<=[.!?。！？])\s*(?=\S)|\n+")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a review that has words."""

    text: str
    words: frozenset[str]
    stars: float | None


def excerpts(
    reviews: DataFrame, given: Sequence[GivenReason], leading: Sequence[str]
) -> list[Excerpt]:
    """Three to six, fewer where the reviews say less.

    reviews: all of the swing, columns of ScoredItem. leading: reasons of the cause, if one is
    named, which come before what has risen most.
    """
    if not given:
        return []
    rows = reviews[reviews["text"].notna() | reviews["title"].notna()]
    rows = rows.iloc[even_sample(len(rows), MOST_READ)]
    texts = full_texts(rows)
    stars = [float(s) if s == s else None for s in rows["rating"].astype("Float64").fillna(0)]
    read = reasons_of(texts, [s or 0.0 for s in stars])
    shown = _shown(given, leading)
    found: list[Excerpt] = []
    for reason in shown:
        own = [n for n, reasons in enumerate(read) if reason in reasons]
        told = (_sentence(texts[n], read[n][reason], stars[n]) for n in own)
        found += [Excerpt(reason=reason, text=s.text, stars=s.stars) for s in _typical(told, EACH)]
    return [*found, *_other(texts, stars, read, shown)]


def _shown(given: Sequence[GivenReason], leading: Sequence[str]) -> list[str]:
    """Reasons to show: those of the cause first, else those that rose most."""
    told = [one for one in given if one.reason not in NO_REASON] or list(given)
    ranked = sorted(told, key=lambda one: (one.reason not in leading, one.share_before - one.share))
    return [one.reason for one in ranked if one.reviews > 1][:REASONS]


def _other(
    texts: Sequence[str],
    stars: Sequence[float | None],
    read: Sequence[Reasons],
    shown: Sequence[str],
) -> list[Excerpt]:
    """One that disagrees: of the reviews that give none of the reasons, the most typical."""
    rest = [n for n, reasons in enumerate(read) if reasons and not set(shown) & set(reasons)]
    told = (_sentence(texts[n], (), stars[n]) for n in rest)
    return [Excerpt(reason=None, text=s.text, stars=s.stars) for s in _typical(told, 1)]


def _sentence(text: str, said: Sequence[str], stars: float | None) -> Sentence | None:
    """The first sentence that holds the words, masked; None where nothing is left to read."""
    parts = [part.strip() for part in ENDS.split(text) if part and part.strip()]
    named = [part for part in parts if any(word in plain(part) for word in said)]
    told = mask(" ".join((named or parts or [""])[0].split())) or ""
    if len(told) > LONGEST:
        told = told[:LONGEST].rsplit(" ", 1)[0] + " …"
    if len(told) < SHORTEST:
        return None
    return Sentence(told, frozenset(words(told)), stars or None)


def _typical(told: "Iterator[Sentence | None]", most: int) -> Iterator[Sentence]:
    """Sentences whose words the others share most, each unlike the ones before."""
    sentences = [one for one in told if one is not None and one.words]
    uses = Counter(word for one in sentences for word in one.words)
    chosen: list[Sentence] = []

    def weight(one: Sentence) -> tuple[float, str]:
        return -sum(uses[word] for word in one.words) / (len(one.words) + 3), one.text

    for one in sorted(sentences, key=weight):
        if len(chosen) == most:
            return
        if all(_overlap(one.words, other.words) < ALIKE for other in chosen):
            chosen.append(one)
            yield one


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / max(1, min(len(one), len(other)))
