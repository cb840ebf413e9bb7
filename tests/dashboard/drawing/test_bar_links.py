"""From a bar to its items: the address says app, span and class, and reads back as it was."""

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector.store import Store
from dashboard.drawing import bar_links as picking
from dashboard.drawing.bar_links import Bar
from tests.dashboard import builders
from tests.dashboard.conftest import OpenPage, shown

TIMES = st.timedeltas(timedelta(0), timedelta(days=36_500)).map(
    lambda past: datetime(2000, 1, 1, tzinfo=UTC) + past
)


@given(TIMES, st.timedeltas(timedelta(seconds=1), timedelta(days=9)))
def test_a_span_reads_back_as_it_was(since: datetime, length: timedelta) -> None:
    found = picking.address(Bar("tip-line", "negative", since, since + length))
    assert picking.read(found[picking.SINCE]) == since
    assert picking.read(found[picking.UNTIL]) == since + length


@pytest.mark.parametrize("text", ["", "soon", "2024-05-05T08:00", "<script>", "9" * 400])
def test_anything_else_is_no_moment(text: str) -> None:
    assert picking.read(text) is None


@pytest.mark.parametrize("selection", [None, {}, {"pick": []}, {"pick": [{"since": "x"}]}])
def test_a_click_beside_the_bars_is_none(selection: object) -> None:
    assert picking.clicked(selection) is None


def test_a_click_hands_back_the_bars_span() -> None:
    bars = pd.DataFrame({"start": [builders.ONSET], "end": [builders.END], "items": [3.0]})
    row = picking.marked(bars).iloc[0]
    assert picking.clicked({"pick": [{"since": row["since"], "until": row["until"]}]}) == (
        builders.ONSET,
        builders.END,
    )


def test_the_explore_page_shows_exactly_the_span(flooded: Store, open_page: OpenPage) -> None:
    since = builders.ONSET + timedelta(hours=1)
    asked = picking.address(Bar(builders.APP, "negative", since, since + timedelta(hours=2)))
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
    bar = picking.bar_of(builders.incident(), builders.LAST)
    assert bar.since == builders.ONSET
    assert bar.until > builders.END
    at = open_page("explore", **picking.address(bar))
    assert not at.exception
    assert f"{builders.FLOOD} items" in "".join(m.value for m in at.markdown)
    open_ = picking.bar_of(builders.incident(ended=False), builders.LAST)
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
