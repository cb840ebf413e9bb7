"""How faults are spoken of in a language: a weight for each word, learned without labels.

Nobody writes this list. From quiet histories of several apps of one language four habits of a word
are measured; their sum is the weight of a word that at least two apps have (three where a language
has six apps or more, five from twenty):

- low: it is used in low-star reviews rather than high-star ones (log ratio);
- middling: it is used at 2 to 4 stars rather than at 1: faults annoy, outrage is absolute;
- fresh: it is used in the first week of a new version rather than after its second week;
- bursty: its use in low-star reviews comes in bursts (dispersion over blocks of 25, less 1).

What is bound to one app, such as a price, a law or a person, does not recur in others and gets no
weight. `python -m benchmarks.calibrate.fault_words` learns the file beside this one from histories.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import fsum, log

import numpy as np
from numpy.typing import NDArray

from analysis.evidence.quiet_blocks import even_sample

FILE = "fault_words.json"
LEAST_APPS = 2
MORE_APPS = (6, 3), (20, 5)  # from so many apps of a language, a word must be in so many
LEAST_USES = 12
LEVEL_BLOCK = 30  # low-star reviews whose mean weight is one level
LEVELS_AN_APP = 12
STRONGEST = 10.0  # weight of one app's log ratio, in harmonic uses: no app dominates
BLOCK = 25
PRIOR = 5.0  # uses at the pooled rate
LEAST_WORDS = 100
LEAST_BLOCKS = 6
COMMON_SHARE = 0.05
CLEAR_FAULT = 1.3
WEEK_US = 7 * 86_400_000_000


@dataclass(frozen=True, slots=True)
class QuietHistory:
    """Quiet reviews of one app in one language, oldest first.

    stars: int64 (n,); at: int64 (n,), microseconds; words, version: of each review.
    """

    app: str
    lang: str
    stars: NDArray[np.int64]
    at: NDArray[np.int64]
    words: Sequence[Sequence[str]]
    version: Sequence[str | None]


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of the words of one language.

    common: words of at least one review in twenty in half of the apps, such as "the" and "app".
    levels, update_levels: what is usual: mean weight (fault, update) of quiet runs of 30 low-star
        reviews, at most twelve an app, ascending.
    """

    fault: Mapping[str, float]
    update: Mapping[str, float]
    common: tuple[str, ...]
    apps: int
    levels: tuple[float, ...] = ()
    update_levels: tuple[float, ...] = ()


Sides = Callable[[QuietHistory], tuple[NDArray[np.bool_], NDArray[np.bool_]]]


@cache
def shipped() -> dict[str, Weights]:
    """Weights by language (ISO 639-1), as learned and shipped."""
    text = files("analysis.evidence.fault_language").joinpath(FILE).read_text("utf-8")
    return {
        lang: Weights(
            entry["fault"],
            entry["update"],
            tuple(entry["common"]),
            entry["apps"],
            tuple(entry["levels"]),
            tuple(entry["update_levels"]),
        )
        for lang, entry in json.loads(text)["languages"].items()
    }


def learn(histories: Iterable[QuietHistory]) -> dict[str, Weights]:
    """Weights of every language that at least two of the apps are in."""
    by_lang: dict[str, list[QuietHistory]] = defaultdict(list)
    for history in histories:
        by_lang[history.lang].append(history)
    learned = {}
    for lang, own in sorted(by_lang.items()):
        apps = len({history.app for history in own})
        if apps >= LEAST_APPS:
            learned[lang] = _weights(own, apps)
    return learned


def _weights(histories: Sequence[QuietHistory], apps: int) -> Weights:
    least = max([LEAST_APPS, *(needed for many, needed in MORE_APPS if apps >= many)])
    low = _pooled(histories, lambda h: (h.stars <= 2, h.stars >= 4), least)
    middling = _pooled(histories, lambda h: ((h.stars > 1) & (h.stars < 5), h.stars == 1), least)
    fresh = _pooled(histories, _fresh, LEAST_APPS, least_uses=8)
    bursty = _burstiness(histories)
    fault = {
        word: low[word] + middling[word] + fresh.get(word, 0.0) + bursty.get(word, 0.0)
        for word in low.keys() & middling.keys()
    }
    update = {word: fresh[word] for word in fresh.keys() & low.keys()}
    kinds = _rounded(fault), _rounded(update)
    levels = [_levels(histories, kind) for kind in kinds]
    return Weights(*kinds, _common(histories), apps, *levels)


def mean_weight(reviews: Iterable[Iterable[str]], weights: Mapping[str, float]) -> float | None:
    """Mean weight of the distinct words of each review that have one; None where none has.

    fsum rounds once, so that the order of a set cannot show in the last digit.
    """
    found = [weights[word] for words in reviews for word in set(words) if word in weights]
    return fsum(found) / len(found) if found else None


def _levels(histories: Sequence[QuietHistory], weights: Mapping[str, float]) -> tuple[float, ...]:
    found: list[float] = []
    for history in histories:
        low = np.flatnonzero(history.stars <= 2)
        starts = range(0, low.size - LEVEL_BLOCK // 2, LEVEL_BLOCK)
        for n in even_sample(len(starts), LEVELS_AN_APP):
            block = low[starts[int(n)] : starts[int(n)] + LEVEL_BLOCK]
            level = mean_weight((history.words[int(review)] for review in block), weights)
            if level is not None:
                found.append(round(level, 3))
    return tuple(sorted(found))


def _common(histories: Sequence[QuietHistory]) -> tuple[str, ...]:
    """Words that nobody needs to be told of, in order; needs three apps to tell."""
    if len({history.app for history in histories}) < LEAST_APPS + 1:
        return ()
    apps: Counter[str] = Counter()
    for history in histories:
        users = _users(history, np.ones(history.stars.size, dtype=np.bool_))
        apps.update(word for word, n in users.items() if n >= COMMON_SHARE * history.stars.size)
    return tuple(sorted(word for word, n in apps.items() if 2 * n >= len(histories)))


def common_words() -> frozenset[str]:
    """Common words of all languages, without those that go with faults."""
    return frozenset(
        word
        for weights in shipped().values()
        for word in weights.common
        if weights.fault.get(word, 0.0) < CLEAR_FAULT
    )


@cache
def everyday_words() -> frozenset[str]:
    """Words that several apps' reviews use, without those that go with faults.

    They have a weight, and so occur in at least two apps of their language (see `_weights`).
    """
    return common_words() | {
        word
        for weights in shipped().values()
        for word, weight in weights.fault.items()
        if weight < CLEAR_FAULT
    }


def _rounded(weights: Mapping[str, float]) -> dict[str, float]:
    return {word: round(weights[word], 2) for word in sorted(weights)}


def _pooled(
    histories: Sequence[QuietHistory], sides: Sides, least_apps: int, least_uses: int = LEAST_USES
) -> dict[str, float]:
    """Log ratio of each word's share of words, one side against the other, pooled over apps."""
    total: dict[str, float] = defaultdict(float)
    weight: dict[str, float] = defaultdict(float)
    uses: Counter[str] = Counter()
    apps: dict[str, set[str]] = defaultdict(set)
    for history in histories:
        first, second = (_users(history, side) for side in sides(history))
        n, m = first.total(), second.total()
        if min(n, m) < LEAST_WORDS:
            continue
        for word in first.keys() | second.keys():
            x, y = first[word], second[word]
            if x + y < 2:
                continue
            prior = PRIOR * (x + y) / (n + m)
            ratio = log((x + 0.5 + prior) / (n + 1)) - log((y + 0.5 + prior) / (m + 1))
            strength = min(1 / (1 / (x + 0.5) + 1 / (y + 0.5)), STRONGEST)
            total[word] += ratio * strength
            weight[word] += strength
            uses[word] += x + y
            apps[word].add(history.app)
    return {
        word: total[word] / (weight[word] + 1)
        for word in total
        if len(apps[word]) >= least_apps and uses[word] >= least_uses
    }


def _users(history: QuietHistory, side: NDArray[np.bool_]) -> Counter[str]:
    """How many reviews of a side use each word."""
    users: Counter[str] = Counter()
    for n in np.flatnonzero(side):
        users.update(set(history.words[int(n)]))
    return users


def _fresh(history: QuietHistory) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Reviews up to 3 stars in the first week of a version, and after its second."""
    first_seen: dict[str, int] = {}
    age = np.full(history.stars.size, -1, dtype=np.int64)
    began = int(history.at[0]) if history.at.size else 0
    for n, version in enumerate(history.version):
        if version is not None:
            at = int(history.at[n])
            since = first_seen.setdefault(version, at)
            # A version already there when the history began has no first week.
            age[n] = at - since if since > began + 2 * WEEK_US else 3 * WEEK_US
    low = history.stars <= 3
    return low & (age >= 0) & (age <= WEEK_US), low & (age > 2 * WEEK_US)


def _burstiness(histories: Sequence[QuietHistory]) -> dict[str, float]:
    """Dispersion of each word over blocks of low-star reviews against chance, less 1."""
    total: dict[str, float] = defaultdict(float)
    apps: Counter[str] = Counter()
    for history in histories:
        low = np.flatnonzero(history.stars <= 2)
        blocks = [low[n : n + BLOCK] for n in range(0, low.size - BLOCK + 1, BLOCK)]
        if len(blocks) < LEAST_BLOCKS:
            continue
        counts: dict[str, NDArray[np.float64]] = {}
        for b, block in enumerate(blocks):
            for n in block:
                for word in set(history.words[int(n)]):
                    counts.setdefault(word, np.zeros(len(blocks)))[b] += 1
        for word, x in counts.items():
            if x.sum() >= LEAST_USES / 2:
                share = x.mean() / BLOCK
                total[word] += float(
                    np.clip(x.var() / (BLOCK * share * (1 - share) + 1e-9) - 1, -1, 3)
                )
                apps[word] += 1
    return {w: total[w] / (apps[w] + 1) for w in total if apps[w] >= LEAST_APPS}
