"""The whole text of a post as its network gives it: links written out, long posts whole, HTML and
its escapes as their author wrote them. Sources and imports read posts by the same functions."""

import hashlib
import html
import re
from collections.abc import Mapping
from html.parser import HTMLParser
from typing import Any

_NEW_LINE = frozenset({"p", "br", "div", "li", "h1", "h2", "h3", "h4", "blockquote", "pre"})
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,8});")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)


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


def as_written(text: str) -> str:
    """A text whose signs a source has escaped for HTML (&amp; &#39; <br>), as it was written.

    What was escaped twice is decoded twice. An & that stands for itself stays.
    """
    if "&" not in text and "<" not in text:
        return text
    once = html.unescape(_BREAK.sub("\n", text)) if _ENTITY.search(text) else text
    if _ENTITY.search(once):
        once = html.unescape(once)
    return _BREAK.sub("\n", once)


def x_text(post: Mapping[str, Any]) -> str:
    """The text of a post of X, of its API in either version: whole where it is a long one, with
    addresses written out that X shortens; a repost with the whole of what it passes on."""
    for whole in (post.get("note_tweet"), post.get("extended_tweet"), post):
        text = whole.get("full_text") or whole.get("text") if isinstance(whole, Mapping) else None
        if isinstance(whole, Mapping) and isinstance(text, str):
            return _passed_on(post) or as_written(_with_x_links(text, whole, post))
    raise KeyError("text")


def _passed_on(post: Mapping[str, Any]) -> str | None:
    """A repost of the older API, which cuts the text that it repeats."""
    passed = post.get("retweeted_status")
    if not isinstance(passed, Mapping):
        return None
    name = (passed.get("user") or {}).get("screen_name")
    return f"RT @{name}: {x_text(passed)}" if name else x_text(passed)


def _with_x_links(text: str, *holders: Mapping[str, Any]) -> str:
    for holder in holders:
        for link in (holder.get("entities") or {}).get("urls") or ():
            if link.get("url") and link.get("expanded_url"):
                text = text.replace(link["url"], link["expanded_url"])
    return text


def bluesky_text(record: Mapping[str, Any]) -> str:
    """The text of a Bluesky record with the addresses that it shortens written out, and that of its
    link card, also where the card stands beside a quoted post."""
    text = record["text"]
    raw = text.encode("utf-8", "surrogatepass")
    for facet in sorted(record.get("facets") or (), key=_start, reverse=True):
        start, end = _start(facet), _end(facet)
        links = [
            feature.get("uri")
            for feature in facet.get("features") or ()
            if str(feature.get("$type", "")).endswith("#link")
        ]
        if links and links[0] and 0 <= start < end <= len(raw):
            raw = raw[:start] + str(links[0]).encode() + raw[end:]
    whole = raw.decode("utf-8", "replace")
    card = _card(record.get("embed"))
    return f"{whole} {card}".lstrip() if card is not None and card not in whole else whole


def _card(embed: Any) -> str | None:
    """The address of a link card."""
    if not isinstance(embed, Mapping):
        return None
    external = embed.get("external")
    uri = external.get("uri") if isinstance(external, Mapping) else None
    return uri if isinstance(uri, str) else _card(embed.get("media"))


def _start(facet: Mapping[str, Any]) -> int:
    return int((facet.get("index") or {}).get("byteStart", -1))


def _end(facet: Mapping[str, Any]) -> int:
    return int((facet.get("index") or {}).get("byteEnd", -1))


def mastodon_text(status: Mapping[str, Any]) -> str:
    """The text of a status behind its content warning; a boost with what it passes on."""
    passed = status.get("reblog")
    if isinstance(passed, Mapping) and isinstance(passed.get("content"), str):
        account = (passed.get("account") or {}).get("acct")
        return f"RT @{account}: {mastodon_text(passed)}" if account else mastodon_text(passed)
    parts = (status.get("spoiler_text"), plain_text(status["content"]))
    return "\n".join(part for part in parts if part)


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
