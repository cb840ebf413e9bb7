"""Do the reviews come from another audience than the app's own?"""

import unicodedata
from collections import Counter
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from analysis.evidence.case import LEAST_REFERENCE, Case
from analysis.evidence.not_testable import why
from analysis.evidence.quiet_blocks import block_size, blocks, quiet_p
from analysis.evidence.signal import Signal, untested
from analysis.evidence.texts import Sample, full_texts
from analysis.records import Evidence

NAME = "audience"
RARE = 0.02  # share of the past below which a country, language or script is not the app's own
CLEAR = 0.1
KNOWN = 0.5  # share of the past that must tell a trait
LETTERS = 20


def measure(case: Case) -> Evidence:
    """Share of reviews from a country, stated language or script that the app rarely had before.

    A quiet block is held against the rest of the past in the same way. The script is read from the
    texts; a country or language counts where half of the past tells one.
    """
    now, past = _traits(case.items), _traits(case.before)
    if case.items.stars.size == 0 or case.before.stars.size < LEAST_REFERENCE:
        return untested(
            NAME, why("few-past", have=int(case.before.stars.size), need=LEAST_REFERENCE)
        )
    usable = [n for n in range(len(past)) if (past[n] != "").mean() >= KNOWN]
    if not usable:
        return untested(NAME, why("no-traits"))
    value, newest = _outside([now[n] for n in usable], [past[n] for n in usable])
    size = block_size(case.items.stars.size, case.before.stars.size)
    null = []
    for start in blocks(case.before.stars.size, size):
        inside = np.zeros(case.before.stars.size, dtype=np.bool_)
        inside[start : start + size] = True
        null.append(
            _outside([past[n][inside] for n in usable], [past[n][~inside] for n in usable])[0]
        )
    baseline, p_value = (
        float(np.mean(null)),
        quiet_p(value, null, case.before.stars.size / size, share_of=size),
    )
    clear = p_value <= 0.05 and value - baseline >= CLEAR
    return Evidence(
        signal=NAME,
        value=value,
        baseline=baseline,
        p_value=p_value,
        speaks_for="external" if clear else None,
        details={
            "reviews": round(value * case.items.stars.size),
            "of": int(case.items.stars.size),
            "newest": newest if clear else "",
        },
    )


def _traits(sample: Sample) -> list[NDArray[np.str_]]:
    """Country, stated language and script of each review; empty where unknown."""
    frame = sample.frame
    country = frame["country"].fillna("").str.lower()
    lang = frame["lang"].fillna("").str.lower().str.split("[-_]", n=1).str[0]
    scripts = [_script(text) for text in full_texts(frame)]
    return [np.array(list(column), dtype=np.str_) for column in (country, lang, scripts)]


def _outside(now: list[NDArray[np.str_]], past: list[NDArray[np.str_]]) -> tuple[float, str]:
    """(share of reviews with any trait that is rare in the past, the commonest such trait)."""
    if not now or now[0].size == 0:
        return 0.0, ""
    outside = np.zeros(now[0].size, dtype=np.bool_)
    seen: Counter[str] = Counter()
    for mine, theirs in zip(now, past, strict=True):
        known = theirs[theirs != ""]
        for trait, n in Counter(mine[mine != ""].tolist()).items():
            if known.size and (known == trait).mean() < RARE:
                outside |= mine == trait
                seen[trait] += n
    return float(outside.mean()), seen.most_common(1)[0][0] if seen else ""


def _script(text: str) -> str:
    letters = [c for c in text if c.isalpha()][:LETTERS]
    if len(letters) < 3:
        return ""
    return Counter(_script_of(c) for c in letters).most_common(1)[0][0]


@lru_cache(maxsize=20_000)
def _script_of(letter: str) -> str:
    return unicodedata.name(letter, "unnamed").split()[0].lower()


SIGNAL = Signal(NAME, "Do the reviews come from another audience?", measure, shows="share")
