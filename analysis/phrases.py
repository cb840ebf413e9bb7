"""What sets the swing's texts apart from the app's own past, in words that several people used."""

from collections import Counter
from collections.abc import Iterable, Sequence
from math import log, sqrt

import numpy as np
from scipy.stats import hypergeom

from analysis.evidence._fault_words import common_words, everyday_words
from analysis.records import Phrase
from analysis.tokens import phrases, words

PRIOR_WORDS = 200.0  # weight of the pooled texts as a prior, in words
LEAST_Z = 2.5
RARE_P = 1e-4
LONGEST = 3
LEAST_LIFT = 2.0  # share of the swing's texts over the share before
EVERYDAY_LIFT = 4.0  # the same, of a phrase of nothing but everyday words
ENOUGH = 3  # telling phrases; with so many everyday words are left out
LONGER = 0.6  # share of a phrase's texts that a longer one must hold to stand in its place


def distinctive(
    texts: Sequence[str | None],
    authors: Sequence[str | None],
    before: Sequence[str | None],
    *,
    k: int = 5,
    limit: int = 10,
) -> list[Phrase]:
    """Words and phrases of the swing that the app's past lacks, each shared by at least k authors.

    texts, authors: of the swing's items; an item without author counts as an author of its own.
    Method: log-odds with an informative Dirichlet prior, z-scores (Monroe, Colaresi and Quinn 2008,
    section 3.3.1; the prior is the pooled texts), or Fisher's exact tail where the past is small. A
    phrase counts once an item, against the words of all items: longer texts alone make nothing
    distinctive. It must also be at least twice as frequent as before, four times if it consists of
    words that reviews of any app use; it neither begins nor ends with a common word; and a longer
    one stands in the place of its parts where most of their texts hold it.
    """
    users: dict[str, set[object]] = {}
    swing: Counter[str] = Counter()
    spoken, spoken_before = _Words(), _Words()
    for n, (text, author) in enumerate(zip(texts, authors, strict=True)):
        who: object = author if isinstance(author, str) else n
        for phrase in spoken.phrases(text):
            swing[phrase] += 1
            users.setdefault(phrase, set()).add(who)
    common = common_words()
    shared = {
        phrase
        for phrase, people in users.items()
        if len(people) >= k and common.isdisjoint((phrase.split()[0], phrase.split()[-1]))
    }
    past = Counter(
        phrase for text in before for phrase in spoken_before.phrases(text) if phrase in shared
    )
    rare = _rarely_by_chance(sorted(shared), swing, past, len(texts), len(before))
    ranked = sorted(
        (
            Phrase(
                phrase=phrase,
                items=swing[phrase],
                authors=len(users[phrase]),
                before_items=past[phrase],
                score=z,
            )
            for phrase, z in _scores(shared, swing, past, spoken.total, spoken_before.total)
            if (z >= LEAST_Z or phrase in rare)
            and _lift(swing[phrase], len(texts), past[phrase], len(before)) >= _needed(phrase)
        ),
        key=lambda found: (-round(found.score, 6), -found.phrase.count(" "), found.phrase),
    )
    longest = sorted(_longest_first(ranked), key=lambda found: -round(found.score, 6))
    return _without_repeats(_telling(longest), limit)


def _telling(phrases: list[Phrase]) -> list[Phrase]:
    """Those with a word of this app or this day; everyday ones only where there are few of them."""
    telling = [p for p in phrases if not everyday_words().issuperset(p.phrase.split())]
    return telling if len(telling) >= ENOUGH else phrases


def _rarely_by_chance(
    shared: list[str], swing: Counter[str], past: Counter[str], texts: int, before: int
) -> set[str]:
    """Phrases that chance would hardly put into the swing so often: exact, for small pasts.

    Method: hypergeometric upper tail of the swing's share of all texts with the phrase (Fisher).
    """
    if not shared or not before:
        return set()
    now = np.array([swing[phrase] for phrase in shared])
    every = now + np.array([past[phrase] for phrase in shared])
    p = hypergeom.sf(now - 1, texts + before, every, texts)
    return {phrase for phrase, chance in zip(shared, p, strict=True) if chance <= RARE_P}


def _lift(now: int, texts: int, earlier: int, before: int) -> float:
    return (now / max(texts, 1)) / ((earlier + 0.5) / (before + 1))


def _needed(phrase: str) -> float:
    return EVERYDAY_LIFT if everyday_words().issuperset(phrase.split()) else LEAST_LIFT


def _longest_first(ranked: list[Phrase]) -> list[Phrase]:
    """Each phrase preceded by the longest that holds it in most of its texts."""
    found: list[Phrase] = []
    for phrase in ranked:
        longer = [
            other
            for other in ranked
            if f" {phrase.phrase} " in f" {other.phrase} " and other.items >= LONGER * phrase.items
        ]
        found.append(max(longer, key=lambda other: (len(other.phrase.split()), other.items)))
    return list(dict.fromkeys(found))


class _Words:
    """Distinct words of all texts seen so far."""

    def __init__(self) -> None:
        self.total = 0

    def phrases(self, text: str | None) -> set[str]:
        """Distinct phrases of one more text."""
        tokens = words(text) if isinstance(text, str) else []
        self.total += len(set(tokens))
        return set(phrases(tokens, LONGEST))


def _scores(
    shared: Iterable[str], swing: Counter[str], past: Counter[str], n: int, m: int
) -> Iterable[tuple[str, float]]:
    """z-score of the log-odds of a phrase among n words of the swing and m of the past."""
    for phrase in shared:
        y, x = swing[phrase], past[phrase]
        prior = PRIOR_WORDS * (y + x) / (n + m)
        rest = PRIOR_WORDS - prior
        odds = log((y + prior) / (n - y + rest + 0.5)) - log((x + prior) / (m - x + rest + 0.5))
        yield phrase, odds / sqrt(1 / (y + prior) + 1 / (x + prior))


def _without_repeats(ranked: list[Phrase], limit: int) -> list[Phrase]:
    """The best first, without those that hold, or are held by, one already there."""
    kept: list[Phrase] = []
    for phrase in ranked:
        padded = f" {phrase.phrase} "
        if any(padded in f" {k.phrase} " or f" {k.phrase} " in padded for k in kept):
            continue
        own = set(phrase.phrase.split())
        if any(len(own & set(k.phrase.split())) >= LONGEST - 1 for k in kept):
            continue
        kept.append(phrase)
        if len(kept) == limit:
            break
    return kept
