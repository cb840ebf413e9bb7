"""Does the wording of the calls come back in the reviews?"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.stats import false_discovery_control, hypergeom

from analysis.evidence.case import LEAST_ITEMS, LEAST_REFERENCE, Case
from analysis.evidence.coordination.app_names import THE_APP, fold, hide, names_of
from analysis.evidence.fault_language.fault_words import common_words
from analysis.evidence.not_testable import why
from analysis.evidence.quiet_blocks import even_sample
from analysis.evidence.signal import Signal, untested
from analysis.evidence.signals.call_to_action import fitting
from analysis.evidence.texts import Sample, authors, full_texts
from analysis.records import Evidence
from analysis.tokens import phrases, words
from collector.text.post_marks import hashtags_in
from collector.text.post_parts import own_words

NAME = "call_wording"
LEAST_CALLERS = 4
LEAST_AUTHORS = 5  # reviewers that use a phrase, before it is counted or shown
RARE = 0.01
OWN = 2.0  # times as common in the calls as in the other posts on the app
FALSE_DISCOVERIES = 0.01
MOST_REVIEWS = 5_000
MOST_REFERENCE = 20_000
MOST_SHOWN = 3
EMOJI = re.compile("[\u2600-\u27bf\U0001f300-\U0001faff]")


def measure(case: Case) -> Evidence:
    """Share of the swing's reviews that hold wording which is the calls' own.

    Wording: runs of two to four words, hashtags and emoji that at least two callers use, twice as
    often as the other posts on the app do, and that at most one percent of the reviews held before.
    Null: hypergeometric for exchangeable times, exact upper tail, the larger p of two references
    (all reviews of the past; those of the same stars where there are 50), Benjamini-Hochberg at 1 %
    over the calls' wording. The topic itself is no wording: other posts speak of it, too.
    """
    if case.window.posts.empty:
        return untested(NAME, why("no-posts"))
    called = np.flatnonzero(fitting(case))
    callers = int(np.unique(case.posts.who[called]).size)
    if callers < LEAST_CALLERS:
        return untested(NAME, why("few-calls", have=callers, need=LEAST_CALLERS))
    past = case.before.stars.size
    if past < LEAST_REFERENCE or case.matched_items.size < LEAST_ITEMS:
        return untested(NAME, case.untestable() or why("few-past", have=past, need=LEAST_REFERENCE))
    wording = _own_wording(case, called)
    chosen = _reviews(case)
    uses = _Uses(case.items, wording)
    who = authors(case.items.frame)
    users = uses.counted(chosen, who)
    references = _references(case)
    before = [uses.of(case.before).counted(rows) for rows in references]
    found, p_value = _returning(users, before, len({who[n] for n in chosen}), references)
    held = _held(uses, chosen, found), len(chosen)
    value = held[0] / max(held[1], 1)
    shown = sorted(found, key=lambda w: (-users[w], w))[:MOST_SHOWN]
    return Evidence(
        signal=NAME,
        value=value,
        baseline=_held(uses.of(case.before), references[0], found) / len(references[0]),
        p_value=p_value,
        speaks_for="coordination" if found else None,
        details={
            "phrases": len(found),
            "of_phrases": len(wording),
            "reviews": held[0],
            "of": held[1],
            "words": shown,
        },
    )


def _own_wording(case: Case, called: NDArray[np.intp]) -> set[str]:
    """What the calls say and the other posts on the app do not."""
    posts, names = case.posts, case.window.names
    start = posts.at[called].min()
    others = posts.named & (posts.at >= start)
    others[called] = False
    ours: dict[str, set[int]] = defaultdict(set)
    theirs: dict[str, int] = defaultdict(int)
    for n in called.tolist():
        for wording in _wording(posts.texts[n], names):
            ours[wording].add(int(posts.who[n]))
    other = np.flatnonzero(others)
    for n in other[even_sample(other.size, MOST_REVIEWS)].tolist():
        for wording in _wording(posts.texts[n], names) & ours.keys():
            theirs[wording] += 1
    least = OWN * called.size / max(other.size, 1)
    return {w for w, who in ours.items() if len(who) >= 2 and len(who) >= least * theirs[w]}


def _wording(text: str, names: Iterable[str]) -> set[str]:
    folded = fold(own_words(text))
    hidden = hide(folded, names_of(tuple(names)))[0]
    return _held_in(words(hidden.replace(THE_APP, " ")), folded)


def _held_in(tokens: list[str], folded: str) -> set[str]:
    """Runs of two to four words that are not all everyday words; hashtags; emoji."""
    common = common_words()
    runs = {p for p in phrases(tokens, 4) if " " in p and not common.issuperset(p.split())}
    return runs | set(hashtags_in(folded)) | set(EMOJI.findall(folded))


def _reviews(case: Case) -> list[int]:
    chosen: list[int] = case.matched_items[
        even_sample(case.matched_items.size, MOST_REVIEWS)
    ].tolist()
    return chosen


def _references(case: Case) -> list[list[int]]:
    """Reviews of the past that the wording is held against, all of them first."""
    every = even_sample(case.before.stars.size, MOST_REFERENCE).tolist()
    matched = case.matched_before[even_sample(case.matched_before.size, MOST_REFERENCE)].tolist()
    return [every, matched] if len(matched) >= LEAST_REFERENCE else [every]


class _Uses:
    """Which of the wanted phrases each review of a sample holds; each review is read once."""

    def __init__(self, sample: Sample, wanted: set[str]) -> None:
        self.sample, self.wanted = sample, wanted
        self.texts = full_texts(sample.frame)
        self.read: dict[int, set[str]] = {}

    def of(self, sample: Sample) -> "_Uses":
        """The same for another sample, of which it is kept."""
        if sample is self.sample:
            return self
        if not hasattr(self, "other"):
            self.other = _Uses(sample, self.wanted)
        return self.other

    def __getitem__(self, n: int) -> set[str]:
        if n not in self.read:
            folded = self.texts[n].casefold()
            self.read[n] = _held_in(self.sample.words[n], folded) & self.wanted
        return self.read[n]

    def counted(self, rows: Sequence[int], who: Sequence[str] | None = None) -> dict[str, int]:
        """Of each wanted phrase the reviews, or the authors, that use it."""
        used: dict[str, set[object]] = {phrase: set() for phrase in self.wanted}
        for n in rows:
            for phrase in self[n]:
                used[phrase].add(n if who is None else who[n])
        return {phrase: len(by) for phrase, by in used.items()}


def _held(uses: _Uses, rows: Sequence[int], found: list[str]) -> int:
    """Reviews that hold one of the phrases."""
    wanted = set(found)
    return sum(not wanted.isdisjoint(uses[n]) for n in rows)


def _returning(
    users: dict[str, int], before: list[dict[str, int]], now: int, references: list[list[int]]
) -> tuple[list[str], float]:
    """(phrases that return, smallest p after false-discovery control)."""
    listed = sorted(users)
    if not listed:
        return [], 1.0
    c = np.array([users[w] for w in listed])
    keep = c >= LEAST_AUTHORS
    p = np.zeros(c.size)
    for counts, rows in zip(before, references, strict=True):
        k = np.array([counts[w] for w in listed])
        # Log space: the tail of a very common phrase underflows otherwise.
        tails = hypergeom.logsf(c - 1, len(rows) + now, c + k, now)
        p = np.maximum(p, np.nan_to_num(np.exp(np.minimum(tails, 0.0)), nan=1.0))
        keep &= k <= RARE * len(rows)
    q = false_discovery_control(p)
    keep &= q <= FALSE_DISCOVERIES
    found = [listed[n] for n in np.flatnonzero(keep)]
    longest = [w for w in found if not any(f" {w} " in f" {v} " for v in found if v != w)]
    return longest, float(q[keep].min()) if keep.any() else 1.0


SIGNAL = Signal(
    NAME, "Does the wording of the calls return in the reviews?", measure, shows="share"
)
