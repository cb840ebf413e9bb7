"""Which sources are review stores; told here so that reading a store imports none of them."""

SOCIAL = frozenset({"bluesky", "mastodon", "x"})
"""Sources of posts."""
CONTEXT = frozenset({"feeds"})
"""Sources of context events."""


def is_review_store(source: str) -> bool:
    """Whether a source gives reviews; one that is not known here came by import, and does."""
    return source not in SOCIAL | CONTEXT
