"""Names of sources."""

from collector.plain_text import plain
from dashboard.words.catalogue import Wording


def source_name(source: str, words: Wording) -> str:
    """Google Play for google_play."""
    return words.known(f"source-{source.replace('_', '-')}", plain(source, 60))
