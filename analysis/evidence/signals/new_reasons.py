"""Which reasons do the reviews give, and which of them are new?"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.evidence.case import LEAST_ITEMS, Case
from analysis.evidence.not_testable import why
from analysis.evidence.quiet_blocks import even_sample
from analysis.evidence.signal import Signal, untested
from analysis.evidence.texts import Sample, full_texts
from analysis.network.near import near_groups
from analysis.reasons.kinds import KINDS, cause_of, kind_of
from analysis.reasons.lexicon import CODES
from analysis.reasons.read import Reasons, Weights, reasons_of, shipped_weights
from analysis.records import Evidence

NAME = "new_reasons"
MOST_NOW, MOST_BEFORE = 4_000, 1_000  # reviews that are read
A_WHOLE_TEXT = 6  # words from which equal texts are one text and not one opinion of many
CLEAR = 0.1  # gain in share from which a reason speaks for its cause
LEAST_GIVEN = 3  # reviews that give it
LEAST_VERSIONS = 3  # reviews that name one
CARRIERS = ("author_key", "country", "source", "lang", "version")
CARRIED, CARRIED_GAIN, CARRIED_LEAST = 0.5, 0.3, 10  # share, gain in share, reviews
RECENT = 200  # reviews of the past whose versions are looked at


@dataclass(frozen=True, slots=True)
class Read:
    """Reviews of one side that have words. once: False where a nearly equal one came before."""

    reasons: Sequence[Reasons]
    once: NDArray[np.bool_]


def measure(case: Case) -> Evidence:
    """The signal with the shipped weights."""
    return measure_with(case, shipped_weights())


def measure_with(case: Case, weights: Weights) -> Evidence:
    """Share of the reviews that give the reason whose share grew most, now and before.

    Of the swing's own stars; ratings without words are left out. `reasons` has each reason with
    its reviews and shares, `kinds` counts every review under the one thing that it is about,
    nearly equal texts once; `version` is the version whose share grew most.
    """
    now = _read(case.items, case.matched_items, MOST_NOW, weights)
    if len(now.reasons) < LEAST_ITEMS:
        return untested(NAME, why("few-now", have=len(now.reasons), need=LEAST_ITEMS))
    before = _read(case.before, case.matched_before, MOST_BEFORE, weights)
    praise = case.window.swing.direction == "positive"
    rows = _rows(now, before)
    best = next((row for row in rows if cause_of(row["reason"])), rows[0] if rows else None)
    return Evidence(
        signal=NAME,
        value=0.0 if best is None else best["share"],
        baseline=0.0 if best is None else best["share_before"],
        p_value=None,
        speaks_for=_leaning(best),
        details={
            "of": len(now.reasons),
            "earlier": len(before.reasons),
            "top": "none" if best is None else best["reason"],
            "reviews": 0 if best is None else best["reviews"],
            "share": 0.0 if best is None else best["share"],
            "reasons": rows,
            "kinds": {
                "now": _kinds(now, praise=praise),
                "before": _kinds(before, praise=praise),
            },
            "version": _version(case),
            "carried_by": _carriers(case),
        },
    )


def _read(sample: Sample, matched: NDArray[np.int64], most: int, weights: Weights) -> Read:
    worded = np.array([n for n in matched if sample.words[n]], dtype=np.int64)
    worded = worded[even_sample(worded.size, most)]
    texts = full_texts(sample.frame.iloc[worded])
    groups = near_groups([sample.words[n] for n in worded])
    seen: set[int] = set()
    once = np.ones(worded.size, dtype=np.bool_)
    for place, (n, group) in enumerate(zip(worded, groups.tolist(), strict=True)):
        once[place] = group not in seen or len(sample.words[n]) < A_WHOLE_TEXT
        seen.add(group)
    return Read(reasons_of(texts, sample.stars[worded].tolist(), weights=weights), once)


def _rows(now: Read, before: Read) -> list[dict[str, Any]]:
    """Each reason that is given now, the most risen first."""
    counts, past = (Counter(c for r in side.reasons for c in r) for side in (now, before))
    once = Counter(c for r, alone in zip(now.reasons, now.once, strict=True) if alone for c in r)
    rows = [
        {
            "reason": code,
            "reviews": counts[code],
            "share": counts[code] / len(now.reasons),
            "share_before": past[code] / max(len(before.reasons), 1),
            "once": once[code],
            "words": _words(now, code),
        }
        for code in CODES
        if counts[code]
    ]
    return sorted(rows, key=lambda row: float(row["share_before"]) - float(row["share"]))


def _words(now: Read, code: str) -> list[str]:
    """What most of the reviews say it with."""
    said = Counter(word for reasons in now.reasons for word in reasons.get(code, ())[:1])
    return [word for word, _ in said.most_common(3)]


def _leaning(row: Mapping[str, Any] | None) -> str | None:
    """The cause that a reason speaks for which many give and few gave before."""
    if row is None or row["once"] < LEAST_GIVEN or row["share"] - row["share_before"] < CLEAR:
        return None
    return cause_of(row["reason"])


def _kinds(side: Read, *, praise: bool) -> dict[str, int]:
    counted = Counter(
        kind_of(reasons, praise=praise)
        for reasons, alone in zip(side.reasons, side.once, strict=True)
        if alone
    )
    return {kind: counted[kind] for kind in KINDS}


def _version(case: Case) -> Mapping[str, Any] | None:
    """The version whose share grew most; None where too few reviews name theirs."""
    own = case.items.frame.iloc[case.matched_items]["version"]
    past = case.before.frame.iloc[case.matched_before]["version"].dropna().tolist()[-RECENT:]
    named = Counter(str(v) for v in own.dropna())
    if sum(named.values()) < max(LEAST_VERSIONS, len(own) / 2) or len(past) < LEAST_ITEMS:
        return None
    earlier = Counter(str(v) for v in past)
    gains = {v: n / len(own) - earlier[v] / len(past) for v, n in named.items()}
    best = max(gains, key=lambda v: (gains[v], v))
    return {
        "name": best,
        "reviews": named[best],
        "of": len(own),
        "share_before": earlier[best] / len(past),
    }


def _carriers(case: Case) -> list[dict[str, Any]]:
    """What most of the reviews have in common and few had before: a country, a store, an author.

    Of what the sources tell for at least half; an author is never named.
    """
    now = case.items.frame.iloc[case.matched_items]
    past = case.before.frame.iloc[case.matched_before]
    found = []
    for what in CARRIERS:
        told, earlier = now[what].dropna().astype(str), past[what].dropna().astype(str)
        if len(told) < max(CARRIED_LEAST, len(now) / 2):
            continue
        name, reviews = Counter(told).most_common(1)[0]
        before = float((earlier == name).mean()) if len(earlier) else 0.0
        if reviews / len(now) < CARRIED or reviews / len(now) - before < CARRIED_GAIN:
            continue
        shown = "" if what == "author_key" else name
        row = {"what": what, "name": shown, "reviews": reviews, "of": len(now)}
        found.append({**row, "share_before": before})
    return found


SIGNAL = Signal(
    NAME, "Which reasons do the reviews give, and which of them are new?", measure, shows="share"
)
