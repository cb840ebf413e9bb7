"""What are the swing's reviews about, in groups that share their words?"""

from collections import Counter
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.cluster import KMeans
from sklearn.feature_extraction.text import TfidfTransformer

from analysis.evidence.case import Case
from analysis.evidence.fault_language.fault_words import common_words, everyday_words
from analysis.evidence.not_testable import why
from analysis.evidence.quiet_blocks import even_sample
from analysis.evidence.signal import Signal, untested
from analysis.evidence.texts import authors
from analysis.records import Evidence
from analysis.tokens import phrases

NAME = "themes"
LEAST_ITEMS = 40
ITEMS_A_THEME = 20
MOST_THEMES = 4
MOST_ITEMS = 500
MOST_WORDS = 300
LEAST_AUTHORS = 5
COMMON = 0.25  # a word of more reviews than that tells no themes apart
SHARED_PHRASES = 3


@dataclass(frozen=True, slots=True)
class Theme:
    """A group of reviews; phrases are shared by at least five authors."""

    label: str
    size: int
    phrases: tuple[str, ...]


def measure(case: Case) -> Evidence:
    """Number of themes among the matched reviews, with size and shared phrases of each.

    Method: k-means on tf-idf weights of unit length. It describes; it speaks for nothing.
    """
    found = themes(case)
    if not found:
        return untested(NAME, why("no-themes"))
    return Evidence(
        signal=NAME,
        value=float(len(found)),
        baseline=None,
        p_value=None,
        speaks_for=None,
        details={
            "themes": [
                {"label": theme.label, "reviews": theme.size, "phrases": list(theme.phrases)}
                for theme in found
            ]
        },
    )


def themes(case: Case) -> list[Theme]:
    """The themes that at least five authors share, largest first."""
    chosen = case.matched_items[even_sample(case.matched_items.size, MOST_ITEMS)]
    if chosen.size < LEAST_ITEMS:
        return []
    counts = case.counts[0][chosen].sign()
    users = np.asarray(counts.sum(axis=0)).ravel()
    columns = np.flatnonzero((users >= LEAST_AUTHORS) & (users <= COMMON * chosen.size))
    counts = counts[:, columns[np.argsort(-users[columns], kind="stable")[:MOST_WORDS]]]
    spoken = np.flatnonzero(counts.sum(axis=1))
    if spoken.size < LEAST_ITEMS:
        return []
    weights = TfidfTransformer().fit_transform(counts[spoken]).toarray()
    number = min(
        MOST_THEMES, spoken.size // ITEMS_A_THEME, np.unique(weights.round(6), axis=0).shape[0]
    )
    if number < 2:
        return []
    belongs: NDArray[np.int32] = KMeans(number, n_init=1, random_state=0).fit_predict(weights)
    who = authors(case.items.frame)
    groups = [chosen[spoken[belongs == n]] for n in range(number)]
    found: list[Theme] = []
    for group in sorted(groups, key=lambda group: -group.size):
        theme = _theme(case, group, groups, who, {theme.label for theme in found})
        found += [theme] if theme else []
    return found


def _theme(
    case: Case,
    group: NDArray[np.int64],
    groups: list[NDArray[np.int64]],
    who: list[str],
    taken: set[str],
) -> Theme | None:
    """Phrases are ranked by how much commoner they are here than in the other groups.

    Those of nothing but words that reviews of any app use come last; those that begin or end with a
    common word, or are no commoner here, are left out. taken: labels of larger themes.
    """
    users: dict[str, set[str]] = {}
    for n in group:
        for phrase in set(phrases(case.items.words[n], 3)):
            users.setdefault(phrase, set()).add(who[n])
    shared = {p: len(u) for p, u in users.items() if len(u) >= LEAST_AUTHORS}
    elsewhere: Counter[str] = Counter()
    rest = 0
    for other in groups:
        if other is not group:
            rest += other.size
            for n in other:
                elsewhere.update(set(phrases(case.items.words[n], 3)) & shared.keys())
    lift = {p: n / group.size - elsewhere[p] / max(rest, 1) for p, n in shared.items()}
    usual, common = everyday_words(), common_words()
    telling = (p for p in lift if lift[p] > 0 and common.isdisjoint((p.split()[0], p.split()[-1])))
    ranked = sorted(
        telling, key=lambda p: (usual.issuperset(p.split()), -round(lift[p], 3), -len(p), p)
    )
    kept: list[str] = []
    for phrase in ranked:
        if not any(phrase in other or other in phrase for other in kept):
            kept.append(phrase)
    label = next((phrase for phrase in kept if phrase not in taken), None)
    if label is None:
        return None
    return Theme(label, int(group.size), tuple(kept[:SHARED_PHRASES]))


SIGNAL = Signal(NAME, "What are the reviews about?", measure)
