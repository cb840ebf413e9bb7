"""The chart of a filter counts what the filter finds, by whichever way it is counted."""

import itertools
from dataclasses import replace
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from analysis.sentiment.score_words import CLEAR
from analysis.trends import matching
from analysis.trends.bins import Span, edges
from collector.store import Store
from collector.store.reading import paging
from collector.store.records import ItemFilter
from tests.analysis.trends import histories
from tests.analysis.trends.histories import APP, END, START

WHOLE = ItemFilter(apps=(APP,))
FILTERS: list[dict[str, Any]] = [
    {},
    {"stars": (1, 2)},
    {"stars": (0,), "kinds": ("post",)},
    {"sources": ("google_play",), "versions": ("1.1", "1.2")},
    {"langs": ("es",), "countries": ("us",)},
    {"since": START + timedelta(days=9), "until": START + timedelta(days=20, hours=5)},
    {"words": "crash*"},
    {"sentiment_below": -CLEAR, "kinds": ("review",)},
    {"texted": False},
    {"replied": True},
    {"since": START + timedelta(days=9, minutes=30)},
]
SPAN = Span(START, END + timedelta(days=4))


@pytest.mark.parametrize(("given", "seed"), list(itertools.product(FILTERS, [1, 4])))
def test_a_bar_counts_what_the_list_shows(store: Store, given: dict[str, Any], seed: int) -> None:
    histories.fill(store, seed)
    wanted = replace(WHOLE, **given)
    bounds = edges(SPAN, "day", ZoneInfo("America/Chicago"))
    found = matching.matching(store, wanted, bounds)
    assert found is not None
    assert sum(each.sum() for each in found.values()) == store.items.count(wanted).items
    for since, until in itertools.pairwise(bounds[:20]):
        first, last = max(since, wanted.since or since), min(until, wanted.until or until)
        inside = replace(wanted, since=first, until=last)
        place = bounds.index(since)
        wanted_here = 0 if first >= last else store.items.count(inside).items
        assert sum(int(each[place]) for each in found.values()) == wanted_here


@pytest.mark.parametrize("given", FILTERS[:6])
def test_the_roll_up_says_what_the_items_say(store: Store, given: dict[str, Any]) -> None:
    histories.fill(store, 5)
    wanted = replace(WHOLE, **given)
    bounds = edges(SPAN, "week", ZoneInfo("UTC"))
    if wanted.since is not None:
        bounds = edges(Span(wanted.since, wanted.until or SPAN.until), "week", ZoneInfo("UTC"))
    assert matching.is_rolled(wanted)
    one = matching._rolled(store, wanted, bounds)
    other = matching._each(store, wanted, bounds)
    assert other is not None
    sums = [each.groupby(["bin", "stars"])["items"].sum() for each in (one, other)]
    assert sums[0].to_dict() == sums[1].to_dict()


def test_too_many_are_not_counted_in_part(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    histories.fill(store, 2)
    bounds = edges(SPAN, "day", ZoneInfo("UTC"))
    monkeypatch.setattr(paging, "MOST_COUNTED", 3)
    assert matching.matching(store, replace(WHOLE, texted=True), bounds) is None
    whole = matching.matching(store, WHOLE, bounds)
    assert whole is not None
    assert np.sum([each.sum() for each in whole.values()]) > 100
