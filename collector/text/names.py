"""Names in a text: whether and where it says what something is called, in any language.

A text may write a name with or without accents, in any Unicode form and case, as one word or
several, as a hashtag, with the endings of its grammar (Turkish, Russian, Korean, Hindi), with an
article in front (Arabic, Hebrew), or among words without spaces (Thai, Japanese, Chinese).
A longer word that only holds the name's letters is another word.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

from collector.text.one_spelling import STROKES, TWO_LETTERS, one_spelling

SHORTEST_ENDED = 5
"""Letters from which a name in Latin letters may have an ending of grammar."""
SHORTEST_CYRILLIC = 4
# Letters, digits and signs within words of scripts that put blanks between words.
_SPACED = (
    "0-9a-z_\u00aa\u00b5\u00ba\u00c0-\u0dff\u10a0-\u135f\u13a0-\u167f\u1e00-\u1fff"
    "\u2c00-\u2dff\ua640-\ua7ff\uab30-\uabff\uac00-\ud7af"
)
_KATAKANA = "\u30a1-\u30ff\uff66-\uff9f"
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
# Between the words of a name: nothing, blanks and signs, but no end of a clause.
_BETWEEN = r"(?:[^\w,.;:!?|]|_|[,.;:!?](?![\s]|$))*"
_WORDS = re.compile(r"[^\W_]+(?:[\u0300-\u036f\u0900-\u0dff\u0e31-\u0e4e]*[^\W_]*)*")
_MARKS = "[\u064b-\u0652\u0640\u0591-\u05c7]*"  # vowel points, which few texts write
_KOREAN = (
    "은|는|이|가|을|를|의|에|에서|에게|에는|에선|도|로|으로|와|과|랑|이랑|만|까지|부터|처럼|보다|나|이나|"
    "라도|마저|조차|께서|한테|들|들이|들은|입니다|이다|인데|이라|라는|이라는"
)
_CYRILLIC = (
    "а|я|у|ю|е|и|ы|і|ї|о|ь|й|ом|ем|ой|ей|ою|ею|ам|ям|ами|ями|ах|ях|ов|ев|ів|ий|ого|его|ому|ему|ым|"
    "им|ых|их|ые|ие|ую|юю|ью|ия|ию|ии|ией|иям|иях|иями|ія|ії|ію|ією"
)
_LATIN = (  # Turkish, then Finnish and Hungarian; without accents
    "[ydn]?[aeiıuü]|[dt][ae]n?|[yn]?[iıuü]n|yl[ae]|l[ae]r|l[ae]r[iı]n?|l[ae]rd[ae]n?|"
    "ss[aä]|st[aä]|ll[aä]|lt[aä]|lle|ban|ben|ból|ből|ról|ről|nak|nek|hoz|hez|val|vel"
)
_APART = str.maketrans(TWO_LETTERS)
_HINDI = "में|का|के|की|को|से|पर|ने|वाला|वाले|वाली"
_ARABIC, _HEBREW = "[وف]?(?:بال|كال|ال|لل|[بلك])?", "[ובכלמשה]{0,2}"


def says(text: str, names: Iterable[str]) -> bool:
    """Whether a text says one of the names."""
    found = pattern(tuple(names))
    return found is not None and found.search(plain(text)) is not None


def plain(text: str) -> str:
    """A text as `pattern` reads it: one spelling, without case."""
    return one_spelling(one_spelling(text).casefold()).translate(_APART)


@cache
def pattern(names: tuple[str, ...], *, joined: bool = True) -> re.Pattern[str] | None:
    """What finds the names in a `plain` text, the longest first; None where none has a letter.

    joined: whether the words of a name may be written as one. A name behind # is a hashtag's.
    """
    found = {written for name in names if (written := _written(plain(name), joined=joined))}
    return re.compile("|".join(sorted(found, key=len, reverse=True))) if found else None


def _written(name: str, *, joined: bool) -> str:
    words = _WORDS.findall(name)
    if not words:
        return ""
    between = _BETWEEN if joined else f"(?=[^\\w]|_){_BETWEEN}"
    last = _word(words[-1]) + _ending(words[-1], sum(map(len, words))) + _after(words[-1])
    body = between.join([*map(_word, words[:-1]), last])
    return f"#{body}" if name.startswith("#") else _before(words[0]) + body


def _word(word: str) -> str:
    """A word in every way of writing it."""
    if _is(word[-1], "\u0400", "\u052f") and len(word) >= SHORTEST_CYRILLIC:
        stem = re.sub("[аеёиоуыэюяьйіїє]$", "", word)
        return "".join(map(_letter, stem)) + f"(?:{_CYRILLIC})?"
    return "".join(map(_letter, _composed(word)))


def _ending(word: str, letters: int) -> str:
    """What grammar may put behind a name of so many letters."""
    last = word[-1]
    if _is(last, "\uac00", "\ud7a3"):
        return f"(?:{_KOREAN})?"
    if _is(last, "\u0900", "\u097f"):
        return f"(?:{_HINDI})?"
    if last.isalpha() and _is(last, "a", "\u024f") and letters >= SHORTEST_ENDED:
        return f"(?:{_LATIN})?"
    return ""


def _before(word: str) -> str:
    if _is(word[0], "\u0620", "\u064a"):
        return rf"(?<![{_SPACED}]){_ARABIC}"
    if _is(word[0], "\u05d0", "\u05ea"):
        return rf"(?<![{_SPACED}]){_HEBREW}"
    if _UNSPACED.match(word[0]):
        return f"(?<![{_KATAKANA}])" if re.match(f"[{_KATAKANA}]", word[0]) else ""
    return f"(?<![{_SPACED}])"


def _after(word: str) -> str:
    if _UNSPACED.match(word[-1]):
        return f"(?![{_KATAKANA}])" if re.match(f"[{_KATAKANA}]", word[-1]) else ""
    return f"(?![{_SPACED}])"


def _is(char: str, first: str, last: str) -> bool:
    return first <= char <= last


def _composed(word: str) -> list[str]:
    """Letters with the marks that cannot be composed with them."""
    return re.findall("[^\u0300-\u036f][\u0300-\u036f]*", word)


@cache
def _letter(char: str) -> str:
    """A letter with or without its accents."""
    base = _base(char)
    if _is(base, "\u0590", "\u06ff"):
        return f"[{_variants().get(base, base)}]{_MARKS}"
    if base not in _variants():
        return re.escape(char)
    return f"[{_variants()[base]}][\u0300-\u036f]*"


def _base(char: str) -> str:
    plain_letter = unicodedata.normalize("NFKD", char)[0]
    return STROKES.get(plain_letter, plain_letter)


@cache
def _variants() -> dict[str, str]:
    """Letters of Latin, Greek, Cyrillic and Arabic, each with those that only add a mark to it."""
    found: dict[str, str] = {}
    for code in (*range(0x61, 0x250), *range(0x370, 0x700), *range(0x1E00, 0x2000)):
        char = chr(code)
        if char.isalpha() and char == char.casefold():
            base = _base(char)
            if base.isalpha():
                found[base] = found.get(base, "") + char
    return {base: ("" if base in chars else base) + chars for base, chars in found.items()}
