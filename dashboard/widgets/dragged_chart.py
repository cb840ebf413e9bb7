"""A chart on a time axis: a drag over it puts a span into the address."""

from typing import Any

import streamlit as st

from analysis.trends.bins import Span, whole_hours
from dashboard.drawing import bar_links, multiples
from dashboard.drawing.bar_links import SINCE, UNTIL
from dashboard.drawing.charts import Spec
from dashboard.trends.asked import dragged, moment
from dashboard.words.catalogue import Wording


def show(chart: Spec, alt: str, key: str, span: Span, words: Wording) -> None:
    """The chart. span: what it shows; no drag leads out of it."""
    event: Any = st.vega_lite_chart(
        chart,
        width="stretch",
        alt=alt,
        key=key,
        on_select="rerun",
        selection_mode=multiples.BRUSH,
    )
    ends = dragged((event.get("selection") or {}).get(multiples.BRUSH))
    if ends is not None:
        first, last = (moment(wall, words.zone) for wall in ends)
        part = whole_hours(first, last)
        st.query_params[SINCE] = bar_links.stamp(max(part.since, span.since))
        st.query_params[UNTIL] = bar_links.stamp(min(part.until, span.until))
        st.rerun()
