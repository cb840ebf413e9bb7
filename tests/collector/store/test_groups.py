"""The roll-up of trends is a count from the items: at any moment, in any order."""

from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pandas as pd
import pytest
import sqlalchemy as sa

from analysis.scored_items import ScoredItem, SeriesHour
from analysis.sentiment import score_words
from collector.store import Store, open_store
from collector.store.counts import groups
from collector.store.counts.groups import LEANS, Run, runs_of
from collector.store.engine import connect, resolve_url
from tests.collector.store.items import item
from tests.databases import insert, upgraded_to

START = datetime(2024, 3, 1, tzinfo=UTC)
HOURS = 24 * 12
EDGES = [START + timedelta(hours=h) for h in (0, 5, 24, 48, 72, 79, 80, 81, 240, 288)]
BY: tuple[Any, ...] = ("country", "lang", "version")
KEYS = ["bin", "kind", "source", "stars", "lean", *BY]


def by_hand(store: Store, app: str) -> pd.DataFrame:
    """The same from the rows of items."""
    rows = []
    for one in store.items.frame(app, record=ScoredItem).itertuples():
        place = int(np.searchsorted(EDGES, one.created_at, side="right")) - 1
        if not 0 <= place < len(EDGES) - 1:
            continue
        said = isinstance(one.text, str) or isinstance(one.title, str)
        lean = score_words.lean_of(one.sentiment) if said else "no_text"
        stars = 0 if one.rating != one.rating else int(one.rating + 0.5)
        known = [v if isinstance(v, str) else "" for v in (one.country, one.lang, one.version)]
        code = next(n for n, name in LEANS.items() if name == lean)
        score = 0.0 if one.sentiment != one.sentiment else one.sentiment
        rating = 0.0 if one.rating != one.rating else one.rating
        answered = int(isinstance(one.reply_text, str))
        changed = int(one.kind == "review" and one.written_at == one.written_at)
        sums = (1, rating, rating**2, score, score**2, answered, changed)
        rows.append((place, one.kind, one.source, stars, code, *known, *sums))
    frame = pd.DataFrame(rows, columns=[*KEYS, *groups.SUMS])
    return frame.groupby(KEYS, as_index=False)[list(groups.SUMS)].sum()


def check(store: Store, app: str = "tips") -> None:
    found, wanted = store.groups.sums(app, EDGES, BY), by_hand(store, app)
    pd.testing.assert_frame_equal(found, wanted, check_dtype=False, rtol=1e-9)
    rows = store.items.frame(app)
    rows = rows.assign(hour=rows["created_at"].dt.floor("h"))
    said = rows[rows["reply_text"].notna() | rows["reply_at"].notna()]["source"].unique()
    asked = ["app_store", "google_play", "nowhere"]
    assert store.groups.answering(app, asked) == sorted(said)
    ends = rows[rows["kind"] == "review"].groupby("source")["hour"].agg(["min", "max"])
    wanted_ends = {key: tuple(both) for key, both in ends.iterrows()}
    assert store.hourly.review_ends(app, asked) == wanted_ends


def some(draw: np.random.Generator, batch: int) -> list[Any]:
    found = []
    for n in range(12):
        key = int(draw.integers(0, 30))
        hour = key * 9 + int(draw.integers(0, 2)) * (batch % 2)
        at = START + timedelta(hours=hour, minutes=7)
        later = at + timedelta(days=1 + batch % 3, hours=int(draw.integers(0, 9)))
        edited = bool(draw.integers(0, 2)) and batch > 1
        said = [None, "great", "it will not open", "nothing but errors here"]
        found.append(
            item(
                f"r{key}",
                created_at=at,
                updated_at=later if edited else None,
                first_seen=at,
                last_seen=later + timedelta(days=batch, minutes=n),
                rating=[1.0, 2.5, 3.0, 5.0, None][int(draw.integers(0, 5))],
                text=said[int(draw.integers(0, 4))],
                lang=["en", "es", None][int(draw.integers(0, 3))],
                country=["us", "mx", None][int(draw.integers(0, 3))],
                version=["1.0", "1.1", None][int(draw.integers(0, 3))],
                source=["google_play", "app_store"][key % 2],
                **({"reply_text": "thanks", "reply_at": later} if draw.integers(0, 2) else {}),
            )
        )
    return list({one.item_id: one for one in found}.values())


@pytest.mark.parametrize("seed", range(2))
def test_the_roll_up_is_a_count_of_the_items_at_any_moment(any_store: Store, seed: int) -> None:
    draw = np.random.default_rng(seed)
    any_store.apps.ensure("tips")
    for batch in range(7):
        any_store.items.write(some(draw, batch), how="poll" if batch % 2 else "import")
        check(any_store)
        if batch % 3 == 1:
            any_store.items.forget(item=f"r{int(draw.integers(0, 30))}")
        if batch % 2:
            rows = any_store.scores.unscored("tips")
            scores = [(r.text_hash, float(draw.choice([-0.6, -0.15, 0.1, 0.4]))) for r in rows]
            any_store.scores.write(
                "tips", "test", [*scores[1:], *((h, None) for h, _ in scores[:1])]
            )
            check(any_store)
            dirty = any_store.hourly.recount("tips")
            check(any_store)
            if draw.integers(0, 2):
                any_store.hourly.settle("tips", dirty)
                check(any_store)
        if batch == 4:
            any_store.scores.clear("tips")
            check(any_store)
    any_store.hourly.settle("tips", any_store.hourly.recount("tips"))
    check(any_store)
    assert len(any_store.groups.sums("tips", EDGES))


def test_a_corrected_language_moves_its_hour(any_store: Store) -> None:
    any_store.apps.ensure("tips")
    any_store.items.write([item("a", created_at=START, lang="en")], how="poll")
    any_store.hourly.settle("tips", any_store.hourly.recount("tips"))
    any_store.items.write([item("a", created_at=START, lang="fr")], how="poll")
    found = any_store.groups.sums("tips", EDGES, ("lang",))
    assert found["lang"].tolist() == ["fr"]
    assert len(any_store.hourly.dirty("tips").hours) == 1


def test_a_store_of_before_is_counted_when_it_is_opened(
    store: Store, store_url: str, secret: bytes
) -> None:
    """Tables as 0014 made them, with what such a store held."""
    store.apps.ensure("tips")
    draw = np.random.default_rng(5)
    for batch in range(4):
        store.items.write(some(draw, batch), how="poll" if batch % 2 else "import")
    scores = [(row.text_hash, 0.5) for row in store.scores.unscored("tips")]
    store.scores.write("tips", "test", scores)
    store.hourly.settle("tips", store.hourly.recount("tips"))
    older = store_url.replace("store.db", "older.db")
    engine = connect(resolve_url(older))
    with engine.connect().execution_options(write=True) as connection, connection.begin():
        upgraded_to("0014", connection)
        row = {"key": "tips", "name": "Tips", "simulated": False, "created_at": 0}
        insert(connection, "apps", row)
        for table in ("items", "scores", "hourly"):
            copy_rows(store, connection, table)
    engine.dispose()
    with open_store(older, secret=secret) as opened:
        check(opened)
        assert opened.groups.sums("tips", EDGES)["changed"].sum() > 3
        opened.hourly.settle("tips", opened.hourly.recount("tips"))  # hours with half stars
        pd.testing.assert_frame_equal(
            opened.hourly.frame("tips", SeriesHour), store.hourly.frame("tips", SeriesHour)
        )


def copy_rows(store: Store, older: sa.Connection, table: str) -> None:
    """A table's rows, in the columns that there were."""
    there = sa.Table(table, sa.MetaData(), autoload_with=older)
    with store.database.connect() as connection:
        rows = connection.execute(sa.text(f"SELECT * FROM {table}")).mappings().all()  # noqa: S608
    names = [column.name for column in there.columns]
    older.execute(sa.insert(there), [{n: row[n] for n in names if n in row} for row in rows])


def test_bins_of_one_length_are_one_run() -> None:
    day = 86_400_000_000
    start = int(START.timestamp()) * 1_000_000
    edges = [START + timedelta(days=n) for n in range(4)] + [START + timedelta(days=3, hours=23)]
    assert runs_of(edges) == [
        Run(start, day, 3),
        Run(start + 3 * day, 23 * 3_600_000_000, 1),
    ]
    with pytest.raises(ValueError, match="whole hours"):
        runs_of([START, START + timedelta(minutes=30)])


def test_mixed_means_the_same_in_the_store_and_in_words() -> None:
    assert groups.CLEAR == score_words.CLEAR
