"""Texts -> tokens: words of any script, emoticons, single other signs; spellings that mean one word
brought together."""

import re
import unicodedata
from collections.abc import Iterator

from collector.text.one_spelling import one_spelling

READ_CHARACTERS = 5_000  # of a longer text; keeps time and memory bounded
LONGEST_WORD = 80
# Combining signs of the scripts whose words hold them; Python's \w leaves them out.
_MARKS = (
    "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0900-\u0963"
    "\u0966-\u0dff\u0e00-\u0e4e\u0e50-\u0fff\u1000-\u109f\u1780-\u17ff\u200c\u200d"
)
_WORD = rf"[\w{_MARKS}]+(?:'[\w{_MARKS}]+)*"
_EMOTICON = r"[:;=][-o^]?'?\(+|[:;=8x][-o^]?[)d\]]+(?!\w)|[:=][-o^]?[/\\|](?!/)|<3+|</3|\^_*\^"
_COUNTED = "[0-9]+(?=[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\u0e00-\u0e7f])"  # "10점"
_TOKEN = re.compile(rf"{_EMOTICON}|{_COUNTED}|{_WORD}|[^\w\s]")
_RUN = re.compile(r"(\w)\1{2,}")
_ARABIC = str.maketrans(
    dict.fromkeys("أإآٱ", "ا")
    | {
        "ى": "ي",
        "ی": "ي",
        "ئ": "ي",
        "ؤ": "و",
        "ة": "ه",
        "ۀ": "ه",
        "ہ": "ه",
        "ک": "ك",
        "\u0640": None,
    }
    | dict.fromkeys(map(chr, range(0x064B, 0x0660)))
    | {"\u0670": None, "\u200c": None}
)
_ARABIC_SIGN = re.compile("[\u0600-\u06ff]")
_TONES = re.compile("[\ufe0f\ufe0e\U0001f3fb-\U0001f3ff]")  # of emoji: forms and colours of skin
_LATIN = re.compile("[a-z\u00df-\u024f\u1e00-\u1eff]")
_HEBREW = re.compile("[\u05d0-\u05ea]")
_HEBREW_BEFORE = "והבלמשכ"
_ARABIC_BEFORE = ("و", "ال", "وال", "ب", "بال", "ف")
_ARABIC_AFTER = ("ه", "ها", "ني", "نا", "هم", "ك", "ش", "م", "ست")
_KATAKANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}  # read as hiragana
_DENSE = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]"
)


def normalise(text: str) -> str:
    """One spelling, lower case, plain Arabic letters and emoji, at most 5,000 signs."""
    return folded(one_spelling(text[:READ_CHARACTERS]))


def folded(spelt: str) -> str:
    """A text in one spelling in lower case, plain Arabic letters and emoji."""
    plain = spelt.lower()
    if plain.isascii():
        return plain
    plain = _TONES.sub("", plain.replace("i\u0307", "i")).translate(_KATAKANA)
    return plain.translate(_ARABIC) if _ARABIC_SIGN.search(plain) else plain


def tokens(normal: str) -> list[str]:
    """Words, emoticons and single other signs of a normalised text, in order."""
    return _TOKEN.findall(normal)


def shortened(word: str) -> tuple[str, str] | None:
    """An elongated word with its runs cut to two and to one sign; None where it has none."""
    if _RUN.search(word) is None:
        return None
    return _RUN.sub(lambda run: run[1] * 2, word), _RUN.sub(lambda run: run[1], word)


def without_accents(word: str) -> str:
    """The word as typed on a keyboard without accents; other scripts are left as they are."""
    if word.isascii() or not _LATIN.match(word):
        return word
    pieces = unicodedata.normalize(
        "NFD",
        word.replace("ß", "ss")
        .replace("ı", "i")
        .replace("đ", "d")
        .replace("ø", "o")
        .replace("ł", "l"),
    )
    bare = "".join(sign for sign in pieces if not "\u0300" <= sign <= "\u036f")
    return bare if bare.isascii() else word


def without_clitics(word: str) -> Iterator[str]:
    """An Arabic, Persian or Hebrew word without the particles that are written onto it."""
    if _HEBREW.match(word):
        if word[0] in _HEBREW_BEFORE and len(word) > 2:
            yield word[1:]
        return
    if not _ARABIC_SIGN.match(word):
        return
    starts = [word, *(word[len(part) :] for part in _ARABIC_BEFORE if word.startswith(part))]
    for start in starts:
        if start != word and len(start) > 2:
            yield start
        for part in _ARABIC_AFTER:
            if start.endswith(part) and len(start) - len(part) > 2:
                yield start[: -len(part)]


def is_dense(word: str) -> bool:
    """Whether a word holds signs of a script that is written without spaces between words."""
    return not word.isascii() and _DENSE.search(word) is not None
