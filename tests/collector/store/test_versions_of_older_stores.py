"""A store of before has its arrivals from the versions that it kept, and shows what it showed."""

from datetime import timedelta
from typing import Any

import pandas as pd
import pytest
import sqlalchemy as sa

from collector.store import Store, open_store
from collector.store.engine import connect, migrate, resolve_url
from collector.times import from_us, to_us
from tests.collector.store.items import T0, item
from tests.databases import insert, upgraded_to

DAY = timedelta(days=1)
"""What each item said, oldest first: (days after T0, stars, text, reply)."""
ITEMS: dict[str, list[tuple[float, float, str, str | None]]] = {
    "plain": [(0, 4.0, "works for me", None)],
    "turned": [(0, 5.0, "great app", None), (9, 1.0, "changed my stars after that", None)],
    "typo": [(0, 5.0, "graet app, thank you", None), (9, 5.0, "great app, thank you", None)],
    "replied": [(0, 2.0, "not for me at all", None), (3, 2.0, "not for me at all", "sorry")],
    "twice": [
        (0, 4.0, "good enough for what it is", None),
        (9, 2.0, "broken since yesterday evening", None),
        (9.2, 1.0, "broken and nobody answers the phone", None),
    ],
}


def older(url: str) -> sa.Engine:
    """A store as Floodgauge wrote it before: the last content, the earlier ones as revisions."""
    engine = connect(resolve_url(url))
    with engine.connect().execution_options(write=True) as connection, connection.begin():
        upgraded_to("0011", connection)
        _fill(connection)
    return engine


def _fill(connection: sa.Connection) -> None:
    put = sa.text
    connection.execute(
        put("INSERT INTO apps (key, name, simulated, created_at) VALUES ('tips', 'Tips', :no, 0)"),
        {"no": False},
    )
    connection.execute(
        put("INSERT INTO moments (app, at) VALUES ('tips', :at)"), {"at": to_us(T0 + 20 * DAY)}
    )
    sent = {"app": "tips", "incident": "tips-20200502T0000Z", "kind": "opened", "document": "{}"}
    insert(connection, "alarms", {**sent, "at": to_us(T0 + 12 * DAY)})
    for name, said in ITEMS.items():
        *before, last = said
        row: dict[str, Any] = {
            "app": "tips", "source": "google_play", "item_id": name, "kind": "review",
            "created_at": to_us(T0), "arrived_at": to_us(T0), "first_seen": to_us(T0),
            "last_seen": to_us(T0 + 20 * DAY), "rating": last[1], "text": last[2],
            "reply_text": last[3], "content_hash": f"c-{name}-{len(before)}",
            "text_hash": f"t-{last[2]}", "text_length": len(last[2]), "stored_at": to_us(T0),
        }  # fmt: skip
        insert(connection, "items", row)
        for number, (old, newer) in enumerate(zip(before, said[1:], strict=True)):
            at = to_us(T0 + newer[0] * DAY)
            revision = {
                "app": "tips", "source": "google_play", "item_id": name, "replaced_at": at,
                "rating": old[1], "text": old[2], "reply_text": old[3],
                "content_hash": f"c-{name}-{number}", "seen_at": at, "text_hash": f"t-{old[2]}",
                "stored_at": at,
            }  # fmt: skip
            insert(connection, "revisions", revision)


@pytest.fixture
def upgraded(store_url: str, secret: bytes) -> Store:
    engine = older(store_url)
    migrate(engine)
    engine.dispose()
    return open_store(store_url, secret=secret)


def shown(store: Store, moment: Any) -> list[list[Any]]:
    parts = list(store.as_of.chunks("tips", moment))
    frame = pd.concat(parts).sort_values(["item_id", "created_at"])
    return frame[["item_id", "rating", "text", "reply_text"]].astype(object).values.tolist()


def test_kept_versions_become_arrivals_at_their_own_time(upgraded: Store) -> None:
    with upgraded as store:
        frame = store.items.frame("tips").sort_values(["item_id", "created_at"])
        days = [(at - pd.Timestamp(T0)) / pd.Timedelta(days=1) for at in frame["created_at"]]
        assert [
            (name, round(day, 1), stars)
            for name, day, stars in zip(frame["item_id"], days, frame["rating"], strict=True)
        ] == [
            ("plain", 0, 4.0),
            ("replied", 0, 2.0),
            ("turned", 0, 5.0),
            ("turned", 9, 1.0),
            ("twice", 0, 4.0),
            ("twice", 9.2, 1.0),
            ("typo", 0, 5.0),
        ]
        texts = frame.set_index("item_id")["text"]
        assert texts["typo"] == "graet app, thank you"
        assert len(store.items.versions("tips")) == 9
        waiting = store.hourly.dirty("tips").hours
        assert from_us(int(waiting[-1])) <= T0 + 9.2 * DAY


def test_what_was_shown_at_a_moment_before_is_shown_again(upgraded: Store) -> None:
    """Snapshots by id hold: one row an item, with what it said by then."""
    with upgraded as store:
        for days in (1, 4, 9.1, 19):
            said = [
                (name, *[v for v in versions if v[0] <= days][-1][1:])
                for name, versions in sorted(ITEMS.items())
            ]
            found = shown(store, T0 + days * DAY)
            assert [[None if v != v else v for v in row] for row in found] == [
                list(row) for row in said
            ]


def test_a_poll_after_it_changes_nothing(upgraded: Store) -> None:
    with upgraded as store:
        again = [
            item(
                name,
                rating=said[-1][1],
                text=said[-1][2],
                reply_text=said[-1][3],
                lang=None,
                last_seen=T0 + 30 * DAY,
            )
            for name, said in ITEMS.items()
        ]
        counts = store.items.write(again, how="poll")
        assert (counts.new, counts.changed) == (0, 0)
        assert len(store.items.versions("tips")) == 9


def test_who_said_a_class_twice_in_a_day_arrives_with_the_first(
    store_url: str, secret: bytes
) -> None:
    """As stores of schema 0020 have it: the last counts as the arrival, the first has given way."""
    low = [(9.0, 2.0, "broken since yesterday evening"), (9.2, 1.0, "nobody answers the phone")]
    with open_store(store_url, secret=secret) as store:
        store.apps.ensure("tips")
        for days, stars, text in [(0.0, 5.0, "good enough for what it is"), *low]:
            at = T0 + days * DAY
            seen = {"created_at": at, "first_seen": at, "last_seen": at, "arrived_at": at}
            store.items.write([item("r", rating=stars, text=text, **seen)], how="poll")
        arrivals = store.items.arrays("tips").at.tolist()
        with store.database.begin() as connection:
            changed = sa.text("UPDATE items SET counts = 1")
            connection.execute(changed)
            insert(connection, "checkpoints", {"app": "tips", "name": "s", "at": 0, "blob": b"x"})
            insert(connection, "alarms", {
                "app": "tips", "incident": "i", "kind": "opened", "document": "{}",
                "at": to_us(T0 + 12 * DAY),
            })  # fmt: skip
            connection.execute(sa.text("UPDATE alembic_version SET version_num = '0020'"))
    with open_store(store_url, secret=secret) as store:
        assert store.items.arrays("tips").at.tolist() == arrivals
        assert arrivals == [to_us(T0), to_us(T0 + 9 * DAY)]
        assert store.items.frame("tips")["rating"].tolist() == [5.0, 1.0]
        assert store.incidents.settled_until("tips") == T0 + 12 * DAY
        with store.database.connect() as connection:
            left = sa.text("SELECT COUNT(*) FROM checkpoints")
            assert connection.execute(left).scalar_one() == 0


def test_what_was_sent_before_it_never_moves(upgraded: Store) -> None:
    """Alarms up to the last analysis stay in the log, and none is found in hindsight."""
    with upgraded as store:
        assert store.incidents.settled_until("tips") == T0 + 12 * DAY
        assert store.incidents.settled_until("other") is None
