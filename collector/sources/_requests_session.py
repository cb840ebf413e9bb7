"""A `requests` session whose requests go through `Http`: for libraries that are built on requests.

Pace, count, time-outs, response size, stand-ins and the guard against inner addresses then hold
for them as for every other source.
"""

import io
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import httpx
import requests
from requests.adapters import BaseAdapter
from requests.structures import CaseInsensitiveDict

from collector.errors import SourceUnavailable
from collector.http import Http, unanswered


class HttpAdapter(BaseAdapter):
    """Sends through `Http`. attempts: 1 where every attempt costs money, None: as usual.

    headers: those of the latest answer, whatever its status.
    """

    def __init__(self, http: Http, attempts: int | None = None) -> None:
        super().__init__()
        self.headers: Mapping[str, str] = {}
        self._http = http
        self._extensions = {} if attempts is None else {"attempts": attempts}

    def send(self, request: requests.PreparedRequest, *_: Any, **__: Any) -> requests.Response:
        """One request. Raises SourceError subclasses."""
        url = request.url or ""
        body = request.body.encode() if isinstance(request.body, str) else request.body
        asked = httpx.Request(
            request.method or "GET",
            url,
            headers={name: _text(value) for name, value in request.headers.items()},
            content=body if isinstance(body, bytes) else None,
            extensions=self._extensions,
        )
        try:
            answer = self._http.transport.handle_request(asked)
        except httpx.HTTPError as error:
            parts = urlsplit(url)
            place = f"{parts.hostname}{parts.path}"
            raise SourceUnavailable(self._http.redact(unanswered(place, error))) from error
        self.headers = answer.headers
        return _response(request, answer)

    def close(self) -> None:
        """Nothing is held here."""


def session(adapter: HttpAdapter) -> requests.Session:
    """A session that knows no other way out."""
    made = requests.Session()
    made.trust_env = False
    made.max_redirects = 5
    made.headers["Accept-Encoding"] = "gzip, deflate"
    made.mount("https://", adapter)
    made.mount("http://", adapter)
    return made


def _response(request: requests.PreparedRequest, answer: httpx.Response) -> requests.Response:
    response = requests.Response()
    response.status_code = answer.status_code
    response.reason = answer.reason_phrase
    response.headers = CaseInsensitiveDict(answer.headers)
    response.encoding = answer.encoding
    response.raw = io.BytesIO(answer.content)
    response.url = request.url or ""
    response.request = request
    return response


def _text(value: str | bytes) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else value
