"""RSS and Atom feeds: news that names the app or its agency, and the agency's own statements.

They become context events on the timeline, by headline, time and address; no article is read.
"""

import calendar
import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import feedparser
import httpx

from collector.dates.time_texts import parse_moment
from collector.end_codes import reason
from collector.errors import SourceUnavailable
from collector.http import Http, check_status, unanswered
from collector.privacy.protect import mask, shortened
from collector.records import ContextEvent, ContextKind
from collector.settings.config import AppSettings, Settings
from collector.sources import End, Page, Part, Plan, Source, Visit
from collector.sources._queries import is_wanted
from collector.text.names import says
from collector.text.post_texts import opaque_id, plain_text
from collector.times import plausible

NAME = "feeds"
LARGEST = 4_000_000
"""Bytes of a feed; larger ones are not parsed."""
FULL_FROM = 10
"""Entries from which on a feed without a known one counts as cut."""
LONGEST_ID, LONGEST_TITLE = 300, 500
CLOSING_TAGS = (b"</rss>", b"</feed>", b"</rdf:rdf>")


def plan(app: AppSettings, settings: Settings) -> Plan:  # noqa: ARG001
    """One part for each feed."""
    feeds = [("news", f) for f in app.news_feeds] + [("statement", f) for f in app.statement_feeds]
    if not feeds:
        return Plan(off=reason("off-no-feeds"))
    if app.news_feeds and not app.subjects():
        return Plan(off=reason("off-no-name"), wanted=True)
    return Plan(parts=tuple(Part(key=f"{kind}:{url}", target=url) for kind, url in feeds))


def walk(visit: Visit) -> Iterator[Page]:
    """One feed, read once: it shows its newest entries only."""
    kind: ContextKind = "news" if visit.part.key.startswith("news:") else "statement"
    answer = _get(visit)
    if answer.status_code == httpx.codes.NOT_MODIFIED:
        yield Page(end=End(kind="end", why=reason("ended-unchanged")))
        return
    place = urlsplit(visit.part.target or "").hostname or ""
    entries = _entries(answer, visit.http, place)
    dated = [(when, entry) for entry in entries if (when := _published(entry)) is not None]
    about = [
        (when, entry) for when, entry in dated if kind == "statement" or _names(entry, visit.app)
    ]
    events = tuple(_event(visit, place, kind, when, entry) for when, entry in about)
    if not _whole(answer.content):
        yield Page(context=events)
        raise SourceUnavailable(reason("failed-broken-off", place=place))
    times = [when for when, _ in dated]
    yield Page(
        context=events,
        end=_end(
            visit.state.get("newest"), times, kept=len(events), undated=len(entries) - len(dated)
        ),
        state=_state(visit, answer, times),
    )


def _get(visit: Visit) -> httpx.Response:
    """The feed, or 304 where it has not changed since the last poll that counted."""
    asked = {"If-None-Match": "etag", "If-Modified-Since": "modified"}
    headers = {h: visit.state[name] for h, name in asked.items() if name in visit.state}
    url = visit.part.target or ""
    place = urlsplit(url).hostname or ""
    with httpx.Client(
        transport=visit.http.transport,
        follow_redirects=True,
        max_redirects=5,
        headers={"User-Agent": visit.http.user_agent},
    ) as client:
        try:
            answer = client.get(url, headers=headers)
        except httpx.HTTPError as error:
            raise SourceUnavailable(unanswered(place, error)) from error
    if answer.status_code != httpx.codes.NOT_MODIFIED:
        check_status(answer.status_code, answer.headers.get("Retry-After"), place)
    return answer


def _entries(answer: httpx.Response, http: Http, place: str) -> Sequence[Mapping[str, Any]]:
    """Entries of a feed; PayloadChanged for anything that is none."""
    if len(answer.content) > LARGEST:
        raise http.payload_changed(NAME, reason("failed-large", place=place, count=LARGEST), b"")
    headers = {
        "content-type": answer.headers.get("Content-Type", ""),
        "content-location": str(answer.url),
    }
    parsed = feedparser.parse(io.BytesIO(answer.content), response_headers=headers)
    if not parsed.get("version"):
        raise http.payload_changed(NAME, reason("failed-shape", place=place), answer.content)
    entries: Sequence[Mapping[str, Any]] = parsed.entries
    return entries


def _whole(body: bytes) -> bool:
    return any(tag in body[-4096:].lower() for tag in CLOSING_TAGS)


def _published(entry: Mapping[str, Any]) -> datetime | None:
    """Time of publication, else of the last change, with the zone that it names (CET, IST, ...).

    A year before there were networks is a mistake: the entry's next clock counts.
    """
    plain = dict(entry)  # feedparser's own mapping gives one field for another
    return plausible(*(_clock(plain, name) for name in ("published", "updated", "created")))


def _clock(entry: Mapping[str, Any], name: str) -> datetime | None:
    try:
        return parse_moment(str(entry.get(name) or ""))[0]
    except ValueError:
        value = entry.get(f"{name}_parsed")  # feedparser knows more forms, and fewer zones
    try:
        return None if value is None else datetime.fromtimestamp(calendar.timegm(value), UTC)
    except (ValueError, OverflowError, TypeError):
        return None


def _names(entry: Mapping[str, Any], app: AppSettings) -> bool:
    """Whether an entry names the agency, or the app as the app."""
    text = plain_text(f"{entry.get('title', '')} {entry.get('summary', '')}")
    return says(text, app.subjects()) and is_wanted(text, app)


def _event(
    visit: Visit, place: str, kind: ContextKind, when: datetime, entry: Mapping[str, Any]
) -> ContextEvent:
    title = mask(plain_text(str(entry.get("title") or ""))) or "(without a title)"
    link = str(entry.get("link") or "")
    own_id = str(entry.get("id") or link or f"{when.isoformat()} {title}")
    return ContextEvent(
        app=visit.key,
        source=place,
        event_id=own_id if len(own_id) <= LONGEST_ID else opaque_id(own_id),
        at=min(when, visit.now),
        kind=kind,
        title=shortened(title, LONGEST_TITLE).replace("\n", " "),
        url=link if urlsplit(link).scheme in ("http", "https") else None,
        first_seen=visit.now,
    )


def _end(known: str | None, times: Sequence[datetime], *, kept: int, undated: int) -> End:
    """A feed in which every entry is newer than what was known may have lost some in between."""
    if known and len(times) >= FULL_FROM and min(times) > datetime.fromisoformat(known):
        return End(kind="cap", why=reason("ended-all-new", count=len(times), undated=undated))
    why = reason("ended-kept", kept=kept, count=len(times), undated=undated)
    return End(kind="end", why=why)


def _state(visit: Visit, answer: httpx.Response, times: Sequence[datetime]) -> dict[str, str]:
    """For the next poll: what the server calls this version, and the newest entry's time."""
    kept = {"etag": answer.headers.get("ETag"), "modified": answer.headers.get("Last-Modified")}
    newest = max([t for t in times if t <= visit.now], default=None)
    known = newest.isoformat() if newest else visit.state.get("newest")
    return {name: value for name, value in {**kept, "newest": known}.items() if value}


SOURCE = Source(
    name=NAME,
    title="News and agency feeds",
    gives="headlines of news that name the app or the agency; the agency's own statements",
    needs="addresses of RSS or Atom feeds",
    cost="free",
    cannot_see="what left a feed between two polls; articles behind the headlines",
    edits="nothing; the first sight counts",
    limits="one request a feed and run, conditional where the server allows it",
    terms="each publisher's own; headlines, times and addresses are kept, no articles",
    plan=plan,
    walk=walk,
    overlap=timedelta(0),
    page_size=FULL_FROM,
    page_budget=2,
    first_budget=2,
    poll_every=timedelta(minutes=30),
    poll_at_least=timedelta(minutes=10),
)
