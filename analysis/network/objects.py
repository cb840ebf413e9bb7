"""What each row shares: as the table says, or read from its texts (links, hashtags, words)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, get_args

import numpy as np
import pandas as pd

from analysis.network.columns import ACCOUNT, MESSAGE, MOMENT, OBJECT, TYPE, Columns, Keyed, keyed
from analysis.network.near import near_groups
from analysis.network.shares import Ints
from analysis.tokens import spoken
from collector.errors import ContractError
from collector.text.post_marks import hashtags_in, links_in
from collector.text.post_parts import own_words

ObjectType = Literal["url", "hashtag", "text", "near-text", "repost", "reply", "app"]
TYPES: tuple[str, ...] = get_args(ObjectType)
TEXT = ("text", "full_text", "content", "body", "message", "review", "tweet", "caption")
NAMED: dict[str, tuple[str, ...]] = {
    "url": ("url", "urls", "link", "links", "expanded_url"),
    "hashtag": ("hashtag", "hashtags"),
    "repost": ("reposted_id", "repost_of", "retweeted_id", "retweet_id", "retweeted_status_id",
               "reblog_of_id", "referenced_tweet_id", "quoted_id"),
    "reply": ("in_reply_to_id", "in_reply_to_status_id", "reply_to", "replied_to_id", "parent_id"),
    "app": ("app", "app_id", "app_key", "package_name"),
}  # fmt: skip
"""Columns that hold a kind of object."""
LEAST_WORDS = 5  # of a text that counts as shared; shorter ones meet by chance


def same_words(text: str) -> list[str]:
    """The text as its words, where it has enough of them."""
    said = spoken(text)
    return [" ".join(said)] if len(said) >= LEAST_WORDS else []


READ: dict[str, Callable[[str], list[str]]] = {
    "url": links_in,
    "hashtag": hashtags_in,
    "text": same_words,
}
"""Kinds of objects that are read from a text."""


def shares_of(
    table: Any,
    object_type: str | None = None,
    *,
    account: str | None = None,
    object_: str | None = None,
    message: str | None = None,
    moment: str | None = None,
) -> tuple[Keyed, str | None]:
    """Shares of a table, and of what kind its objects are (None: the table does not say).

    Raises ContractError for a column or kind that is not there.
    """
    columns = Columns(table)
    who = columns.need("account", account, ACCOUNT)
    when = columns.need("time", moment, MOMENT)
    said = columns.find(message, MESSAGE)
    what = columns.find(object_, OBJECT)
    said = None if said in (who, what) else said
    given = _Given(columns.read(who), columns.read(when), columns.read(said) if said else None)
    if what is not None:
        types, rows = _of_type(columns, object_type)
        return given.keyed(columns.read(what), rows, types), object_type
    kind = object_type or _usual(columns)
    rows, objects = _objects(columns, kind)
    return given.at(rows).keyed(objects, None, None), kind


@dataclass(frozen=True, slots=True)
class _Given:
    """The columns beside the objects."""

    account: "pd.Series[Any]"
    moment: "pd.Series[Any]"
    message: "pd.Series[Any] | None"

    def at(self, rows: Any) -> "_Given":
        said = None if self.message is None else _rows(self.message, rows)
        return _Given(_rows(self.account, rows), _rows(self.moment, rows), said)

    def keyed(self, objects: "pd.Series[Any]", rows: Any, kinds: "pd.Series[Any] | None") -> Keyed:
        if rows is None:
            return keyed(self.account, objects, self.message, self.moment, kinds)
        return self.at(rows).keyed(_rows(objects, rows), None, None)


def _rows(column: "pd.Series[Any]", rows: Any) -> "pd.Series[Any]":
    chosen: pd.Series[Any] = column.iloc[rows].reset_index(drop=True)
    return chosen


def _of_type(columns: Columns, object_type: str | None) -> tuple["pd.Series[Any] | None", Any]:
    """(the types, the rows of the type that is asked for; None: all)."""
    name = columns.find(None, (TYPE,))
    if name is None:
        return None, None
    types = columns.read(name).astype("string").str.strip().str.casefold()
    if object_type is None:
        return types, None
    rows = np.flatnonzero((types == object_type.casefold()).fillna(value=False).to_numpy())
    if not rows.size:
        there = ", ".join(sorted(types.dropna().unique())[:12])
        raise ContractError(f"network: no object of type {object_type!r}; the table has: {there}")
    return types, rows


def _usual(columns: Columns) -> str:
    """The words, where there are texts; else the first column that holds a kind of object."""
    if columns.find(None, TEXT):
        return "text"
    found = [kind for kind, names in NAMED.items() if columns.find(None, names)]
    if not found:
        columns.need("object", None, OBJECT)
    return found[0]


def _objects(columns: Columns, kind: str) -> tuple[Ints, "pd.Series[Any]"]:
    """(the row of each object, the objects)."""
    if kind not in TYPES:
        raise ContractError(f"network: object_type {kind!r}: one of {', '.join(TYPES)}")
    column = columns.find(None, NAMED.get(kind, ()))
    if column is not None and kind in ("repost", "reply", "app"):
        return np.arange(columns.rows), columns.read(column)
    if kind in ("repost", "reply", "app"):
        columns.need(kind, None, NAMED[kind])
    texts = columns.read(column or columns.need("text", None, TEXT))
    codes, distinct = pd.factorize(texts, use_na_sentinel=True)
    if kind == "near-text":
        held = _near(list(distinct))
    elif column is not None:
        held = [_listed(value, kind) for value in distinct]
    else:
        held = [READ[kind](own_words(t)) if isinstance(t, str) else [] for t in distinct]
    return _unfolded(np.asarray(codes, dtype=np.int64), held)


def _listed(value: Any, kind: str) -> list[str]:
    """A cell of links or hashtags: one, several with blanks or commas between, or a list."""
    parts = [str(v) for v in value] if isinstance(value, list | tuple | np.ndarray) else (
        str(value).strip("[]").replace("|", " ").replace(",", " ").split()
    )  # fmt: skip
    plain = [part.strip("'\"") for part in parts]
    if kind == "hashtag":
        return list(dict.fromkeys("#" + part.lstrip("#").casefold() for part in plain if part))
    return [link for part in plain for link in links_in(part) or [part] if link]


def _near(texts: list[Any]) -> list[list[str]]:
    """Each text's group, named by its first text; texts of few words have none."""
    texts = [own_words(text) if isinstance(text, str) else text for text in texts]
    read = [spoken(text) if isinstance(text, str) else [] for text in texts]
    long = [n for n, said in enumerate(read) if len(said) >= LEAST_WORDS]
    group = near_groups([read[n] for n in long])
    first: dict[int, str] = {}
    held: list[list[str]] = [[] for _ in texts]
    for n, number in zip(long, group.tolist(), strict=True):
        held[n] = [first.setdefault(number, texts[n])]
    return held


def _unfolded(codes: Ints, held: list[list[str]]) -> tuple[Ints, "pd.Series[Any]"]:
    """Rows and their objects, from the objects of each distinct text. codes: -1 without one."""
    sizes = np.array([len(objects) for objects in held] + [0], dtype=np.int64)
    starts = np.cumsum(sizes) - sizes
    every = pd.Series([one for objects in held for one in objects], dtype="str")
    count = sizes[codes]
    rows = np.repeat(np.arange(codes.size), count)
    first = np.repeat(starts[codes] - (np.cumsum(count) - count), count)
    return rows, every.iloc[first + np.arange(rows.size)].reset_index(drop=True)
