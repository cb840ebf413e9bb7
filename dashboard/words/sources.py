"""Names of sources."""

from collector.source_manifests import manifests
from collector.text.plain_text import plain
from dashboard.words.catalogue import Wording


def source_name(source: str, words: Wording) -> str:
    """Google Play for google_play: the catalogue's word where languages differ, else its brand."""
    made = manifests().get(source)
    name = made.name if made else plain(source, 60)
    return words.known(f"source-{source.replace('_', '-')}", name)
