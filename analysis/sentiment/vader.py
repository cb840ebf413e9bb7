"""VADER's compound score, bit for bit vaderSentiment's, in time linear in the text's length.

Lexicon, emoji names, booster words and constants are vaderSentiment's own (Hutto and Gilbert
2014); only the loop is ours. The original lower-cases every word again for each sentiment word, so
its time grows with the square of the length: a text of 1 MB would hold a run up for hours. The
tests compare the two on texts of the shared data and on random texts.
"""

import heapq
import string
from collections.abc import Sequence
from concurrent.futures import Executor
from functools import cache
from typing import NamedTuple, cast

import numpy as np
from numpy.typing import NDArray
from vaderSentiment.vaderSentiment import (
    BOOSTER_DICT,
    C_INCR,
    N_SCALAR,
    NEGATE,
    SPECIAL_CASES,
    SentimentIntensityAnalyzer,
    normalize,
)

VERSION = "vader-3.3.2"
CHUNK = 2_000  # texts handed to a worker at a time
_DAMPING = (1.0, 0.95, 0.9)
_NEGATIONS = frozenset(NEGATE)
_BOOSTER_PAIRS = frozenset(p for p in BOOSTER_DICT if " " in p)


class Tables(NamedTuple):
    """vaderSentiment's word lists."""

    lexicon: dict[str, float]
    emoji: dict[str, str]


@cache
def tables() -> Tables:
    """Reads vaderSentiment's files, once a process (about 30 ms)."""
    analyzer = SentimentIntensityAnalyzer()
    # the original looks characters up one by one, so emoji of several code points never match
    emoji = {sign: name for sign, name in analyzer.emojis.items() if len(sign) == 1}
    return Tables(cast(dict[str, float], analyzer.lexicon), emoji)


def compound(text: str) -> float:
    """vaderSentiment's `polarity_scores(text)["compound"]`, -1 to 1, four decimals."""
    plain = _name_emoji(text)
    valences = _valences(_words(plain))
    total = float(sum(value for _, value in valences))
    if total == 0.0:
        return 0.0
    emphasis = _emphasis(plain)
    total += emphasis if total > 0 else -emphasis
    return cast(float, round(normalize(total), 4))


def compounds(texts: Sequence[str], executor: Executor | None = None) -> NDArray[np.float64]:
    """Compound of each text, float64 (n,); spread over the executor's workers in chunks."""
    if executor is None or len(texts) <= CHUNK:
        return np.array([compound(text) for text in texts], dtype=np.float64)
    chunks = [texts[start : start + CHUNK] for start in range(0, len(texts), CHUNK)]
    return np.concatenate(list(executor.map(compounds, chunks)))


def word_valences(text: str) -> list[tuple[str, float]]:
    """The words that made the score, each with VADER's valence after its rules (about -6 to 6)."""
    words = _words(_name_emoji(text))
    return [(words[i], float(value)) for i, value in _valences(words)]


def reads(text: str) -> bool:
    """Whether any word or emoji of the text is in VADER's lexicon."""
    lexicon = tables().lexicon
    return any(word.lower() in lexicon for word in _words(_name_emoji(text)))


def emoji_only(text: str) -> str:
    """The emoji of the text, separated by spaces: what VADER can read in any language."""
    names = tables().emoji
    return " ".join(sign for sign in text if sign in names)


def _name_emoji(text: str) -> str:
    """The text with each emoji replaced by its name, without surrounding white space."""
    names = tables().emoji
    if text.isascii() or names.keys().isdisjoint(text):
        return text.strip()
    pieces: list[str] = []
    space_before = True
    for sign in text:
        if sign in names:
            if not space_before:
                pieces.append(" ")
            pieces.append(names[sign])
            space_before = False
        else:
            pieces.append(sign)
            space_before = sign == " "
    return "".join(pieces).strip()


def _words(text: str) -> list[str]:
    """Tokens without punctuation around them, unless two characters or fewer would be left."""
    return [
        stripped if len(stripped := token.strip(string.punctuation)) > 2 else token
        for token in text.split()
    ]


def _valences(words: list[str]) -> list[tuple[int, float]]:
    """(position, valence) of the words that are not neutral, in order."""
    lexicon = tables().lexicon
    lower = [word.lower() for word in words]
    if lexicon.keys().isdisjoint(lower):
        return []
    found: list[tuple[int, float]] = []
    mixed_case: bool | None = None
    last = len(lower) - 1
    for i, word in enumerate(lower):
        if word not in lexicon or word in BOOSTER_DICT:
            continue
        if word == "kind" and i < last and lower[i + 1] == "of":
            continue
        if mixed_case is None:
            mixed_case = _mixed_case(words)
        value = _valence(words, lower, i, mixed_case)
        if value != 0:
            found.append((i, value))
    if found and "but" in lower:
        return _weigh_around_but(found, lower.index("but"))
    return found


def _valence(words: list[str], lower: list[str], i: int, mixed_case: bool) -> float:
    """Valence of the lexicon word at i under the rules for its three predecessors."""
    lexicon = tables().lexicon
    value = lexicon[lower[i]]
    if lower[i] == "no" and i != len(lower) - 1 and lower[i + 1] in lexicon:
        value = 0.0
    if (
        (i > 0 and lower[i - 1] == "no")
        or (i > 1 and lower[i - 2] == "no")
        or (i > 2 and lower[i - 3] == "no" and lower[i - 1] in ("or", "nor"))
    ):
        value = lexicon[lower[i]] * N_SCALAR
    if mixed_case and words[i].isupper():
        value += C_INCR if value > 0 else -C_INCR
    for distance in range(1, min(i, 3) + 1):
        before = lower[i - distance]
        if before in lexicon:
            continue
        if before in BOOSTER_DICT:
            boost = _boost(words[i - distance], before, value, mixed_case)
            value = value + (boost * _DAMPING[distance - 1] if distance > 1 else boost)
        value = _negate(value, lower, i, distance)
        if distance == 3:
            value = _idioms(value, lower, i)
    if i > 0 and lower[i - 1] == "least" and (i == 1 or lower[i - 2] not in ("at", "very")):
        value = value * N_SCALAR
    return value


def _mixed_case(words: list[str]) -> bool:
    upper = sum(word.isupper() for word in words)
    return 0 < upper < len(words)


def _boost(word: str, lower: str, value: float, mixed_case: bool) -> float:
    boost = cast(float, BOOSTER_DICT[lower])
    if value < 0:
        boost *= -1
    if mixed_case and word.isupper():
        boost += C_INCR if value > 0 else -C_INCR
    return boost


def _negate(value: float, lower: list[str], i: int, distance: int) -> float:
    before = lower[i - distance]
    if distance == 2:
        if before == "never" and lower[i - 1] in ("so", "this"):
            return value * 1.25
        if before == "without" and lower[i - 1] == "doubt":
            return value
    elif distance == 3:
        # the original's precedence: "so" or "this" right before the word counts without "never"
        if (before == "never" and lower[i - 2] in ("so", "this")) or lower[i - 1] in ("so", "this"):
            return value * 1.25
        if before == "without" and "doubt" in (lower[i - 2], lower[i - 1]):
            return value
    if before in _NEGATIONS or "n't" in before:
        return value * cast(float, N_SCALAR)
    return value


def _idioms(value: float, lower: list[str], i: int) -> float:
    cases = cast(dict[str, float], SPECIAL_CASES)
    three, two, one, word = lower[i - 3 : i + 1]
    pair_before, pair_earlier = f"{two} {one}", f"{three} {two}"
    triple = f"{three} {two} {one}"
    for phrase in (f"{one} {word}", f"{two} {one} {word}", pair_before, triple, pair_earlier):
        if phrase in cases:
            value = cases[phrase]
            break
    if i + 1 < len(lower):
        value = cases.get(f"{word} {lower[i + 1]}", value)
    if i + 2 < len(lower):
        value = cases.get(f"{word} {lower[i + 1]} {lower[i + 2]}", value)
    for phrase in (triple, pair_earlier, pair_before):
        if phrase in _BOOSTER_PAIRS:
            value = value + cast(float, BOOSTER_DICT[phrase])
    return value


def _weigh_around_but(found: list[tuple[int, float]], but: int) -> list[tuple[int, float]]:
    """Half the weight before "but", half as much again after it, as the original does it.

    The original changes, for each value in turn, the first word that has this very value at that
    moment. A heap of positions for each value finds that word without searching.
    """
    values = dict(found)
    places: dict[float, list[int]] = {}
    for position, value in found:
        places.setdefault(value, []).append(position)
    for position, _ in found:
        value = values[position]
        heap = places[value]
        while values[heap[0]] != value:
            heapq.heappop(heap)
        first = heap[0]
        values[first] = value * (0.5 if first < but else 1.5)
        heapq.heappop(heap)
        heapq.heappush(places.setdefault(values[first], []), first)
    return [(position, value) for position, value in values.items() if value != 0]


def _emphasis(text: str) -> float:
    questions = text.count("?")
    question_part = 0.96 if questions > 3 else questions * 0.18 if questions > 1 else 0
    return min(text.count("!"), 4) * 0.292 + question_part
