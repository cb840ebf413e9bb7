"""What a swing of a user's own table looks like: its evidence and likeliest cause."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis import series
from analysis.evidence.quiet_blocks import even_sample
from analysis.incidents import swing_to_incident
from analysis.incidents.merge_split import Event
from analysis.incidents.swing_to_incident import Subject
from analysis.records import Incident
from analysis.research.detect import BUDGET, events_of, until_of
from analysis.research.frames import Moment, utc
from analysis.research.tables import Names, Table, read_table
from analysis.sentiment.run import score_new
from analysis.words.catalogue import english
from analysis.words.documents import told_incident
from collector.errors import ContractError
from collector.importers.row_reader import RowReader
from collector.importers.values.date_order import DateOrders
from collector.importers.values.moments import Moments
from collector.privacy.protect import protect
from collector.records import Item
from collector.store import Store, open_store
from collector.times import from_us, now_utc, to_us

MEMORY = "sqlite:///:memory:"
SECRET = b"nothing that it keys is ever kept"
MOST_OF_SWING = 20_000


def explain(
    df: Any,
    incident: Any,
    *,
    time: str | None = None,
    stars: str | None = None,
    source: str | None = None,
    app: str = "app",
    names: Sequence[str] = (),
    as_of: Moment = None,
    false_alarms_per_app_year: float = BUDGET,
) -> Incident:
    """The evidence on one swing of a table: what caused it, as far as the reviews tell.

    df: the table that `detect` was given, a row a review; its columns of texts, languages,
        versions, authors and replies are found by name. Nothing is written to a disk.
    incident: a row of what `detect` gave, or its id. names: what texts may call the app.
    The other arguments are those of `detect`, and must be the same.

    Gives an Incident: `summary`, `cause` with `causes` (probabilities), `coordination`, `evidence`
    (signal, value, baseline, p_value, statement), `phrases`, `reasons`. It rests on the 540 days
    before the swing, at most 30,000 reviews; of a swing of over 20,000 an even part is read. News,
    releases and posts come from a store alone, so what needs them is "not testable". No author is
    shown: names are hashed with a key that is thrown away.
    Raises ContractError for an incident that the table does not have.
    Method: docs/evidence.md (conformal p-values against quiet blocks of the app's own past).

    >>> import floodgauge as fg
    >>> import pandas as pd
    >>> usual = pd.date_range("2026-01-01 21:30", periods=120, freq="D", tz="UTC")
    >>> flood = pd.date_range("2026-04-20 10:07", periods=40, freq="5min", tz="UTC")
    >>> said = ["nice app", "works well", "useful"] * 40 + ["crashes since the update"] * 40
    >>> stars = [5, 3, 4] * 40 + [1] * 40
    >>> reviews = pd.DataFrame({"at": usual.append(flood), "stars": stars, "text": said})
    >>> found = fg.detect(reviews)
    >>> incident = fg.explain(reviews, found.iloc[0])
    >>> incident.reasons[0].reason, incident.rating_during
    ('update', 1.0)
    """
    table = read_table(df, Names(time=time, stars=stars, source=source, count=""))
    if not {"rating", "text", "title"} & table.layout.columns.keys():
        raise ContractError("explain: the table has neither stars nor texts to explain a swing by")
    until = until_of(table, utc("as_of", as_of))
    events = events_of(table, app, until, false_alarms_per_app_year)
    event = _wanted(events, incident)
    with open_store(MEMORY, secret=SECRET) as store:
        _fill(store, table, app, event, until)
        found = _incident(store, Subject(app, app, (app, *names)), event, events, until)
    return told_incident(found, app, english())


def _wanted(events: list[Event], incident: Any) -> Event:
    """The event of a row or an id. Raises ContractError."""
    name = incident if isinstance(incident, str) else getattr(incident, "id", None)
    if name is None and hasattr(incident, "get"):
        name = incident.get("id")
    for event in events:
        if name in event.ids:
            return event
    known = ", ".join(event.id for event in events) or "none"
    raise ContractError(f"incident: no {name!r} in the table by these settings; there is: {known}")


def _incident(
    store: Store, subject: Subject, event: Event, events: list[Event], until: int
) -> Incident:
    score_new(store, subject.app, now=from_us(until))
    store.hourly.recount(subject.app)
    others = [one.swing for one in events]
    window = swing_to_incident.window_of(store, subject, event.swing, others, from_us(until))
    return swing_to_incident.make_incident(window, series.coverage_of({}), incident=event.id)


def _fill(store: Store, table: Table, app: str, event: Event, until: int) -> None:
    """Takes in the rows that the evidence reads."""
    store.apps.ensure(app)
    items = [_item(table, app, row, cells) for row, cells in _rows(table, event, until)]
    store.items.write(items, how="import")


def _rows(table: Table, event: Event, until: int) -> list[tuple[int, dict[str, Any]]]:
    onset = to_us(event.swing.onset_at)
    end = min(until, to_us(event.swing.ended_at or from_us(until)))
    since = onset - swing_to_incident.REFERENCE // timedelta(microseconds=1)
    first, begin, last = (int(n) for n in np.searchsorted(table.at, [since, onset, end + 1]))
    first = max(first, begin - swing_to_incident.MOST_BEFORE)
    inside = begin + even_sample(last - begin, MOST_OF_SWING)
    wanted: NDArray[np.int64] = np.concatenate([np.arange(first, begin), inside])
    rows = table.frame[table.place[wanted].tolist()]
    return list(zip(wanted.tolist(), rows.iter_rows(named=True), strict=True))


def _item(table: Table, app: str, row: int, cells: dict[str, Any]) -> Item:
    """A row as an import reads it, at the moment that the table gave it."""
    at = from_us(int(table.at[row]))
    (time, *_) = table.layout.columns["created_at"]
    reader = RowReader(table.layout, None, now_utc(), Moments(DateOrders(None, [time])))
    raw, _, _ = reader.read(row + 1, {**cells, time: at})
    named = replace(raw, created_at=at, item_id=f"row {int(table.place[row])}")
    return protect(named, app=app, secret=SECRET, seen_at=at, arrived_at=at)
