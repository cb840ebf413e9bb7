"""The spelling in which words of reasons are looked for: what is heard alike is written alike.

Casefolded, without accents and Arabic vowel signs, punctuation gone, words between single blanks;
ends of sentences and colons stand as words of their own, so do emoji; between letters of scripts
without blanks (and of Korean, where people put them as they like) there is none.
"""

import re
import unicodedata

from analysis.tokens import UNSPACED
from collector.text.one_spelling import one_spelling

LONGEST = 2_000  # characters; a reason comes early
START, END = " ^ ", " $ "
NO_BLANKS = f"{UNSPACED}\uac00-\ud7a3\u1100-\u11ff\u3130-\u318f"
_ACCENTS = re.compile("[\u0300-\u036f\u064b-\u065f\u0670\u0640\ufe0f\u200d\U0001f3fb-\U0001f3ff]")
_SENTENCE = re.compile("[.!?\u2026\u3002\u061f\u06d4\u0964\r\n]+")
_EMOJI = re.compile("([\U0001f000-\U0001faff\u2600-\u27bf\u2b50\u20a0-\u20cf£¥])")
_MARKS = re.compile(
    r"[\s\x00-\x1f\"#$%&'()*+,\-/;<=>@\[\\\]^_`{|}~\u00a1\u00a7\u00ab\u00b4\u00b7\u00bb\u00bf"
    "\u2010-\u2027\u2030-\u205e\u3000-\u303f\uff01-\uff0f\uff1b-\uff20\u060c\u061b]+"
)
_LONG = re.compile(r"([^\W\d_])\1{2,}")
_GLUED = re.compile(f"(?<=[{NO_BLANKS}]) (?=[{NO_BLANKS}])")
_SEAM = re.compile(f"(?<=[{NO_BLANKS}])(?=[^{NO_BLANKS} ])|(?<=[^{NO_BLANKS} ])(?=[{NO_BLANKS}])")
_ALIKE = str.maketrans(
    dict.fromkeys("أإآٱ", "ا")
    | dict.fromkeys("ىی", "ي")
    | {"ک": "ك", "ة": "ه", "ۀ": "ه"}
    | {"ı": "i", "ł": "l", "đ": "d", "ø": "o", "æ": "ae", "œ": "oe"}
)
_ANY_UNSPACED = re.compile(f"[{NO_BLANKS}]")


def plain(text: str) -> str:
    """The text in this spelling, between START and END."""
    text = one_spelling(text[:LONGEST]).casefold()
    if not text.isascii():
        text = _folded(text)
    text = _SENTENCE.sub(" . ", text).replace(":", " : ")
    text = _LONG.sub(lambda m: m[1] * (2 if m[1] in "oe" else 1), text)
    text = _MARKS.sub(" ", text)
    if not text.isascii() and _ANY_UNSPACED.search(text):
        text = _GLUED.sub("", _SEAM.sub(" ", text))
    return f"{START}{text.strip()}{END}"


def unspaced(letter: str) -> bool:
    """Whether words of its script stand without blanks, or it is an emoji."""
    return bool(_ANY_UNSPACED.match(letter) or _EMOJI.match(letter))


def _folded(text: str) -> str:
    bare = _ACCENTS.sub("", unicodedata.normalize("NFD", text))
    return _EMOJI.sub(r" \1 ", unicodedata.normalize("NFC", bare).translate(_ALIKE))
