"""How often named causes are what people read: scores of the benchmark, with intervals."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from scipy.stats import beta

from analysis.incidents.cause_model import UNDETERMINED
from benchmarks.cause.fit import Event

SURE = 0.7  # from which a reader is sure
UNCLEAR = "unclear"
SIZES = (("under 30 reviews", 0, 30), ("30 to 149", 30, 150), ("150 and more", 150, 10**9))


@dataclass(frozen=True, slots=True)
class Judged:
    """What was answered of an event that people read."""

    event: Event
    answer: str
    also: str | None
    causes: Mapping[str, float]

    @property
    def firsts(self) -> frozenset[str]:
        """Causes that a sure reader named; empty where none is sure of one."""
        sure = (r.cause for r in self.event.readings if r.sure >= SURE)
        return frozenset(cause for cause in sure if cause != UNCLEAR)

    @property
    def seconds(self) -> frozenset[str]:
        """Second causes that readers gave."""
        return frozenset(r.second for r in self.event.readings if r.second and r.sure >= SURE)

    @property
    def decided(self) -> bool:
        """Whether a cause is named."""
        return self.answer != UNDETERMINED


def interval(right: int, of: int) -> tuple[float, float]:
    """95 % interval of a share (Clopper and Pearson 1934)."""
    low = float(beta.ppf(0.025, right, of - right + 1)) if right else 0.0
    high = float(beta.ppf(0.975, right + 1, of - right)) if right < of else 1.0
    return low, high


def score(judged: Sequence[Judged]) -> dict[str, Any]:
    """Share decided where readers are sure, and how much of it is right."""
    sure = [j for j in judged if j.firsts]
    decided = [j for j in sure if j.decided]
    first = sum(j.answer in j.firsts for j in decided)
    right = sum(j.answer in j.firsts | j.seconds for j in decided)
    unclear = [
        j for j in judged if j.event.readings and all(r.cause == UNCLEAR for r in j.event.readings)
    ]
    return {
        "events": len(judged),
        "read": sum(bool(j.event.readings) for j in judged),
        "sure": len(sure),
        "apps": len({j.event.app for j in sure}),
        "decided": len(decided),
        "first": first,
        "right": right,
        "interval": interval(right, len(decided)),
        "unclear": len(unclear),
        "unclear_decided": sum(j.decided for j in unclear),
        "readers": agreement([j.event for j in judged]),
        "misses": [_miss(j) for j in decided if j.answer not in j.firsts],
        "confusion": _confusion(sure),
    }


def agreement(events: Sequence[Event]) -> dict[str, int]:
    """Pairs of readers where both are sure, and how many name the same cause."""
    pairs = [e.readings for e in events if len(e.readings) == 2]
    both = [(a, b) for a, b in pairs if min(a.sure, b.sure) >= SURE]
    return {
        "pairs": len(pairs),
        "same": sum(a.cause == b.cause for a, b in pairs),
        "both_sure": len(both),
        "both_sure_same": sum(a.cause == b.cause for a, b in both),
    }


def thresholds(judged: Sequence[Judged]) -> dict[str, str]:
    """Right of decided where the named cause must have at least so much of all."""
    found = {}
    for least in (0.3, 0.4, 0.5, 0.6, 0.7):
        named = [j for j in judged if j.firsts and j.decided and j.causes[j.answer] >= least]
        right = sum(j.answer in j.firsts | j.seconds for j in named)
        found[str(least)] = f"{right} of {len(named)}"
    return found


def by_group(judged: Sequence[Judged]) -> dict[str, dict[str, list[int]]]:
    """Sure, decided and right by cause, language and size."""
    sure = [j for j in judged if j.firsts]
    return {
        "cause": _grouped(sure, lambda j: "/".join(sorted(j.firsts))),
        "language": _grouped(sure, lambda j: j.event.lang or "?"),
        "size": _grouped(sure, _size),
    }


def _size(judged: Judged) -> str:
    items = judged.event.swing.items
    return next(name for name, least, below in SIZES if least <= items < below)


def _grouped(judged: Sequence[Judged], key: Any) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for one in judged:
        row = found.setdefault(key(one), [0, 0, 0])
        row[0] += 1
        row[1] += one.decided
        row[2] += one.decided and one.answer in one.firsts | one.seconds
    return dict(sorted(found.items()))


def _confusion(sure: Sequence[Judged]) -> dict[str, dict[str, int]]:
    by_cause: dict[str, Counter[str]] = {}
    for one in sure:
        by_cause.setdefault("/".join(sorted(one.firsts)), Counter())[one.answer] += 1
    return {cause: dict(counts) for cause, counts in sorted(by_cause.items())}


def _miss(judged: Judged) -> dict[str, Any]:
    return {
        "app": judged.event.app,
        "read": sorted(judged.firsts),
        "second": sorted(judged.seconds),
        "answer": judged.answer,
        "probability": judged.causes[judged.answer],
    }
