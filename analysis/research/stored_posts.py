"""The store's posts and reviews as a table of which a network can be made. No author key in it."""

from datetime import datetime
from typing import Any

import pandas as pd

from analysis.evidence.texts import full_texts
from collector.store import Store

KEPT = {"author_key": "account_id", "item_id": "content_id"}


def stored_posts(
    store: Store, apps: list[str], since: datetime | None = None, until: datetime | None = None
) -> pd.DataFrame:
    """Columns account_id (a number for this table alone), app, content_id, created_at, text."""
    frames = [_posts(store, key, since, until) for key in apps]
    table = pd.concat(frames, ignore_index=True) if frames else pd.DataFrame()
    if table.empty:
        return pd.DataFrame(columns=["account_id", "app", "content_id", "created_at", "text"])
    number, _ = pd.factorize(table["account_id"], use_na_sentinel=True)
    table["account_id"] = pd.Series(number, dtype="Int64").replace(-1, pd.NA)
    return table


def _posts(store: Store, key: str, since: datetime | None, until: datetime | None) -> pd.DataFrame:
    items = store.items.frame(key, since=since, until=until)
    kept: Any = items[["author_key", "app", "item_id", "created_at"]].rename(columns=KEPT)
    kept["text"] = full_texts(items)
    return pd.DataFrame(kept)
