"""What the social networks share: how far back to look, ids without accounts, plain text."""

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser

from collector.sources import Visit

_NEW_LINE = frozenset({"p", "br", "div", "li", "h1", "h2", "h3", "h4", "blockquote", "pre"})


def retained(visit: Visit, reach: timedelta = timedelta.max) -> datetime:
    """The earliest post that is wanted: within the retention and, if less, the API's reach.

    Posts beyond the retention would be purged again, so they are never asked for.
    """
    kept = timedelta(days=visit.settings.retention.social_text_days)
    return visit.now - min(kept, reach)


def look_back(visit: Visit, reach: timedelta = timedelta.max) -> datetime:
    """From where a walk starts: behind the mark, but no earlier than `retained`."""
    earliest = retained(visit, reach)
    return max(earliest, visit.read_back_to) if visit.read_back_to is not None else earliest


def opaque_id(address: str) -> str:
    """A stable id of a post whose own address names an account: 32 hex digits of its digest."""
    return hashlib.blake2b(address.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def plain_text(markup: str) -> str:
    """The text of a piece of HTML, with line breaks where paragraphs end."""
    reader = _Text()
    reader.feed(markup)
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.pieces).split("\n"))
    return "\n".join(line for line in lines if line)


def wait_s(headers: Mapping[str, str], reset: datetime | None) -> float | None:
    """Seconds until a rate limit's reset, by the server's own clock (its Date header).

    None where the answer does not carry both.
    """
    date = http_date(headers.get("Date"))
    if date is None or reset is None:
        return None
    return max(0.0, (reset - date).total_seconds())


def http_date(value: str | None) -> datetime | None:
    """The time of an HTTP header; None where there is none or it is malformed."""
    if value is None:
        return None
    try:
        return datetime.strptime(value, "%a, %d %b %Y %H:%M:%S GMT").replace(tzinfo=UTC)
    except ValueError:
        return None


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self._silent += tag in ("script", "style")
        if tag in _NEW_LINE:
            self.pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._silent = max(0, self._silent - (tag in ("script", "style")))
        if tag in _NEW_LINE:
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.pieces.append(data)
