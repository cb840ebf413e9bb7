"""Reviews that vanished from a store, in the reader's words."""

from analysis.records import Removal
from analysis.words.evidence import told_count
from dashboard.words.catalogue import Wording
from dashboard.words.sources import source_name


def removal(one: Removal, words: Wording, smallest: int = 0) -> str:
    """How many reviews vanished, of which stars, and what the store's average did; no count of
    reviews below `smallest`."""
    told = words(
        "event-removal",
        reviews=one.reviews,
        source=source_name(one.source, words),
        low=_told(one.low, words, smallest),
        high=_told(one.high, words, smallest),
    )
    if one.average_before is None or one.average_after is None:
        return told
    before, after = (words.number(a, 1) for a in (one.average_before, one.average_after))
    return told + words("event-removal-average", before=before, after=after)


def _told(count: int, words: Wording, smallest: int) -> str:
    told = told_count(count, words, smallest)
    return told if isinstance(told, str) else words.number(told)
