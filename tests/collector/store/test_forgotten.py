"""What was forgotten stays out, whatever route it comes by; what others wrote comes in."""

from datetime import timedelta
from typing import Any

import pytest

from collector.privacy.protect import kept_id, mask
from collector.records import Item
from collector.store import Store, WriteCounts
from tests.collector.store.items import T0, item

LONG = "The scanner never reads my library card at night"
SHORT = "good app"
DAY, SECOND = timedelta(days=1), timedelta(seconds=1)


def forgotten(store: Store, **changes: Any) -> Item:
    """An item that was stored and forgotten."""
    gone = item("gone", **{"author_key": "one person", "text": LONG} | changes)
    store.items.write([gone], how="poll")
    assert store.items.forget(item="gone") == 1
    return gone


BACK = {
    "the same": {"item_id": "gone"},
    "the owner's route, the same id": {"item_id": "gone", "source": "play_developer"},
    "the owner's route, another id": {"source": "play_developer"},
    "an import without authors": {"how": "import"},
    "an import of no source": {"how": "import", "source": "file"},
    "a zone away": {"how": "import", "created_at": T0 - timedelta(hours=14)},
    "a date alone": {"how": "import", "created_at": T0.replace(hour=0)},
    "other stars": {"how": "import", "rating": 1.0},
    "other writing": {"how": "import", "text": LONG.upper().replace(" ", "  ") + "!"},
    "guarded by a spreadsheet": {"how": "import", "text": f"'{LONG}"},
    "with a reply": {"how": "import", "reply_text": "Sorry", "reply_at": T0 + DAY},
}
OTHERS = {
    "another store": {"source": "app_store"},
    "another person": {"how": "import", "author_key": "somebody else"},
    "listed under another id": {"how": "poll"},
    "another day": {"how": "import", "created_at": T0 + 3 * DAY},
    "another app": {"how": "import", "app": "library"},
    "other words": {"how": "import", "text": LONG + ", and the desk is closed"},
}


@pytest.mark.parametrize("case", BACK)
def test_it_stays_out(any_store: Store, case: str) -> None:
    forgotten(any_store)
    changes: dict[str, Any] = {"item_id": "new", "text": LONG, "how": "poll", **BACK[case]}
    how = changes.pop("how")
    assert any_store.items.write([item(**changes)], how=how) == WriteCounts(refused=1)


@pytest.mark.parametrize("case", OTHERS)
def test_what_others_wrote_comes_in(any_store: Store, case: str) -> None:
    forgotten(any_store)
    changes: dict[str, Any] = {"item_id": "new", "text": LONG, "how": "poll", **OTHERS[case]}
    how = changes.pop("how")
    assert any_store.items.write([item(**changes)], how=how) == WriteCounts(new=1)


@pytest.mark.parametrize("text", [SHORT, None, "好用"])
def test_what_many_say_is_known_by_the_second(any_store: Store, text: str | None) -> None:
    forgotten(any_store, text=text)

    def imported(**changes: Any) -> WriteCounts:
        new = item("new", source="file", text=text, **changes)
        return any_store.items.write([new], how="import")

    assert imported() == WriteCounts(refused=1)
    assert imported(created_at=T0 + SECOND) == WriteCounts(refused=1)
    assert imported(created_at=T0 + timedelta(minutes=2), rating=4.0) == WriteCounts(new=1)


def test_stars_tell_short_texts_apart(any_store: Store) -> None:
    forgotten(any_store, text=SHORT)
    other = item("new", source="file", text=SHORT, rating=1.0)
    assert any_store.items.write([other], how="import") == WriteCounts(new=1)


def test_what_it_said_before_an_edit_stays_out(any_store: Store) -> None:
    any_store.items.write([item("gone", text=LONG)], how="poll")
    edited = item("gone", text="It reads it now, thank you very much", last_seen=T0 + 9 * DAY)
    any_store.items.write([edited], how="poll")
    any_store.items.forget(item="gone")
    for at in (T0, T0 + 9 * DAY):
        back = item("new", source="file", text=LONG, created_at=at)
        assert any_store.items.write([back], how="import") == WriteCounts(refused=1)


def test_an_author_is_forgotten_by_every_route(any_store: Store) -> None:
    texts = [f"{LONG} number {n}" for n in range(3)]
    theirs = [item(f"r{n}", author_key="one person", text=text) for n, text in enumerate(texts)]
    any_store.items.write(theirs, how="poll")
    assert any_store.items.forget(author_of="r0") == 3
    nameless = [item(f"r{n}", text=text) for n, text in enumerate(texts)]
    exported = [item(f"h{n:032x}", text=text) for n, text in enumerate(texts)]
    for back, how in ((nameless, "poll"), (exported, "import")):
        assert any_store.items.write(back, how=how) == WriteCounts(refused=3)  # type: ignore[arg-type]


def test_what_is_stored_already_goes_on(any_store: Store) -> None:
    """A copied text: one of two is forgotten, the other is polled and imported as before."""
    both = [item("gone", author_key="one", text=LONG), item("kept", author_key="two", text=LONG)]
    any_store.items.write(both, how="poll")
    any_store.items.forget(item="gone")
    again = item("kept", text=LONG, last_seen=T0 + DAY)
    assert any_store.items.write([again], how="import") == WriteCounts(unchanged=1)


@pytest.mark.parametrize(
    ("word", "others"),
    [
        ("crash", "it crashes at every start"),
        ("감시", "이웃을 감시하게 하지 마세요"),
        ("하지마세요", "이웃을 감시하게 하지 마세요"),
        ("sin señal", "sin señales todo el día"),
    ],
)
def test_incidents_keep_what_others_say(any_store: Store, word: str, others: str) -> None:
    """A word that a longer one begins with, or that Korean writes with a blank, is said as well."""
    gone = "zanzibarquark"
    said = [item("r1", text=f"{others} {gone}"), item("r2", text=others)]
    any_store.items.write(said, how="poll")
    times = {"onset_at": T0.isoformat(), "alarmed_at": T0.isoformat(), "ended_at": None}
    reasons = [{"reason": "crash", "words": [word, gone]}]
    incident = {"id": "tips-1", "app": "tips", **times, "reasons": reasons}
    any_store.incidents.replace("tips", [(incident, "print")], [])
    any_store.items.forget(item="r1")
    (kept,) = any_store.incidents.documents("tips")
    assert kept["reasons"] == [{"reason": "crash", "words": [word]}]


def test_an_author_is_forgotten_in_one_app_alone(any_store: Store) -> None:
    """`app` narrows: what the author writes about others stays, and may come."""
    here = item("r0", author_key="one person", text=LONG)
    there = item("r1", author_key="one person", text=f"{LONG} here as well", app="library")
    any_store.items.write([here, there], how="poll")
    assert any_store.items.by_author_of("r0") == {"library": 1, here.app: 1}
    assert any_store.items.by_author_of("r0", here.app) == {here.app: 1}
    assert any_store.items.forget(author_of="r0", app=here.app) == 1
    next_here = item("r2", author_key="one person", text="something else of theirs, also long")
    next_there = item(
        "r3", author_key="one person", text="and of that one, many words more", app="library"
    )
    assert any_store.items.write([next_here, next_there], how="poll") == WriteCounts(
        new=1, refused=1
    )
    assert any_store.items.by_author_of("r1") == {"library": 2}


@pytest.mark.parametrize("before", ["call 555-2671 or jane", "call [phone] or jane"])
def test_a_better_mask_brings_nothing_back(any_store: Store, before: str) -> None:
    forgotten(any_store, text=f"{LONG}, {before}")
    again = item("new", source="file", text=f"{LONG}, call [phone] or jane")
    assert any_store.items.write([again], how="import") == WriteCounts(refused=1)


def test_what_only_masks_of_today_take_out_stays_out(any_store: Store) -> None:
    said = f"{LONG}, add me on snap jane_roe99 please"
    forgotten(any_store, text=said)
    again = item("new", source="file", text=mask(said))
    assert any_store.items.write([again], how="import") == WriteCounts(refused=1)


def test_an_id_that_names_an_account_is_forgotten_as_the_source_gives_it(store: Store) -> None:
    given = "https://mastodon.example/@jane/11"
    kept = kept_id(store.database.secret, given)
    store.items.write([item(kept, text=LONG)], how="poll")
    assert store.items.forget(item=given) == 1
    assert store.items.write([item(kept, text="other words, five of them")], how="poll") == (
        WriteCounts(refused=1)
    )
