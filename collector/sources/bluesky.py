"""Bluesky: posts that a search for the app's name finds, through the account's own server.

The public address answers 403, so an account with an app password asks; its session is kept
between runs because logging in is limited. Rows are read as the API gives them, so that one odd
post does not cost the page.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from collector.config import AppSettings, Settings
from collector.errors import AuthFailed, RateLimited, SourceError, SourceUnavailable
from collector.http import retry_after_s
from collector.records import RawItem
from collector.sources import End, Page, Part, Plan, Source, Visit
from collector.sources._posts import opaque_id, retained, wait_s

NAME = "bluesky"
SEARCH = "app.bsky.feed.searchPosts"
PAGE_SIZE = 100
EMPTY_PAGES = 3
"""Pages without posts but with a token that are followed before the walk counts as failed."""
CAP_FROM = 500
STALE = frozenset({"ExpiredToken", "InvalidToken", "AuthMissing"})


def plan(app: AppSettings, settings: Settings) -> Plan:
    """One part for each query."""
    if not app.queries:
        return Plan(off="the app has no social queries")
    if settings.bluesky.handle is None or settings.secrets.bluesky_app_password is None:
        return Plan(off="no Bluesky handle and app password are configured")
    return Plan(parts=tuple(Part(key=f"search:{query}", target=query) for query in app.queries))


def walk(visit: Visit) -> Iterator[Page]:
    """One query's posts, newest first."""
    since = retained(visit)
    account = _Account(visit)
    cursor: str | None = None
    seen_cursors: set[str] = set()
    empty = rows = 0
    while True:
        answer = account.search(visit.part.target or "", since, cursor)
        found = answer.get("posts")
        if not isinstance(found, list):
            raise visit.http.payload_changed(NAME, "the search answer has no posts", repr(answer))
        items, bad = _items(found)
        rows += len(items)
        cursor = answer.get("cursor") or None
        if cursor is None:
            yield Page(items=items, bad=bad, end=_end(rows, answer.get("hitsTotal")), since=since)
            return
        yield Page(items=items, bad=bad, since=since)
        empty = 0 if found else empty + 1
        if empty > EMPTY_PAGES:
            raise SourceUnavailable("the search gives tokens for pages without posts")
        if cursor in seen_cursors:
            raise SourceUnavailable("the search leads in a circle: a page token came twice")
        seen_cursors.add(cursor)


def _end(rows: int, hits: object) -> End:
    """A list that ends far below the hits that the search itself counts was cut."""
    if rows >= CAP_FROM and isinstance(hits, int) and hits > 1.2 * rows:
        return End(kind="cap", why=f"the search lists {rows} posts of about {hits} and no more")
    return End(kind="end", why="end of the search")


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
    likes = post.get("likeCount")
    languages = record.get("langs") or [None]
    return RawItem(
        source=NAME,
        kind="post",
        item_id=opaque_id(post["uri"]),
        created_at=min(_time(record["createdAt"]), indexed),
        author=author["did"],
        text=_with_links(record["text"], record),
        lang=languages[0] if isinstance(languages[0], str) else None,
        thumbs_up=likes if isinstance(likes, int) else None,
    )


def _time(value: str) -> datetime:
    moment = datetime.fromisoformat(value)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _with_links(text: str, record: Mapping[str, Any]) -> str:
    """The text with the addresses that it shortens written out, and that of its link card."""
    raw = text.encode("utf-8", "surrogatepass")
    facets = record.get("facets") or ()
    for facet in sorted(facets, key=lambda f: int(f["index"]["byteStart"]), reverse=True):
        start, end = int(facet["index"]["byteStart"]), int(facet["index"]["byteEnd"])
        links = [f["uri"] for f in facet["features"] if str(f.get("$type", "")).endswith("#link")]
        if links and 0 <= start < end <= len(raw):
            raw = raw[:start] + str(links[0]).encode() + raw[end:]
    whole = raw.decode("utf-8", "replace")
    card = ((record.get("embed") or {}).get("external") or {}).get("uri")
    return f"{whole} {card}" if isinstance(card, str) and card not in whole else whole


class _Account:
    """The account that asks, with a session that outlives the run."""

    def __init__(self, visit: Visit) -> None:
        self._visit = visit
        self._file = _session_file(visit)
        self._client = self._new_client()
        kept = self._kept()
        if kept is None or not self._resume(kept):
            self._log_in()

    def search(self, query: str, since: datetime, cursor: str | None) -> Mapping[str, Any]:
        """One page of results. Logs in once more where the session has ended meanwhile."""
        from atproto import models

        params = models.AppBskyFeedSearchPosts.Params(
            q=query,
            sort="latest",
            since=since.strftime("%Y-%m-%dT%H:%M:%SZ"),
            limit=PAGE_SIZE,
            cursor=cursor,
        )
        for last in (False, True):
            try:
                with _translated(self._visit):
                    content = self._client.invoke_query(
                        SEARCH, params=params, output_encoding="application/json"
                    ).content
                break
            except _SessionEndedError as error:
                if last:
                    raise AuthFailed("Bluesky does not accept the session that it gave") from error
                self._log_in()
        if not isinstance(content, Mapping):
            raise self._visit.http.payload_changed(
                NAME, "the search answer is not JSON", content or b""
            )
        return content

    def _new_client(self) -> Any:
        from atproto import Client, Request  # takes most of a second

        client = Client(
            base_url=self._visit.settings.bluesky.service,
            request=Request(transport=self._visit.http.transport, trust_env=False),
        )
        client.on_session_change(lambda _, session: self._keep(session.encode()))
        return client

    def _resume(self, kept: str) -> bool:
        """Whether the kept session could be taken up; a malformed one could not."""
        try:
            self._client.login(session_string=kept, fetch_bsky_profile=False)
        except (ValueError, TypeError):
            return False
        return True

    def _log_in(self) -> None:
        settings = self._visit.settings
        self._client = self._new_client()
        password = settings.secrets.bluesky_app_password
        try:
            with _translated(self._visit):
                self._client.login(
                    settings.bluesky.handle,
                    password.get_secret_value() if password else None,
                    fetch_bsky_profile=False,
                )
        except (_SessionEndedError, AuthFailed) as error:
            raise AuthFailed("Bluesky refuses the handle or its app password") from error

    def _kept(self) -> str | None:
        try:
            return self._file.read_text(encoding="utf-8") if self._file else None
        except (FileNotFoundError, UnicodeDecodeError):
            return None

    def _keep(self, session: str) -> None:
        """For the next run, readable by this user only."""
        if self._file is None:
            return
        self._file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = self._file.with_suffix(".new")
        draft.touch(mode=0o600)
        draft.write_text(session, encoding="utf-8")
        draft.replace(self._file)


class _SessionEndedError(SourceError):
    """The server wants a new login."""


def _session_file(visit: Visit) -> Path | None:
    if visit.private_dir is None:
        return None
    whose = f"{visit.settings.bluesky.service} {visit.settings.bluesky.handle}"
    return visit.private_dir / f"bluesky-{opaque_id(whose)[:12]}.session"


@contextmanager
def _translated(visit: Visit) -> Iterator[None]:
    """The library's errors as ours; its messages can carry what it sent, so they are not used."""
    from atproto import exceptions
    from pydantic import ValidationError

    try:
        yield
    except exceptions.RateLimitExceededError as error:
        headers = error.response.headers if error.response else {}
        raise RateLimited("Bluesky: slow down (status 429)", _wait(headers)) from error
    except exceptions.RequestErrorBase as error:
        raise _meaning(error.response, type(error).__name__) from error
    except (exceptions.ModelError, ValidationError) as error:
        raise visit.http.payload_changed(
            NAME, "an answer has other fields than before", b""
        ) from error
    except exceptions.AtProtocolError as error:
        # the library could not read the token that it holds
        raise _SessionEndedError("the session cannot be used") from error
    except ValueError as error:
        raise visit.http.payload_changed(NAME, "an answer is not JSON", b"") from error


def _meaning(response: Any, name: str) -> SourceError:
    if response is None:
        return SourceUnavailable(f"Bluesky: no answer ({name})")
    code = getattr(response.content, "error", None)
    if code in STALE:
        return _SessionEndedError("the session has ended")
    if response.status_code in (401, 403):
        return AuthFailed(f"Bluesky: access refused (status {response.status_code})")
    said = f", {code}" if isinstance(code, str) and code.isalnum() else ""
    return SourceUnavailable(f"Bluesky: answered with status {response.status_code}{said}")


def _wait(headers: Mapping[str, str]) -> float | None:
    """Seconds to wait, by Retry-After or by the time at which the limit is reset."""
    asked = retry_after_s(headers.get("retry-after"))
    reset = headers.get("ratelimit-reset", "")
    if asked is not None or not reset.isdecimal():
        return asked
    return wait_s({"Date": headers.get("date", "")}, datetime.fromtimestamp(int(reset), UTC))


SOURCE = Source(
    name=NAME,
    title="Bluesky",
    gives="posts that name the app or the agency, with links written out and likes",
    needs="an account's handle and an app password",
    cost="free",
    cannot_see="posts without the searched words; authors who ask not to be shown outside; "
    "search is not complete",
    limits="3,000 requests in 5 minutes; about one a second is used",
    terms="Bluesky's terms and developer guidelines; deleted posts must go",
    plan=plan,
    walk=walk,
    page_size=PAGE_SIZE,
    page_budget=50,
    first_budget=200,
)
