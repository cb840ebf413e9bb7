"""Search and paging: the databases answer as a plain scan over all items does."""

import json
from collections.abc import Sequence
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from collector.records import Item
from collector.store import Store, open_store, schema
from collector.store import engine as databases
from collector.store.incidents.incidents import FIELDS_ADDED_LATER
from collector.store.reading import paging, search
from collector.store.reading.item_filter import found_ids
from collector.store.reading.item_order import ORDERS, Place
from collector.store.records import ItemFilter
from tests.collector.store.items import T0, item
from tests.databases import insert, upgraded_to

MINUTE = timedelta(minutes=1)
QUIET: Any = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
PIECES = [
    "crash",
    "crashes",
    "Crash!",
    "a-b",
    "a",
    "b",
    "Café",
    "cafe\u0301",
    "1e5",
    "12abc",
    "漢字",
]
PIECES += [
    "漢",
    "字かな",
    "ไทย",
    "👍🏽",
    "हिन्दी",
    "x" * 300,
    '"',
    "*",
    "NOT",
    "OR",
    "qx",
    "İ",
    "ß",
    "_",
    "\x00",
]
texts = st.one_of(
    st.none(),
    st.lists(st.sampled_from(PIECES), max_size=6).map(" ".join),
    st.lists(st.sampled_from(PIECES), max_size=6).map("".join),
    st.text(max_size=12),
)
HOSTILE = [
    '"', '""', '"a', "*", "a*", '"a"*', "a OR b", "a NEAR(b, 2)", "words: a", "-a", "^a", "a:b",
    "a' --", "'); DROP TABLE items; --", "\x00", "a\x00b", "👍", "\u202e", "a & b", "a <-> b",
    "(a", "!a", "\\", "%", "a" * 5_000, "a " * 5_000, "\ud800", "½", "𝒂", "ﬁ",
]  # fmt: skip


def stored(text: str | None) -> str | None:
    """What the importers let through: neither NUL nor half a character."""
    return None if text is None else text.replace("\x00", "").encode(errors="replace").decode()


def ids(store: Store, words: str) -> list[str]:
    found = store.items.page(ItemFilter(apps=("tips",), words=words), limit=100).items
    return sorted(found["item_id"])


@pytest.mark.parametrize("query", HOSTILE)
def test_nothing_that_a_reader_types_raises(query: str) -> None:
    assert search.sqlite_match(search.parse(query) or []).isascii()


def test_hostile_queries_and_texts_on_both_databases(any_store: Store) -> None:
    kept = [stored(q) for q in HOSTILE]
    any_store.items.write([item(f"{n}", text=t) for n, t in enumerate(kept)], how="poll")
    for query in HOSTILE:
        expected = [f"{n}" for n, t in enumerate(kept) if search.matches(query, None, t)]
        assert ids(any_store, query) == sorted(expected), query


@QUIET
@given(
    rows=st.lists(st.tuples(texts, texts), max_size=8),
    asked=st.lists(
        st.one_of(st.sampled_from([*PIECES, "cr*", '"a b"', '"crash a"']), texts), max_size=3
    ),
)
def test_search_is_a_plain_scan(
    rows: list[tuple[str | None, str | None]], asked: list[str | None], secret: bytes
) -> None:
    kept = [item(f"{n}", title=stored(a), text=stored(b)) for n, (a, b) in enumerate(rows)]
    query = " ".join(part or "" for part in asked)
    with open_store("sqlite://", secret=secret) as store:
        store.items.write(kept, how="poll")
        assert ids(store, query) == [
            i.item_id for i in kept if search.matches(query, i.title, i.text)
        ]
        assert indexed(store, query) == ids(store, query) or search.parse(query) is None


def indexed(store: Store, query: str) -> list[str]:
    """The same from the index alone, which holds words of before as well."""
    terms = search.parse(query) or []
    with store.database.connect() as connection:
        sqlite = connection.dialect.name == "sqlite"
        rows = found_ids(terms, sqlite=sqlite).subquery()
        found = schema.items.c.id.in_(sa.select(rows.c[0]))
        chosen = sa.select(schema.items.c.item_id).where(found, schema.counting(None))
        return sorted(connection.execute(chosen).scalars())


def test_both_indexes_know_the_same_words(any_store: Store) -> None:
    kept = [
        item(f"{n:02}", title=stored(p), text=stored(f"{p} {q}"))
        for n, (p, q) in enumerate(pairwise(PIECES))
    ]
    any_store.items.write(kept, how="poll")
    for query in [*PIECES, "cr*", '"a b"', "a b", '"crash crashes"']:
        expected = [i.item_id for i in kept if search.matches(query, i.title, i.text)]
        assert indexed(any_store, query) == expected, query


CHANGES = st.lists(
    st.tuples(
        st.sampled_from(["write", "forget", "older", "gone"]),
        st.integers(0, 5),
        st.sampled_from(["crash", "fine", "漢字", None]),
    ),
    max_size=12,
)


@QUIET
@given(changes=CHANGES)
def test_the_index_follows_edits_forgetting_and_retention(
    changes: list[tuple[str, int, str | None]], secret: bytes
) -> None:
    with open_store("sqlite://", secret=secret) as store:
        for step, (what, n, text) in enumerate(changes):
            now = T0 + step * MINUTE
            if what == "write":
                written = item(
                    f"{n}", text=text, created_at=T0 + n * MINUTE, updated_at=now, last_seen=now
                )
                store.items.write([written], how="poll")
            elif what == "forget":
                store.items.forget(item=f"{n}")
            else:
                store.items.forget(older_than=T0 + n * MINUTE)
        frame = store.items.frame("tips")
        for query in ("crash", "fine", "漢字", "cra*"):
            expected = [
                row.item_id
                for row in frame.itertuples()
                if search.matches(query, None, row.text if isinstance(row.text, str) else None)
            ]
            assert indexed(store, query) == sorted(expected)
        # raises where the index is not that of these words
        with store.database.begin() as connection:
            connection.exec_driver_sql(
                "INSERT INTO item_words(item_words) VALUES ('integrity-check')"
            )


def test_retention_keeps_the_index_right_on_both(any_store: Store) -> None:
    rows = [item(f"{n}", text="old crash", created_at=T0 + n * MINUTE) for n in range(50)]
    any_store.items.write(rows, how="poll")
    any_store.items.forget(older_than=T0 + 40 * MINUTE)
    assert len(indexed(any_store, "crash")) == 10
    assert any_store.items.count(ItemFilter(apps=("tips",), words="crash")).items == 10


# --- paging -------------------------------------------------------------------------------------

SORTS = sorted(ORDERS)


def naive(items: Sequence[Item], sort: str) -> list[str]:
    """The order as its name says, ties by time and then by arrival."""
    numbered = list(enumerate(items))
    order = {
        "newest": lambda p: (-p[1].created_at.timestamp(), -p[0]),
        "oldest": lambda p: (p[1].created_at.timestamp(), p[0]),
        "lowest": lambda p: (
            p[1].rating is None,
            p[1].rating or 0,
            -p[1].created_at.timestamp(),
            -p[0],
        ),
        "highest": lambda p: (
            p[1].rating is None,
            -(p[1].rating or 0),
            -p[1].created_at.timestamp(),
            -p[0],
        ),
        "longest": lambda p: (-len(p[1].text or ""), -p[1].created_at.timestamp(), -p[0]),
        "shortest": lambda p: (len(p[1].text or ""), p[1].created_at.timestamp(), p[0]),
        "thumbs": lambda p: (
            p[1].thumbs_up is None,
            -(p[1].thumbs_up or 0),
            -p[1].created_at.timestamp(),
            -p[0],
        ),
    }[sort]
    return [i.item_id for _, i in sorted(numbered, key=order)]


ROWS = st.lists(
    st.tuples(
        st.integers(0, 4),
        st.sampled_from([None, 1.0, 1.4, 2.5, 5.0]),
        st.sampled_from([None, "a", "bb", "crash", "crash b"]),
        st.sampled_from([None, 0, 3]),
        st.sampled_from(["1.0", "2.0", None]),
        st.sampled_from(["review", "post"]),
        st.sampled_from([None, "thanks"]),
    ),
    max_size=25,
)
FILTERS: Any = st.fixed_dictionaries(
    {},
    optional={
        "stars": st.sampled_from([(1,), (1, 3), (5,)]),
        "versions": st.sampled_from([("1.0",), ("1.0", "2.0"), ("9",)]),
        "kinds": st.sampled_from([("post",), ("review",)]),
        "replied": st.booleans(),
        "texted": st.booleans(),
        "words": st.sampled_from(["crash", "b*", "nothing"]),
        "since": st.just(T0 + MINUTE),
        "until": st.just(T0 + 3 * MINUTE),
    },
)


def wanted_by(i: Item, wanted: dict[str, Any]) -> bool:
    """The plain meaning of a filter."""
    tests = {
        "stars": lambda v: i.rating is not None and int(i.rating + 0.5) in v,
        "versions": lambda v: i.version in v,
        "kinds": lambda v: i.kind in v,
        "replied": lambda v: (i.reply_text is not None) == v,
        "texted": lambda v: bool(i.text) == v,
        "words": lambda v: search.matches(v, i.title, i.text),
        "since": lambda v: i.created_at >= v,
        "until": lambda v: i.created_at < v,
    }
    return all(tests[name](value) for name, value in wanted.items())


def walked(store: Store, wanted: ItemFilter, sort: Any, *, back: bool = False) -> list[str]:
    """All pages one after the other; backwards from the last."""
    place, found, last = None, [], None
    while True:
        page = store.items.page(wanted, sort=sort, limit=3, place=place)
        found += list(page.items["item_id"])
        last = page
        if page.after is None:
            break
        place = Place.parse(str(page.after))
    if not back:
        return found
    found = list(last.items["item_id"])
    while last.before is not None:
        last = store.items.page(wanted, sort=sort, limit=3, place=last.before)
        ids_now = list(last.items["item_id"])
        found = ids_now + [i for i in found if i not in ids_now]
    return found


PLAIN = (0, None, None, None, "1.0", "review", None)
AT_THE_EDGE = [
    *[PLAIN] * 12,
    (4, None, "crash b", None, "1.0", "review", None),
    PLAIN,
    (0, 1.0, "crash b", None, "1.0", "review", "thanks"),
    (0, None, None, None, "1.0", "post", "thanks"),
    (3, None, "crash b", 3, "2.0", "review", None),
]
"""A walk in twos and threes stops at the only match; the page after it is empty."""


@QUIET
@given(rows=ROWS, wanted=FILTERS, sort=st.sampled_from(SORTS), tight=st.booleans())
@example(rows=AT_THE_EDGE, wanted={"stars": (1, 3)}, sort="shortest", tight=True)
def test_pages_in_any_order_are_the_sorted_filtered_whole(
    rows: list[Any], wanted: dict[str, Any], sort: str, tight: bool, secret: bytes
) -> None:
    """Also where nothing counts as few and a walk may look at two rows only."""
    kept = [
        item(f"{n:02}", created_at=T0 + at * MINUTE, rating=rating, text=text, thumbs_up=thumbs,
             version=version, kind=kind, reply_text=reply)
        for n, (at, rating, text, thumbs, version, kind, reply) in enumerate(rows)
    ]  # fmt: skip
    expected = [i for i in naive(kept, sort) if wanted_by(kept[int(i)], wanted)]
    with pytest.MonkeyPatch.context() as patch, open_store("sqlite://", secret=secret) as store:
        if tight:
            patch.setattr(paging, "FEW", 0)
            patch.setattr(paging, "WINDOWS", (2, 3))
            patch.setattr(paging, "LEAST_WINDOW", 2)
        store.items.write(kept, how="poll")
        found = ItemFilter(apps=("tips",), **wanted)
        assert walked(store, found, sort) == expected
        assert walked(store, found, sort, back=True) == expected
        count = store.items.count(found)
        assert count.items == len(expected) if count.exact else count.items <= len(expected)


def test_pages_on_both_databases(any_store: Store) -> None:
    kept = [
        item(f"{n:02}", created_at=T0 + (n % 7) * MINUTE, rating=(None, 1.0, 5.0)[n % 3],
             text="x" * (n % 4) or None, thumbs_up=(None, 0, 2)[n % 3], version=f"{n % 2}")
        for n in range(22)
    ]  # fmt: skip
    any_store.items.write(kept, how="poll")
    for sort in SORTS:
        for wanted in ({}, {"versions": ("1",)}, {"stars": (5,)}, {"texted": False}):
            expected = [i for i in naive(kept, sort) if wanted_by(kept[int(i)], wanted)]
            found = ItemFilter(apps=("tips",), **wanted)
            assert walked(any_store, found, sort) == expected
            assert walked(any_store, found, sort, back=True) == expected


def test_a_page_does_not_move_when_items_arrive(any_store: Store) -> None:
    rows = [item(f"{n:02}", created_at=T0 + n * MINUTE) for n in range(9)]
    any_store.items.write(rows, how="poll")
    found = ItemFilter(apps=("tips",))
    second = any_store.items.page(found, limit=3).after
    before = any_store.items.page(found, limit=3, place=second).items
    any_store.items.write([item("new", created_at=T0 + 99 * MINUTE)], how="poll")
    after = any_store.items.page(found, limit=3, place=second).items
    assert list(before["item_id"]) == list(after["item_id"]) == ["05", "04", "03"]


@pytest.mark.parametrize(
    "written", ["", "2", "after", "after_1_2_3", "after_1_2_3_x", "after_1_2_3_4_5", "x" * 9_999]
)
def test_a_nonsense_place_is_none(written: str) -> None:
    assert Place.parse(written) is None


def test_several_apps_are_one_list(any_store: Store) -> None:
    rows = [item(f"{n}", app="ab"[n % 2], created_at=T0 + n * MINUTE) for n in range(10)]
    any_store.items.write(rows, how="poll")
    both = ItemFilter(apps=("a", "b"))
    assert walked(any_store, both, "newest") == [f"{n}" for n in reversed(range(10))]
    assert walked(any_store, both, "newest", back=True) == [f"{n}" for n in reversed(range(10))]


def test_values_for_the_filters(any_store: Store) -> None:
    rows = [item(f"{n}", version=v, country="us") for n, v in enumerate(["2", "1", None, "2"])]
    any_store.items.write(rows, how="poll")
    assert any_store.items.distinct("tips", "version") == ["1", "2"]
    assert any_store.items.distinct("tips", "country") == ["us"]
    assert any_store.items.distinct("nobody", "version") == []


def test_the_stamp_changes_with_every_write_and_only_then(any_store: Store, secret: bytes) -> None:
    first = any_store.changes.stamp()
    assert any_store.changes.stamp() == first
    any_store.items.page(ItemFilter(apps=("tips",)))
    assert any_store.changes.stamp() == first
    any_store.items.write([item()], how="poll")
    second = any_store.changes.stamp()
    assert second != first
    with open_store(any_store.database.url, secret=secret) as other:
        other.apps.ensure("another")
    assert any_store.changes.stamp() != second


def test_a_store_of_the_first_version_becomes_searchable(store_url: str, secret: bytes) -> None:
    """And lists its incidents. Filled some ids at a time, with progress."""
    engine = databases.connect(databases.resolve_url(store_url))
    with engine.connect().execution_options(write=True) as connection, connection.begin():
        config = Config()
        config.set_main_option(
            "script_location", str(Path(databases.__file__).with_name("migrations"))
        )
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        row = (
            "INSERT INTO items (app, source, item_id, kind, created_at, arrived_at, first_seen, "
            "last_seen, text, content_hash) "
            "VALUES ('tips', 's', :id, 'review', :at, 0, 0, 0, :text, '')"
        )
        said = [{"id": f"{n}", "at": n, "text": t} for n, t in enumerate(["crash", "漢字", None])]
        connection.execute(sa.text(row), said)
        connection.execute(sa.text("INSERT INTO apps VALUES ('tips', 'Tips', false, 0)"))
        found = {"document": json.dumps({"id": "i", "items": 3, "evidence": [1], "summary": "s"})}
        incident = "INSERT INTO incidents VALUES ('i', 'tips', 0, 0, NULL, '', :document)"
        connection.execute(sa.text(incident), found)
    engine.dispose()
    told: list[tuple[str, int, int]] = []
    with open_store(store_url, secret=secret, progress=lambda *step: told.append(step)) as store:
        assert store.incidents.listed("tips") == [{**FIELDS_ADDED_LATER, "id": "i", "items": 3}]
        assert ids(store, "cra*") == indexed(store, "cra*") == ["0"]
        assert ids(store, "漢字") == indexed(store, "漢字") == ["1"]
        assert walked(store, ItemFilter(), "longest") == ["0", "1", "2"]
        store.items.forget(item="0")
        assert indexed(store, "crash") == []
    assert told
    assert told[-1][1] == told[-1][2]


STROKED = {
    "tr": ("Uygulama açılmıyor, çok yavaş ISINIYOR", "açılmıyor ısınıyor", "acilmiyor isiniyor"),
    "pl": ("Łódź: aplikacja nie działa", "łódź działa", "lodz dziala"),
    "vi": ("Ứng dụng không đăng nhập được", "đăng được", "dang duoc"),
    "da": ("Øllet er på køl, appen er død", "øllet køl død", "ollet kol dod"),
}


@pytest.mark.parametrize("text", STROKED)
def test_dotless_i_and_strokes_are_found_by_the_plain_letter(any_store: Store, text: str) -> None:
    """And the plain letter by them."""
    said, stroked, plain = STROKED[text]
    any_store.items.write([item("has", text=said), item("plain", text=plain)], how="poll")
    for asked in (*plain.split(), *stroked.split()):
        assert ids(any_store, asked) == indexed(any_store, asked) == ["has", "plain"], asked


def test_a_store_of_yesterday_finds_them_after_its_first_opening(
    store_url: str, secret: bytes
) -> None:
    engine = databases.connect(databases.resolve_url(store_url))
    said = {n: text for n, (text, *_) in enumerate(STROKED.values())} | {9: "açık ve net"}
    with engine.connect().execution_options(write=True) as connection, connection.begin():
        upgraded_to("0016", connection)
        for number, text in said.items():
            row = {
                "app": "tips", "source": "s", "item_id": f"{number}", "kind": "review",
                "created_at": number, "arrived_at": 0, "first_seen": 0, "last_seen": 0,
                "text": text, "content_hash": "", "text_length": len(text),
                "search_text": " ".join(search.words(text, strokes=True)),
            }  # fmt: skip
            insert(connection, "items", row)
        connection.execute(sa.text("INSERT INTO apps VALUES ('tips', 'Tips', false, 0)"))
    engine.dispose()
    with open_store(store_url, secret=secret) as store:
        for asked, found in {"acilmiyor": "0", "dziala": "1", "duoc": "2", "kol": "3"}.items():
            assert ids(store, asked) == indexed(store, asked) == [found]
        assert ids(store, "açılmıyor") == ["0"]
        assert ids(store, "acik") == ["9"]
        store.items.forget(item="0")
        assert indexed(store, "acilmiyor") == []
