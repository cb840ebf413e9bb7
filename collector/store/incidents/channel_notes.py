"""What alert delivery notes of a channel for its next round, kept among the cursors."""

from collector.store.polls.cursors import Cursors
from collector.store.records import Cursor

SOURCE = "alerts"  # name under which channels are noted among the store's cursors
EVERY_APP = "*"  # stands for the app where a note is about a channel


class ChannelNotes:
    """Notes by channel (keyed hash of its address) and by what they are about."""

    def __init__(self, cursors: Cursors) -> None:
        self.cursors = cursors

    def get(self, channel: str, what: str) -> str:
        """What is noted; empty where nothing is."""
        return self.cursors.get(EVERY_APP, SOURCE, f"{channel}:{what}") or ""

    def keep(self, channel: str, what: str, value: str) -> None:
        """Notes something; writes only what is new."""
        if self.get(channel, what) != value:
            self.cursors.set(Cursor(EVERY_APP, SOURCE, f"{channel}:{what}", value))
