"""Play Developer API, for the app's owner: reviews with text of the last seven days."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from app_reviews import AppReviewsError, GooglePlayAuth, GooglePlayReviews

from collector.end_codes import reason
from collector.errors import AuthFailed
from collector.settings.config import AppSettings, Settings
from collector.sources import End, Page, Part, Plan, Source, Visit, _app_reviews

NAME = "play_developer"
SHOWN = timedelta(days=7)


def plan(app: AppSettings, settings: Settings) -> Plan:
    """One walk, where the owner's route is chosen and there is a service account."""
    if app.google_play is None:
        return Plan(off=reason("off-no-id", name="google_play"))
    if app.google_play_route != "owner":
        return Plan(off=reason("off-route", name="google_play_route", route="owner"))
    if settings.secrets["play_service_account"] is None:
        names = "FLOODGAUGE_PLAY_SERVICE_ACCOUNT_FILE"
        return Plan(off=reason("off-set", names=names), wanted=True)
    return Plan(parts=(Part(key="reviews", target=app.google_play),))


def walk(visit: Visit) -> Iterator[Page]:
    """All that the API shows; it promises no order, so the overlap is longer than that."""
    auth = GooglePlayAuth(service_account_info=_account(visit.settings))
    with _app_reviews.client(visit.http) as http:
        try:
            for found in GooglePlayReviews(auth=auth, http=http).iter_pages(visit.target):
                _app_reviews.check(found, visit.http, "Play Developer API")
                yield Page(
                    items=tuple(
                        _app_reviews.raw_item(r, NAME, country=None, votes=r.thumbs_up_count)
                        for r in found.reviews
                    ),
                    bad=found.skipped_reviews,
                    end=None if found.next_cursor else _end(visit),
                )
        except AppReviewsError as error:
            raise _app_reviews.translated(
                _app_reviews.kind_of(error), str(error), visit.http, "Play Developer API"
            ) from error


def _account(settings: Settings) -> dict[str, Any]:
    """The service account's JSON. The error does not quote it."""
    secret = settings.secrets["play_service_account"]
    try:
        account = json.loads(secret.get_secret_value()) if secret else None
    except ValueError:
        account = None
    if not isinstance(account, dict):
        raise AuthFailed(reason("failed-account"))
    return account


def _end(visit: Visit) -> End:
    if visit.walked_at is None or visit.now - visit.walked_at <= SHOWN:
        return End(kind="end", why=reason("ended-list"))
    days = (visit.now - visit.walked_at).days
    return End(kind="cap", why=reason("ended-days", days=days))


SOURCE = Source(
    name=NAME,
    title="Play Developer API, owner",
    gives="reviews with text, replies, votes, version, language",
    needs="a service account of the app's owner",
    cost="free",
    cannot_see="anything older than seven days; ratings without text; dates of creation",
    edits="the time of the last change, in place of that of publication",
    limits="200 reads an hour by Google's default quota",
    terms="the owner's agreement with Google",
    plan=plan,
    walk=walk,
    overlap=timedelta(days=8),
    overlap_pages=1000,
    page_size=100,
    page_budget=100,
    first_budget=100,
)
