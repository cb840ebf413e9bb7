"""A shop's title -> what people call the app: without its tagline, in every form they write."""

import re
import unicodedata
from collections.abc import Iterable

from collector.text.one_spelling import STROKES, TWO_LETTERS

SHORTEST = 3
"""Letters and digits of a name that can be asked for by itself."""
LONGEST = 200
_LEAVE = "\u200c\u200d"  # the joiners, by which Persian and the scripts of India spell
_MARKS = re.compile("[™®©℠\ufe0e\ufe0f]")
_CUT = re.compile(
    r"\s*[:|•]\s+|\s*[：｜│・·](?=\s|[\u3040-\u9fff\uac00-\ud7af])\s*"
    r"|\s+[-\u2010-\u2015\u2212~～]+\s*|\s*[-\u2010-\u2015\u2212~～]+\s+"
    r"|\s*[(（\[【「『《]|[)）\]】」』》]\s*"
)
_SAYS_NOTHING = frozenset(
    ("app", "apps", "official", "oficial", "officiel", "offiziell", "ufficiale", "resmi", "the",
     "my", "new", "old", "beta", "lite", "приложение", "официальное", "แอป", "ऐप", "アプリ", "앱",
     "应用", "官方", "官方版", "公式", "공식", "تطبيق", "旧", "구")
)  # fmt: skip
_LATIN = re.compile("[a-zA-Z\u00c0-\u024f\u1e00-\u1eff]")
_SMALL = STROKES | TWO_LETTERS
_WITHOUT_ACCENTS = str.maketrans(
    {c.upper(): plain.capitalize() for c, plain in _SMALL.items() if len(c.upper()) == 1} | _SMALL
)


def short_name(title: str, owners: Iterable[str] = ()) -> str:
    """The title without its tagline: "Citizen: Protect The World" is called Citizen.

    owners: names of those behind the app, which are no name of it where they stand first. A title
    that has no part that can stand alone stays whole.
    """
    whole = tidy(title)
    agency = {_folded(owner) for owner in owners}
    parts = [part.strip() for part in _CUT.split(whole)]
    return next((p for p in parts if _can_stand(p) and _folded(p) not in agency), whole)


def tagline(title: str, name: str) -> str:
    """What a title says behind the name; empty where it says no more."""
    rest = tidy(title).replace(name, " ", 1)
    return " ".join(part.strip() for part in _CUT.split(rest) if _words(part)).strip()


def tidy(title: str) -> str:
    """A title in one Unicode form (NFC), on one line, without signs that nobody types."""
    plain = unicodedata.normalize("NFC", _MARKS.sub("", title))
    shown = "".join(c if c.isprintable() or c in _LEAVE else " " for c in plain)
    return " ".join(shown.split())


def as_name(title: str) -> str | None:
    """A title as the name of an app in a configuration and in a query: on one line, without quotes;
    None where too little is left."""
    plain = tidy(title.replace('"', " "))
    return plain[:LONGEST] if len(plain) >= SHORTEST and any(map(str.isalnum, plain)) else None


def hashtag(name: str) -> str:
    """A name as a hashtag without #: its letters, digits and the marks that belong to them."""
    return "".join(c for c in tidy(name) if _in_a_word(c)).strip(_LEAVE)


def spellings(name: str) -> tuple[str, ...]:
    """A name as it is spelled, then as a keyboard without accents spells it, if that differs."""
    whole = tidy(name)
    return tuple(dict.fromkeys((whole, without_accents(whole))))


def without_accents(text: str) -> str:
    """Latin letters without their accents; those of other scripts stay, they are other letters."""
    return "".join(_bare(c) for c in unicodedata.normalize("NFC", text))


def _bare(char: str) -> str:
    if not _LATIN.match(char):
        return char
    letters = (c for c in unicodedata.normalize("NFD", char) if not unicodedata.combining(c))
    return "".join(letters).translate(_WITHOUT_ACCENTS)


def _in_a_word(char: str) -> bool:
    return char.isalnum() or char == "_" or char in _LEAVE or unicodedata.category(char)[0] == "M"


def _words(part: str) -> list[str]:
    return "".join(c if _in_a_word(c) else " " for c in part).split()


def _folded(text: str) -> str:
    return "".join(_words(tidy(text).casefold()))


def _can_stand(part: str) -> bool:
    words = _words(part.casefold())
    letters = sum(len(word) for word in words)
    says = any(word not in _SAYS_NOTHING and not word.isdecimal() for word in words)
    dense = any("\u2e80" <= c <= "\u9fff" or "\uac00" <= c <= "\ud7af" for c in part)
    return says and letters >= (2 if dense else SHORTEST)
