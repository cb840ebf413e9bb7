"""Countries and languages by any common name or code -> ISO 3166 alpha-2 and BCP 47."""

import re
import unicodedata
from functools import cache, lru_cache

from babel import Locale
from babel.core import get_global

NAMED_IN = (
    "en", "es", "fr", "de", "it", "pt", "nl", "pl", "ru", "tr", "id", "vi", "ja", "zh", "ko", "ar",
    "sv", "da", "nb", "fi", "cs", "uk", "el", "hi", "th",
)  # fmt: skip
OTHER_COUNTRIES = {
    "uk": "gb", "greatbritain": "gb", "england": "gb", "scotland": "gb", "wales": "gb",
    "america": "us", "unitedstatesofamerica": "us", "theunitedstates": "us", "usofa": "us",
    "korea": "kr", "republicofkorea": "kr", "koreasouth": "kr", "russianfederation": "ru",
    "vietnam": "vn", "czechrepublic": "cz", "uae": "ae", "hongkong": "hk", "macau": "mo",
    "taiwan": "tw", "turkey": "tr", "ivorycoast": "ci", "holland": "nl", "mainlandchina": "cn",
    "prc": "cn", "iran": "ir", "syria": "sy", "bolivia": "bo", "venezuela": "ve", "tanzania": "tz",
    "moldova": "md", "laos": "la", "brunei": "bn", "macedonia": "mk", "burma": "mm",
}  # fmt: skip
OTHER_LANGUAGES = {
    "schinese": "zh-Hans", "tchinese": "zh-Hant", "koreana": "ko", "brazilian": "pt-BR",
    "latam": "es-419", "mandarin": "zh", "castilian": "es", "farsi": "fa", "flemish": "nl",
    "iw": "he", "in": "id", "ji": "yi",
}  # fmt: skip
UNKNOWN_LANGUAGES = frozenset({"und", "zxx", "qme", "qht", "qam", "qct", "qst", "art", "mul"})
_TAG = re.compile(r"([a-zA-Z]{2,3})(?:[-_]([A-Za-z]{4}))?(?:[-_]([A-Za-z]{2}|\d{3}))?(?:[.@].*)?")
_TWO = re.compile(r"[a-z]{2}")


@lru_cache(maxsize=4_096)
def country_of(written: str) -> str | None:
    """Lower case alpha-2 of a code or name, None where it is none."""
    text = written.strip()
    if _TWO.fullmatch(text.lower()):
        code = text.lower()
        return OTHER_COUNTRIES.get(code, code)
    return _countries().get(_plain(text))


@lru_cache(maxsize=4_096)
def language_of(written: str) -> str | None:
    """The language of a tag or a name, None where it is none or nobody knows it."""
    text = written.strip()
    named = _languages().get(_plain(text))
    if named is not None:
        return named
    match = _TAG.fullmatch(text)
    if match is None or match[1].lower() not in _codes():
        return None
    parts = (match[1].lower(), (match[2] or "").title(), (match[3] or "").upper())
    return "-".join(part for part in parts if part)


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in folded if char.isalnum())


@cache
def _countries() -> dict[str, str]:
    found: dict[str, str] = {}
    for tongue in reversed(NAMED_IN):
        for code, name in Locale(tongue).territories.items():
            if _TWO.fullmatch(code.lower()):
                found[_plain(name)] = code.lower()
    for alias, codes in get_global("territory_aliases").items():
        if len(alias) == 3 and alias.isalpha() and len(codes) == 1:
            found[alias.lower()] = codes[0].lower()
    return found | OTHER_COUNTRIES


@cache
def _languages() -> dict[str, str]:
    found: dict[str, str] = {}
    for tongue in reversed(NAMED_IN):
        for code, name in Locale(tongue).languages.items():
            if len(code) <= 3:
                found[_plain(name)] = code
    own = {
        _plain(locale.get_display_name() or ""): code
        for code in NAMED_IN
        if (locale := Locale(code))
    }
    return found | own | OTHER_LANGUAGES


@cache
def _codes() -> frozenset[str]:
    known = {str(code) for code in Locale("en").languages if 2 <= len(str(code)) <= 3}
    return frozenset(known - UNKNOWN_LANGUAGES)
