"""Language of each text, and whether that is certain.

py3langid (140 languages, model in the package) was measured against lingua: docs/sentiment.md.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

UNCERTAIN = "und"
MIXED = "mul"
NO_WORDS = "zxx"
READ_CHARACTERS = 400  # more text does not change the answer, and time stays bounded
CACHED = 50_000
MIN_PROBABILITY = 0.8
MIN_HALF_CHARACTERS = 30
MIN_HALF_PROBABILITY = 0.95
_NOT_WORDS = re.compile(r"https?://\S+|[@#]\w+|\[[a-z ]+\]|[\d_]+")


@dataclass(frozen=True, slots=True)
class Language:
    """code: ISO 639-1 or 639-3, "mul" for mixed texts, "zxx" for texts without words.

    certain: False for short and mixed texts; then the code is the best guess.
    """

    code: str
    probability: float
    certain: bool


@cache
def _identifier() -> LanguageIdentifier:
    """py3langid's model, once a process (about 0.7 s)."""
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def identify(text: str) -> Language:
    """Language of one text. Never raises."""
    return _identify(_words_only(text))


def _words_only(text: str) -> str:
    return _NOT_WORDS.sub(" ", text[:READ_CHARACTERS]).strip()


@lru_cache(CACHED)
def _identify(words: str) -> Language:
    if not any(sign.isalpha() for sign in words):
        return Language(NO_WORDS, 1.0, certain=True)
    code, probability = _identifier().classify(words)
    if code == NO_WORDS:
        return Language(UNCERTAIN, float(probability), certain=False)
    if _is_mixed(words):
        return Language(MIXED, float(probability), certain=False)
    return Language(code, float(probability), certain=bool(probability >= MIN_PROBABILITY))


def primary(tag: str | None) -> str | None:
    """BCP 47 tag -> its language, lower case ("pt-BR" -> "pt"); None without one."""
    code = (tag or "").replace("_", "-").split("-")[0].strip().lower()
    return code if 2 <= len(code) <= 3 and code.isalpha() else None


def _is_mixed(words: str) -> bool:
    """Whether the two halves are in two languages, each beyond doubt."""
    if len(words) < 2 * MIN_HALF_CHARACTERS:
        return False
    middle = words.rfind(" ", 0, len(words) // 2 + 1)
    halves = words[:middle], words[middle:]
    if middle < MIN_HALF_CHARACTERS:
        return False
    (one, p_one), (other, p_other) = (_identifier().classify(half) for half in halves)
    return bool(one != other and min(p_one, p_other) >= MIN_HALF_PROBABILITY)
