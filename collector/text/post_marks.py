"""Links and hashtags of a post, each in one spelling."""

import re
import sys
import unicodedata
from functools import cache

from collector.text.addresses import canonical
from collector.text.one_spelling import one_spelling

LONGEST_POST = 4_000  # characters read of one post
LINK = re.compile(r"https?://[^\s<>\"']+|\bwww\.[^\s<>\"']+", re.IGNORECASE)


def links_in(text: str) -> list[str]:
    """Addresses, each once and without the marks by which platforms follow a link."""
    found = (link.rstrip(".,;:!?)]}…") for link in LINK.findall(text[:LONGEST_POST]))
    return list(dict.fromkeys(canonical(link) for link in found))


def hashtags_in(text: str) -> list[str]:
    """Hashtags, each once, casefolded; not those that are parts of links, nor numbers."""
    if "#" not in text and "＃" not in text:
        return []
    read = one_spelling(LINK.sub(" ", text[:LONGEST_POST])).casefold()
    return list(dict.fromkeys(_tag().findall(read)))


@cache
def combining_marks() -> str:
    """Every combining mark, as part of a class of characters of a regular expression.

    Python's \\w leaves them out, though they are vowels in the scripts of India and of Thailand.
    """
    return "".join(
        re.escape(chr(code))
        for code in range(0x300, min(sys.maxunicode, 0x1FFFF))
        if unicodedata.category(chr(code)) in ("Mn", "Mc") and not 0xFE00 <= code <= 0xFE0F
    )


@cache
def _tag() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w&/])#(?=\w*[^\W\d_])[\w{combining_marks()}\u200c\u200d]+")
