"""What is read of the texts: a sample stands for all, and one review is no trend."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from analysis import load_trends
from analysis.trends import said
from analysis.trends.bins import Span
from analysis.trends.intervals import shares_apart
from collector.store import Store
from dashboard.trends import sentences
from dashboard.trends.compared import compared
from dashboard.words.catalogue import Wording
from tests.analysis.trends import histories, naive
from tests.analysis.trends.histories import APP, END, START
from tests.dashboard import builders

FIRST = datetime(2024, 3, 1, tzinfo=UTC)
WEEK = timedelta(days=7)


@pytest.mark.parametrize("by", [None, "reason"])
def test_a_sample_stands_for_all(
    store: Store, monkeypatch: pytest.MonkeyPatch, by: str | None
) -> None:
    histories.fill(store, 5)
    whole = load_trends(APP, store=store, since=START, until=END, bin="month", by=by, now=END)
    assert whole.attrs["every"] == {}
    monkeypatch.setattr(said, "MOST_READ", 40)
    part = load_trends(APP, store=store, since=START, until=END, bin="month", by=by, now=END)
    every = part.attrs["every"]
    panel, series = ("reasons", "texts") if by is None else ("reviews", None)
    assert every[panel] > 1
    mine = [
        rows[(rows["panel"] == panel) & ((rows["series"] == series) | (series is None))]
        for rows in (whole, part)
    ]
    assert (mine[1]["value"].dropna() == mine[1]["items"].dropna() * every[panel]).all()
    assert mine[1]["value"].sum() == pytest.approx(mine[0]["value"].sum(), rel=0.5)
    assert mine[1]["items"].sum() < mine[0]["items"].sum()


def test_calls_are_as_many_as_those_read_stand_for(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    histories.fill(store, 1)
    monkeypatch.setattr(said, "MOST_READ", 9)
    part = load_trends(APP, store=store, since=START, until=END, bin="month", now=END)
    calls = part[part["series"] == "calls"]
    assert part.attrs["every"]["posts"] == 3
    assert (calls["value"].dropna() == calls["items"].dropna() * 3).all()
    assert calls["items"].sum() < len(naive.rows(store, APP, "post", START, END))


def risen(store: Store, crashes: tuple[int, int], texts: int = 60) -> str:
    """What is said of the reasons of a week in which so many of the reviews tell of a crash, after
    one in which so many did."""
    store.apps.ensure(APP)
    store.items.write(
        [
            builders.item(
                n,
                FIRST + week * WEEK + n * timedelta(minutes=90),
                1.0,
                "it crashes on start" if n < crashes[week] else "xyzzy qwrt",
                app=APP,
                item_id=f"{week}-{n}",
            )
            for week in (0, 1)
            for n in range(texts)
        ],
        how="import",
    )
    utc = ZoneInfo("UTC")
    span = Span(FIRST + WEEK, FIRST + 2 * WEEK)
    found = compared(store, APP, span, "day", now=span.until, zone=utc, wanted=("reasons",))
    return sentences.of_panel("reasons", found, Wording("en", utc))


@pytest.mark.parametrize(
    ("crashes", "more", "less"),
    [
        ((0, 2), False, False),
        ((2, 0), False, False),
        ((3, 6), False, False),
        ((3, 30), True, False),
        ((30, 3), False, True),
    ],
)
def test_a_reason_has_risen_where_that_is_clear(
    store: Store, crashes: tuple[int, int], more: bool, less: bool
) -> None:
    told = risen(store, crashes)
    assert ("Named more often" in told) == more
    assert ("Named less often" in told) == less


def test_one_review_of_few_is_no_trend(store: Store) -> None:
    assert "more often" not in risen(store, (0, 1), texts=6)


def test_shares_apart_hold_what_they_should() -> None:
    low, high = shares_apart((5, 20), (100, 100))
    assert 0 < low < 0.15 < high
    low, high = shares_apart((0, 1), (10, 10))
    assert low < 0 < high
