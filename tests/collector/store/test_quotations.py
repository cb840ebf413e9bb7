"""Words of other people that a post shows: they leave with the post that they are quoted of, and
are no opinion of whoever quotes."""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from collector.records import Item
from collector.store import Store, WriteCounts, schema
from collector.store.erasing.quotations import without, words_of
from collector.store.records import ItemFilter
from collector.text.post_parts import parts_of, written
from tests.collector.store.items import T0, item

SAID = "Everyone flood the tip line tonight with dancing videos"
OTHER = "The desk at the station is closed"
HOUR = timedelta(hours=1)


def post(item_id: str, text: str, **changes: Any) -> Item:
    values: dict[str, Any] = {"kind": "post", "source": "bluesky", "rating": None}
    return item(item_id, text=text, **(values | changes))


def quoting(item_id: str = "quoting", *quoted: str, own: str = "do it", **changes: Any) -> Item:
    return post(item_id, written(own, (), quoted or (SAID, OTHER)), **changes)


def holds(store: Store, words: str) -> bool:
    """Whether any text of the store has them, now or before an edit, or the index of them."""
    with store.database.connect() as connection:
        tables = (schema.items.c.text, schema.items.c.search_text, schema.revisions.c.text)
        every = [t for c in tables for t in connection.execute(sa.select(c)).scalars()]
    found = store.items.page(ItemFilter(words=f'"{words}"'), limit=9).items
    return any(words in (text or "") for text in every) or len(found) > 0


@pytest.mark.parametrize("by", ["item", "author_of"])
def test_forgotten_words_are_quoted_by_nobody(any_store: Store, by: str) -> None:
    for app in ("tips", "library"):
        any_store.apps.ensure(app)
    any_store.items.write([post("said", SAID, author_key="one")], how="poll")
    edited = quoting("edited", own="look", created_at=T0 - HOUR)
    later = quoting("edited", own="look at what they write there now, five words more and more",
                    created_at=T0 - HOUR, updated_at=T0, last_seen=T0 + HOUR)  # fmt: skip
    whole = [quoting(), quoting("other app", app="library"), edited]
    any_store.items.write(whole, how="poll")
    any_store.items.write([later], how="poll")
    assert holds(any_store, SAID)
    assert any_store.items.forget(**{by: "said"}) == 1
    assert not holds(any_store, SAID)
    assert holds(any_store, OTHER)
    texts = dict(any_store.items.frame("tips")[["item_id", "text"]].to_numpy().tolist())
    assert texts["quoting"] == f"do it\n[quoted]\n{OTHER}"
    again = any_store.items.write([*whole[:2], later], how="poll")
    assert again.changed == 0
    assert not holds(any_store, SAID)


def test_an_app_narrows_it_to_what_is_quoted_there(any_store: Store) -> None:
    both = [quoting(), quoting("other app", app="library")]
    any_store.items.write([post("said", SAID, author_key="one"), *both], how="poll")
    assert any_store.items.forget(author_of="said", app="tips") == 1
    for _ in range(2):
        here, there = (any_store.items.frame(app)["text"].tolist() for app in ("tips", "library"))
        assert (here, there) == ([f"do it\n[quoted]\n{OTHER}"], [both[1].text])
        assert any_store.items.write(both, how="poll").changed == 0


def test_what_was_kept_before_a_mask_was_better_goes_as_well(any_store: Store) -> None:
    said = f"{SAID}, call 555-2671 or jane"
    any_store.items.write([post("said", said), quoting("q", said)], how="poll")
    any_store.items.forget(item="said")
    again = quoting("r", said.replace("555-2671", "[phone]"))
    any_store.items.write([again], how="poll")
    assert any_store.items.frame("tips")["text"].tolist() == ["do it", "do it"]


def test_incidents_say_no_more_what_was_quoted(any_store: Store) -> None:
    any_store.items.write([post("said", SAID), quoting("q", SAID)], how="poll")
    times = {"onset_at": T0.isoformat(), "alarmed_at": T0.isoformat(), "ended_at": None}
    incident = {"id": "tips-1", "app": "tips", **times, "excerpts": [{"text": SAID}]}
    any_store.incidents.replace("tips", [(incident, "print")], [])
    any_store.items.forget(item="said")
    (kept,) = any_store.incidents.documents("tips")
    assert kept["excerpts"] == []


def test_who_only_quotes_is_forgotten_alone(any_store: Store) -> None:
    any_store.items.write([post("said", SAID), quoting(), quoting("second")], how="poll")
    any_store.items.forget(item="quoting")
    texts = dict(any_store.items.frame("tips")[["item_id", "text"]].to_numpy().tolist())
    assert texts == {"said": SAID, "second": quoting().text}


def test_pictures_and_quotations_that_show_up_later_are_no_new_opinion(any_store: Store) -> None:
    """And do not come and go with the server that is asked."""
    bare, shown = post("p", "do it"), quoting("p", SAID)
    any_store.items.write([bare], how="poll")
    assert any_store.items.write([shown], how="poll") == WriteCounts(changed=1)
    for again in (bare, shown, bare):
        assert any_store.items.write([again], how="poll") == WriteCounts(unchanged=1)
    (row,) = any_store.items.frame("tips").itertuples()
    assert (row.text, row.created_at) == (shown.text, T0)
    other = quoting("p", SAID, own="never mind, it was a mistake of mine, sorry to all of you",
                    updated_at=T0 + 30 * HOUR, last_seen=T0 + 31 * HOUR)  # fmt: skip
    any_store.items.write([other], how="poll")
    assert len(any_store.items.frame("tips")) == 2


LINE = st.text(st.characters(codec="utf-8", blacklist_characters="\r\n"), min_size=1, max_size=9)
LINES = st.lists(LINE.map(str.strip).filter(bool), max_size=3)


@given(LINE.map(str.strip), LINES, LINES, LINES)
def test_nothing_else_of_a_post_goes(
    own: str, pictures: list[str], quoted: list[str], gone: list[str]
) -> None:
    buried = {words_of(said) for said in gone} - {()}
    text = without(written(own, pictures, quoted), buried.__contains__)
    found = parts_of(text or "")
    assert (found.own, found.pictures) == (own, tuple(pictures))
    assert found.quoted == tuple(q for q in quoted if words_of(q) not in buried)
