"""Which sources are app shops; reading the store asks this, and imports none of them."""

from collector.source_manifests import manifests

SOCIAL = frozenset(name for name, made in manifests().items() if made.kind == "posts")
"""Sources of posts."""
CONTEXT = frozenset(name for name, made in manifests().items() if made.kind == "context")
"""Sources of context events."""


def routes_of(source: str) -> frozenset[str]:
    """All sources that give the same reviews or posts as this one; itself where it is alone."""
    known = manifests()
    shop = known[source].shop if source in known else None
    same = (name for name, made in known.items() if shop is not None and made.shop == shop)
    return frozenset({source, *same})


def is_review_shop(source: str) -> bool:
    """Whether a source gives reviews; one that is not known here came by import, and does."""
    return source not in SOCIAL | CONTEXT
