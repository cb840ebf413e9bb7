"""What was forgotten or kept long enough is in no file of the store: searched byte by byte."""

import base64
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from analysis.run import analyze
from analysis.simulate import simulate
from analysis.simulate.drill import iwatch_drill
from analysis.simulate.load import load_world
from analysis.simulate.world import World
from collector.polling.enforce_retention import enforce_all
from collector.records import Item
from collector.settings.config import Retention, Settings
from collector.store import Store, open_store
from collector.store.reading.search import words

SETTINGS = Settings()
AUTHORS = 30
SAID = {
    "text": "Zanzibarquark überzwölfig кракозябра",
    "title": "Titleplinth",
    "reply_text": "Dear Replyglimmer",
    "before": "Formerquibble",
}
"""Words that nobody else says, by where they stand; "before" in texts that were edited."""


@pytest.fixture(scope="module")
def drill() -> World:
    return simulate(iwatch_drill(), 7)


def spoken(item: Item, number: int) -> Item:
    """The review with the words, as it came first: every second one is edited later."""
    said = SAID["before"] if number % 2 else SAID["text"]
    at = item.created_at + timedelta(minutes=1)
    return replace(item, title=SAID["title"], text=f"{said} {item.text}", last_seen=at)


def edited(item: Item, number: int) -> Item:
    """The same longer than before, so that rows move between the pages of the file."""
    text = f"{SAID['text']} {item.text} {'and on and on ' * (number % 40)}"
    reply = f"{SAID['reply_text']} {'thank you ' * (number % 30)}"
    at = item.created_at + timedelta(minutes=2)
    return replace(item, title=SAID["title"], text=text, reply_text=reply, last_seen=at)


@pytest.fixture(scope="module")
def flooded(
    drill: World, secret: bytes, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, list[Item]]:
    """A store with an incident that quotes 150 reviews of the flood, and these."""
    path = tmp_path_factory.mktemp("flooded") / "store.db"
    with open_store(f"sqlite:///{path}", secret=secret) as store:
        load_world(store, drill)
        (flood,) = [event for event in drill.truth if event.kind == "flood"]
        stored = [
            _plain(Item(**row))
            for row in store.items.frame(drill.app).astype(object).to_dict("records")
            if row["kind"] == "review" and row["created_at"] >= flood.onset and row["rating"] <= 2
        ]
        ours = [
            replace(item, item_id=f"{item.item_id} again", author_key=f"{n % AUTHORS:032x}")
            for n, item in enumerate(stored[:150])
        ]
        first = [spoken(item, n) for n, item in enumerate(ours)]
        store.items.write(first, how="poll")
        store.items.write([edited(item, n) for n, item in enumerate(ours)], how="poll")
        analyze(SETTINGS, store, drill.end)
        quoted = str([d["phrases"] for d in store.incidents.documents()])
        assert "zanzibarquark" in quoted
    return path, ours


@pytest.fixture
def copied(flooded: tuple[Path, list[Item]], secret: bytes, tmp_path: Path) -> Iterator[Store]:
    shutil.copy(flooded[0], tmp_path / "store.db")
    with open_store(f"sqlite:///{tmp_path / 'store.db'}", secret=secret) as store:
        yield store


def _plain(item: Item) -> Item:
    """With Python's own times and None, as a source gives them."""
    values = {name: getattr(item, name) for name in Item.__slots__}
    plain = {
        name: None if value is None or value != value else value for name, value in values.items()
    }
    times = {n: v.to_pydatetime() for n, v in plain.items() if hasattr(v, "to_pydatetime")}
    return Item(**{**plain, **times})


def found_in(folder: Path) -> set[str]:
    """Words of SAID that any file holds, in any usual spelling of their bytes."""
    whole = b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())
    whole = whole.lower()
    return {
        word
        for text in SAID.values()
        for word in text.split()
        if word != "Dear" and any(form.lower() in whole for form in spellings(word))
    }


def spellings(word: str) -> list[bytes]:
    """A word as databases, JSON and the search index write it."""
    forms = [word, word.lower(), *words(word), word.encode("unicode_escape").decode()]
    encoded = [
        form.encode(code, "ignore")
        for form in forms
        for code in ("utf-8", "utf-16-le", "utf-16-be", "latin-1", "cp1251")
    ]
    inner = [base64.b64encode(word.encode())[:-4]]
    return [form for form in encoded + inner if len(form) > 6]


def by_item(store: Store, ours: list[Item], drill: World) -> None:
    for item in ours:
        assert store.items.forget(item=item.item_id, app=drill.app) == 1


def by_author(store: Store, ours: list[Item], _drill: World) -> None:
    for item in ours[:AUTHORS]:
        assert store.items.forget(author_of=item.item_id) == len(ours) // AUTHORS


def by_age(store: Store, _ours: list[Item], drill: World) -> None:
    store.items.forget(older_than=drill.end + timedelta(days=1))


def by_retention(store: Store, _ours: list[Item], drill: World) -> None:
    rules = Retention(review_text_days=1, social_text_days=1, removed_days=1)
    for _ in range(20):
        enforce_all(rules, store, drill.end + timedelta(days=500))


def by_removal(store: Store, ours: list[Item], drill: World) -> None:
    gone = [replace(edited(item, n), removed_at=drill.end) for n, item in enumerate(ours)]
    store.items.write(gone, how="poll")
    rules = Retention(review_text_days=3000, social_text_days=3000, removed_days=1)
    enforce_all(rules, store, drill.end + timedelta(days=9))


Way = Callable[[Store, list[Item], World], None]


@pytest.mark.parametrize("way", [by_item, by_author, by_age, by_retention, by_removal])
def test_no_byte_is_left(
    copied: Store, flooded: tuple[Path, list[Item]], drill: World, tmp_path: Path, way: Way
) -> None:
    assert len(found_in(tmp_path)) == 6
    items = len(copied.items.frame(drill.app))
    way(copied, flooded[1], drill)
    assert copied.erasure.finish() is None
    assert found_in(tmp_path) == set()
    analyze(SETTINGS, copied, drill.end)
    assert found_in(tmp_path) == set()
    if way in (by_retention, by_removal):
        assert len(copied.items.frame(drill.app)) == items


def test_others_words_stay(copied: Store, flooded: tuple[Path, list[Item]], drill: World) -> None:
    before = copied.incidents.documents()
    copied.items.forget(item=flooded[1][0].item_id, app=drill.app)
    assert copied.incidents.documents() == before
