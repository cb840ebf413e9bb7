"""Mastodon: posts under hashtags that name the app, from the servers that are asked.

Pages come oldest first: `min_id` asks for the posts that follow one, and an id tells its time, so
a walk starts behind the mark without any token of an earlier run.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from collector.end_codes import reason
from collector.errors import (
    AuthFailed,
    PayloadChanged,
    RateLimited,
    SourceError,
    SourceUnavailable,
)
from collector.records import RawItem
from collector.settings.allowed_queries import refusal
from collector.settings.config import AppSettings, Settings
from collector.sources import End, Page, Part, Plan, Source, Visit
from collector.sources._posts import retained, wait_s
from collector.sources._queries import hashtags_of, is_wanted
from collector.sources._requests_session import HttpAdapter, session
from collector.text.names import says
from collector.text.post_parts import mastodon_parts, mastodon_quoted
from collector.text.post_texts import mastodon_text, opaque_id
from collector.times import EPOCH, plausible

NAME = "mastodon"
PAGE_SIZE = 40
OVERLAP_PAGES = 5
ID_SHIFT = 16
"""An id is the time in milliseconds, shifted by 16 bits that tell posts of one instant apart."""
SAME_INSTANT = (1 << ID_SHIFT) - 1


def plan(app: AppSettings, settings: Settings) -> Plan:
    """One part for each hashtag of the queries on each server."""
    if not app.queries:
        return Plan(off=reason("off-no-queries"))
    tags = hashtags(app.queries, app.subjects())
    if not tags:
        return Plan(off=reason("off-no-hashtag"))
    return Plan(
        parts=tuple(
            Part(key=f"{urlsplit(server).hostname}#{tag}", target=f"{server} {tag}")
            for server in settings["mastodon"]["servers"]
            for tag in tags
        )
    )


def hashtags(queries: tuple[str, ...], subjects: tuple[str, ...]) -> tuple[str, ...]:
    """Hashtags, without #, that stand in the queries or that a subject in them makes."""
    written = [
        word.strip('()"').removeprefix("#")
        for query in queries
        for word in query.split()
        if word.strip('()"').startswith("#")
    ]
    allowed = [tag for tag in written if refusal(tag, subjects) is None]
    named = [
        tag
        for subject in subjects
        if any(says(query, [subject]) for query in queries)
        for tag in hashtags_of(subject)
    ]
    tags = {_small(tag) for tag in (*allowed, *named)}
    return tuple(sorted(tag for tag in tags if tag and not tag.isdecimal()))


def _small(tag: str) -> str:
    """In small letters; the dotted capital I stays, which has no small letter of its own."""
    return "".join(c if c == "İ" else c.casefold() for c in tag)


def walk(visit: Visit) -> Iterator[Page]:
    """The posts under one hashtag on one server: what is new, oldest first, then those shortly
    before the mark once more, for edits and for posts that reached the server late."""
    timeline = _Timeline(visit)
    since = retained(visit)
    if visit.mark is not None:
        since = max(since, visit.mark)
    pages = 0
    after = id_at(since) + (SAME_INSTANT if since == visit.mark else -1)
    while found := timeline.read(min_id=after):
        items, bad = _items(found, timeline.host)
        yield Page(items=_about(items, visit), bad=bad, since=since)
        pages += 1
        newest = max(_number(row) for row in found)
        if newest <= after:
            raise SourceUnavailable(reason("failed-circle", place=timeline.host))
        after = newest
    for page in _again(timeline, visit, min(OVERLAP_PAGES, visit.page_budget - pages - 1)):
        yield replace(page, since=since)
    yield Page(end=End(kind="end", why=reason("ended-newest")), since=since)


def _again(timeline: "_Timeline", visit: Visit, pages: int) -> Iterator[Page]:
    """Posts up to the mark, newest first, for as many pages or down to the overlap's end."""
    if visit.mark is None or visit.read_back_to is None:
        return
    before = id_at(visit.mark) + SAME_INSTANT + 1
    for _ in range(pages):
        found = timeline.read(max_id=before)
        items, bad = _items(found, timeline.host)
        wanted = tuple(item for item in items if item.created_at >= visit.read_back_to)
        yield Page(items=_about(wanted, visit), bad=bad if wanted else 0)
        oldest = min((n for row in found if (n := _number(row))), default=0)
        if not wanted or len(wanted) < len(items) or oldest >= before:
            return
        before = oldest


def _about(items: Sequence[RawItem], visit: Visit) -> tuple[RawItem, ...]:
    """The posts that are about the app, where its name alone is an ordinary word."""
    return tuple(item for item in items if is_wanted(item.text or "", visit.app))


def id_at(moment: datetime) -> int:
    """The smallest id of a post that was published at a moment."""
    return ((moment - EPOCH) // timedelta(milliseconds=1)) << ID_SHIFT


def time_of(number: int) -> datetime:
    """When a server took a post in, by its id: a post cannot be younger, whatever it says."""
    return EPOCH + timedelta(milliseconds=number >> ID_SHIFT)


def _items(found: list[Any], host: str) -> tuple[tuple[RawItem, ...], int]:
    items: list[RawItem] = []
    bad = 0
    for status in found:
        try:
            items.append(_item(status, host))
        except (KeyError, TypeError, ValueError, AttributeError):
            bad += 1
    return tuple(sorted(items, key=lambda item: item.created_at)), bad


def _item(status: Mapping[str, Any], host: str) -> RawItem:
    account = status["account"]
    edited = status.get("edited_at")
    likes = status.get("favourites_count")
    by_id = time_of(_number(status))
    written = plausible(_time(status["created_at"])) or by_id
    return RawItem(
        source=NAME,
        kind="post",
        item_id=opaque_id(str(status["uri"])),
        created_at=min(written, by_id),
        updated_at=_time(edited) if edited is not None else None,
        author=str(account.get("url") or f"{account['acct']}@{host}"),
        text=_text(status),
        lang=status.get("language") or None,
        thumbs_up=likes if isinstance(likes, int) else None,
    )


def _text(status: Mapping[str, Any]) -> str:
    """A post with its parts."""
    quoted = mastodon_quoted(status)
    said = None if quoted is None else mastodon_text(quoted)
    return mastodon_parts(status, mastodon_text(status), said)


def _number(status: Any) -> int:
    """A post's id as a number; 0 for one that has none."""
    value = str(status.get("id", "")) if isinstance(status, Mapping) else ""
    return int(value) if value.isdecimal() else 0


def _time(value: object) -> datetime:
    if not isinstance(value, datetime):
        raise TypeError("not a time")
    return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class _Timeline:
    """One hashtag on one server."""

    def __init__(self, visit: Visit) -> None:
        from mastodon import Mastodon  # takes a while to load

        class Client(Mastodon):
            """Does not ask for the server's description first; a 401 says as much."""

            def timeline_is_available(self, *_: object, **__: object) -> bool:
                return True

        server, self._tag = (visit.part.target or "").split(" ")
        self.host = urlsplit(server).hostname or server
        self._http = visit.http
        self._adapter = HttpAdapter(visit.http)
        token = visit.settings.secrets["mastodon_token"]
        home = server == visit.settings["mastodon"]["servers"][0]  # a token belongs to one server
        self._client = Client(
            api_base_url=server,
            access_token=token.get_secret_value() if token and home else None,
            ratelimit_method="throw",
            request_timeout=visit.http.timeout_s,
            session=session(self._adapter),
            user_agent=visit.http.user_agent,
        )

    def read(self, *, min_id: int | None = None, max_id: int | None = None) -> list[Any]:
        """A page of posts: those that follow `min_id`, or those before `max_id`."""
        with self._translated():
            found = self._client.timeline_hashtag(
                self._tag, min_id=min_id, max_id=max_id, limit=PAGE_SIZE
            )
        if not isinstance(found, list):
            raise self._http.payload_changed(NAME, "the timeline is not a list", repr(found))
        if found and not any(map(_number, found)):
            why = reason("failed-shape", place=self.host)
            raise self._http.payload_changed(NAME, why, repr(found[0]))
        return found

    @contextmanager
    def _translated(self) -> Iterator[None]:
        """The library's errors as ours; its messages can hold whole answers and are not used."""
        import mastodon  # see __init__

        try:
            yield
        except mastodon.MastodonRatelimitError as error:
            raise RateLimited(
                reason("failed-slow", place=self.host), _wait(self._adapter)
            ) from error
        except mastodon.MastodonUnauthorizedError as error:
            raise AuthFailed(reason("failed-token", place=self.host)) from error
        except mastodon.MastodonNetworkError as error:
            # the library wraps whatever went wrong below it, also our own errors
            below = error.__context__
            raise (below if isinstance(below, SourceError) else self._failed(None)) from error
        except mastodon.MastodonAPIError as error:
            status = error.args[1] if len(error.args) > 2 else None
            if status is None:
                raise self._changed() from error
            raise self._failed(status) from error
        except (TypeError, ValueError, KeyError, AttributeError) as error:
            raise self._changed() from error

    def _changed(self) -> PayloadChanged:
        return self._http.payload_changed(NAME, reason("failed-shape", place=self.host), b"")

    def _failed(self, status: object) -> SourceError:
        if status in (403, 422):
            return AuthFailed(reason("failed-refused", place=self.host))
        if isinstance(status, int):
            return SourceUnavailable(reason("failed-status", place=self.host, status=status))
        return SourceUnavailable(reason("failed-unreachable", place=self.host))


def _wait(adapter: HttpAdapter) -> float | None:
    """Seconds until the limit is reset, by the server's clock."""
    value = adapter.headers.get("X-RateLimit-Reset")
    try:
        reset = datetime.fromisoformat(value) if value else None
    except ValueError:
        return None
    return wait_s(adapter.headers, reset if reset is None or reset.tzinfo else None)


SOURCE = Source(
    name=NAME,
    title="Mastodon",
    gives="public posts under hashtags that name the app or the agency, with alt texts of "
    "pictures, quoted posts and edits",
    needs="servers to ask; some want a token",
    cost="free",
    cannot_see="posts without the hashtag; posts that never reached the servers that are asked",
    edits="the time of the last edit, beside that of publication",
    limits="300 requests in 5 minutes a server; about one a second is used",
    terms="each server's own rules; deleted posts must go",
    plan=plan,
    walk=walk,
    order="oldest_first",
    overlap=timedelta(days=1),
    page_size=PAGE_SIZE,
    page_budget=50,
    first_budget=250,
)
