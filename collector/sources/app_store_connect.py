"""App Store Connect, for the app's owner: every review of every storefront, with replies."""

from collections.abc import Iterator
from datetime import timedelta

from app_reviews import AppReviewsError, AppStoreAuth, AppStoreReviews

from collector.end_codes import reason
from collector.settings.config import AppSettings, Settings
from collector.sources import End, Page, Part, Plan, Source, Visit, _app_reviews

NAME = "app_store_connect"


def plan(app: AppSettings, settings: Settings) -> Plan:
    """One walk over all storefronts, where the owner's route is chosen and there is a key."""
    if app.app_store is None:
        return Plan(off=reason("off-no-id", name="app_store"))
    if app.app_store_route != "owner":
        return Plan(off=reason("off-route", name="app_store_route", route="owner"))
    connect = settings["app_store_connect"]
    if not (
        connect["key_id"] and connect["issuer_id"] and settings.secrets["app_store_connect_key"]
    ):
        key = "FLOODGAUGE_APP_STORE_CONNECT_KEY"
        names = f"app_store_connect.key_id app_store_connect.issuer_id {key}"
        return Plan(off=reason("off-set", names=names), wanted=True)
    return Plan(parts=(Part(key="reviews", target=app.app_store),))


def walk(visit: Visit) -> Iterator[Page]:
    """Reviews, newest first."""
    connect, key = (
        visit.settings["app_store_connect"],
        visit.settings.secrets["app_store_connect_key"],
    )
    auth = AppStoreAuth(
        key_id=connect["key_id"] or "",
        issuer_id=connect["issuer_id"] or "",
        private_key=key.get_secret_value() if key else "",
    )
    with _app_reviews.client(visit.http) as http:
        pages = AppStoreReviews(auth=auth, http=http).iter_pages(visit.target)
        try:
            for found in pages:
                _app_reviews.check(found, visit.http, "App Store Connect")
                yield Page(
                    items=tuple(
                        _app_reviews.raw_item(
                            r, NAME, country=r.country.lower() if r.country else None, votes=None
                        )
                        for r in found.reviews
                    ),
                    bad=found.skipped_reviews,
                    end=_end(found.next_cursor),
                )
        except AppReviewsError as error:
            raise _app_reviews.translated(
                _app_reviews.kind_of(error), str(error), visit.http, "App Store Connect"
            ) from error


def _end(next_cursor: str | None) -> End | None:
    return None if next_cursor else End(kind="end", why=reason("ended-list"))


SOURCE = Source(
    name=NAME,
    title="App Store Connect, owner",
    gives="all reviews of all storefronts with the developer's replies",
    needs="key id, issuer id and private key of the app's owner",
    cost="free",
    cannot_see="app version, votes, edits (dates of creation only), ratings without text, the "
    "language",
    edits="no time: a change lies between two polls",
    limits="3,500 requests an hour",
    terms="the owner's agreement with Apple",
    plan=plan,
    walk=walk,
    page_size=200,
    page_budget=50,
    first_budget=600,
    reread_every=timedelta(days=7),
    tells_gone=True,
)
