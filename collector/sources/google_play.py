"""Google Play, public pages: reviews by language, rating totals and releases by country.

Drives google-play-scraper one page at a time with our own transport. Its public functions are not
used: they turn every failure into "no more reviews", loop on a repeated token, have no time-out,
and give naive local times.
"""

import importlib
import json
import re
import ssl
import threading
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any
from urllib.parse import quote

from collector.end_codes import reason
from collector.errors import PayloadChanged, RateLimited, SourceUnavailable
from collector.records import RatingSnapshot, RawItem, Release
from collector.settings.config import AppSettings, Settings
from collector.settings.field_types import base_language
from collector.sources import End, Page, Part, Plan, Source, Visit

NAME = "google_play"
PAGE_SIZE = 200
NEWEST = 2
THROTTLED = "com.google.play.gateway.proto.PlayGatewayError"
EARLIEST = datetime(2008, 1, 1, tzinfo=UTC)
"""The store did not exist before; an earlier time is another field."""
EMPTY_PAGES = 2
MAIN_LANGUAGES = (
    "en", "es", "pt", "de", "fr", "it", "ru", "tr", "ar", "hi", "id", "th", "vi", "ja", "ko", "zh",
    "pl", "nl", "uk", "fa", "he", "bn", "ms", "ro", "el", "cs", "hu", "sv",
)  # fmt: skip
_TOKEN = re.compile(r'[^\s"\\]{1,4000}')
_PATCHING = threading.Lock()


def plan(app: AppSettings, settings: Settings) -> Plan:  # noqa: ARG001
    """Totals for each country, reviews for each language."""
    if app.google_play is None:
        return Plan(off=reason("off-no-id", name="google_play"))
    ask = partial(Part, target=app.google_play)
    totals = [ask(key=f"page:{c}", reads="totals", country=c) for c in app.countries]
    if app.google_play_route == "owner":
        return Plan(parts=tuple(totals))
    return Plan(parts=(*totals, *(ask(key=f"reviews:{n}", lang=n) for n in app.languages)))


def others(app: AppSettings) -> tuple[Part, ...]:
    """The store's main languages that are not read."""
    if app.google_play is None or app.google_play_route == "owner":
        return ()
    read = {base_language(tag) for tag in app.languages}
    return tuple(
        Part(key=f"look:{lang}", lang=lang, target=app.google_play)
        for lang in MAIN_LANGUAGES
        if lang not in read
    )


def walk(visit: Visit) -> Iterator[Page]:
    """The store page's totals, or the reviews in one language, newest first."""
    return _totals(visit) if visit.part.reads == "totals" else _reviews(visit)


def _reviews(visit: Visit) -> Iterator[Page]:
    token: str | None = None
    tokens: set[str] = set()
    empty = 0
    while True:
        entries, token = _fetch(visit, token)
        items = tuple(item for entry in entries if (item := read_entry(entry, visit)) is not None)
        bad = len(entries) - len(items)
        if token is None:
            yield Page(items=items, bad=bad, end=_end(len(entries)))
            return
        if token in tokens:
            raise PayloadChanged(reason("failed-circle", place="Google Play"))
        tokens.add(token)
        empty = 0 if entries else empty + 1
        if empty >= EMPTY_PAGES:
            raise PayloadChanged(reason("failed-circle", place="Google Play"))
        yield Page(items=items, bad=bad)


def _end(rows: int) -> End:
    if rows >= PAGE_SIZE:
        return End(kind="cap", why=reason("ended-no-token"))
    return End(kind="end", why=reason("ended-list"))


def _fetch(visit: Visit, token: str | None) -> tuple[list[Any], str | None]:
    """One page of raw entries and the token of the next.

    Raises PayloadChanged, RateLimited, AuthFailed, SourceUnavailable.
    """
    bodies: list[str] = []

    def post(url: str, data: bytes, headers: Mapping[str, str]) -> str:
        answer = visit.http.post(url, content=data, headers=headers)
        bodies.append(answer.text)
        if THROTTLED in answer.text:
            raise RateLimited(reason("failed-slow", place="Google Play"))
        if "consent." in (answer.url.host or ""):
            raise SourceUnavailable(reason("failed-consent", place="Google Play"))
        return answer.text

    lang, country = visit.part.lang or "en", visit.app.countries[0]
    with borrowed("google_play_scraper.features.reviews", "post", post) as library:
        url = library.Formats.Reviews.build(lang=lang, country=country)
        try:
            entries, _ = library._fetch_review_items(
                url,
                visit.target,
                NEWEST,
                PAGE_SIZE,
                None,
                None,
                None if token is None else quote(token, safe=""),
            )
            return _checked(entries), find_token(_payload(bodies[-1]))
        except (IndexError, KeyError, TypeError, ValueError, RecursionError) as error:
            raise visit.http.payload_changed(
                NAME, reason("failed-shape", place="Google Play"), bodies[-1]
            ) from error


def _checked(entries: object) -> list[Any]:
    if not isinstance(entries, list):
        raise TypeError("reviews are not a list")
    return entries


def _payload(body: str) -> Any:
    """The inner payload of a batchexecute answer."""
    return json.loads(json.loads(body.split("\n\n", 1)[1])[0][2])


def find_token(payload: Any) -> str | None:
    """The next page's token, by its shape [null, TOKEN]: its place differs between payloads."""
    if not isinstance(payload, list):
        raise TypeError("payload is not a list")
    for element in payload[1:]:
        if isinstance(element, list) and len(element) == 2 and element[0] is None:
            token = element[1]
            if isinstance(token, str) and token:
                if not _TOKEN.fullmatch(token):
                    raise ValueError("page token has unexpected characters")
                return token
    return None


def read_entry(entry: Any, visit: Visit) -> RawItem | None:
    """One raw entry; None where the id, the stars or the time cannot be read."""
    try:
        item_id, stars = entry[0], entry[2]
        if not isinstance(item_id, str) or not item_id or stars not in (1, 2, 3, 4, 5):
            return None
        created_at = _moment(entry[5])
        reply = _at(entry, 7)
        return RawItem(
            source=NAME,
            item_id=item_id,
            created_at=created_at,
            author=_text(_at(entry[1], 0)),
            rating=float(stars),
            text=_text(_at(entry, 4)),
            version=_text(_at(entry, 10)),
            lang=visit.part.lang,
            thumbs_up=_count(_at(entry, 6)),
            reply_text=_text(_at(reply, 1)),
            reply_at=_moment(reply[2]) if _at(reply, 2) else None,
            url=f"https://play.google.com/store/apps/details?id={visit.target}"
            f"&reviewId={quote(item_id, safe='')}",
        )
    except (IndexError, KeyError, TypeError, ValueError, OverflowError, OSError):
        return None


def _totals(visit: Visit) -> Iterator[Page]:
    bodies: list[str] = []

    def get(url: str) -> str:
        bodies.append(visit.http.get(url).text)
        return bodies[-1]

    country = visit.part.country or "us"
    with borrowed("google_play_scraper.features.app", "get", get) as library:
        try:
            found = library.app(visit.target, lang=visit.app.languages[0], country=country)
        except (IndexError, KeyError, TypeError, ValueError, RecursionError):
            found = {}
    if not found.get("title"):
        why = reason("failed-shape", place="Google Play")
        raise visit.http.payload_changed(NAME, why, bodies[-1])
    yield Page(
        snapshots=(_snapshot(visit, found, country),),
        releases=_releases(visit, found),
        end=End(kind="end", why=reason("ended-totals")),
        written=_count(found.get("reviews")),
        title=str(found["title"]),
        description=_text(found.get("description")),
    )


def _snapshot(visit: Visit, found: Mapping[str, Any], country: str) -> RatingSnapshot:
    count = _count(found.get("ratings"))
    bars = [_count(bar) for bar in found.get("histogram") or ()]
    if len(bars) != 5 or not any(bars):
        bars = [0 if count == 0 else None] * 5
    score = found.get("score")
    return RatingSnapshot(
        app=visit.key,
        source=NAME,
        country=country,
        at=visit.now,
        average=float(score) if isinstance(score, int | float) and 1 <= score <= 5 else None,
        count=count,
        **{f"star_{stars}": bar for stars, bar in enumerate(bars, start=1)},
    )


def _releases(visit: Visit, found: Mapping[str, Any]) -> tuple[Release, ...]:
    """The current version. One that "varies with device" is named by the day of its update."""
    updated = found.get("updated")
    at = None
    if isinstance(updated, int) and updated > 0:
        at = min(datetime.fromtimestamp(updated, UTC), visit.now)
    version = str(found.get("version") or "")
    if not version or version == "Varies with device":
        if at is None:
            return ()
        version = f"Varies with device, updated {at:%Y-%m-%d}"
    return (
        Release(
            app=visit.key,
            source=NAME,
            version=version,
            released_at=at or visit.now,
            first_seen=visit.now,
            notes=None,
        ),
    )


@contextmanager
def borrowed(module: str, name: str, function: Callable[..., str]) -> Iterator[Any]:
    """A module of the library with one of its functions replaced, for the time of one call.

    Importing the library turns certificate checks off for the whole process; that is undone here.
    """
    with _PATCHING:
        library = importlib.import_module(module)
        ssl._create_default_https_context = ssl.create_default_context
        urllib.request._opener = None  # type: ignore[attr-defined]
        before = getattr(library, name)
        setattr(library, name, function)
        try:
            yield library
        finally:
            setattr(library, name, before)


def _at(value: Any, index: int) -> Any:
    """An element of a list, None where there is none."""
    return value[index] if isinstance(value, list) and len(value) > index else None


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None


def _count(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def _moment(value: Any) -> datetime:
    """[seconds, nanoseconds] as UTC."""
    seconds = value[0]
    if isinstance(seconds, bool) or not isinstance(seconds, int):
        raise TypeError("time is not a number")
    nanos = _count(_at(value, 1)) or 0
    moment = datetime.fromtimestamp(seconds, UTC) + timedelta(microseconds=nanos // 1000)
    if moment < EARLIEST:
        raise ValueError("time is before the store existed")
    return moment


SOURCE = Source(
    name=NAME,
    title="Google Play, public",
    gives="reviews with text, replies, votes; average, count and five-bar histogram; releases; the "
    "description",
    needs="the package name",
    cost="free",
    cannot_see="ratings without text (only in the totals); the reviewer's country; reviews in "
    "languages that are not configured (their number is told)",
    edits="the time of the last change, in place of that of publication",
    limits="about one request a second, 200 reviews a request",
    terms="Google's terms restrict automated access; the app's owner can use the owner route",
    plan=plan,
    walk=walk,
    page_size=PAGE_SIZE,
    page_budget=50,
    first_budget=600,
    reread_every=timedelta(days=7),
    tells_gone=True,
    others=others,
)
