"""What a shop's page tells of an app before anything is configured: its name and its owner."""

from dataclasses import dataclass

from app_reviews import AppReviewsError, AppStoreSearch

from collector.errors import PayloadChanged, SourceUnavailable
from collector.http import Http
from collector.new_app.app_links import ShopApp
from collector.sources import _app_reviews
from collector.sources.google_play import borrowed


@dataclass(frozen=True, slots=True)
class ShopPage:
    """An app as its shop presents it. owner: the developer, for a civic app often the agency.

    written: reviews that the shop counts in all languages, where it tells.
    """

    name: str
    owner: str | None
    written: int | None = None


def read_shop_page(app: ShopApp, http: Http) -> ShopPage:
    """One request. Raises SourceError where the page cannot be had or read."""
    if app.google_play is not None:
        return _google_play(app, http)
    return _app_store(app, http)


def _google_play(app: ShopApp, http: Http) -> ShopPage:
    def get(url: str) -> str:
        return http.get(url).text

    with borrowed("google_play_scraper.features.app", "get", get) as library:
        try:
            found = library.app(app.google_play, lang=app.lang or "en", country=app.country or "us")
        except (IndexError, KeyError, TypeError, ValueError, RecursionError):
            found = {}
    if not found.get("title"):
        raise PayloadChanged("Google Play's page of the app does not parse")
    written = found.get("reviews")
    return ShopPage(
        str(found["title"]),
        str(found.get("developer") or "") or None,
        written if isinstance(written, int) else None,
    )


def _app_store(app: ShopApp, http: Http) -> ShopPage:
    country = app.country or "us"
    with _app_reviews.client(http) as client:
        try:
            found = AppStoreSearch(http=client).lookup(app.app_store or "", country=country)
        except AppReviewsError as error:
            raise _app_reviews.translated(
                _app_reviews.kind_of(error), str(error), http, "App Store lookup"
            ) from error
    if found is None:
        raise SourceUnavailable(
            f"the app is not in the {country} App Store; give the link of another country's store"
        )
    return ShopPage(found.name, found.developer if found.developer != "Unknown" else None)
