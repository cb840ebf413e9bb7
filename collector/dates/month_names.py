"""Dates in words of other languages -> English, which the parser reads: 5 de mayo de 2021,
2021年3月5日, 5 Agustus 2021, Bewertet am 3. März 2020."""

import re
from functools import cache

from babel import Locale

TONGUES = (
    "es", "pt", "fr", "de", "it", "nl", "id", "tr", "ru", "pl", "cs", "sv", "da", "nb", "fi", "ro",
    "uk", "el", "hu", "vi", "ms", "ca", "ar", "fa", "he", "bg", "sr", "hr", "sk", "sl",
)  # fmt: skip
MARKED = ("hi", "th", "bn", "mr", "ta", "te", "ne", "my", "km", "lo")
"""Tongues whose vowels are signs of their own, so that words have no plain letters alone."""
ENGLISH = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_EAST = re.compile(r"(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]?\s*")
_HALVES = {"午前": "AM", "午後": "PM", "오전": "AM", "오후": "PM", "上午": "AM", "下午": "PM"}
_HALF = re.compile(rf"({'|'.join(_HALVES)})\s*(\d{{1,2}}:\d{{2}}(?::\d{{2}})?)")
_WORD = re.compile(r"[^\W\d_]+\.?")
_LINKING = "de del di d do da le el il em a den der dne tháng г год года р at um à las"
_LINKS = frozenset(_LINKING.split())
# What stands before a date: "Reviewed in Germany on", "Date of experience:", "Updated".
_LEAD = re.compile(
    r"^\D*?\b(?:on|am|le|el|il|em|op|den|posted|updated|edited|experience)\b:?\s+(?=\S*\d|[A-Z])",
    re.IGNORECASE,
)
_FROM_NOW = re.compile(r"\b(?:ago|yesterday|today|just now)\s*$", re.IGNORECASE)


def in_english(text: str) -> str:
    """The date with the names of its months in English, as far as it is in words at all."""
    if text.isascii() and not any(char.isalpha() for char in text):
        return text
    if _FROM_NOW.search(text):
        return text
    text = _marked_names().sub(lambda m: f" {_marked()[m[0]]} ", text.replace("·", " "))
    text = _HALF.sub(lambda m: f"{m[2]} {_HALVES[m[1]]}", _EAST.sub(r"\1-\2-\3 ", text)).strip()
    words = _WORD.findall(text)
    if not any(len(word.rstrip(".")) > 2 for word in words):
        return text
    text = _LEAD.sub("", text)
    return " ".join(_WORD.sub(_english, text).split())


def _english(match: re.Match[str]) -> str:
    word = match[0].rstrip(".").casefold()
    month = _months().get(word)
    if month is not None:
        return f"{month} "
    if match[0].isupper():
        return match[0]  # a zone: PET, and not the Friday of Croatia
    return "" if word in _LINKS or word in _weekdays() else match[0]


@cache
def _weekdays() -> frozenset[str]:
    """Names of days that no tongue has for a month."""
    named = {
        str(name).rstrip(".").casefold()
        for tongue in TONGUES
        for width in ("wide", "abbreviated")
        for name in Locale(tongue).days["format"][width].values()
    }
    months = {str(n).rstrip(".").casefold() for t in (*TONGUES, "en") for n in _names(t)}
    return frozenset(name for name in named - months if len(name) > 2)


def _names(tongue: str) -> list[str]:
    """The names of the months, whole and short."""
    forms = Locale(tongue).months.values()
    return [str(name) for form in forms for width in form.values() for name in width.values()]


@cache
def _months() -> dict[str, str]:
    """Names of months, whole and short; a name that languages differ in is none."""
    found: dict[str, set[str]] = {}
    for tongue in TONGUES:
        for form in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in Locale(tongue).months[form][width].items():
                    word = str(name).rstrip(".").casefold()
                    if word.isalpha() and len(word) > 2:
                        found.setdefault(word, set()).add(ENGLISH[int(number) - 1])
    english = {name.casefold() for name in ENGLISH}
    return {
        word: months.copy().pop()
        for word, months in found.items()
        if len(months) == 1 and word not in english
    }


@cache
def _marked() -> dict[str, str]:
    """Names of months in tongues whose words are not made of letters alone."""
    return {
        str(name): ENGLISH[int(number) - 1]
        for tongue in MARKED
        for form in ("format", "stand-alone")
        for width in ("wide", "abbreviated")
        for number, name in Locale(tongue).months[form][width].items()
        if len(str(name)) > 2
    }


@cache
def _marked_names() -> re.Pattern[str]:
    return re.compile("|".join(re.escape(name) for name in sorted(_marked(), key=len)[::-1]))
