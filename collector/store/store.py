"""The store as the rest of Floodgauge sees it."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import URL

from collector.end_codes import reason
from collector.errors import StoreError
from collector.privacy import protect
from collector.progress import Progress
from collector.store import engine as databases
from collector.store.analysis_state.checkpoints import Checkpoints
from collector.store.analysis_state.last_analysis import Analyses
from collector.store.analysis_state.sentiment_scores import Scores
from collector.store.analysis_state.star_models import Models
from collector.store.apps import Apps
from collector.store.as_known.arrival_order import ArrivalOrder
from collector.store.as_known.as_of import AsOf
from collector.store.as_known.knowledge_clock import KnowledgeClock
from collector.store.changes import Changes
from collector.store.counts.groups import Groups
from collector.store.counts.hourly import Hourly
from collector.store.counts.sums import Sums
from collector.store.database import Database
from collector.store.erasing.erasure import Erasure
from collector.store.erasing.expiry import Expiry
from collector.store.erasing.forgotten import Graves
from collector.store.incidents.channel_notes import ChannelNotes
from collector.store.incidents.decisions import Decisions
from collector.store.incidents.deliveries import Deliveries
from collector.store.incidents.incidents import Incidents
from collector.store.polls.cursors import Cursors
from collector.store.polls.descriptions import Descriptions
from collector.store.polls.fast_clocks import Clocks
from collector.store.polls.import_samples import ImportSamples
from collector.store.polls.part_spans import PartSpans
from collector.store.polls.runs import Runs
from collector.store.reading.changed_opinions import ChangedOpinions
from collector.store.reading.other_apps import OtherApps
from collector.store.reading.removed import Removed
from collector.store.reading.revisions import Revisions
from collector.store.reading.said_rows import SaidRows
from collector.store.renaming import Renaming
from collector.store.timeline import Timeline
from collector.store.writing.items import Items
from collector.times import now_utc


def open_store(
    url: str | None = None,
    *,
    secret: bytes | None = None,
    create: bool = True,
    reading: bool = False,
    busy_seconds: float = databases.BUSY_SECONDS,
    clock: Callable[[], datetime] = now_utc,
    progress: Progress | None = None,
) -> "Store":
    """Opens a store, creating or migrating it as needed.

    url: None for SQLite in the user's data directory; a path; sqlite:///path; postgresql://...
    secret: the deployment's secret for keyed hashes; None reads it from the environment or the
    user's data directory. create: False refuses a SQLite file that is not there yet.
    reading: a store of another deployment, whose secret is not at hand, opens too: sealed, nothing
    can be written and author keys are withheld. No secret is made for it.
    progress: told (what, done, total) while a store of an older Floodgauge is brought up to date.
    Raises StoreError, also when the store was written with another secret.
    """
    resolved = databases.resolve_url(url)
    path = databases.sqlite_path(resolved)
    if not create and path is not None and str(path) != ":memory:" and not path.exists():
        raise StoreError(
            f"there is no store at {path}; import or collect something first, or name another "
            "with --store",
            reason("failed-store-missing", place=str(path)),
        )
    directory = databases.default_directory()
    if reading and secret is None and not protect.has_secret(directory):
        return _sealed(resolved, busy_seconds, clock)
    with databases.explained(resolved):
        engine = databases.connect(resolved, busy_seconds=busy_seconds)
    try:
        if secret is None:
            if not protect.has_secret(directory):
                Database(engine, b"").refuse_a_lost_secret()
            secret = protect.load_secret(directory)
        if reading and Database(engine, secret).is_of_another():
            engine.dispose()
            return _sealed(resolved, busy_seconds, clock)
        store = Store(Database(engine, secret, clock))
        with databases.explained(resolved):
            databases.migrate(engine, progress, before=store.database.refuse_other_secret)
        store.database.check_secret()
    except BaseException:
        engine.dispose()
        raise
    return store


def _sealed(url: URL, busy_seconds: float, clock: Callable[[], datetime]) -> "Store":
    """The store for reading alone, without its secret. Raises StoreError."""

    def too_old() -> None:
        raise StoreError(
            "the store is of an older Floodgauge and opens here once somebody who has its secret "
            "has opened it with this one, with `floodgauge status` for example",
            reason("failed-store-older"),
        )

    with databases.explained(url):
        engine = databases.connect(databases.for_reading(url), busy_seconds=busy_seconds)
    try:
        with databases.explained(url):
            databases.migrate(engine, before=too_old)
    except BaseException:
        engine.dispose()
        raise
    return Store(Database(engine, b"", clock, sealed=True))


class Store:
    """One database, its parts by name. Safe to share between processes, one per process."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.apps = Apps(database)
        self.renaming = Renaming(database)
        self.other_apps = OtherApps(database, self.apps)
        self.hourly = Hourly(database)
        self.groups = Groups(database)
        self.said_rows = SaidRows(database)
        self.sums = Sums(database)
        self.knowledge_clock = KnowledgeClock(database)
        self.scores = Scores(database, self.knowledge_clock, self.hourly)
        self.cursors = Cursors(database)
        self.graves = Graves(database)
        self.erasure = Erasure(database)
        self.items = Items(
            database,
            knowledge_clock=self.knowledge_clock,
            hourly=self.hourly,
            scores=self.scores,
            cursors=self.cursors,
            graves=self.graves,
            erasure=self.erasure,
        )
        self.revisions = Revisions(database)
        self.removed = Removed(database)
        self.changed_opinions = ChangedOpinions(database)
        self.arrival_order = ArrivalOrder(database)
        self.as_of = AsOf(database)
        self.expiry = Expiry(database, self.erasure)
        self.clocks = Clocks(database, self.hourly)
        self.runs = Runs(database, self.cursors, self.clocks)
        self.part_spans = PartSpans(self.cursors)
        self.descriptions = Descriptions(self.cursors)
        self.import_samples = ImportSamples(database)
        self.timeline = Timeline(database, self.hourly)
        self.decisions = Decisions(database)
        self.incidents = Incidents(database)
        self.deliveries = Deliveries(database)
        self.channel_notes = ChannelNotes(self.cursors)
        self.analyses = Analyses(database)
        self.models = Models(database)
        self.checkpoints = Checkpoints(database)
        self.changes = Changes(database)

    def close(self) -> None:
        """Gives the connections back."""
        self.changes.close()
        self.database.engine.dispose()

    def __enter__(self) -> "Store":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
