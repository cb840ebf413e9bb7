"""Stars as files write them: numbers, words, signs, "4/5", "Rated 1 stars out of five stars"."""

import re
from dataclasses import dataclass
from typing import Any

MOST = 5
LONGEST = 60

WORDS: dict[str, int] = {
    word: stars
    for stars, words in {
        1: "one un une uno una um uma eins ein eine один satu bir 일 一 1つ",
        2: "two deux dos dois duas zwei due два dua iki 이 二 2つ",
        3: "three trois tres três drei tre три tiga üç uc 삼 三 3つ",
        4: "four quatre cuatro quatro vier quattro четыре empat dört dort 사 四 4つ",
        5: "five cinq cinco fünf fuenf cinque пять lima beş bes 오 五 5つ",
    }.items()
    for word in words.split()
}
"""Number words of the languages in which stores are most read."""

_UNIT = (
    r"(?:stars?|étoiles?|etoiles?|estrellas?|estrelas?|sterne?|stelle|stella|bintang|yıldız|"
    r"зв[её]зд[аы]?|звезд|별점|점|星|つ星|points?|punkte?|puntos?|pts?)"
)
_NUMBER = r"[0-9]+(?:[.,][0-9]+)?"
_NAME = r"[^\W\d_]+"
_OF = r"(?:/|\\|out\s+of|of|sur|de|von|su|dari|из|от|uit|av)"
_SCALED = re.compile(
    rf"(?:rated|rating:?|note:?|bewertet\s+mit|mit)?\s*(?P<value>{_NUMBER}|{_NAME})\s*{_UNIT}?\s*"
    rf"(?:{_OF}\s*(?P<most>{_NUMBER}|{_NAME})\s*{_UNIT}?)?\.?",
    re.IGNORECASE,
)
_PLAIN = re.compile(_NUMBER)
_FULL, _EMPTY = "★⭐🌟", "☆✩✰"
_JOINERS = str.maketrans("", "", "\ufe0e\ufe0f\u200d \u00a0")


@dataclass(frozen=True, slots=True)
class Stars:
    """A rating as it was written. most: the best of its scale where it says so, None for a number
    that stands alone."""

    value: float
    most: float | None


def read_stars(value: Any) -> Stars | None:
    """What a cell says of stars, None where it says nothing of them."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return Stars(float(value), None) if abs(value) < 1_000_000 else None
    if not isinstance(value, str) or len(value) > LONGEST:
        return None
    text = value.strip().casefold()
    if _PLAIN.fullmatch(text):
        return Stars(float(text.replace(",", ".")), None)
    if text and set(text.translate(_JOINERS)) <= set(_FULL + _EMPTY):
        return _signs(text.translate(_JOINERS))
    match = _SCALED.fullmatch(text)
    return None if match is None else _scaled(match["value"], match["most"])


def is_star(value: Any) -> bool:
    """Whether a cell is a rating of one to five in whole or half stars, however written."""
    read = read_stars(value)
    return (
        read is not None
        and read.most in (None, MOST)
        and 1 <= read.value <= MOST
        and (read.value * 2).is_integer()
    )


def _signs(text: str) -> Stars | None:
    full = sum(text.count(sign) for sign in _FULL)
    return Stars(float(full), MOST) if full and len(text) <= MOST else None


def _scaled(value: str, most: str | None) -> Stars | None:
    stars = _number(value)
    best = None if most is None else _number(most)
    if stars is None or (most is not None and best is None):
        return None
    named = best is None and not _PLAIN.fullmatch(value)
    return Stars(stars, MOST if best is None and not named else best)


def _number(written: str) -> float | None:
    if _PLAIN.fullmatch(written):
        return float(written.replace(",", "."))
    found = WORDS.get(written)
    return None if found is None else float(found)
