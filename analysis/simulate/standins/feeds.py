"""Stand-in for a site with feeds, as RSS or Atom, with conditional requests.

/rss.xml and /atom.xml hold every entry, /statement/rss.xml those of that kind.
"""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from xml.sax.saxutils import escape

from analysis.simulate.standins.loopback import Answer, Fault, Request, StandIn

ATOM = "application/atom+xml; charset=utf-8"
RSS = "application/rss+xml; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Entry:
    """One headline. at: None leaves the date out. kind: the folder of the feed that has it."""

    title: str
    at: datetime | None
    link: str
    summary: str = ""
    kind: str = ""


class FeedServer(StandIn):
    """clock: the present moment; later entries are not shown. most: entries of the feed."""

    host = "news.example.org"

    def __init__(
        self, clock: Callable[[], datetime], entries: Iterable[Entry] = (), *, most: int = 20
    ) -> None:
        super().__init__()
        self.clock = clock
        self.entries = list(entries)
        self.most = most

    def answer(self, request: Request, fault: Fault | None) -> Answer:
        """The feed, or 304 where the client has this version."""
        now = self.clock()
        kind = request.path.strip("/").rpartition("/")[0]
        mine = [entry for entry in self.entries if not kind or entry.kind == kind]
        known = [entry for entry in mine if entry.at is None or entry.at <= now]
        dated = sorted(known, key=lambda e: e.at or datetime.min.replace(tzinfo=UTC), reverse=True)
        shown = dated[: self.most]
        if fault == "duplicate_rows":
            shown = [entry for entry in shown for _ in range(2)]
        if fault == "out_of_order":
            shown = shown[1::2] + shown[::2]
        atom = request.path.endswith("atom.xml")
        body = (_atom(shown) if atom else _rss(shown)).encode()
        tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        if request.headers.get("if-none-match") == tag:
            return Answer(304, b"", {"etag": tag})
        return Answer(200, body, {"content-type": ATOM if atom else RSS, "etag": tag})


def _rss(entries: list[Entry]) -> str:
    items = "".join(
        f"<item><title>{escape(e.title)}</title><link>{escape(e.link)}</link>"
        f"<guid>{escape(e.link)}</guid><description>{escape(e.summary)}</description>"
        + (f"<pubDate>{format_datetime(e.at)}</pubDate>" if e.at else "")
        + "</item>"
        for e in entries
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"><channel><title>News</title>'
        f"<link>https://news.example.org/</link><description>-</description>{items}"
        "</channel></rss>\n"
    )


def _atom(entries: list[Entry]) -> str:
    items = "".join(
        f"<entry><title>{escape(e.title)}</title><id>{escape(e.link)}</id>"
        f'<link href="{escape(e.link)}"/><summary>{escape(e.summary)}</summary>'
        + (f"<updated>{e.at.astimezone(UTC).isoformat()}</updated>" if e.at else "")
        + "</entry>"
        for e in entries
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">'
        f"<title>Statements</title><id>urn:example:feed</id>{items}</feed>\n"
    )
