"""Which sources are app shops; told here so that reading the store imports none of them."""

SOCIAL = frozenset({"bluesky", "mastodon", "x"})
"""Sources of posts."""
CONTEXT = frozenset({"feeds"})
"""Sources of context events."""
ROUTES = (
    frozenset({"google_play", "play_developer"}),
    frozenset({"app_store", "app_store_connect", "app_store_scraper"}),
)
"""Sources that give the reviews of one and the same shop."""


def routes_of(source: str) -> frozenset[str]:
    """All sources that give the same reviews or posts as this one; itself where it is alone."""
    return next((routes for routes in ROUTES if source in routes), frozenset({source}))


def is_review_shop(source: str) -> bool:
    """Whether a source gives reviews; one that is not known here came by import, and does."""
    return source not in SOCIAL | CONTEXT
