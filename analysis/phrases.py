"""What sets the swing's texts apart from the app's own past, in words that several people used."""

from collections import Counter
from collections.abc import Iterable, Sequence
from math import log, sqrt

from analysis.evidence._fault_words import common_words
from analysis.records import Phrase
from analysis.tokens import phrases, words

PRIOR_WORDS = 200.0  # weight of the pooled texts as a prior, in words
LEAST_Z = 2.5
LONGEST = 3


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
    section 3.3.1); the prior is the pooled texts. A phrase counts once an item, against the words
    of all items: longer texts alone make nothing distinctive.
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
        if len(people) >= k and not common.issuperset(phrase.split())
    }
    past = Counter(
        phrase for text in before for phrase in spoken_before.phrases(text) if phrase in shared
    )
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
            if z >= LEAST_Z
        ),
        key=lambda found: (-round(found.score, 6), -found.phrase.count(" "), found.phrase),
    )
    return _without_repeats(ranked, limit)


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
        kept.append(phrase)
        if len(kept) == limit:
            break
    return kept
