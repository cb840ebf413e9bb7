"""Links, hashtags and words of a post, each in one spelling."""

import re

from analysis.tokens import words
from collector.text.addresses import canonical
from collector.text.one_spelling import one_spelling

LONGEST_POST = 4_000  # characters read of one post
LEAST_WORDS = 5  # of a text that counts as shared; shorter ones meet by chance

_LINK = re.compile(r"https?://[^\s<>\"']+|\bwww\.[^\s<>\"']+", re.IGNORECASE)
_TAG = re.compile(r"(?<![\w&/])#(?=\w*[^\W\d_])\w+")


def links_in(text: str) -> list[str]:
    """Addresses, each once and without the marks by which platforms follow a link."""
    found = (link.rstrip(".,;:!?)]}…") for link in _LINK.findall(text[:LONGEST_POST]))
    return list(dict.fromkeys(canonical(link) for link in found))


def hashtags_in(text: str) -> list[str]:
    """Hashtags, each once, casefolded."""
    read = one_spelling(_LINK.sub(" ", text[:LONGEST_POST])).casefold()
    return list(dict.fromkeys(_TAG.findall(read)))


def spoken(text: str) -> list[str]:
    """Words without links, accounts and numbers."""
    plain = _LINK.sub(" ", text[:LONGEST_POST])
    kept = " ".join(part for part in plain.split() if part[:1] != "@")
    return [word for word in words(kept) if not word.isdigit()]


def same_words(text: str) -> list[str]:
    """The text as its words, where it has enough of them."""
    said = spoken(text)
    return [" ".join(said)] if len(said) >= LEAST_WORDS else []
