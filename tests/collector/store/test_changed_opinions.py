"""Changed opinions are counted as such, and nothing that comes later moves what was said before."""

from dataclasses import replace
from datetime import datetime, timedelta

import pandas as pd
import pytest

from analysis.scored_items import ScoredItem, SeriesHour
from collector.records import Item
from collector.store import Store
from collector.store.records import NONE_CHANGED, ChangedReviews, ItemFilter
from tests.collector.store.items import T0, item

DAY = timedelta(days=1)
TURNED = "changed my stars after what happened"


def later(known: Item, days: float, **changes: object) -> Item:
    """The item as a poll sees it so many days later."""
    seen = T0 + days * DAY
    return replace(known, last_seen=seen, first_seen=seen, arrived_at=seen, **changes)  # type: ignore[arg-type]


def said_again(known: Item, days: float, stars: float, text: str = TURNED) -> Item:
    """Another opinion of the same writer."""
    return later(known, days, created_at=T0 + days * DAY, rating=stars, text=text)


@pytest.fixture
def turned(any_store: Store) -> Store:
    """Six reviews, of which three turn low, one turns high and one has a word corrected."""
    any_store.apps.ensure("tips")
    known = [item(f"r{n}", rating=1.0 if n == 3 else 5.0) for n in range(6)]
    any_store.items.write(known, how="poll")
    changed = [said_again(one, 10 + n, 1.0) for n, one in enumerate(known[:3])]
    changed.append(said_again(known[3], 13, 5.0, "they mended what did not work for us"))
    changed.append(said_again(known[4], 14, 5.0, "works for me, r4"))
    any_store.items.write(changed, how="poll")
    return any_store


def test_every_count_says_how_many_are_changed_ones(turned: Store) -> None:
    def count(**asked: object) -> tuple[int, ChangedReviews]:
        wanted = ItemFilter(apps=("tips",), **asked)  # type: ignore[arg-type]
        return turned.items.count(wanted).items, turned.changed_opinions.count(wanted)

    assert count() == (10, ChangedReviews(4, 3, 1))
    assert count(stars=(1,)) == (4, ChangedReviews(3, 3, 0))
    assert count(words="mended") == (1, ChangedReviews(1, 0, 1))
    assert count(until=T0 + DAY) == (6, NONE_CHANGED)
    frame = turned.changed_opinions.frame("tips", since=T0 + 11 * DAY, until=T0 + 13 * DAY)
    assert frame["rating_before"].tolist() == [5.0, 5.0]
    found = turned.changed_opinions.between("tips", T0 + 11 * DAY, T0 + 20 * DAY)
    assert found == ChangedReviews(3, 2, 1)


def test_the_hours_say_how_many_are_changed_ones(turned: Store) -> None:
    """By star class and in sums over hours; also once what was written before is forgotten."""

    def counted() -> tuple[dict[int, int], int, int]:
        turned.hourly.settle("tips", turned.hourly.recount("tips"))
        hours = turned.hourly.frame("tips", SeriesHour)
        days = turned.sums.days("tips", SeriesHour, end=T0 + 30 * DAY, days=60)
        rolled = turned.groups.sums("tips", [T0, T0 + 30 * DAY])
        by_stars = hours.groupby("stars")["changed_items"].sum()
        return by_stars.to_dict(), int(days["changed_items"].sum()), int(rolled["changed"].sum())

    assert counted() == ({1: 3, 5: 1}, 4, 4)
    assert turned.items.forget(older_than=T0 + DAY) == 6
    assert counted() == ({1: 0, 5: 0}, 0, 0)
    assert len(turned.items.frame("tips")) == 4


def test_a_page_of_changed_opinions_can_be_asked_for(turned: Store) -> None:
    wanted = ItemFilter(apps=("tips",), changed="higher")
    shown = turned.items.page(wanted, sort="lowest").items
    assert set(shown["item_id"]) == {"r0", "r1", "r2"}
    assert (shown["text"] == TURNED).all()


def test_what_was_said_before_is_last_seen_before_it_was_changed(turned: Store) -> None:
    """So that an export of the past is the same after the change."""
    before = turned.items.frame("tips", until=T0 + DAY)
    assert (before["last_seen"] == pd.Timestamp(T0)).all()


def test_only_what_no_version_of_was_seen_is_gone(turned: Store) -> None:
    seen = T0 + 20 * DAY
    newest = turned.items.versions("tips").drop_duplicates("item_id", keep="last")
    shown = [
        later(item(r.item_id), 20, created_at=r.created_at, rating=r.rating, text=r.text)
        for r in newest.itertuples()
        if r.item_id not in ("r0", "r5")
    ]
    turned.items.write(shown, how="poll")
    gone = turned.items.mark_gone(
        "tips", "google_play", walked_from=T0, not_seen_since=seen, at=seen
    )
    assert gone == 2
    rows = turned.items.versions("tips")
    assert set(rows.loc[rows["removed_at"].notna(), "item_id"]) == {"r0", "r5"}
    assert rows["removed_at"].notna().sum() == 3


def test_later_votes_replies_and_removals_move_no_earlier_reading(any_store: Store) -> None:
    """As of a moment: the votes, the reply, the score and whether it was gone, as known then."""
    days = iter(range(1, 20))
    clock = lambda: T0 + next(days) * DAY  # noqa: E731
    store = Store(replace(any_store.database, clock=clock))
    store.apps.ensure("tips")
    known = item(thumbs_up=2, title="Fine")
    store.items.write([known], how="poll")
    (text,) = store.scores.unscored("tips", limit=5)
    store.scores.write("tips", "e", [(text.text_hash, 0.5)])
    now = store.knowledge_clock.latest("tips")
    then = now + DAY / 2

    def on(days: float) -> datetime:
        return now + days * DAY

    def seen(days: float, **changes: object) -> Item:
        return replace(known, last_seen=on(days), **changes)  # type: ignore[arg-type]

    before = store.items.frame("tips", as_of=then, record=ScoredItem)
    assert before[["thumbs_up", "sentiment"]].values.tolist() == [[2, 0.5]]
    store.items.write([seen(1, thumbs_up=90)], how="poll")
    replied = {"thumbs_up": 95, "reply_text": "We are sorry", "reply_at": on(2)}
    store.items.write([seen(2, **replied)], how="poll")
    store.items.mark_gone("tips", "google_play", walked_from=T0, not_seen_since=on(3), at=on(3))
    changed = seen(6, created_at=on(6), rating=1.0, text=TURNED)
    store.items.write([changed], how="poll")
    after = store.items.frame("tips", as_of=then, record=ScoredItem)
    same = [name for name in before if name != "last_seen"]
    pd.testing.assert_frame_equal(before[same], after[same])
    gone = store.items.frame("tips", as_of=on(3.5))
    assert gone["removed_at"].tolist() == [pd.Timestamp(on(3))]
