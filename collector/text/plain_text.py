"""Text of strangers, made safe to look at: nothing hidden, reordered or overwhelming stays."""

import re
import unicodedata

# Controls that reorder text, and invisible ones that hide words from search; joiners stay, because
# several scripts and emoji need them.
_REORDER = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_INVISIBLE = re.compile("[\u00ad\u034f\u180e\u200b\u2060-\u2064\ufeff\U000e0000-\U000e007f]")
_JOINERS = re.compile("([\u200c\u200d])[\u200c\u200d]+")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_LONE = re.compile("[\ud800-\udfff]")
_LINES = re.compile(r"\n{3,}")
MOST_MARKS = 3  # combining marks on one letter


def plain(text: str | None, limit: int | None = None) -> str:
    """The text without control characters, with at most `limit` characters.

    No markup is removed: whoever shows it escapes it, so that a tag is read as its
    characters.
    """
    if not text:
        return ""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _LONE.sub("\ufffd", text)
    text = _CONTROL.sub("\ufffd", text)
    text = _REORDER.sub("", text)
    text = _INVISIBLE.sub("", text)
    text = _JOINERS.sub(r"\1", text)
    text = _LINES.sub("\n\n", _few_marks(text)).strip()
    if limit is not None and len(text) > limit:
        return text[:limit].rstrip() + "…"
    return text


def _few_marks(text: str) -> str:
    if text.isascii():
        return text
    kept: list[str] = []
    marks = 0
    for character in text:
        marks = marks + 1 if unicodedata.category(character) == "Mn" else 0
        if marks <= MOST_MARKS:
            kept.append(character)
    return "".join(kept)
