"""VADER's compound of a batch of texts: as arrays where none of its rules but the sum and the marks
can hold, else by `vader.py`. The same numbers."""

import string
from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray
from vaderSentiment.vaderSentiment import BOOSTER_DICT, NEGATE, SPECIAL_CASES, normalize

from analysis.sentiment import hashed_pieces, spelling, vader
from collector.text.one_spelling import one_spelling

FOREIGN, WORDLESS, UNSURE, JUDGES, CHANGES, ANYWHERE, SO = 1, 2, 4, 8, 16, 32, 64
WORD = np.dtype([("does", "i4"), ("value", "f8"), ("exclaims", "i4"), ("asks", "i4")])
BEFORE = 3  # words before a judging one that may change it
MOST_EXCLAIMED, MOST_ASKED = 4, 3
Floats = NDArray[np.float64]


def word(plain: str) -> tuple[int, float, int, int]:
    """A row of WORD. plain: what stands between two blanks of a text, in one spelling."""
    if not plain.isascii():
        if any(sign.isalpha() for sign in plain if sign > "\x7f"):
            return FOREIGN, 0.0, 0, 0
        plain = plain.encode("ascii", "ignore").decode()
    parts = plain.split()
    marks = plain.count("!"), plain.count("?")
    if len(parts) != 1:
        return (UNSURE if parts else WORDLESS), 0.0, *marks
    bare = parts[0].strip(string.punctuation)
    found = bare if len(bare) > 2 else parts[0]
    lower = found.lower()
    does = _changes(lower)
    value = 0.0
    if lower in vader.tables().lexicon and lower not in BOOSTER_DICT:
        value = float(vader.tables().lexicon[lower])
        does |= JUDGES | (ANYWHERE if found.isupper() else 0)
    return does, value, *marks


def _changes(lower: str) -> int:
    """What a word may do to others."""
    if lower in _tellers():
        return ANYWHERE
    if lower in BOOSTER_DICT or lower in NEGATE or "n't" in lower or lower in ("no", "least"):
        return CHANGES | (SO if lower == "so" else 0)
    return SO if lower == "this" else 0


@cache
def _tellers() -> frozenset[str]:
    """Words without which none of VADER's phrases can be in a text."""
    phrases = [p for p in (*SPECIAL_CASES, *BOOSTER_DICT) if " " in p]
    rarest = {"the", "to", "just", "bad", "stop", "right", "of", "for"}
    telling = {next(w for w in phrase.split() if w not in rarest) for phrase in phrases}
    return frozenset(telling | {p for p in SPECIAL_CASES if " " not in p} | {"but"})


def compounds(
    texts: Sequence[str],
    chunks: NDArray[np.int64],
    chunk_of: NDArray[np.int64],
    words: NDArray[np.void],
) -> Floats:
    """VADER's score of each text in plain letters, its emoji left out: the word lists hold those;
    0 for others. chunks: places in `words`; chunk_of: their texts."""
    does = words["does"][chunks]
    foreign, unsure = _any(does, FOREIGN, chunk_of, texts), _any(does, UNSURE, chunk_of, texts)
    longer = np.array([len(text) > spelling.READ_CHARACTERS for text in texts], dtype=bool)
    there = (does & WORDLESS) == 0
    judging = _any(does, JUDGES, chunk_of, texts)
    slow = longer | (~foreign & (unsure | (judging & _ruled(does[there], chunk_of[there], texts))))
    values = words["value"][chunks]
    totals = hashed_pieces.sums_of(chunk_of, values, len(texts))
    totals[foreign | slow] = 0.0
    marks = [
        hashed_pieces.sums_of(chunk_of, words[n][chunks], len(texts)) for n in ("exclaims", "asks")
    ]
    found = _normalised(totals, *marks)
    for place in np.flatnonzero(slow).tolist():
        found[place] = _compound(one_spelling(texts[place]))
    return found


def _any(
    does: NDArray[np.int32], what: int, chunk_of: NDArray[np.int64], texts: Sequence[str]
) -> NDArray[np.bool_]:
    found = np.zeros(len(texts), dtype=bool)
    found[chunk_of[(does & what) != 0]] = True
    return found


def _ruled(
    does: NDArray[np.int32], chunk_of: NDArray[np.int64], texts: Sequence[str]
) -> NDArray[np.bool_]:
    """Texts in which a word may change a judging one."""
    found = _any(does, ANYWHERE, chunk_of, texts)
    for apart in range(1, BEFORE + 1):
        changes = CHANGES | (SO if apart == 1 else 0)
        pair = ((does[:-apart] & changes) != 0) & ((does[apart:] & JUDGES) != 0)
        pair &= chunk_of[:-apart] == chunk_of[apart:]
        found[chunk_of[apart:][pair]] = True
    return found


def _normalised(totals: Floats, exclaims: Floats, asks: Floats) -> Floats:
    """Sums of valences and counts of marks -> compounds."""
    asked = np.where(asks > MOST_ASKED, 0.96, np.where(asks > 1, asks * 0.18, 0.0))
    emphasis = np.minimum(exclaims, MOST_EXCLAIMED) * 0.292 + asked
    whole = totals + np.where(totals > 0, emphasis, -emphasis)
    found = np.zeros(len(totals))
    for place in np.flatnonzero(totals).tolist():
        found[place] = round(normalize(float(whole[place])), 4)
    return found


def _compound(text: str) -> float:
    if text.isascii():
        return vader.compound(text)
    if any(sign.isalpha() for sign in text if sign > "\x7f"):
        return 0.0
    return vader.compound(text.encode("ascii", "ignore").decode())
