"""Bluesky: posts that a search for the app's name finds, through the account's own server.

The public address answers 403, so an account with an app password asks.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from collector.end_codes import reason
from collector.errors import SourceUnavailable
from collector.records import RawItem
from collector.settings.config import AppSettings, Settings
from collector.sources import End, Page, Part, Plan, Source, Visit
from collector.sources._bluesky_account import Account
from collector.sources._posts import retained
from collector.sources._queries import asked_apart
from collector.text.post_parts import bluesky_parts
from collector.text.post_texts import bluesky_text, opaque_id
from collector.times import plausible

NAME = "bluesky"
PAGE_SIZE = 100
EMPTY_PAGES = 3
"""Pages without posts but with a token that are followed before the walk counts as failed."""
CAP_FROM = 500


def plan(app: AppSettings, settings: Settings) -> Plan:
    """One part for each form of each query."""
    if not app.queries:
        return Plan(off=reason("off-no-queries"))
    handle, password = settings["bluesky"]["handle"], settings.secrets["bluesky_app_password"]
    if handle is None and password is None:
        return Plan(off=reason("off-no-account", place="Bluesky"))
    if handle is None:
        return Plan(off=reason("off-set", names="bluesky.handle"), wanted=True)
    if password is None:
        return Plan(off=reason("off-set", names="FLOODGAUGE_BLUESKY_APP_PASSWORD"), wanted=True)
    asked = dict.fromkeys(form for query in app.queries for form in asked_apart(query, app))
    return Plan(parts=tuple(Part(key=f"search:{form}", target=form) for form in asked))


def walk(visit: Visit) -> Iterator[Page]:
    """One query's posts, newest first."""
    since = retained(visit)
    account = Account(visit)
    cursor: str | None = None
    seen_cursors: set[str] = set()
    empty = rows = 0
    while True:
        answer = account.search(visit.part.target or "", since, PAGE_SIZE, cursor)
        found = answer.get("posts")
        if not isinstance(found, list):
            why = reason("failed-shape", place="Bluesky")
            raise visit.http.payload_changed(NAME, why, repr(answer))
        items, bad = _items(found)
        rows += len(items)
        cursor = answer.get("cursor") or None
        if cursor is None:
            yield Page(items=items, bad=bad, end=_end(rows, answer.get("hitsTotal")), since=since)
            return
        yield Page(items=items, bad=bad, since=since)
        empty = 0 if found else empty + 1
        if empty > EMPTY_PAGES:
            raise SourceUnavailable(reason("failed-circle", place="Bluesky"))
        if cursor in seen_cursors:
            raise SourceUnavailable(reason("failed-circle", place="Bluesky"))
        seen_cursors.add(cursor)


def _end(rows: int, hits: object) -> End:
    """A list that ends far below the hits that the search itself counts was cut."""
    if rows >= CAP_FROM and isinstance(hits, int) and hits > 1.2 * rows:
        return End(kind="cap", why=reason("ended-cap-of", count=rows, of=hits))
    return End(kind="end", why=reason("ended-search"))


def _items(found: list[Any]) -> tuple[tuple[RawItem, ...], int]:
    items: list[RawItem] = []
    bad = 0
    for post in found:
        try:
            item = _item(post)
        except (KeyError, TypeError, ValueError, AttributeError):
            bad += 1
            continue
        if item is not None:
            items.append(item)
    return tuple(items), bad


def _item(post: Mapping[str, Any]) -> RawItem | None:
    """A post; None for an author who asks not to be shown outside of Bluesky."""
    author, record = post["author"], post["record"]
    if any(label.get("val") == "!no-unauthenticated" for label in author.get("labels") or ()):
        return None
    indexed = _time(post["indexedAt"])
    written = plausible(_time(record["createdAt"])) or indexed
    likes = post.get("likeCount")
    languages = record.get("langs") or [None]
    return RawItem(
        source=NAME,
        kind="post",
        item_id=opaque_id(post["uri"]),
        created_at=min(written, indexed),
        author=author["did"],
        text=bluesky_parts(post, bluesky_text(record)),
        lang=languages[0] if isinstance(languages[0], str) else None,
        thumbs_up=likes if isinstance(likes, int) else None,
    )


def _time(value: str) -> datetime:
    moment = datetime.fromisoformat(value)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


SOURCE = Source(
    name=NAME,
    title="Bluesky",
    gives="posts that name the app or the agency, with links written out, alt texts of pictures, "
    "quoted posts and likes",
    needs="an account's handle and an app password",
    cost="free",
    cannot_see="posts without the searched words; authors who ask not to be shown outside; "
    "search is not complete",
    edits="posts there cannot be edited",
    limits="3,000 requests in 5 minutes; about one a second is used",
    terms="Bluesky's terms and developer guidelines; deleted posts must go",
    plan=plan,
    walk=walk,
    page_size=PAGE_SIZE,
    page_budget=50,
    first_budget=200,
)
