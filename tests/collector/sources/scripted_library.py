"""A stand-in for the optional library app-store-scraper, which is no dependency."""

import re
from datetime import datetime
from typing import Any


class ScriptedAppStore:
    """What app-store-scraper 0.3.5 does around its `_get`, for machines without the library."""

    def __init__(self, country: str, app_name: str, app_id: str) -> None:
        self.reviews: list[dict[str, Any]] = []
        self._response: Any = None
        self._request_url = (
            f"https://amp-api.apps.apple.com/v1/catalog/{country}/apps/{app_id}/reviews"
        )
        self._request_params: dict[str, Any] = {"offset": 0, "limit": 20}
        self._request_offset: int | None = 0
        name = app_name.lower().replace(" ", "-")
        self._get(f"https://apps.apple.com/{country}/app/{name}/id{app_id}")
        token = re.search("token%22%3A%22(.+?)%22", self._response.text)
        self._request_headers = {"Authorization": f"bearer {token[1]}" if token else None}

    def _get(self, url: str, headers: Any = None, params: Any = None) -> None:
        raise NotImplementedError

    def _parse_data(self, after: object) -> None:
        for data in self._response.json()["data"]:
            review = data["attributes"]
            review["date"] = datetime.strptime(review["date"], "%Y-%m-%dT%H:%M:%SZ")  # noqa: DTZ007
            self.reviews.append(review)

    def _parse_next(self) -> None:
        following = self._response.json().get("next")
        found = re.search("offset=([0-9]+)", following) if following else None
        self._request_offset = int(found[1]) if found else None
        self._request_params["offset"] = self._request_offset
