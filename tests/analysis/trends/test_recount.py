"""Every number of `load_trends` is recounted from the items."""

import itertools
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest

from analysis import load_trends
from analysis.trends.bins import Span, edges
from analysis.trends.points import TrendPoint
from collector import record_frames
from collector.errors import ContractError
from collector.store import Store
from tests.analysis.trends import histories, naive
from tests.analysis.trends.histories import APP, END, HISTORIES, START
from tests.dashboard import builders

SPAN = Span(START - timedelta(days=3), END + timedelta(days=2))
ZONES = {0: "UTC", 1: "Asia/Kolkata", 2: "America/Chicago"}


def missing(value: Any) -> bool:
    return value is None or value is pd.NA or value != value


def same(found: Any, wanted: naive.Point) -> bool:
    numbers = zip((found.value, found.low, found.high), wanted[:3], strict=True)
    close = all(missing(a) if b is None else abs(a - b) < 1e-9 for a, b in numbers)
    changed = missing(found.changed) if wanted[4] is None else found.changed == wanted[4]
    return close and bool(changed) and not missing(found.items) and int(found.items) == wanted[3]


def bins_of(length: Any, zone: str) -> list[tuple[datetime, datetime]]:
    bounds = edges(SPAN, length, ZoneInfo(zone))
    return list(itertools.pairwise(bounds))


@pytest.mark.parametrize("seed", HISTORIES)
def test_every_number_is_recounted(store: Store, seed: int) -> None:
    histories.fill(store, seed)
    zone, length = ZONES[seed % 3], ("day", "week")[seed % 2]
    frame = load_trends(
        APP, store=store, since=SPAN.since, until=SPAN.until, bin=length, zone=zone, now=END
    )
    assert list(frame) == record_frames.names(TrendPoint)
    reviews = naive.rows(store, APP, "review", SPAN.since, SPAN.until)
    posts = naive.rows(store, APP, "post", SPAN.since, SPAN.until)
    telling = {row.source for row in reviews if row.reply_text}
    wanted = naive.points(reviews, posts, bins_of(length, zone), telling)
    found = {(r.panel, r.series, r.at.to_pydatetime()): r for r in frame.itertuples()}
    for key, point in wanted.items():
        if key[:2] == ("reviews", "no_stars") and key not in found:
            assert point[3] == 0
        elif missing(found[key].items):
            assert point[3] == 0  # nobody looked
            assert missing(found[key].value)
        else:
            assert same(found[key], point), (key, found[key], point)
    made = {key for key in found if key[0] != "store_average"}
    assert made <= set(wanted)


@pytest.mark.parametrize("by", ["source", "country", "lang", "version", "reason"])
def test_every_number_of_a_split_is_recounted(store: Store, by: str) -> None:
    histories.fill(store, 5)
    frame = load_trends(
        APP, store=store, since=SPAN.since, until=SPAN.until, bin="week", by=by, now=END
    )
    assert list(frame) == [by, *record_frames.names(TrendPoint)]
    every = naive.rows(store, APP, "review", SPAN.since, SPAN.until)
    given: dict[int, list[Any]] = {row.Index: [getattr(row, by, None)] for row in every}
    if by == "reason":
        every = [row for row in every if naive.text_of(row)]
        texts = [naive.text_of(row) or "" for row in every]
        read = naive.reasons_of(texts, [row.rating or float("nan") for row in every])
        given = {r.Index: sorted(some) or [None] for r, some in zip(every, read, strict=True)}
    groups = {value for row in every for value in given[row.Index]}
    seen = {None if missing(value) else value for value in frame[by]}
    assert seen == groups
    for group in groups:
        mine = [row for row in every if group in given[row.Index]]
        wanted = naive.points(mine, [], bins_of("week", "UTC"), set())
        rows = frame[frame[by].isna()] if group is None else frame[frame[by] == group]
        for row in rows.itertuples():
            point = wanted[row.panel, row.series, row.at.to_pydatetime()]
            assert (missing(row.items) and point[3] == 0) or same(row, point), (group, row, point)


@pytest.mark.parametrize("seed", [0, 3])
@pytest.mark.parametrize("length", ["day", "week", "month"])
def test_silent_ratings_are_those_between_the_same_two_sights(
    store: Store, seed: int, length: str
) -> None:
    """Totals come every other day at five, bins begin at midnight."""
    histories.fill(store, seed)
    frame = load_trends(APP, store=store, since=SPAN.since, until=SPAN.until, bin=length, now=END)
    rows = frame[frame["series"] == "silent:google_play"]
    reviews = naive.rows(store, APP, "review", SPAN.since, SPAN.until)
    mine = [row for row in reviews if row.source == "google_play"]
    shown = store.timeline.snapshots(APP)
    sights = list(shown[shown["source"] == "google_play"].itertuples())
    wanted = naive.silent(mine, sights, bins_of(length, "UTC"))
    found = [None if missing(one) else int(one) for one in rows["items"]]
    assert found == wanted
    assert any(one is not None for one in found) == (length != "day")


def test_ratings_of_another_span_are_not_silent(store: Store) -> None:
    """A hundred reviews before the day's first total are those that the total gained."""
    store.apps.ensure(APP)
    first = datetime(2024, 3, 1, tzinfo=UTC)
    items = [
        builders.item(
            n, first + timedelta(hours=20, minutes=n), 1.0, None, app=APP, source="google_play"
        )
        for n in range(100)
    ]
    later = first + timedelta(hours=44)
    items.append(builders.item(100, later, 4.0, None, app=APP, source="google_play"))
    store.items.write(items, how="import")
    bars = np.array(
        [[0, 0, 0, 0, 900], [0, 0, 0, 0, 900], [100, 0, 0, 0, 906], [100, 0, 0, 0, 910]]
    )
    store.timeline.write_snapshots(
        [
            histories.total("google_play", "us", first + timedelta(days=n - 1, hours=6), each)
            for n, each in enumerate(bars)
        ]
    )
    frame = load_trends(
        APP,
        store=store,
        since=first - timedelta(days=1),
        until=first + timedelta(days=2),
        bin="day",
        now=first + timedelta(days=3),
    )
    rows = frame[frame["series"] == "silent:google_play"]
    assert rows["items"].fillna(-1).tolist() == [-1, 0, 6]


def test_what_nobody_saw_is_missing_not_zero(store: Store) -> None:
    histories.fill(store, 1)
    frame = load_trends(APP, store=store, since=SPAN.since, until=SPAN.until, bin="day", now=END)
    low = frame[(frame["panel"] == "reviews") & (frame["series"] == "low")].set_index("at")
    assert low.loc[pd.Timestamp(START - timedelta(days=2)), ["value", "items"]].isna().all()
    seen = low["items"].dropna()
    assert len(seen) < len(low)
    assert (seen == 0).any()


def test_an_app_of_nothing_and_a_span_that_ends_before_it_begins(store: Store) -> None:
    store.apps.ensure(APP)
    frame = load_trends(APP, store=store)
    assert frame["value"].isna().all()
    with pytest.raises(ContractError, match="lies before"):
        load_trends(APP, store=store, since="2024-03-01", until="2024-02-01")
    with pytest.raises(ContractError, match="bin: 'Day' is not one of hour, day"):
        load_trends(APP, store=store, bin="Day")  # type: ignore[arg-type]
    for zone in ("X", "../etc", "", "Europe"):
        with pytest.raises(ContractError, match="is not a time zone"):
            load_trends(APP, store=store, zone=zone)
    with pytest.raises(ContractError, match="not one of"):
        load_trends(APP, store=store, by="author")


def test_days_begin_by_the_clock_of_the_reader() -> None:
    span = Span(datetime(2024, 3, 9, tzinfo=UTC), datetime(2024, 3, 12, tzinfo=UTC))
    at = edges(span, "day", ZoneInfo("America/Chicago"))
    assert [moment.hour for moment in at] == [0, 6, 6, 5, 0]  # the clocks change on the 10th
    at = edges(span, "day", ZoneInfo("Asia/Kolkata"))
    assert [moment.hour for moment in at] == [0, 19, 19, 19, 0]  # 18:30, with the next full hour
