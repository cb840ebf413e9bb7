"""Which accounts are met elsewhere or in an earlier wave: nothing later, nothing too old."""

from datetime import datetime, timedelta

import pandas as pd

from analysis.incidents.hands import hands_of
from analysis.records import Swing, Talk
from collector.store import Store
from tests.analysis.evidence.build import END, ONSET, swing
from tests.collector.store.items import item

DAY = timedelta(days=1)
NOW = END + 30 * DAY
TALK = Talk(
    posts=90, expected_posts=3.0, people=80, conversations=70, reach=2, negative=60, positive=2,
    networks=["bluesky"],
)  # fmt: skip


def written(store: Store, rows: list[tuple[str, str, datetime]]) -> None:
    """Reviews: app, account, time."""
    for app in sorted({app for app, _, _ in rows}):
        store.apps.ensure(app)
    store.items.write(
        [
            item(app=app, item_id=str(n), author_key=who, created_at=at)
            for n, (app, who, at) in enumerate(rows)
        ],
        how="poll",
    )


def hands(
    store: Store, others: list[Swing], now: datetime = NOW
) -> dict[str, frozenset[str] | None]:
    reviews: pd.DataFrame = store.items.frame("tips", until=END, kind="review")
    return hands_of(store, "tips", swing(), others, reviews, now)


def test_accounts_are_met_elsewhere_within_days_and_not_later_than_now(any_store: Store) -> None:
    inside = ONSET + DAY
    rows = [("tips", who, inside) for who in ("soon", "late", "far")]
    rows += [("bus", "soon", inside), ("bus", "late", END + 2 * DAY), ("bus", "far", END + 9 * DAY)]
    rows += [("bus", "stranger", inside)]
    written(any_store, rows)
    assert hands(any_store, [])["hands_elsewhere"] == {"soon", "late"}
    assert hands(any_store, [], now=END + DAY)["hands_elsewhere"] == {"soon"}


def test_no_other_app_is_no_answer(any_store: Store) -> None:
    written(any_store, [("tips", "one", ONSET + DAY)])
    found = hands(any_store, [])
    assert (found["hands_elsewhere"], found["hands_earlier"]) == (None, None)


def test_the_usual_are_met_in_the_days_that_are_looked_at(any_store: Store) -> None:
    rows = [("tips", "quiet", ONSET - 50 * DAY), ("bus", "quiet", ONSET - 20 * DAY)]
    rows += [("tips", "old", ONSET - 120 * DAY), ("bus", "old", ONSET - 20 * DAY)]
    written(any_store, rows)
    assert hands(any_store, [])["hands_usual"] == {"quiet"}


def test_earlier_waves_are_those_of_reviews_within_half_a_year(any_store: Store) -> None:
    days = {"recent": 40, "old": 300, "away": 60, "talk": 80}
    written(any_store, [("tips", who, ONSET - n * DAY) for who, n in days.items()])

    def wave(who: str, **changes: object) -> Swing:
        at = ONSET - days[who] * DAY
        return swing(onset_at=at - DAY, ended_at=at + DAY, **changes)

    assert hands(any_store, [wave("recent"), wave("old")])["hands_earlier"] == {"recent"}
    assert hands(any_store, [wave("old")])["hands_earlier"] is None
    assert hands(any_store, [wave("away", direction="fewer")])["hands_earlier"] is None
    assert hands(any_store, [wave("talk", talk=TALK)])["hands_earlier"] is None


def test_very_many_accounts_are_asked_for_in_parts(any_store: Store) -> None:
    who = [f"account {n}" for n in range(2_500)]
    written(any_store, [("bus", name, ONSET) for name in who[::2]])
    found = any_store.other_apps.accounts("tips", who, ONSET - DAY, ONSET + DAY, NOW)
    assert found == set(who[::2])
