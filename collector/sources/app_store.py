"""Apple's App Store, public feeds: reviews, rating totals and releases by storefront.

The feed shows the newest 500 reviews of a storefront and no more, 50 a page. Its JSON sometimes
comes empty while its XML has the reviews; the library then asks for the XML.
"""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial

from app_reviews import AppReviewsError, AppStoreReviews, AppStoreSearch
from app_reviews.models.page import PageResult

from collector.end_codes import reason
from collector.errors import PayloadChanged, SourceUnavailable
from collector.records import RatingSnapshot, Release
from collector.settings.config import AppSettings, Settings
from collector.sources import End, Page, Part, Plan, Source, Visit, _app_reviews

NAME = "app_store"
MAX_PAGES = 10
PAGE_SIZE = 50
MAIN_STOREFRONTS = (
    "us", "gb", "ca", "au", "in", "de", "at", "ch", "fr", "es", "it", "nl", "br", "mx", "tr", "jp",
    "kr", "th", "id", "vn",
)  # fmt: skip
"""Few: Apple asks to slow down after some twenty quick requests."""


def plan(app: AppSettings, settings: Settings) -> Plan:  # noqa: ARG001
    """Totals and reviews for each storefront."""
    if app.app_store is None:
        return Plan(off=reason("off-no-id", name="app_store"))
    ask = partial(Part, target=app.app_store)
    totals = [ask(key=f"lookup:{c}", reads="totals", country=c) for c in app.countries]
    if app.app_store_route != "public":
        return Plan(parts=tuple(totals))
    return Plan(parts=(*totals, *(ask(key=f"reviews:{c}", country=c) for c in app.countries)))


def others(app: AppSettings) -> tuple[Part, ...]:
    """The main storefronts that are not read."""
    if app.app_store is None or app.app_store_route != "public":
        return ()
    return tuple(
        Part(key=f"look:{country}", country=country, target=app.app_store)
        for country in MAIN_STOREFRONTS
        if country not in app.countries
    )


def walk(visit: Visit) -> Iterator[Page]:
    """One storefront's totals, or its reviews, newest first."""
    return _totals(visit) if visit.part.reads == "totals" else _reviews(visit)


def _reviews(visit: Visit) -> Iterator[Page]:
    with _app_reviews.client(visit.http) as http:
        pages = AppStoreReviews(http=http).iter_pages(
            visit.target, country=visit.part.country, max_pages=MAX_PAGES
        )
        for number, found in enumerate(_bounded(pages), start=1):
            _app_reviews.check(found, visit.http, "App Store feed")
            if found.xml_fallback_error is not None and number > 1:
                _app_reviews.raise_for(found.xml_fallback_error, visit.http, "App Store feed")
            items = tuple(
                _app_reviews.raw_item(r, NAME, country=visit.part.country, votes=_votes(r.raw))
                for r in found.reviews
            )
            end = _end(number, rows=len(items) + found.skipped_reviews)
            yield Page(items=items, bad=found.skipped_reviews, end=end)
            if end is not None:
                return


def _bounded(pages: Iterator[PageResult]) -> Iterator[PageResult]:
    """The library's pages; JSON nested too deep for Python is a payload that we do not know."""
    try:
        yield from pages
    except RecursionError:
        raise PayloadChanged(reason("failed-shape", place="App Store feed")) from None


def _end(number: int, rows: int) -> End | None:
    if not rows and number == 1:
        return End(kind="suspect_empty", why=reason("failed-empty-feeds"))
    if not rows:
        return End(kind="end", why=reason("ended-list"))
    if number == MAX_PAGES:
        return End(kind="cap", why=reason("ended-cap", count=MAX_PAGES * PAGE_SIZE))
    return None


def _votes(raw: object) -> int | None:
    """Helpful votes, which only the raw entry has."""
    node: object = raw
    for key in ("im:voteSum", "label"):
        node = node.get(key) if isinstance(node, dict) else None
    return int(node) if isinstance(node, str) and node.isdecimal() else None


def _totals(visit: Visit) -> Iterator[Page]:
    country = visit.part.country or "us"
    http = _app_reviews.client(visit.http)
    with http:
        try:
            found = AppStoreSearch(http=http).lookup(visit.target, country=country)
        except AppReviewsError as error:
            raise _app_reviews.translated(
                _app_reviews.kind_of(error), str(error), visit.http, "App Store lookup"
            ) from error
    if found is None or http.answer is None:
        raise SourceUnavailable(reason("failed-country", country=country))
    version = found.version if found.version != "Unknown" else None
    release = Release(
        app=visit.key,
        source=NAME,
        version=version or "",
        released_at=found.current_version_release_date or visit.now,
        first_seen=visit.now,
        notes=found.release_notes,
    )
    snapshot = RatingSnapshot(
        app=visit.key,
        source=NAME,
        country=country,
        at=visit.now,
        average=found.rating if found.rating_count else None,
        count=found.rating_count,
        star_1=None,
        star_2=None,
        star_3=None,
        star_4=None,
        star_5=None,
    )
    yield Page(
        snapshots=(snapshot,),
        releases=(release,) if version else (),
        end=End(kind="end", why=reason("ended-totals")),
        title=found.name,
        description=_description(http.answer.json()),
    )


def _description(answer: object) -> str | None:
    """What the store says of the app, which the library does not read."""
    results = answer.get("results") if isinstance(answer, dict) else None
    first = results[0] if isinstance(results, list) and results else None
    told = first.get("description") if isinstance(first, dict) else None
    return told if isinstance(told, str) and told else None


SOURCE = Source(
    name=NAME,
    title="App Store, public",
    gives="reviews with title, text, version, votes; average and count; releases, descriptions",
    needs="the number in the app's link",
    cost="free",
    cannot_see="more than the newest 500 reviews a storefront; replies; ratings without text; the "
    "language; storefronts that are not configured (it is told which have reviews)",
    edits="the time of the last change, in place of that of publication",
    limits="about one request a second; Apple answers 403 when it is too much",
    terms="Apple's public feed; the app's owner can use the owner route",
    plan=plan,
    walk=walk,
    page_size=PAGE_SIZE,
    page_budget=MAX_PAGES,
    first_budget=MAX_PAGES,
    overlap_pages=2,
    reread_every=timedelta(days=7),
    shifts=True,
    tells_gone=True,
    others=others,
)
