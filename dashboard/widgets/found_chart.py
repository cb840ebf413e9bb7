"""The chart above the list of Explore."""

from datetime import datetime
from zoneinfo import ZoneInfo

import streamlit as st

from collector.store import Store
from collector.store.apps import App
from collector.store.records import ItemFilter
from dashboard import queries, widgets
from dashboard.trends import found_chart
from dashboard.trends.found_chart import Matched
from dashboard.widgets import View, dragged_chart


def show(view: View, app: App, wanted: ItemFilter) -> None:
    """What the filters match, by bins of time; a drag narrows the list to a span."""
    words, reader = view.words, widgets.reader(view.words)
    known = queries.span(view.store, app.key)
    if known is None:
        return
    found = _matched(view.store, wanted, known, view.now, words.zone.key)
    if found.counts is None:
        st.caption(words("explore-chart-many"))
        return
    if not any(each.any() for each in found.counts.values()):
        return
    per = words(f"explore-chart-{found.length}")
    st.caption(widgets.as_text(words("explore-chart", per=per)))
    title = words("trends-title-reviews")
    alt = words("trends-alt", title=title, sentence=found_chart.told(found.counts, words))
    ends = f"{found.span.since:%s}-{found.span.until:%s}"
    chart = found_chart.chart(found, found.counts, words, reader.style)
    dragged_chart.show(chart, alt, f"explore-chart-{ends}", found.span, words)


@queries.cached()
def _matched(
    store: Store,
    wanted: ItemFilter,
    known: tuple[datetime, datetime],
    now: datetime,
    zone: str,
) -> Matched:
    return found_chart.matched(store, wanted, known, now, ZoneInfo(zone))
