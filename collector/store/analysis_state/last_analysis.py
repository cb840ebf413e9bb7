"""How each app's last analysis ended: what is listed may be of the one before."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from collector.store import schema
from collector.store.database import Database
from collector.store.engine import SHORTEST_SECRET, shown_address, without_secrets

LONGEST = 300  # characters of a reason
STATEMENT = re.compile(r"\[(?:SQL|parameters)\b.*", re.DOTALL)  # holds what people wrote
CREDENTIALS = re.compile(r"(?<=://)[^/\s@]+@")
NAME = r"[\w./:-]{0,40}"  # a column, a file
QUOTED = re.compile(rf"(?<!\w)(['\"])(?!{NAME}\1(?!\w)).*?\1(?!\w)")  # may be somebody's words


@dataclass(frozen=True, slots=True)
class FailedAnalysis:
    """reason: in one line. worked_at: the last analysis that did not fail; None without any."""

    app: str
    at: datetime
    reason: str
    worked_at: datetime | None


class Analyses:
    """How each app's last analysis ended."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def note_success(self, app: str, at: datetime) -> None:
        """The app is analysed; an earlier failure is over."""
        self._put({"app": app, "at": at, "failure": None, "worked_at": at})

    def note_failure(self, app: str, at: datetime, reason: str) -> None:
        """The app's analysis failed; what was concluded before stands. reason: `plain_reason`."""
        self._put({"app": app, "at": at, "failure": reason})

    def failed(self) -> dict[str, FailedAnalysis]:
        """The apps whose last analysis failed, by key."""
        t = schema.analyses
        query = sa.select(t.c.app, t.c.at, t.c.failure, t.c.worked_at).order_by(t.c.app)
        with self.database.connect() as connection:
            rows = connection.execute(query.where(t.c.failure.is_not(None))).all()
        return {row.app: FailedAnalysis(*row) for row in rows}

    def worked_at(self, app: str) -> datetime | None:
        """When an app's last analysis that did not fail looked; None without any."""
        t = schema.analyses
        query = sa.select(t.c.worked_at).where(t.c.app == app)
        with self.database.connect() as connection:
            found: datetime | None = connection.execute(query).scalar_one_or_none()
        return found

    def plain_reason(self, said: str, secrets: tuple[str, ...] = ()) -> str:
        """What an error said, in one line that anybody may read.

        Without passwords, the store's address, statements and quoted words. secrets: others.
        """
        address = self.database.engine.url
        hidden = address.render_as_string(hide_password=True)
        for place in (self.database.url, hidden, hidden.replace("+psycopg://", "://", 1)):
            said = said.replace(place, "the store")
        said = without_secrets(said.replace(shown_address(address), "the store"), address)
        for secret in secrets:
            if len(secret) >= SHORTEST_SECRET:
                said = said.replace(secret, "[secret]")
        said = CREDENTIALS.sub("", STATEMENT.sub("", said))
        said = QUOTED.sub("'...'", " ".join(said.split()))
        return said if len(said) <= LONGEST else f"{said[: LONGEST - 3]}..."

    def _put(self, row: dict[str, Any]) -> None:
        with self.database.begin() as connection:
            self.database.put(connection, schema.analyses, row)
