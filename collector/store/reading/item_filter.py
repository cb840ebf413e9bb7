"""An ItemFilter as SQL: its conditions, and those of them that an index answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from collector.stars import whole
from collector.store import schema
from collector.store.reading import search
from collector.store.records import ItemFilter

T, S = schema.items, schema.scores
WORDS = sa.table("item_words", sa.column("rowid"), sa.column("item_words"))
POSTGRES_WORDS: Any = sa.literal_column(  # as the index was made, letter for letter
    "to_tsvector('simple', regexp_replace(lower((' ' || coalesce(items.search_text, "
    "coalesce(items.title, '') || ' ' || coalesce(items.text, ''))) COLLATE \"C\"), "
    "'[^a-z0-9]+', ' w', 'g'))"
)
IS_POST = T.c.kind == sa.literal_column("'post'")  # a bound value would hide the index

CHANGED = {
    "all": T.c.written_at.is_not(None),
    "higher": sa.and_(T.c.written_at.is_not(None), T.c.rating_before > T.c.rating),
    "lower": sa.and_(T.c.written_at.is_not(None), T.c.rating_before < T.c.rating),
}


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition. index: that finds its rows; None: it is looked at row by row.

    streams: the same in parts, each of which the index has in order of time; () where it has not.
    values: what the column may be, for the stars.
    """

    name: str
    clause: Any
    index: str | None = None
    streams: tuple[Any, ...] = ()
    values: tuple[Any, ...] = ()


def conditions(wanted: ItemFilter, ratings: Sequence[float]) -> list[Condition]:
    """All conditions but the app, the time and the words; those first that leave the fewest rows.

    ratings: the ratings that occur, for the index has them one by one.
    """
    flag = {
        "edited": (wanted.edited, T.c.updated_at),
        "removed": (wanted.removed, T.c.removed_at),
        "replied": (wanted.replied, T.c.reply_text),
    }
    found = [
        Condition(name, column.is_not(None), f"ix_items_{name}", (column.is_not(None),))
        for name, (asked, column) in flag.items()
        if asked
    ]
    found += [
        Condition(name, column.is_(None))
        for name, (asked, column) in flag.items()
        if asked is False
    ]
    if wanted.changed is not None:
        clause = CHANGED[wanted.changed]
        found.append(Condition("changed", clause, "ix_items_changed", (clause,)))
    if wanted.texted is False:
        found.append(Condition("texted", T.c.text_hash.is_(None), "ix_items_app_text_hash"))
    elif wanted.texted:
        found.append(Condition("texted", T.c.text_hash.is_not(None)))
    if wanted.kinds == ("post",):
        found.append(Condition("kinds", IS_POST, "ix_items_posts", (IS_POST,)))
    elif wanted.kinds:
        found.append(Condition("kinds", T.c.kind.in_(wanted.kinds)))
    for name, values in (
        ("version", wanted.versions),
        ("lang", wanted.langs),
        ("country", wanted.countries),
    ):
        if values:
            column = T.c[name]
            parts = tuple(column == value for value in dict.fromkeys(values))
            found.append(Condition(name, column.in_(values), f"ix_items_app_{name}", parts))
    if wanted.stars:
        found.append(_stars(wanted.stars, ratings))
    if wanted.sources:
        index = "sqlite_autoindex_items_1"
        found.append(Condition("source", T.c.source.in_(wanted.sources), index))
    if wanted.sentiment_below is not None:
        found.append(Condition("sentiment", S.c.score < wanted.sentiment_below))
    if wanted.sentiment_above is not None:
        found.append(Condition("sentiment", S.c.score > wanted.sentiment_above))
    return found


def _stars(wanted: Sequence[int], ratings: Sequence[float]) -> Condition:
    rated = tuple(v for v in ratings if whole(v) in wanted)
    clause = T.c.rating.in_(rated)
    if 0 in wanted:
        return Condition("stars", sa.or_(clause, T.c.rating.is_(None)))
    each = tuple(T.c.rating == value for value in rated)
    return Condition("stars", clause, "ix_items_app_rating", each, rated)


def span(wanted: ItemFilter) -> list[Any]:
    """The time of publication."""
    found: list[Any] = []
    if wanted.since is not None:
        found.append(T.c.created_at >= wanted.since)
    if wanted.until is not None:
        found.append(T.c.created_at < wanted.until)
    return found


def found_ids(
    terms: list[search.Term], *, sqlite: bool, ids: tuple[int, int] | None = None
) -> "sa.Select[Any]":
    """Row ids of the items that have all terms. ids: the first and last to look at, on SQLite."""
    if not terms:
        return sa.select(T.c.id).where(sa.false())
    if not sqlite:
        asked = sa.literal(search.postgres_match(terms), sa.Text)
        tsquery = asked.op("::")(sa.literal_column("tsquery"))
        return sa.select(T.c.id).where(POSTGRES_WORDS.op("@@")(tsquery))
    query = sa.select(WORDS.c.rowid).where(
        WORDS.c.item_words.op("MATCH")(search.sqlite_match(terms))
    )
    if ids is not None:
        query = query.where(WORDS.c.rowid.between(*ids))
    return query
