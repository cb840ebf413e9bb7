"""What the stores' pages say of an app, as it was seen from poll to poll: anybody can copy it."""

import json
from datetime import datetime

from collector.store.polls.cursors import Cursors
from collector.store.records import Cursor

NOTED_AS = "described:"
"""Begins the names of the cursors, before the part that shows the description."""
MOST = 20  # of one storefront, the newest
LONGEST = 6_000  # characters


class Descriptions:
    """Descriptions of apps, each once, with the first sight of it."""

    def __init__(self, cursors: Cursors) -> None:
        self.cursors = cursors

    def note(self, app: str, source: str, part: str, text: str, now: datetime) -> None:
        """Keeps what one storefront shows, unless it did before."""
        name, shown = f"{NOTED_AS}{part}", text.strip()[:LONGEST]
        kept = json.loads(self.cursors.get(app, source, name) or "[]")
        if not shown or any(one["text"] == shown for one in kept):
            return
        kept.append({"text": shown, "since": now.isoformat()})
        value = json.dumps(kept[-MOST:], ensure_ascii=False)
        self.cursors.set(Cursor(app, source, name, value))

    def known(self, app: str, until: datetime) -> list[str]:
        """Every description that was seen by a moment, in any storefront."""
        kept = [json.loads(value) for value in self.cursors.named(app, NOTED_AS).values()]
        seen = [one["text"] for versions in kept for one in versions
                if datetime.fromisoformat(one["since"]) <= until]  # fmt: skip
        return list(dict.fromkeys(seen))
