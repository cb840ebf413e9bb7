"""What an incident's document quotes of people's texts, and the document without some of it.

Pure: the store says which of the terms a text still holds (see erasure.py).
"""

from collections.abc import Collection, Iterator
from typing import Any

QUOTING = ("words", "phrases", "label", "quotes")
"""Keys under `details` of evidence whose texts are people's words."""
GONE = "…"


def terms(document: dict[str, Any]) -> set[str]:
    """Words and phrases that a document gives of the texts behind it."""
    found = {phrase["phrase"] for phrase in document.get("phrases", [])}
    found.update(_quoted(document.get("evidence", [])))
    found.update(_quoted(document.get("reasons", [])))
    found.update(excerpt["text"] for excerpt in document.get("excerpts", []))
    return found


def without(document: dict[str, Any], gone: Collection[str]) -> dict[str, Any]:
    """The document with neither of these terms: left out of lists, "…" in sentences."""
    longest = sorted(gone, key=len, reverse=True)
    cleaned: dict[str, Any] = _cleaned(document, longest)
    if "phrases" in document:
        kept = [phrase for phrase in document["phrases"] if phrase["phrase"] not in gone]
        cleaned["phrases"] = [_cleaned(phrase, longest) for phrase in kept]
    if "excerpts" in document:
        cleaned["excerpts"] = [one for one in document["excerpts"] if one["text"] not in gone]
    return cleaned


def _quoted(details: Any) -> Iterator[str]:
    """Texts under the quoting keys, at any depth."""
    if isinstance(details, list):
        for one in details:
            yield from _quoted(one)
    elif isinstance(details, dict):
        for key, value in details.items():
            if key not in QUOTING:
                yield from _quoted(value)
            else:
                several = value if isinstance(value, list) else [value]
                yield from (one for one in several if isinstance(one, str))


def _cleaned(value: Any, gone: list[str]) -> Any:
    """A value of JSON with the terms taken out of its sentences."""
    if isinstance(value, dict):
        return {
            key: _short(one, gone)
            if key in QUOTING and isinstance(one, list)
            else _said(one, gone)
            if key in ("statement", "summary", "label") and isinstance(one, str)
            else _cleaned(one, gone)
            for key, one in value.items()
        }
    return [_cleaned(one, gone) for one in value] if isinstance(value, list) else value


def _short(values: list[Any], gone: list[str]) -> list[Any]:
    return [_cleaned(one, gone) for one in values if one not in gone]


def _said(sentence: str, gone: list[str]) -> str:
    for term in gone:
        sentence = sentence.replace(term, GONE)
    return sentence
