"""One page of items in any order, under any filter, at a cost that does not grow with the store.

Nothing is skipped by counting: a page starts at a place (item_order.py). Two ways, by looking:
- few: some condition leaves at most FEW rows by its index; all of them are read and sorted.
- walk: along the index of the order, a bounded number of rows at a time. A walk that finds too
  little within its budget says how far it got, and goes on from there when asked.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa

from collector.store import schema
from collector.store.reading import item_filter, search
from collector.store.reading.item_filter import Condition
from collector.store.reading.item_order import NO_STARS, ORDERS, Key, Order, Place
from collector.store.records import ItemFilter, Sort

T, S = schema.items, schema.scores
FEW = 4_000
WINDOWS = (500, 5_000, 20_000)  # rows that a walk looks at, in steps
READ_AT_ONCE, SCATTERED = 1_000, 20
LEAST_WINDOW, MOST_STREAMS = 100, 12
MOST_COUNTED = 10_000
TEXTS = (T.c.title, T.c.text)
SCORED = T.outerjoin(S, (S.c.app == T.c.app) & (S.c.text_hash == T.c.text_hash))


@dataclass(frozen=True, slots=True)
class Slice:
    """The keys of a page, in order. more: rows go on after it. stopped: where the budget ended."""

    keys: list[Key]
    more: bool
    stopped: Key | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """How many items match. exact: else there are at least so many."""

    items: int
    exact: bool


@dataclass(frozen=True, slots=True)
class _Plan:
    """A filter on one connection. few: ids of the rows that may match, if they are few."""

    connection: sa.Connection
    apps: list[str]
    conditions: list[Condition]
    span: list[Any]
    terms: list[search.Term] | None
    few: Any = None
    few_have_words: bool = False

    @property
    def sqlite(self) -> bool:
        return self.connection.dialect.name == "sqlite"


def slice_of(
    connection: sa.Connection,
    wanted: ItemFilter,
    apps: list[str],
    sort: Sort,
    place: Place | None,
    limit: int,
) -> Slice:
    """Keys of at most `limit` items from a place on (backwards: up to it)."""
    plan, order = _plan(connection, wanted, apps), ORDERS[sort]
    back = place is not None and place.back

    def rank(key: Key) -> tuple[int, ...]:
        return tuple(-n for n in order.rank(key)) if back else order.rank(key)

    keys, stopped = _walk(plan, order, place, limit + 1, WINDOWS[:1])
    if stopped is not None:
        plan = _look_for_few(plan)
        if plan.few is None:
            keys, stopped = _walk(plan, order, place, limit + 1, WINDOWS)
        else:
            keys, stopped = [order.key(row) for row in _few_rows(plan, order)], None
            if place is not None:
                keys = [key for key in keys if rank(key) > rank(place.key)]
    keys.sort(key=rank)
    more, keys = len(keys) > limit, keys[:limit]
    return Slice(keys[::-1] if back else keys, more, None if more else stopped)


def count(connection: sa.Connection, wanted: ItemFilter, apps: list[str]) -> Count:
    """Matches up to 10,000, and only as far as a walk from the newest item sees them."""
    keys, exact = matches(connection, wanted, apps)
    return Count(len(keys), exact)


def matches(
    connection: sa.Connection, wanted: ItemFilter, apps: list[str]
) -> tuple[list[Key], bool]:
    """The keys of these, newest first or in no order, and whether they are all."""
    plan, order = _plan(connection, wanted, apps), ORDERS["newest"]
    keys, stopped = _walk(plan, order, None, MOST_COUNTED + 1, WINDOWS[:1])
    if stopped is not None:
        plan = _look_for_few(plan)
        if plan.few is not None:
            return [order.key(row) for row in _few_rows(plan, order)], True
        keys, stopped = _walk(plan, order, None, MOST_COUNTED + 1, WINDOWS)
    return keys[:MOST_COUNTED], stopped is None and len(keys) <= MOST_COUNTED


def distinct(connection: sa.Connection, app: str, column: str) -> list[Any]:
    """Distinct values of an indexed column of an app: one look into the index for each value."""
    c = T.c[column]
    first = sa.select(sa.func.min(c).label("value")).where(T.c.app == app)
    values = first.cte("found", recursive=True)
    following = (
        sa.select(sa.func.min(c)).where(T.c.app == app, c > values.c.value).scalar_subquery()
    )
    values = values.union_all(sa.select(following).where(values.c.value.is_not(None)))
    query = sa.select(values.c.value).where(values.c.value.is_not(None))
    return list(connection.execute(query).scalars())


def _plan(connection: sa.Connection, wanted: ItemFilter, apps: list[str]) -> _Plan:
    ratings = {r for a in apps for r in distinct(connection, a, "rating")} if wanted.stars else ()
    return _Plan(
        connection,
        apps,
        item_filter.conditions(wanted, sorted(ratings)),
        item_filter.span(wanted),
        search.parse(wanted.words),
    )


def _look_for_few(plan: _Plan) -> _Plan:
    """The plan with the condition that leaves the fewest rows, if these are few."""
    mine = T.c.app.in_(plan.apps)
    candidates = []
    if plan.terms is not None:
        candidates.append(item_filter.found_ids(plan.terms, sqlite=plan.sqlite))
    candidates += [
        _hinted(sa.select(T.c.id), c.index).where(mine, c.clause)
        for c in plan.conditions
        if c.index is not None
    ]
    if plan.span:
        recent = _hinted(sa.select(T.c.id), "ix_items_app_created_at")
        candidates.append(recent.where(mine, *plan.span))
    least = FEW + 1
    for n, ids in enumerate(candidates):
        size = sa.select(sa.func.count()).select_from(ids.limit(least).subquery())
        found = int(plan.connection.execute(size).scalar_one())
        if found < least:
            least = found
            plan = replace(plan, few=ids, few_have_words=n == 0 and plan.terms is not None)
    return plan


def _few_rows(plan: _Plan, order: Order) -> list[Any]:
    """All rows that match, of the few that may."""
    read = plan.terms is not None and not plan.few_have_words
    rows = plan.few.cte("few")
    query = (
        sa.select(*order.selected, *(TEXTS if read else ()))
        .with_hint(T, "NOT INDEXED", "sqlite")
        .select_from(_scored(plan))
        .where(T.c.id.in_(sa.select(rows.c[0])), T.c.app.in_(plan.apps), *plan.span)
        .where(*(c.clause for c in plan.conditions), schema.counting())
    )
    return (
        _having(plan, plan.connection.execute(query).all())
        if read
        else list(plan.connection.execute(query).all())
    )


def _having(plan: _Plan, rows: Sequence[Any]) -> list[Any]:
    """Those rows that have the searched words, read one by one."""
    terms = plan.terms or []
    return [row for row in rows if search.has(terms, row.title, row.text)]


def _walk(
    plan: _Plan,
    order: Order,
    place: Place | None,
    limit: int,
    windows: Sequence[int],
) -> tuple[list[Key], Key | None]:
    """Keys of at least `limit` matches from a place on, unless there are fewer or the budget ends.

    The second: how far every stream was looked at, where that is not to the end.
    """
    keys: list[Key] = []
    for group, condition in _groups(plan, order, place):
        start = place if place is not None and place.key[0] == group else None
        back = place is not None and place.back
        streams = list(_streams(plan, order, condition))
        sizes = [max(LEAST_WINDOW, size // len(streams)) for size in windows]
        stops = []
        for stream in streams:
            found, stop = _along(plan, order, group, stream, start, back, limit, sizes)
            keys += found
            stops += [] if stop is None else [stop]
        if stops:
            nearest = (max if back else min)(stops, key=order.rank)
            edge = order.rank(nearest)
            inside = [k for k in keys if (order.rank(k) >= edge if back else order.rank(k) <= edge)]
            return inside, nearest
        if len(keys) >= limit:
            break
    return keys, None


@dataclass(frozen=True, slots=True)
class _Stream:
    """Rows of one app that an index has in order, and what must be looked at row by row."""

    index: str
    clauses: list[Any]
    rest: list[Any]
    searched: bool


def _groups(plan: _Plan, order: Order, place: Place | None) -> Iterator[tuple[int, Any]]:
    """Groups of an order with their conditions, from the place on in its direction."""
    groups: dict[int, Any] = {0: None}
    if order.grouped is T.c.thumbs_up:
        groups = {1: T.c.thumbs_up.is_not(None), 0: T.c.thumbs_up.is_(None)}
    elif order.grouped is T.c.rating:
        stars = next((c for c in plan.conditions if c.name == "stars"), None)
        values = {v for app in plan.apps for v in distinct(plan.connection, app, "rating")}
        if stars is not None:
            values &= set(stars.values)
        groups = {round(v * 1000): T.c.rating == v for v in values}
        if stars is None:
            groups[NO_STARS] = T.c.rating.is_(None)
    back = place is not None and place.back

    def rank(group: int) -> tuple[int, ...]:
        return order.rank((group, 0, 0, 0))

    for group in sorted(groups, key=rank, reverse=back):
        if place is not None:
            mine, from_there = rank(group), rank(place.key[0])
            if (mine > from_there) if back else (mine < from_there):
                continue
        yield group, groups[group]


def _streams(plan: _Plan, order: Order, condition: Any) -> Iterator[_Stream]:
    """The streams of a group. By time, a condition whose index is in order of time leads."""
    clauses = [] if condition is None else [condition]
    index, leader = order.index, None
    parts: list[list[Any]] = [[]]
    if index == "ix_items_app_created_at":
        leader = next(
            (
                c
                for c in plan.conditions
                if c.streams and len(c.streams) * len(plan.apps) <= MOST_STREAMS
            ),
            None,
        )
        if leader is not None and leader.index is not None:
            index, parts = leader.index, [[part] for part in leader.streams]
    done = (
        [leader]
        if order.grouped is not T.c.rating
        else [c for c in plan.conditions if c.name == "stars"]
    )
    rest = [c.clause for c in plan.conditions if c not in done]
    by_time = order.column is None
    for app in plan.apps:
        for part in parts:
            yield _Stream(
                index,
                [T.c.app == app, *clauses, *part, *(plan.span if by_time else [])],
                rest + ([] if by_time else plan.span),
                plan.terms is not None,
            )


def _along(
    plan: _Plan,
    order: Order,
    group: int,
    stream: _Stream,
    start: Place | None,
    back: bool,
    limit: int,
    sizes: list[int],
) -> tuple[list[Key], Key | None]:
    """Matches along one stream, and where the budget ended if it did. sizes: of the windows."""
    columns = order.columns(group)
    descending = order.descending != back
    ordered = [c.desc() if descending else c for c in columns]
    row = sa.tuple_(*columns)

    def beyond(key: Key) -> Any:
        values = sa.tuple_(*(sa.literal(v, sa.BigInteger) for v in key[-len(columns) :]))
        return row < values if descending else row > values

    def until(key: Key) -> Any:
        values = sa.tuple_(*(sa.literal(v, sa.BigInteger) for v in key[-len(columns) :]))
        return row >= values if descending else row <= values

    at: list[Any] = [] if start is None else [beyond(start.key)]
    base = (
        _hinted(sa.select(*order.selected), stream.index).where(*stream.clauses).order_by(*ordered)
    )
    if not stream.rest and not stream.searched:
        counting = base.where(*at, schema.counting())
        rows = plan.connection.execute(counting.limit(limit)).all()
        return [order.key(r) for r in rows], None
    found: list[Key] = []
    for size in sizes:
        window = base.where(*at)
        edge = plan.connection.execute(window.offset(size - 1).limit(1)).one_or_none()
        inside = window.where(*stream.rest, schema.counting()).select_from(_scored(plan))
        if edge is not None:
            inside = inside.where(until(order.key(edge)))
        rows = (
            _searched(plan, inside, window, size, limit)
            if stream.searched
            else (plan.connection.execute(inside.limit(limit)).all())
        )
        found += [order.key(r) for r in rows]
        if edge is None or len(found) >= limit:
            return found, None
        at = [beyond(order.key(edge))]
    return found, order.key(edge) if edge is not None else None


def _searched(plan: _Plan, inside: Any, window: Any, size: int, limit: int) -> Sequence[Any]:
    """Rows of a window that have the searched words; the first `limit` at least.

    A small window is read. In a large one SQLite's index is asked about the window's row ids, which
    lie together where reviews were stored in about the order in which they were published.
    """
    terms = plan.terms or []
    first = window.with_only_columns(T.c.id).limit(size).subquery()
    ends = sa.select(sa.func.min(first.c.id), sa.func.max(first.c.id))
    low, high = plan.connection.execute(ends).one()
    if low is None:
        return []
    scattered = high - low > SCATTERED * size or any(term.prefix for term in terms)
    if size <= READ_AT_ONCE or scattered or not plan.sqlite:
        return _having(plan, plan.connection.execute(inside.add_columns(*TEXTS)).all())
    found = item_filter.found_ids(terms, sqlite=True, ids=(low, high))
    return plan.connection.execute(inside.where(T.c.id.in_(found)).limit(limit)).all()


def _scored(plan: _Plan) -> Any:
    return SCORED if any(c.name == "sentiment" for c in plan.conditions) else T


def _hinted(query: Any, index: str | None) -> Any:
    """On SQLite, which keeps no statistics, the index is named."""
    return query if index is None else query.with_hint(T, f"INDEXED BY {index}", "sqlite")
