"""Do many authors use the same rare phrases?"""

from collections import defaultdict
from collections.abc import Iterable

import numpy as np
from scipy.stats import false_discovery_control, hypergeom

from analysis.evidence._case import Case, authors
from analysis.evidence._nulls import even_sample
from analysis.evidence._signal import Signal, untested
from analysis.records import Evidence
from analysis.tokens import phrases

NAME = "shared_phrases"
LEAST_AUTHORS = 4
RARE = 0.01
FALSE_DISCOVERIES = 0.01
MOST_ITEMS = 1_000


def measure(case: Case) -> Evidence:
    """Share of the swing's reviews that hold a phrase of 2-4 words which was rare before.

    Null, exact for exchangeable times: of the K + c authors of a phrase among N + n, c or more fall
    into the swing's n (hypergeometric); Benjamini-Hochberg at 1 % over phrases of two authors or
    more. Faults make people use the same words, so this alone speaks for nothing.
    """
    reason = case.untestable()
    if reason:
        return untested(NAME, reason)
    chosen = case.matched_items[even_sample(case.matched_items.size, MOST_ITEMS)]
    who = authors(case.items.frame)
    held: dict[str, list[int]] = defaultdict(list)
    for n in chosen.tolist():
        for phrase in _phrases(case.items.words[n]):
            held[phrase].append(n)
    shared = [phrase for phrase, items in held.items() if len(items) >= 2]
    earlier = _earlier(case, set(shared))
    significant = _significant(
        shared,
        [len({who[n] for n in held[phrase]}) for phrase in shared],
        [earlier[phrase] for phrase in shared],
        len({who[n] for n in chosen}),
        case.matched_before.size,
    )
    covered = {n for phrase in significant for n in held[phrase]}
    coverage = len(covered) / chosen.size
    return Evidence(
        signal=NAME,
        value=coverage,
        baseline=0.0,
        p_value=None,
        speaks_for=None,
        statement=(
            f"{len(significant)} phrases of two to four words, rare before and shared by at least "
            f"{LEAST_AUTHORS} authors, occur in {coverage:.0%} of the reviews; faults, too, make "
            f"people use the same words."
        ),
        details={
            "phrases": len(significant),
            "people": LEAST_AUTHORS,
            "reviews": len(covered),
            "of": int(chosen.size),
        },
    )


def _phrases(tokens: list[str]) -> set[str]:
    return {phrase for phrase in phrases(tokens, 4) if " " in phrase}


def _earlier(case: Case, wanted: set[str]) -> dict[str, int]:
    found = dict.fromkeys(wanted, 0)
    for n in case.matched_before:
        for phrase in _phrases(case.before.words[n]) & wanted:
            found[phrase] += 1
    return found


def _significant(
    shared: list[str], users: list[int], earlier: list[int], n: int, reference: int
) -> list[str]:
    """Phrases that pass; users, earlier: how many use each phrase now and did before."""
    if not shared:
        return []
    c, k = np.array(users), np.array(earlier)
    # Log space: the tail of a very common phrase underflows otherwise.
    pairs, where = np.unique(np.column_stack([c, k]), axis=0, return_inverse=True)
    tails = hypergeom.logsf(pairs[:, 0] - 1, reference + n, pairs.sum(axis=1), n)
    p = np.exp(np.minimum(tails, 0.0))[where.ravel()]
    q = false_discovery_control(np.nan_to_num(p, nan=1.0))
    keep = (q <= FALSE_DISCOVERIES) & (c >= LEAST_AUTHORS) & (k <= RARE * reference)
    return list(_maximal(shared[i] for i in np.flatnonzero(keep)))


def _maximal(found: Iterable[str]) -> Iterable[str]:
    """Phrases that are not part of a longer one."""
    ordered = sorted(found, key=len, reverse=True)
    kept: list[str] = []
    for phrase in ordered:
        if not any(f" {phrase} " in f" {longer} " for longer in kept):
            kept.append(phrase)
            yield phrase


SIGNAL = Signal(NAME, "Do many authors use the same rare phrases?", measure)
