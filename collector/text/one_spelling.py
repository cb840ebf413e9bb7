"""One text, one spelling: what people wrote alike is read alike, whatever keyboard wrote it.

Texts are stored as they were written; whoever reads them (sentiment, words, signals) reads this.
"""

import re
import unicodedata

_QUOTES = str.maketrans(
    dict.fromkeys("’‘‛ʼʹ′´`ˈ＇", "'") | dict.fromkeys("“”„‟«»″＂", '"') | {"\u2011": "-"}
)
# Characters that show nothing: soft hyphens, zero widths, marks of direction and of byte order.
# The joiners stay: emoji, Persian and the scripts of India mean something by them.
_UNSEEN = re.compile("[\u00ad\u034f\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
_BLANKS = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")

STROKES = {"ı": "i", "đ": "d", "ł": "l", "ø": "o"}
"""Small letters that Unicode does not take apart, as who has no key for them writes them."""
TWO_LETTERS = {"æ": "ae", "œ": "oe", "ß": "ss"}
"""Small letters that stand for two, likewise."""


def one_spelling(text: str) -> str:
    """The text in Unicode's compatible form (NFKC), with plain quotes, hyphens and blanks, and
    without characters that show nothing."""
    if text.isascii() and "`" not in text:
        return text
    plain = _BLANKS.sub(" ", _UNSEEN.sub("", text)).translate(_QUOTES)
    return unicodedata.normalize("NFKC", plain)
