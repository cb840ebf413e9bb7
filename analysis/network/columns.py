"""From a table of any kind to shares: which column is what, keys to codes, moments to microseconds.

What has no account, no object or no moment cannot be paired: it is left out and counted.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from analysis.network.moments import microseconds
from analysis.network.shares import Ints, Shares
from collector.errors import ContractError

ACCOUNT = ("account_id", "account", "id_user", "user_id", "author_id", "author_key", "author",
           "username", "user_name", "screen_name", "user", "handle")  # fmt: skip
OBJECT = ("object_id", "object", "shared_id")
MESSAGE = ("content_id", "message_id", "post_id", "tweet_id", "status_id", "item_id", "review_id",
           "id")  # fmt: skip
MOMENT = ("timestamp_share", "created_at", "timestamp", "published_at", "posted_at", "datetime",
          "time", "date", "at", "created")  # fmt: skip
TYPE = "object_type"


@dataclass(frozen=True, slots=True)
class Keyed:
    """Shares with the keys behind their codes.

    left_out: rows of the table that are no shares, by what they lack.
    """

    shares: Shares
    accounts: pd.Index
    things: pd.Index
    messages: pd.Index
    left_out: Mapping[str, int] = field(default_factory=dict)


class Columns:
    """A table's columns one at a time, so that large ones need not be held twice.

    table: pandas, polars, Arrow or whatever else speaks Arrow's protocol. Raises ContractError.
    """

    def __init__(self, table: Any) -> None:
        if isinstance(table, pd.DataFrame):
            self.names = [str(name) for name in table.columns]
            self._read: Callable[[str], pd.Series[Any]] = table.__getitem__
            self.rows = len(table)
            return
        try:
            arrow = table if isinstance(table, pa.Table) else pa.table(table)
        except (TypeError, ValueError, pa.ArrowInvalid) as error:
            raise ContractError(
                f"network: a {type(table).__name__} is no table; give a pandas, polars or Arrow one"
            ) from error
        self.names = list(arrow.column_names)
        self.rows = arrow.num_rows
        self._read = lambda name: arrow.column(name).to_pandas()

    def find(self, given: str | None, usual: Sequence[str]) -> str | None:
        """The column that is named, else the first usual one. Raises ContractError."""
        if given is not None:
            if given not in self.names:
                raise ContractError(f"network: no column {given!r}; there is {self._listed()}")
            return given
        folded = {name.casefold().strip(): name for name in reversed(self.names)}
        return next((folded[name] for name in usual if name in folded), None)

    def need(self, what: str, given: str | None, usual: Sequence[str]) -> str:
        """The same, for one that must be there. Raises ContractError."""
        found = self.find(given, usual)
        if found is None:
            raise ContractError(
                f"network: which column is the {what}? Known are {', '.join(usual[:4])}; "
                f"there is {self._listed()}. Name it: {what}="
            )
        return found

    def read(self, name: str) -> "pd.Series[Any]":
        """One column."""
        if self.names.count(name) > 1:
            raise ContractError(f"network: there are {self.names.count(name)} columns {name!r}")
        return self._read(name).reset_index(drop=True)

    def _listed(self) -> str:
        return ", ".join(self.names[:12]) or "none"


def coded(values: "pd.Series[Any]") -> tuple[Ints, pd.Index]:
    """(codes, their keys); -1 for what is missing, empty or only blanks."""
    codes, keys = pd.factorize(values, use_na_sentinel=True)
    index = pd.Index(keys)
    if index.dtype.kind in "Of" or pd.api.types.is_string_dtype(index.dtype):
        blank = np.asarray(index.astype("str").str.strip() == "", dtype=np.bool_)
        codes = np.where(np.append(blank, False)[codes], -1, codes)
    return codes.astype(np.int64), index


def keyed(
    account: "pd.Series[Any]",
    thing: "pd.Series[Any]",
    message: "pd.Series[Any] | None",
    moment: "pd.Series[Any]",
    kind: "pd.Series[Any] | None" = None,
) -> Keyed:
    """Shares from columns of equal length; without messages each row is one of its own."""
    at, timed = microseconds(moment)
    who, accounts = coded(account)
    what, things = coded(thing)
    if message is None:
        said, messages = np.arange(at.size, dtype=np.int64), pd.Index(np.arange(at.size))
        alike = np.full(at.size, -1, dtype=np.int64)
    else:
        said, messages = _own_where_missing(*coded(message))
        alike = things.get_indexer(messages).astype(np.int64)
    lacking = {
        "account": int(np.count_nonzero(who < 0)),
        "object": int(np.count_nonzero(what < 0)),
        "moment": int(np.count_nonzero(~timed)),
    }
    kept = (who >= 0) & (what >= 0) & timed
    shares = Shares(who, what, said, at, alike[said] == what)
    if kind is not None:
        shares, things = _of_kinds(shares, things, coded(kind)[0] + 1)
    rows = shares if kept.all() else shares[kept]
    return Keyed(rows, accounts, things, messages, {k: n for k, n in lacking.items() if n})


def _of_kinds(shares: Shares, things: pd.Index, kind: Ints) -> tuple[Shares, pd.Index]:
    """The same object of two kinds is two things."""
    kinds = int(kind.max(initial=0)) + 1
    both, code = np.unique(shares.thing * kinds + kind, return_inverse=True)
    apart = replace(shares, thing=np.where(shares.thing < 0, -1, code), kind=kind)
    return apart, things[np.maximum(both // kinds, 0)] if len(things) else things


def _own_where_missing(codes: Ints, keys: pd.Index) -> tuple[Ints, pd.Index]:
    """A message without a key is none of the others."""
    without = np.flatnonzero(codes < 0)
    if without.size == 0:
        return codes, keys
    codes = codes.copy()
    codes[without] = len(keys) + np.arange(without.size)
    return codes, keys.astype(object).append(pd.Index([None] * without.size, dtype=object))
