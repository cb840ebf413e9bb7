"""Do many authors use the same rare phrases?"""

from collections import defaultdict
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray
from scipy.stats import false_discovery_control, hypergeom

from analysis.evidence.case import LEAST_REFERENCE, Case
from analysis.evidence.quiet_blocks import even_sample
from analysis.evidence.signal import Signal, untested
from analysis.evidence.texts import authors
from analysis.records import Evidence
from analysis.tokens import phrases

NAME = "shared_phrases"
LEAST_AUTHORS = 4
RARE = 0.01
FALSE_DISCOVERIES = 0.01
MOST_ITEMS = 1_000


def measure(case: Case) -> Evidence:
    """Share of the swing's reviews that hold a phrase of 2-4 words which was rare before.

    Null, exact for exchangeable times: of the K + c uses of a phrase among N + n, c or more fall
    into the swing's n authors (hypergeometric), K its reviews among the N of a reference. Two
    references where there are two, the larger p: the app's own past, and other apps with the same
    language and stars (what people of that language complain with anyway). Benjamini-Hochberg at
    1 % over phrases of two authors or more. Faults make people use the same words, so this alone
    speaks for nothing.
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
    shared = sorted(phrase for phrase, items in held.items() if len(items) >= 2)
    references = [[case.before.words[n] for n in case.matched_before]]
    if len(case.elsewhere) >= LEAST_REFERENCE:
        references.append(case.elsewhere)
    significant = _significant(
        shared,
        [len({who[n] for n in held[phrase]}) for phrase in shared],
        [(_uses(reference, set(shared)), len(reference)) for reference in references],
        len({who[n] for n in chosen}),
    )
    covered = {n for phrase in significant for n in held[phrase]}
    coverage = len(covered) / chosen.size
    return Evidence(
        signal=NAME,
        value=coverage,
        baseline=0.0,
        p_value=None,
        speaks_for=None,
        details={
            "phrases": len(significant),
            "people": LEAST_AUTHORS,
            "reviews": len(covered),
            "of": int(chosen.size),
            "references": len(references),
        },
    )


def _phrases(tokens: list[str]) -> set[str]:
    return {phrase for phrase in phrases(tokens, 4) if " " in phrase}


def _uses(reference: Iterable[list[str]], wanted: set[str]) -> dict[str, int]:
    """Reviews of a reference that hold each wanted phrase."""
    found = dict.fromkeys(wanted, 0)
    for tokens in reference:
        for phrase in _phrases(tokens) & wanted:
            found[phrase] += 1
    return found


def _significant(
    shared: list[str], users: list[int], references: list[tuple[dict[str, int], int]], n: int
) -> list[str]:
    """Phrases that pass. users: authors of each now; references: uses of each, and their size."""
    if not shared:
        return []
    c = np.array(users)
    p, keep = np.zeros(c.size), c >= LEAST_AUTHORS
    for uses, size in references:
        k = np.array([uses[phrase] for phrase in shared])
        p = np.maximum(p, _tail(c, k, n, size))
        keep &= k <= RARE * size
    keep &= false_discovery_control(p) <= FALSE_DISCOVERIES
    return list(_maximal(shared[i] for i in np.flatnonzero(keep)))


def _tail(c: NDArray[np.int64], k: NDArray[np.int64], n: int, size: int) -> NDArray[np.float64]:
    """P(c or more of the c + k uses fall among the n), each pair of numbers computed once."""
    pairs, where = np.unique(np.column_stack([c, k]), axis=0, return_inverse=True)
    # Log space: the tail of a very common phrase underflows otherwise.
    tails = hypergeom.logsf(pairs[:, 0] - 1, size + n, pairs.sum(axis=1), n)
    p: NDArray[np.float64] = np.exp(np.minimum(tails, 0.0))[where.ravel()]
    return np.nan_to_num(p, nan=1.0)


def _maximal(found: Iterable[str]) -> Iterable[str]:
    """Phrases that are not part of a longer one."""
    ordered = sorted(found, key=len, reverse=True)
    kept: list[str] = []
    for phrase in ordered:
        if not any(f" {phrase} " in f" {longer} " for longer in kept):
            kept.append(phrase)
            yield phrase


SIGNAL = Signal(NAME, "Do many authors use the same rare phrases?", measure, shows="share")
