"""The apps that the store knows."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from collector.store import schema
from collector.store.database import Database


@dataclass(frozen=True, slots=True)
class App:
    """simulated: the data are made up; every page and report says so."""

    key: str
    name: str
    simulated: bool
    created_at: datetime


class Apps:
    """The apps of a store."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def ensure(self, key: str, name: str | None = None, *, simulated: bool = False) -> None:
        """Creates the app if it is new."""
        row = {"key": key, "name": name or key, "simulated": simulated}
        with self.database.begin() as connection:
            self.database.put_missing(
                connection, schema.apps, [{**row, "created_at": self.database.clock()}]
            )

    def all(self) -> list[App]:
        """All apps by key."""
        query = sa.select(schema.apps).order_by(schema.apps.c.key)
        with self.database.connect() as connection:
            return [App(*row) for row in connection.execute(query)]

    def keys(self) -> list[str]:
        """Keys of all apps, sorted."""
        return [app.key for app in self.all()]

    def get(self, key: str) -> App | None:
        """One app, None where there is none."""
        return next((app for app in self.all() if app.key == key), None)
