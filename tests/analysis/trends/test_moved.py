"""Parts of a change add up to it, exactly, however the groups lie."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.reasons.lexicon import CODES
from analysis.trends.bins import Span
from analysis.trends.moved import REST, Moved, moved
from analysis.trends.moved import decomposed as decomposed_of
from analysis.trends.moved_reasons import moved_by_reason
from collector.store import Store
from tests.analysis.trends import histories, naive
from tests.analysis.trends.histories import APP, END, START
from tests.dashboard import builders

ROWS = st.lists(
    st.tuples(
        st.integers(0, 9), st.sampled_from(["a", "b", "c", ""]), st.integers(1, 30), st.floats(1, 5)
    ),
    min_size=1,
    max_size=30,
)


def frame(rows: list[tuple[int, str, int, float]]) -> pd.DataFrame:
    days, groups, items, means = zip(*rows, strict=True)
    n, mean = np.array(items), np.array(means)
    return pd.DataFrame(
        {"block": days, "g": groups, "items": n, "total": n * mean, "squares": n * mean**2}
    )


def decomposed(before: pd.DataFrame, after: pd.DataFrame, days: int = 30) -> Moved | None:
    return decomposed_of(before, after, ("g",), "stars", blocks=(days, days))


@settings(max_examples=40)
@given(ROWS, ROWS)
def test_the_parts_add_up_exactly(before: list, after: list) -> None:  # type: ignore[type-arg]
    found = decomposed(frame(before), frame(after))
    if found is None:
        assert min(sum(row[2] for row in rows) for rows in (before, after)) < 5
        return
    means = [frame(rows)["total"].sum() / frame(rows)["items"].sum() for rows in (before, after)]
    assert found.change == pytest.approx(means[1] - means[0], abs=1e-9)
    assert sum(part.moved for part in found.parts) == pytest.approx(found.change, abs=1e-9)
    for side in ("before", "after"):
        assert sum(getattr(part, side).share for part in found.parts) == pytest.approx(1)
    sizes = [abs(part.moved) for part in found.parts]
    assert sizes == sorted(sizes, reverse=True)


def test_groups_under_five_are_joined() -> None:
    before = frame([(0, "a", 20, 4.0), (1, "b", 2, 1.0)])
    after = frame([(0, "a", 20, 3.0), (1, "c", 3, 1.0)])
    found = decomposed(before, after)
    assert found is not None
    assert {part.group for part in found.parts} == {("a",), REST}
    rest = next(part for part in found.parts if part.group == REST)
    assert (rest.before.items, rest.after.items) == (2, 3)


def test_what_is_unknown_is_a_group_of_its_own() -> None:
    rows = [(0, "", 20, 4.0), (1, "b", 2, 1.0)]
    found = decomposed(frame(rows), frame(rows))
    assert found is not None
    assert {part.group for part in found.parts} == {("",), REST}


def test_a_group_that_is_new_moves_by_its_share_alone() -> None:
    found = decomposed(frame([(0, "a", 10, 4.0)]), frame([(0, "a", 10, 4.0), (1, "b", 10, 1.0)]))
    assert found is not None
    parts = {part.group[0]: part for part in found.parts}
    assert parts["b"].by_mean == 0
    assert found.change == pytest.approx(-1.5)


def test_one_bad_day_is_no_certain_change() -> None:
    calm = [(day, "a", 3, 4.0) for day in range(30)]
    found = decomposed(frame(calm), frame([*calm[1:], (0, "a", 200, 1.0)]))
    assert found is not None
    assert found.way == "down-few"
    found = decomposed(frame(calm), frame([(day, "a", 6, 2.0) for day in range(30)]))
    assert found is not None
    assert found.way == "down"
    assert decomposed(frame(calm), frame(calm)).way == "same"  # type: ignore[union-attr]


def few_in_hours(store: Store, start: datetime, stars: Sequence[float], apart: timedelta) -> None:
    """Reviews one after the other, each with its stars."""
    items = [
        builders.item(n, start + n * apart, rating, None, item_id=f"{start:%d}-{n}")
        for n, rating in enumerate(stars)
    ]
    store.items.write(items, how="import")


@pytest.mark.parametrize("days", [1, 3])
@pytest.mark.parametrize("apart", [timedelta(minutes=1), timedelta(hours=4)])
def test_five_reviews_a_day_are_no_proof(store: Store, days: int, apart: timedelta) -> None:
    day = timedelta(days=days)
    store.apps.ensure(builders.APP)
    few_in_hours(store, START, [5, 5, 4, 4, 3], apart)
    few_in_hours(store, START + day, [5, 5, 4, 4, 2], apart)
    spans = Span(START, START + day), Span(START + day, START + 2 * day)
    found = moved(store, builders.APP, *spans, ("source",), "stars")
    assert found is not None
    assert found.change == pytest.approx(-0.2)
    assert found.way == "same"
    assert found.hourly
    assert all(part.low < 0 < part.high for part in found.parts)


def test_many_reviews_of_one_day_are(store: Store) -> None:
    day = timedelta(days=1)
    store.apps.ensure(builders.APP)
    few_in_hours(store, START, [5, 4, 5, 4, 4] * 24, timedelta(minutes=12))
    few_in_hours(store, START + day, [1, 4, 2, 1, 1] * 24, timedelta(minutes=12))
    spans = Span(START, START + day), Span(START + day, START + 2 * day)
    found = moved(store, builders.APP, *spans, ("source",), "stars")
    assert found is not None
    assert found.way == "down"


@settings(max_examples=40)
@given(ROWS, ROWS, st.integers(10, 60))
def test_no_interval_is_narrower_than_the_reviews_own_error(
    before: list,
    after: list,
    days: int,  # type: ignore[type-arg]
) -> None:
    found = decomposed(frame(before), frame(after), days)
    if found is not None:
        assert found.low <= found.change - 1.96 * found.error
        assert found.high >= found.change + 1.96 * found.error
        spread = pd.concat([frame(before), frame(after)])
        if (spread["total"] / spread["items"]).std() > 0:
            assert found.error > 0


@pytest.mark.parametrize("measure", ["stars", "sentiment"])
def test_shares_and_means_are_those_of_the_items(store: Store, measure: str) -> None:
    histories.fill(store, 2)
    middle = START + (END - START) / 2
    spans = Span(START, middle), Span(middle, END)
    found = moved(store, APP, *spans, ("source", "version"), measure)  # type: ignore[arg-type]
    assert found is not None
    for side, span in zip(("before", "after"), spans, strict=True):
        rows = naive.rows(store, APP, "review", span.since, span.until)
        value = "rating" if measure == "stars" else "sentiment"
        told = [row for row in rows if getattr(row, value) is not None]
        whole = getattr(found, side)
        assert whole.items == len(told)
        assert whole.mean == pytest.approx(np.mean([getattr(row, value) for row in told]))
        for part in found.parts:
            if part.group != REST:
                mine = [r for r in told if (r.source, r.version or "") == part.group]
                one = getattr(part, side)
                assert one.items == len(mine)
                if mine:
                    assert one.mean == pytest.approx(np.mean([getattr(r, value) for r in mine]))


@pytest.mark.parametrize("seed", [2, 5])
def test_parts_by_reason_add_up_to_the_change_of_the_texts(store: Store, seed: int) -> None:
    histories.fill(store, seed)
    middle = START + (END - START) / 2
    spans = Span(START, middle), Span(middle, END)
    found = moved_by_reason(store, APP, *spans)
    assert found is not None
    means, shares = [], []
    for span in spans:
        rows = naive.rows(store, APP, "review", span.since, span.until)
        told = [row for row in rows if row.rating is not None and naive.text_of(row)]
        means.append(np.mean([row.rating for row in told]))
        given = naive.reasons_of([naive.text_of(r) or "" for r in told], [r.rating for r in told])
        parts = [{code: 1 / len(set(each)) for code in each} or {"": 1.0} for each in given]
        shares.append({c: sum(p.get(c, 0.0) for p in parts) / len(told) for c in ("", *CODES)})
    assert found.before.mean == pytest.approx(means[0])
    assert found.change == pytest.approx(means[1] - means[0])
    assert sum(part.moved for part in found.parts) == pytest.approx(found.change, abs=1e-9)
    named = {part.group: part for part in found.parts}
    assert len(named) > 2
    for group, part in named.items():
        if group != REST:
            assert part.before.share == pytest.approx(shares[0][group[0]])
            assert part.after.share == pytest.approx(shares[1][group[0]])


def test_there_are_no_parts_by_reason_of_nothing(store: Store) -> None:
    store.apps.ensure(APP)
    middle = START + (END - START) / 2
    assert moved_by_reason(store, APP, Span(START, middle), Span(middle, END)) is None
