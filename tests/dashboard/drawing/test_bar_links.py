"""From a bar to its items: the address says app, span and class, and reads back as it was."""

import ast
import random
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

import dashboard
from collector.store import Store
from collector.store.records import ItemFilter
from dashboard import queries
from dashboard.drawing import bar_links, binning
from dashboard.drawing.bar_links import Bar
from dashboard.drawing.charts import Style
from dashboard.incident import timeline_chart
from dashboard.incident.timeline_chart import records
from dashboard.overview import comparing, overview_words
from dashboard.words.catalogue import Wording
from tests.dashboard import builders
from tests.dashboard.conftest import OpenPage, shown

TIMES = st.timedeltas(timedelta(0), timedelta(days=36_500)).map(
    lambda past: datetime(2000, 1, 1, tzinfo=UTC) + past
)


@given(TIMES, st.timedeltas(timedelta(seconds=1), timedelta(days=9)))
def test_a_span_reads_back_as_it_was(since: datetime, length: timedelta) -> None:
    found = bar_links.address(Bar("tip-line", "negative", since, since + length))
    assert bar_links.read(found[bar_links.SINCE]) == since
    assert bar_links.read(found[bar_links.UNTIL]) == since + length


@pytest.mark.parametrize("text", ["", "soon", "2024-05-05T08:00", "<script>", "9" * 400])
def test_anything_else_is_no_moment(text: str) -> None:
    assert bar_links.read(text) is None


@pytest.mark.parametrize("selection", [None, {}, {"pick": []}, {"pick": [{"since": "x"}]}])
def test_a_click_beside_the_bars_is_none(selection: object) -> None:
    assert bar_links.clicked(selection) is None


def test_a_click_hands_back_the_bars_span() -> None:
    bars = pd.DataFrame({"start": [builders.ONSET], "end": [builders.END], "items": [3.0]})
    row = bar_links.marked(bars).iloc[0]
    assert bar_links.clicked({"pick": [{"since": row["since"], "until": row["until"]}]}) == (
        builders.ONSET,
        builders.END,
    )


def test_the_explore_page_shows_exactly_the_span(flooded: Store, open_page: OpenPage) -> None:
    since = builders.ONSET + timedelta(hours=1)
    asked = bar_links.address(Bar(builders.APP, "negative", since, since + timedelta(hours=2)))
    at = open_page("explore", **asked)
    assert not at.exception
    text = "".join(m.value for m in at.markdown)
    assert "20 items" in text  # ten an hour
    assert "Only Sun 5 May 2024" in text.replace("\\", "")
    at = at.button(key="span-all").click().run()
    assert "Only Sun" not in "".join(m.value for m in at.markdown).replace("\\", "")


@pytest.mark.parametrize(
    ("since", "until"), [("x", "y"), ("2024-05-06T00:00:00Z", "2024-05-05T00:00:00Z"), ("", "")]
)
def test_a_nonsense_span_is_left_out(
    flooded: Store, open_page: OpenPage, since: str, until: str
) -> None:
    at = open_page("explore", **{"app": builders.APP, "from": since, "to": until})
    assert not at.exception
    assert "292 items" in "".join(m.value for m in at.markdown)


def test_the_reviews_of_an_incident_are_those_it_counts(
    flooded: Store, open_page: OpenPage
) -> None:
    bar = bar_links.bar_of(builders.flood(), builders.LAST)
    assert bar.since == builders.ONSET
    assert bar.until > builders.END
    at = open_page("explore", **bar_links.address(bar))
    assert not at.exception
    assert f"{builders.FLOOD} items" in "".join(m.value for m in at.markdown)
    open_ = bar_links.bar_of(builders.flood(ended=False), builders.LAST)
    assert open_.until > builders.LAST


def test_the_picker_offers_the_busiest_bar_first(flooded: Store, open_page: OpenPage) -> None:
    at = open_page("incident")
    picker = at.selectbox(key="timeline-bar")
    assert "Low-star reviews (1 and 2 stars) · 10" in picker.options[picker.index or 0]
    assert not open_page("compare").exception


def test_the_overviews_days_lead_to_their_items(flooded: Store, open_page: OpenPage) -> None:
    page = shown(open_page("overview"))
    links = [part.split('"')[0] for part in page.split('href="')[1:]]
    asked = [parse_qs(urlsplit(link.replace("&amp;", "&")).query) for link in links]
    flood = [a for a in asked if a["from"][0] <= "2024-05-05T12:00:00Z" < a["to"][0]]
    assert len(flood) == 1
    assert flood[0]["stars"] == ["1", "2"]


ZONES = [  # whole, half and quarter hours, on both sides of UTC, with and without summer time
    *("UTC", "America/Chicago", "Asia/Kolkata", "Asia/Kathmandu", "Australia/Adelaide"),
    *("Pacific/Chatham", "Pacific/Marquesas", "Australia/Lord_Howe"),
]


@pytest.fixture
def mixed(page_store: Store) -> Store:
    """Items of every class at any second, on both sides of a change of the clocks."""
    draw = random.Random(14)
    page_store.apps.ensure(builders.APP)
    start = datetime(2024, 3, 1, tzinfo=UTC)
    made = []
    for n in range(700):
        at = start + timedelta(seconds=draw.randrange(70 * 86_400))
        if n % 10 == 0:
            post = {"kind": "post", "source": "mastodon", "version": None}
            made.append(builders.item(n, at, None, f"post {n}", **post))
        else:
            made.append(builders.item(n, at, draw.choice([1, 2, 3, 4, 5, None]), f"text {n}"))
    page_store.items.write(made, how="poll")
    page_store.hourly.recount(builders.APP)
    return page_store


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("days", [3, 20, 50])
def test_every_bar_counts_what_its_link_opens(mixed: Store, zone: str, days: int) -> None:
    since = datetime(2024, 3, 8, 7, 41, tzinfo=UTC)
    until = since + timedelta(days=days)
    words = Wording("en", ZoneInfo(zone))
    last = timeline_chart.bounds(since, until, words)[-1].to_pydatetime()
    hours = queries.hours(mixed, builders.APP, since - timedelta(days=56), last)
    incident = builders.flood(onset_at=since, ended_at=until)
    nothing = timeline_chart.NOTHING
    drawn = timeline_chart.build(incident, hours, nothing, since, until, words, Style(ink="#000"))
    assert set(drawn.bars["group"]) == set(binning.GROUPS)
    edges = drawn.bars[drawn.bars["start"].isin([drawn.bars["start"].min()])]
    sample = drawn.bars.sample(60, random_state=1)
    for row in (*records(edges), *records(drawn.bars.tail(1)), *records(sample)):
        bar = Bar(builders.APP, row.group, row.start.to_pydatetime(), row.end.to_pydatetime())
        asked = bar_links.address(bar)
        opened = ItemFilter(
            apps=(asked["app"],),
            kinds=tuple(asked["kinds"]),
            stars=tuple(int(star) for star in asked.get("stars", [])),
            since=bar_links.read(asked["from"]),
            until=bar_links.read(asked["to"]),
        )
        assert mixed.items.count(opened).items == row.items, (zone, row)


def test_no_part_of_the_address_is_bound_to_a_widget() -> None:
    """Streamlit forbids links and clicks to say what is bound."""
    calls = [
        (path.name, node.lineno)
        for path in Path(dashboard.__file__).parent.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.keyword) and node.arg == "bind"
    ]
    assert calls == []


def test_every_filter_is_read_from_the_address_and_written_to_it(
    flooded: Store, open_page: OpenPage
) -> None:
    asked = {"words": "calm", "stars": "1", "since": "2024-03-01", "until": "2024-04-30"}
    asked |= {"edited": "true", "removed": "true", "tz": "Asia/Kolkata", "app": builders.APP}
    at = open_page("explore", **asked)
    assert not at.exception
    assert at.text_input(key="words").value == "calm"
    assert at.pills(key="stars").value == [1]
    assert at.date_input(key="since").value == date(2024, 3, 1)
    assert at.toggle(key="edited").value
    assert at.selectbox(key="tz").value == "Asia/Kolkata"
    assert {name: _said(at, name) for name in asked} == asked
    at.text_input(key="words").set_value("").run()
    at.toggle(key="edited").set_value(False).run()
    at.date_input(key="until").set_value(None).run()
    assert {"words", "edited", "until"} & set(at.query_params) == set()
    assert _said(at, "since") == "2024-03-01"


def _said(at: AppTest, name: str) -> str:
    """What the page's address says, where it says one thing."""
    value = at.query_params[name]
    return value if isinstance(value, str) else ",".join(value)


@pytest.mark.parametrize("day", ["soon", "1999-01-01", "2024-13-01", ""])
def test_a_nonsense_day_or_star_is_left_out(flooded: Store, open_page: OpenPage, day: str) -> None:
    at = open_page("explore", app=builders.APP, since=day, until=day, stars="9", tz="Mars/Olympus")
    assert not at.exception
    assert "292 items" in "".join(m.value for m in at.markdown)
    assert {"since", "until", "stars", "tz"} & set(at.query_params) == set()


def test_items_without_stars_can_be_asked_for(mixed: Store, open_page: OpenPage) -> None:
    at = open_page("explore", stars="0", kinds="review")
    assert not at.exception
    wanted = ItemFilter(apps=(builders.APP,), stars=(0,), kinds=("review",))
    found = mixed.items.count(wanted).items
    assert 0 < found < 200
    assert f"{found} items" in "".join(m.value for m in at.markdown)


def opens(store: Store, asked: dict[str, str | list[str]]) -> int:
    """How many items the explore page shows at an address."""
    listed = {name: value if isinstance(value, list) else [value] for name, value in asked.items()}
    opened = ItemFilter(
        apps=(listed["app"][0],),
        kinds=tuple(listed["kinds"]),
        stars=tuple(int(star) for star in listed.get("stars", [])),
        since=bar_links.read(listed["from"][0]),
        until=bar_links.read(listed["to"][0]),
    )
    return store.items.count(opened).items


@pytest.mark.parametrize("align", comparing.ALIGNS)
@pytest.mark.parametrize("minute", [0, 1, 30, 45])
def test_every_bar_of_compare_counts_what_its_link_opens(
    mixed: Store, align: comparing.Align, minute: int
) -> None:
    anchor = datetime(2024, 4, 20, 7, minute, 13, tzinfo=UTC)
    known = (datetime(2024, 3, 1, tzinfo=UTC), datetime(2024, 5, 10, tzinfo=UTC))
    hours = queries.hours(mixed, builders.APP, *comparing.span(align, anchor))
    frame = comparing.panel(hours, align, anchor, known).dropna(subset=["items"])
    assert frame["items"].sum() > 0
    for row in records(frame):
        since, until = bar_links.read(row.since), bar_links.read(row.until)
        assert since is not None
        assert until is not None
        bar = Bar(builders.APP, "negative", since, until)
        assert opens(mixed, bar_links.address(bar)) == row.items, row


@pytest.mark.parametrize("zone", ZONES)
def test_every_day_of_the_overview_counts_what_its_link_opens(mixed: Store, zone: str) -> None:
    now = datetime(2024, 4, 20, 7, 41, 13, tzinfo=UTC)
    (found,) = queries.situations(mixed, now)
    days = overview_words.spark_days(found, Wording("en", ZoneInfo(zone)))
    counted = [int(count) for count in found.daily if count]
    assert counted
    assert len(days) == len(counted)
    for day, count in zip(days, counted, strict=True):
        assert opens(mixed, parse_qs(urlsplit(day.address).query)) == count, day.label
