"""Why something ended, failed or is off, in the reader's language: runs, sources, analyses,
channels."""

from analysis.words.catalogue import FactWording
from collector.end_codes import Reason, read
from collector.text.plain_text import plain

LONGEST = 300  # of a cell of a table
COUNTED = ("count", "kept", "of", "bad", "days", "undated", "unread", "minutes", "about")


def told(text: str, words: FactWording, longest: int = LONGEST) -> str:
    """What a kept reason says; parts that ended alike are told together."""
    parts: dict[str, list[str]] = {}
    for one in read(text):
        parts.setdefault(_one(one, words), []).extend([one.part] if one.part else [])
    listed = [
        said + (f" ({', '.join(names)})" if names and len(parts) > 1 else "")
        for said, names in parts.items()
    ]
    return plain("; ".join(listed), longest)


def _one(one: Reason, words: FactWording) -> str:
    """Plain words, and what a newer release kept, stand as they are."""
    if one.code is None or not words.has(one.code):
        return one.said
    values = {
        name: value if name in COUNTED else plain(str(value), 200)
        for name, value in one.values.items()
    }
    if one.code == "off-set":
        values["names"] = words.listing(str(one.values["names"]).split())
    if "codes" in one.values:
        values["codes"] = ", ".join(str(one.values["codes"]).split())
    return words(one.code, **values)
