"""Hashes by which what an item says is known again."""

import hashlib
from typing import Any


def content_hash(item: Any) -> str:
    """Hash of what an edit can change: stars, title, text, version, reply."""
    parts = (item.rating, item.title, item.text, item.version, item.reply_text)
    return hash_of("\x1f".join("\x00" if part is None else str(part) for part in parts))


def text_hash(item: Any) -> str | None:
    """Hash of the text that is scored: the text, or the title where there is no text."""
    scored = item.text or item.title
    return hash_of(scored) if scored else None


def hash_of(text: str) -> str:
    """Of any text: 32 hex digits."""
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()
