"""Words of a forgotten post that other posts quote: taken out there as well, and kept out.

A quoting post holds them behind a line of its own (see collector.text.post_parts). What is the same
words is taken for the same post: whose they are a quotation does not tell.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from types import SimpleNamespace
from typing import Any

import sqlalchemy as sa

from collector.privacy.masking import mask
from collector.store import schema
from collector.store.content_hashes import content_hash, text_hash
from collector.store.database import Database
from collector.store.reading import item_filter, search
from collector.text.post_parts import QUOTED, own_words, parts_of, written

T, R = schema.items, schema.revisions
Words = tuple[str, ...]
LOOKED_FOR = 20
"""First words of a post by which its quotations are found; all of them are compared."""


def without(text: str | None, gone: Callable[[Words], bool]) -> str | None:
    """A text without its quotations of such words."""
    if text is None or QUOTED not in text:
        return text
    parts = parts_of(text)
    kept = [said for said in parts.quoted if not gone(words_of(said))]
    if len(kept) == len(parts.quoted):
        return text
    return written(parts.own, parts.pictures, kept)


def words_of(text: str) -> Words:
    """What a post says itself, as words to compare: as it would be masked today."""
    return tuple(search.words(mask(own_words(text)) or ""))


class Quotations:
    """Where posts are quoted."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def said(self, connection: sa.Connection, where: Collection[Any]) -> dict[Words, Words]:
        """The words of posts, and of what they said before, each with its first as they are kept;
        of those that have any."""
        posts = [*where, T.c.kind == "post"]
        now = sa.select(T.c.text).where(*posts)
        before = sa.select(R.c.text).where(R.c.item.in_(sa.select(T.c.id).where(*posts)))
        texts = [text for query in (now, before) for text in connection.execute(query).scalars()]
        return {
            words: tuple(search.words(own_words(text)))[:LOOKED_FOR]
            for text in texts
            if (words := words_of(text or ""))
        }

    def take_out(
        self, connection: sa.Connection, said: Mapping[Words, Words], app: str | None
    ) -> list[tuple[Any, Any]]:
        """Takes these words out of the posts, of one app or of all, that quote them now or before
        an edit. The rows as they were, each with what changed."""
        mine = () if app is None else (app,)
        found = (self._quoting(connection, first, mine) for first in said.values())
        rows = {row.id: row for each in found for row in each}
        changed = [(row, new) for row in rows.values() if (new := _changed(row, said))]
        for row, new in changed:
            connection.execute(sa.update(T).where(T.c.id == row.id).values(new))
        if said:
            self._take_out_of_past(connection, said, mine)
        return changed

    def _quoting(self, connection: sa.Connection, words: Words, apps: Sequence[str]) -> list[Any]:
        """The posts that quote something and have these words."""
        term = [search.Term(words)]
        found = item_filter.found_ids(term, sqlite=self.database.is_sqlite)
        query = sa.select(T).where(T.c.kind == "post", T.c.id.in_(found), _quotes(T.c.text))
        query = query.where(T.c.app.in_(apps)) if apps else query
        return list(connection.execute(query).all())

    def _take_out_of_past(
        self, connection: sa.Connection, said: Collection[Words], apps: Sequence[str]
    ) -> None:
        query = sa.select(R).where(_quotes(R.c.text))
        query = query.where(R.c.app.in_(apps)) if apps else query
        for row in connection.execute(query).all():
            if new := _changed(row, said):
                kept = {n: new[n] for n in ("text", "content_hash", "text_hash")}
                connection.execute(sa.update(R).where(R.c.id == row.id).values(kept))


def _quotes(text: Any) -> "sa.ColumnElement[bool]":
    found: sa.ColumnElement[bool] = text.contains(f"{QUOTED}\n", autoescape=True)
    return found


def _changed(row: Any, said: Collection[Words]) -> dict[str, Any] | None:
    """A row's text without its quotations of these words, and what follows from it."""
    text = without(row.text, said.__contains__)
    if text == row.text:
        return None
    names = ("rating", "title", "version", "reply_text")
    new = SimpleNamespace(text=text, **{name: getattr(row, name) for name in names})
    return {
        "text": text,
        "content_hash": content_hash(new),
        "text_hash": text_hash(new),
        "search_text": search.search_text(row.title, text),
        "text_length": len(text or ""),
    }
