"""The page Trends: what it shows, reads and keeps in its address."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import pytest

from analysis.trends.moved import Moved, Side
from analysis.trends.seen import Seen
from collector.store import Store
from collector.store.reading import paging
from collector.store.records import ItemFilter
from dashboard.trends import found_chart, organisation
from tests.dashboard import builders
from tests.dashboard.conftest import OpenPage, shown

if TYPE_CHECKING:
    from analysis.series import Missed
    from analysis.trends.load import Trends

FLOOD = {"from": "2024-05-05T00:00:00Z", "to": "2024-05-06T12:00:00Z"}


def test_a_flood_is_told_as_a_fall_of_the_stars(flooded: Store, open_page: OpenPage) -> None:
    at = open_page("trends", days="30")
    assert not at.exception
    assert at.title[0].value == "Trends"
    assert "Because of a few days alone, stars fell from 4.1 to 1.4" in shown(at)
    assert len(at.get("vega_lite_chart")) >= 4
    assert "Version 1.1 on Google Play" in shown(at)


@pytest.mark.parametrize(
    ("given", "widget"),
    [
        ({"days": "365"}, "days"),
        ({"bin": "month"}, "bin"),
        ({"against": "year"}, "against"),
        ({"by": "version"}, "by"),
    ],
)
def test_the_address_reproduces_the_view(
    flooded: Store, open_page: OpenPage, given: dict[str, str], widget: str
) -> None:
    at = open_page("trends", **given)
    assert not at.exception
    assert at.selectbox(key=widget).value == given[widget]
    for name, value in given.items():
        assert at.query_params[name] in (value, [value])
    assert at.query_params["apps"] in (builders.APP, [builders.APP])


def test_read_these_opens_exactly_the_reviews_that_are_counted(
    flooded: Store, open_page: OpenPage
) -> None:
    at = open_page("trends", days="30", tz="Asia/Kolkata", **FLOOD)
    assert not at.exception
    links = [link.proto for link in at.get("page_link")]
    link = next(one for one in links if one.label.startswith("Read these"))
    assert link.label == "Read these 200 reviews"
    address = dict(part.split("=", 1) for part in link.query_string.split("&"))
    explore = open_page(
        "explore",
        **{name: value.replace("%3A", ":") for name, value in address.items()},
    )
    assert any("200 items" in one.value for one in explore.markdown)


def test_a_part_of_the_span_leads_back_to_the_whole(flooded: Store, open_page: OpenPage) -> None:
    at = open_page("trends", days="30", **FLOOD)
    assert any(one.value.startswith("**Only") for one in at.markdown)
    at.button(key="trends-whole").click().run()
    assert "from" not in at.query_params
    assert not any(one.value.startswith("**Only") for one in at.markdown)


def test_several_apps_are_drawn_on_the_same_scales(page_store: Store, open_page: OpenPage) -> None:
    for app in ("one", "two"):
        builders.fill(page_store, app)
    at = open_page("trends")
    at.multiselect(key="apps").set_value(["one", "two"]).run()
    assert not at.exception
    assert any("In the whole span" in one.value for one in at.markdown)


def test_dates_are_a_span_of_their_own(flooded: Store, open_page: OpenPage) -> None:
    first, last = builders.ONSET - timedelta(days=9), builders.ONSET
    at = open_page(
        "trends", days="dates", first=first.date().isoformat(), last=last.date().isoformat()
    )
    assert not at.exception
    assert any("26 Apr 2024" in one.value for one in at.caption)


def test_the_overview_and_compare_lead_here(flooded: Store, open_page: OpenPage) -> None:
    for page, label in (("overview", "Trends"), ("compare", "Stars and sentiment")):
        links = [link.proto for link in open_page(page).get("page_link")]
        link = next(one for one in links if one.label.startswith(label))
        assert link.query_string == f"apps={builders.APP}"


@pytest.mark.parametrize("given", [{}, {"stars": "1"}, {"words": "bring"}, {"tz": "Asia/Kolkata"}])
def test_explore_draws_what_its_filters_match(
    flooded: Store, open_page: OpenPage, given: dict[str, str]
) -> None:
    at = open_page("explore", **given)
    assert not at.exception
    assert len(at.get("vega_lite_chart")) == 1
    assert any(one.value.startswith("What the filters match") for one in at.caption)


def test_explore_draws_nothing_of_nothing(flooded: Store, open_page: OpenPage) -> None:
    at = open_page("explore", words="nobodysaysthis")
    assert not at.exception
    assert not at.get("vega_lite_chart")


def test_explore_says_where_matches_are_too_many(
    flooded: Store, open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paging, "MOST_COUNTED", 3)
    at = open_page("explore", texted="with")
    assert not at.exception
    assert not at.get("vega_lite_chart")
    assert any("narrow the dates" in one.value for one in at.caption)


def test_all_apps_are_a_table_sorted_by_what_changed_most(
    page_store: Store, open_page: OpenPage
) -> None:
    builders.fill(page_store, "flooded")
    calm = [one for one in builders.reviews("calm") if one.created_at < builders.ONSET]
    for app, items in (("calm", calm), ("nobody", [])):
        page_store.apps.ensure(app, app.title())
        page_store.items.write(items, how="import")
    at = open_page("trends", days="30", all="1")
    assert not at.exception
    assert at.query_params["all"] in ("1", ["1"])
    (table,) = [one.body for one in at.get("html") if '<div class="fg-line-cell">' in one.body]
    places = [table.index(f"apps={app}&") for app in ("flooded", "calm", "nobody")]
    assert places == sorted(places)
    assert "stars fell from" in table
    assert "apps=flooded&amp;days=30&amp;" in table, "a row leads to the span that it tells of"
    assert table.count('<img class="fg-line"') == 2  # the stars of two; no text is scored
    at.toggle(key="trends-all").set_value(False).run()
    assert "all" not in at.query_params
    assert not any('<div class="fg-line-cell">' in one.body for one in at.get("html"))


def test_without_a_comparison_no_change_is_told(page_store: Store, open_page: OpenPage) -> None:
    builders.fill(page_store, "flooded")
    page_store.apps.ensure("nobody", "Nobody")
    at = open_page("trends", days="30", all="1", against="none")
    (table,) = [one.body for one in at.get("html") if '<div class="fg-line-cell">' in one.body]
    assert "too few reviews to compare" not in table
    assert not any("changed most clearly" in one.value for one in at.caption)


def moved(before: float, after: float, low: float, high: float) -> organisation.Changed:
    sides = (Side(40, 1.0, before), Side(40, 1.0, after))
    change = Moved("stars", (), *sides, low, high, 0.1, ())
    return organisation.Changed("a", cast("Trends", None), 40, change)


def test_a_change_by_a_few_days_stands_behind_a_sure_one() -> None:
    few, sure = moved(4.0, 3.0, -2.1, 0.1), moved(4.0, 3.6, -0.6, -0.2)
    none = moved(4.0, 4.0, -0.2, 0.2)
    assert [one.moved and one.moved.way for one in (few, sure, none)] == [
        "down-few",
        "down",
        "same",
    ]
    assert sorted([few, none, sure], key=lambda one: one.by_most) == [sure, few, none]


@pytest.mark.parametrize(
    ("wanted", "unseen"),
    [
        ({}, [False, False]),
        ({"kinds": ("review",)}, [False, True]),
        ({"kinds": ("post",)}, [True, False]),
        ({"sources": ("bluesky",)}, [True, False]),
        ({"sources": ("google_play",)}, [False, True]),
        ({"sources": ("google_play", "bluesky")}, [False, False]),
        ({"sources": ("x",)}, [True, True]),
    ],
)
def test_explore_shades_what_nobody_looked_at_of_what_is_asked_for(
    wanted: dict[str, Any], unseen: list[bool]
) -> None:
    """Reviews were seen in the first bin, posts in the second."""
    first, second = np.array([False, True]), np.array([True, False])
    missed = cast("Missed", None)
    seen = Seen(first, {"google_play": first}, {"bluesky": second}, None, None, missed)
    assert found_chart.unseen(seen, ItemFilter(apps=("a",), **wanted)).tolist() == unseen


def test_one_app_is_no_table_of_apps(flooded: Store, open_page: OpenPage) -> None:
    at = open_page("trends", all="1")
    assert not at.exception
    assert "all" not in at.query_params


def test_charts_and_tables_can_be_kept(flooded: Store, open_page: OpenPage) -> None:
    at = open_page("trends", days="30")
    assert not at.exception
    keys = {one.proto.id.rsplit("-trends-save-", 1)[-1] for one in at.get("download_button")}
    assert {"page.html", "page.pdf", "page.png", "page.csv", "chart.svg", "chart.png"} <= keys
    at.selectbox(key="trends-save-chosen").select("moved").run()
    assert not at.exception
    keys = {one.proto.id.rsplit("-trends-save-", 1)[-1] for one in at.get("download_button")}
    assert "table.csv" in keys
    assert "chart.svg" not in keys
