"""Stars as files write them (numbers, words, signs, "4/5", "Rated 1 stars out of five stars"), and
ratings on other scales: ten, a hundred, thumbs, words."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

MOST, TEN, FIFTY, HUNDRED = 5, 10, 50, 100
LONGEST = 60
NEARLY_ALL, FEW = 0.9, 0.05
FEWEST_OF_HUNDRED = 3

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

GRADES: dict[str, int] = {
    word: stars
    for stars, words in {
        5: "excellent,outstanding,love it,loved it,very satisfied,very good,very positive,"
        "excelente,muy bueno,muy buena,muy satisfecho,ótimo,muito bom,muito boa,muito satisfeito,"
        "très bien,très bon,très satisfait,ausgezeichnet,hervorragend,sehr gut,sehr zufrieden,"
        "ottimo,eccellente,mükemmel,çok iyi,sangat baik,sangat puas,отлично,очень хорошо,"
        "とても良い,非常に良い,매우 좋음,아주 좋음,很好,非常好,ممتاز",
        4: "great,good,like it,liked it,satisfied,positive,bueno,buena,bien,satisfecho,bom,boa,"
        "satisfeito,bon,satisfait,gut,zufrieden,buono,iyi,baik,bagus,puas,хорошо,良い,좋음,好,جيد",
        3: "average,ok,okay,fair,neutral,mixed,regular,aceptable,razoável,moyen,passable,mittel,"
        "mittelmäßig,befriedigend,discreto,orta,cukup,biasa,нормально,средне,удовлетворительно,"
        "普通,보통,一般,متوسط",
        2: "poor,below average,not good,dissatisfied,unsatisfied,negative,malo,mala,insatisfecho,"
        "ruim,insatisfeito,mauvais,médiocre,insatisfait,schlecht,unzufrieden,scarso,kötü,buruk,"
        "tidak puas,плохо,悪い,나쁨,差,سيئ",
        1: "bad,terrible,awful,very bad,hate it,hated it,very dissatisfied,very poor,very negative,"
        "pésimo,muy malo,muy mala,muy insatisfecho,péssimo,muito ruim,très mauvais,sehr schlecht,"
        "sehr unzufrieden,pessimo,çok kötü,sangat buruk,ужасно,очень плохо,とても悪い,非常に悪い,"
        "매우 나쁨,很差,非常差,سيئ جدا",
    }.items()
    for word in words.split(",")
}
"""Ratings in words: those of Trustpilot and the usual ones of surveys, in many languages."""
_THUMBS: dict[str, int] = {
    word: stars
    for stars, words in {
        5: "true,recommended,thumbs up,up,1,👍,yes,thumbup,thumbsup,like",
        1: "false,not recommended,thumbs down,down,-1,0,👎,no,thumbdown,thumbsdown,dislike",
    }.items()
    for word in words.split(",")
}
_UNIT = (
    r"(?:stars?(?:\s+ratings?)?|étoiles?|etoiles?|estrellas?|estrelas?|sterne?|stelle|stella|bintang|yıldız|"
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
_PERCENT = re.compile(rf"({_NUMBER})\s?%")
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
    if percent := _PERCENT.fullmatch(text):
        return Stars(float(percent[1].replace(",", ".")), HUNDRED)
    if text and set(text.translate(_JOINERS)) <= set(_FULL + _EMPTY):
        return _signs(text.translate(_JOINERS))
    match = _SCALED.fullmatch(text)
    return None if match is None else _scaled(match["value"], match["most"])


@dataclass(frozen=True, slots=True)
class Scale:
    """How a column's ratings become stars. best: of numbers that stand alone. thumbs: up is five
    stars, down is one. worse_than_bad: its words go below "bad", which elsewhere is the last."""

    best: float = MOST
    thumbs: bool = False
    words: bool = False
    worse_than_bad: bool = False

    @property
    def five(self) -> bool:
        """Whether ratings are stars already."""
        return self == FIVE

    def stars(self, value: Any) -> float | None:
        """The stars of a cell, 1 to 5; None for a 0 among stars, which says that none was given.
        Raises ValueError with the reason."""
        if self.thumbs or self.words:
            said = _said(value)
            found = _THUMBS.get(said) if self.thumbs else GRADES.get(said)
            if found is not None:
                return float(found + (self.worse_than_bad and said == "bad"))
        read = read_stars(value)
        if read is None:
            raise ValueError(f"{_shown(value)} is no number of stars")
        best = read.most or self.best
        if best == MOST:
            if read.value == 0:
                return None
            if not 1 <= read.value <= MOST:
                raise ValueError(f"{_shown(value)} is not between 1 and 5 stars")
            return read.value
        if not 0 <= read.value <= best:
            raise ValueError(f"{_shown(value)} is not between 0 and {best:g}")
        return float(max(1, math.ceil(read.value * MOST / best - 1e-9)))

    def converts(self, written: str) -> bool:
        """Whether a rating is read on another scale than that of stars."""
        if not self.five:
            return True
        read = read_stars(written)
        return read is not None and read.most not in (None, MOST)

    def notice(self, column: str) -> str | None:
        """What a person should know of ratings that were converted."""
        if self.thumbs:
            return f"{column}: thumbs were read as stars, up as 5 and down as 1"
        if self.words:
            return f"{column}: words were read as stars, from the best (5) to the worst (1)"
        if not self.five:
            return (
                f"{column}: ratings up to {self.best:g} were read as stars, "
                f"{self.best / MOST:g} points a star, rounded up"
            )
        return None


FIVE = Scale()


def scale_of(cells: Sequence[Any], share: float = NEARLY_ALL) -> Scale | None:
    """The scale of a column by its filled cells, None where they are no ratings.

    share: of cells that must be ratings; below nine in ten the column's name must say so too, and
    stars may have any fraction.
    """
    if not cells:
        return None
    said = {_said(cell) for cell in cells}
    if said <= _THUMBS.keys() and (len(said) > 1 or not said <= {"0", "1", "-1"}):
        return Scale(thumbs=True)
    if sum(_said(cell) in GRADES for cell in cells) >= share * len(cells):
        below = {"terrible", "awful", "very bad", "very poor"} & said
        return Scale(words=True, worse_than_bad=bool(below) and "poor" not in said)
    read = [stars for cell in cells if (stars := read_stars(cell)) is not None]
    if len(read) < share * len(cells):
        return None
    if all(one.most == HUNDRED for one in read):
        return Scale(best=HUNDRED)
    return _numbered([one.value for one in read if one.most is None], len(read), share)


def _numbered(alone: list[float], all_read: int, share: float) -> Scale | None:
    """The scale of numbers that stand alone."""
    above = [value for value in alone if value > MOST]
    few = len(above) < max(2, FEW * all_read) or len(set(above)) < 2
    if few:
        if share >= NEARLY_ALL:
            inside = sum(1 <= v <= MOST and (v * 2).is_integer() for v in alone)
        else:  # the name says so too: any fraction, and 0 for none given
            inside = sum(v == 0 or 1 <= v <= MOST for v in alone)
        return FIVE if inside >= share * len(alone) else None
    if not all((value * 2).is_integer() and value >= 0 for value in alone):
        return None
    best = max(above)
    if best <= TEN:
        return Scale(best=TEN)
    if best == FIFTY and all(value % (FIFTY / TEN) == 0 for value in alone):
        return Scale(best=FIFTY)  # ten points a star, as the classes of a page's bubbles write it
    spread = len(set(alone)) >= min(FEWEST_OF_HUNDRED, len(alone))
    return Scale(best=HUNDRED) if best <= HUNDRED and spread else None


def _said(value: Any) -> str:
    return " ".join(str(value).strip().casefold().replace("_", " ").split())


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 40 else text[:40] + "..."


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
