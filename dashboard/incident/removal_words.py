"""Reviews that vanished from a store, in the reader's words."""

from analysis.records import Removal
from dashboard.words.catalogue import Wording
from dashboard.words.sources import source_name


def removal(one: Removal, words: Wording) -> str:
    """How many reviews vanished, of which stars, and what the store's average did."""
    told = words(
        "event-removal",
        reviews=one.reviews,
        source=source_name(one.source, words),
        low=words.number(one.low),
        high=words.number(one.high),
    )
    if one.average_before is None or one.average_after is None:
        return told
    before, after = (words.number(a, 1) for a in (one.average_before, one.average_after))
    return told + words("event-removal-average", before=before, after=after)
