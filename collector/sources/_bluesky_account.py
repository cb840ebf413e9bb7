"""The Bluesky account that asks: its session outlives the run, because logging in is limited.

Built on the atproto client over our transport. Answers are taken as plain JSON, so that one odd
post does not cost a page.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from collector.end_codes import reason
from collector.errors import AuthFailed, RateLimited, SourceError, SourceUnavailable
from collector.http import retry_after_s
from collector.sources import Visit
from collector.sources._posts import wait_s
from collector.text.post_texts import opaque_id

NAME = "bluesky"
SEARCH = "app.bsky.feed.searchPosts"
STALE = frozenset({"ExpiredToken", "InvalidToken", "AuthMissing"})


class Account:
    """The account that asks, with a session that outlives the run."""

    def __init__(self, visit: Visit) -> None:
        self._visit = visit
        self._file = _session_file(visit)
        self._client = self._new_client()
        kept = self._kept()
        if kept is None or not self._resume(kept):
            self._log_in()

    def search(
        self, query: str, since: datetime, rows: int, cursor: str | None
    ) -> Mapping[str, Any]:
        """One page of results. Logs in once more where the session has ended meanwhile."""
        from atproto import models  # see _new_client

        params = models.AppBskyFeedSearchPosts.Params(
            q=query,
            sort="latest",
            since=since.strftime("%Y-%m-%dT%H:%M:%SZ"),
            limit=rows,
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
                    raise AuthFailed(reason("failed-session", place="Bluesky")) from error
                self._log_in()
        if not isinstance(content, Mapping):
            raise self._visit.http.payload_changed(
                NAME, reason("failed-shape", place="Bluesky"), content or b""
            )
        return content

    def _new_client(self) -> Any:
        from atproto import Client, Request  # takes most of a second

        client = Client(
            base_url=self._visit.settings["bluesky"]["service"],
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
        password = settings.secrets["bluesky_app_password"]
        try:
            with _translated(self._visit):
                self._client.login(
                    settings["bluesky"]["handle"],
                    password.get_secret_value() if password else None,
                    fetch_bsky_profile=False,
                )
        except (_SessionEndedError, AuthFailed) as error:
            raise AuthFailed(reason("failed-login", place="Bluesky")) from error

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
    whose = f"{visit.settings['bluesky']['service']} {visit.settings['bluesky']['handle']}"
    return visit.private_dir / f"bluesky-{opaque_id(whose)[:12]}.session"


@contextmanager
def _translated(visit: Visit) -> Iterator[None]:
    """The library's errors as ours; its messages can carry what it sent, so they are not used."""
    from atproto import exceptions  # see _new_client
    from pydantic import ValidationError

    try:
        yield
    except exceptions.RateLimitExceededError as error:
        headers = error.response.headers if error.response else {}
        raise RateLimited(reason("failed-slow", place="Bluesky"), _wait(headers)) from error
    except exceptions.RequestErrorBase as error:
        raise _meaning(error.response, type(error).__name__) from error
    except (exceptions.ModelError, ValidationError) as error:
        raise visit.http.payload_changed(
            NAME, reason("failed-shape", place="Bluesky"), b""
        ) from error
    except exceptions.AtProtocolError as error:
        # the library could not read the token that it holds
        raise _SessionEndedError("the session cannot be used") from error
    except ValueError as error:
        why = reason("failed-shape", place="Bluesky")
        raise visit.http.payload_changed(NAME, why, b"") from error


def _meaning(response: Any, name: str) -> SourceError:
    if response is None:
        return SourceUnavailable(reason("failed-unreachable", place="Bluesky", said=name))
    code = getattr(response.content, "error", None)
    if code in STALE:
        return _SessionEndedError("the session has ended")
    if response.status_code in (401, 403):
        return AuthFailed(reason("failed-refused", place="Bluesky"))
    status: int = response.status_code
    return SourceUnavailable(reason("failed-status", place="Bluesky", status=status))


def _wait(headers: Mapping[str, str]) -> float | None:
    """Seconds to wait, by Retry-After or by the time at which the limit is reset."""
    asked = retry_after_s(headers.get("retry-after"))
    reset = headers.get("ratelimit-reset", "")
    if asked is not None or not reset.isdecimal():
        return asked
    return wait_s({"Date": headers.get("date", "")}, datetime.fromtimestamp(int(reset), UTC))
