"""What sets the swing's texts apart from the app's own past, in words that several people used."""

from collections import Counter
from collections.abc import Mapping, Sequence, Sized
from dataclasses import dataclass
from math import log, sqrt

import numpy as np
from scipy.stats import false_discovery_control, hypergeom

from analysis.evidence.fault_language.fault_words import common_words, everyday_words
from analysis.records import Phrase
from analysis.tokens import phrases, words

PRIOR_WORDS = 200.0  # weight of the pooled texts as a prior, in words
FALSE_DISCOVERIES = 0.05
LONGEST = 3
LEAST_MATCHED = 50  # texts of the same stars, from which they are looked at as well
LEAST_LIFT = 2.0  # share of the swing's texts over the share before
EVERYDAY_LIFT = 4.0  # the same, of a phrase of nothing but everyday words
ENOUGH = 3  # telling phrases; with so many everyday words are left out
LONGER = 0.6  # share of a phrase's texts that a longer one must hold to stand in its place


def distinctive(
    texts: Sequence[str | None],
    authors: Sequence[str | None],
    before: Sequence[str | None],
    *,
    matched: Sequence[str | None] = (),
    k: int = 5,
    limit: int = 10,
) -> list[Phrase]:
    """Words and phrases of the swing that the app's past lacks, each shared by at least k authors.

    texts, authors: of the swing's items; an item without author counts as an author of its own.
    before: all texts of the past; matched: those of them with the swing's stars. What people always
    say with one star is unusual beside the whole past, and what any topic of the day brings is
    unusual beside the few texts of those stars; so a phrase must be both:

    - used by more of the swing's authors than chance puts there, given all who ever used it: exact
      (hypergeometric), false discoveries 5 % over all phrases that two authors share;
    - twice as frequent as before, in all of the past and in the matched part; four times if it
      consists of words that reviews of any app use.

    The order is that of the log-odds with an informative Dirichlet prior, z-scores (Monroe,
    Colaresi and Quinn 2008, section 3.3.1; the prior is the pooled texts), the lesser of the two. A
    phrase counts once an item, against the words of all items: longer texts alone make nothing
    distinctive. It neither begins nor ends with a common word, and a longer one stands in the place
    of its parts where most of their texts hold it.
    """
    users: dict[str, set[object]] = {}
    swing, spoken = Counter[str](), _Words()
    for n, (text, author) in enumerate(zip(texts, authors, strict=True)):
        who: object = author if isinstance(author, str) else n
        for phrase in spoken.phrases(text):
            swing[phrase] += 1
            users.setdefault(phrase, set()).add(who)
    common = common_words()
    shared = sorted(
        phrase
        for phrase, people in users.items()
        if len(people) >= k and common.isdisjoint((phrase.split()[0], phrase.split()[-1]))
    )
    pasts = [_past(before, shared)]
    if len(matched) >= LEAST_MATCHED:
        pasts.append(_past(matched, shared))
    people = len({who for found in users.values() for who in found})
    tried = sum(len(found) >= 2 for found in users.values())
    ranked = sorted(
        (
            Phrase(
                phrase=phrase,
                items=swing[phrase],
                authors=len(users[phrase]),
                before_items=pasts[0].uses[phrase],
                score=min(_score(swing[phrase], spoken.total, past, phrase) for past in pasts),
            )
            for phrase in _beyond_chance(shared, users, people, pasts[0], tried)
            if all(_lift(swing[phrase], len(texts), p, phrase) >= _needed(phrase) for p in pasts)
        ),
        key=lambda found: (-round(found.score, 6), -found.phrase.count(" "), found.phrase),
    )
    longest = sorted(_longest_first(ranked), key=lambda found: -round(found.score, 6))
    return _without_repeats(_telling(longest), limit)


@dataclass(frozen=True, slots=True)
class _Past:
    """uses: texts with each phrase; words: of all texts."""

    texts: int
    words: int
    uses: Counter[str]


def _past(texts: Sequence[str | None], shared: Sequence[str]) -> _Past:
    wanted, spoken = set(shared), _Words()
    uses = Counter(phrase for text in texts for phrase in spoken.phrases(text) if phrase in wanted)
    return _Past(len(texts), spoken.total, uses)


def _beyond_chance(
    shared: Sequence[str], users: Mapping[str, Sized], people: int, past: _Past, tried: int
) -> list[str]:
    """Phrases that more of the swing's people use than chance puts there.

    Method: hypergeometric upper tail (Fisher), Benjamini and Hochberg 1995 over as many as were
    `tried`: those below k authors were looked at, too. A text of the past counts as a person.
    """
    if not shared or not past.texts:
        return []
    now = np.array([len(users[phrase]) for phrase in shared])
    every = now + np.array([past.uses[phrase] for phrase in shared])
    p = np.clip(hypergeom.sf(now - 1, people + past.texts, every, people), 0.0, 1.0)
    every_p = np.concatenate([p, np.ones(max(tried - p.size, 0))])
    kept = false_discovery_control(every_p)[: p.size] <= FALSE_DISCOVERIES
    return [phrase for phrase, keep in zip(shared, kept, strict=True) if keep]


def _telling(phrases: list[Phrase]) -> list[Phrase]:
    """Those with a word of this app or this day; everyday ones only where there are few of them."""
    telling = [p for p in phrases if not everyday_words().issuperset(p.phrase.split())]
    return telling if len(telling) >= ENOUGH else phrases


def _lift(now: int, texts: int, past: _Past, phrase: str) -> float:
    return (now / max(texts, 1)) / ((past.uses[phrase] + 0.5) / (past.texts + 1))


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


def _score(y: int, n: int, past: _Past, phrase: str) -> float:
    """z-score of the log-odds of a phrase with y uses among n words, and its uses in the past."""
    x, m = past.uses[phrase], past.words
    prior = PRIOR_WORDS * (y + x) / (n + m)
    rest = PRIOR_WORDS - prior
    odds = log((y + prior) / (n - y + rest + 0.5)) - log((x + prior) / (m - x + rest + 0.5))
    return odds / sqrt(1 / (y + prior) + 1 / (x + prior))


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
