"""The parts of the compare page."""

from datetime import datetime, timedelta

import pandas as pd
import streamlit as st

from analysis.records import Incident
from analysis.words.incident import with_changed
from collector.store import Store
from collector.store.apps import App
from collector.times import from_iso
from dashboard import queries, widgets
from dashboard.drawing import charts
from dashboard.drawing.bar_links import Bar
from dashboard.incident.timeline_chart import records
from dashboard.overview import comparing
from dashboard.overview.comparing import Align
from dashboard.widgets import Reader, View, chart_clicks
from dashboard.words.app_names import app_names
from dashboard.words.catalogue import Wording


def choose(apps: list[App], words: Wording) -> tuple[list[App], Align]:
    """Some apps and what they are aligned on; both kept in the address."""
    by_key = {app.key: app for app in apps}
    names = app_names(apps)
    left, right = st.columns([3, 2])
    with left:
        widgets.from_address("apps", list(by_key), several=True)
        if "apps" not in st.session_state:
            st.session_state["apps"] = list(by_key)[:3]
        keys = st.multiselect(
            words("compare-apps"),
            list(by_key),
            format_func=names.__getitem__,
            key="apps",
            max_selections=comparing.MOST_APPS,
        )
        widgets.to_address("apps", keys)
    with right:
        widgets.from_address("align", comparing.ALIGNS)
        picked: Align | None = st.segmented_control(
            words("compare-align"),
            comparing.ALIGNS,
            default=None if "align" in st.session_state else comparing.ALIGNS[0],
            required=True,
            format_func=lambda a: words(f"align-{a}"),
            key="align",
        )
        align = picked or comparing.ALIGNS[0]
        widgets.to_address("align", [align], comparing.ALIGNS[0])
    return [by_key[key] for key in keys], align


def over_time(chosen: list[App], words: Wording) -> None:
    """To the same apps' trends, which have one scale."""
    if chosen:
        st.page_link(
            widgets.PAGES / "trends.py",
            label=words("trends-open-all"),
            icon=":material/trending_up:",
            query_params=chart_clicks.with_language({"apps": [app.key for app in chosen]}),
        )


def newest_incident(view: View, app: App) -> Incident | None:
    """The app's latest incident."""
    found = queries.incidents(view.store, app.key)
    return found[0] if found else None


def panel(view: View, app: App, name: str, incident: Incident | None, align: Align) -> None:
    """Low-star reviews of one app around its anchor; says so where there is none."""
    words = view.words
    known = queries.span(view.store, app.key)
    if known is None or (align == "onset" and incident is None):
        st.markdown(f"**{widgets.as_text(name)}**")
        st.caption(words("compare-nothing" if known is None else "compare-no-incident"))
        return
    last = queries.last_known(view.store, app.key, view.now)
    anchor = last + timedelta(hours=1)
    if align == "onset" and incident is not None:
        anchor = incident.onset_at
    reader = widgets.reader(words)
    frame, drawn, alt = _drawn(view.store, app.key, name, align, anchor, (known[0], last), reader)
    chart_clicks.chart(drawn, alt, f"compare-{app.key}", app.key, "negative")
    widgets.as_table(comparing.table(frame, words), words, key=f"compare-table-{app.key}")
    with st.expander(words("pick-title"), key=f"compare-pick-{app.key}"):
        seen = frame.dropna(subset=["items"])
        bars = [
            Bar(app.key, "negative", from_iso(row.since), from_iso(row.until))
            for row in records(seen)
        ]
        counts = [(int(row.items), int(row.changed)) for row in records(seen)]
        chart_clicks.picker(bars, counts, words, f"compare-bar-{app.key}")


@queries.cached()
def _drawn(
    store: Store,
    app: str,
    name: str,
    align: Align,
    anchor: datetime,
    known: tuple[datetime, datetime],
    reader: Reader,
) -> tuple[pd.DataFrame, charts.Spec, str]:
    """The blocks, their chart, and the chart in a sentence."""
    words = reader.words
    hours = queries.hours(store, app, *comparing.span(align, anchor))
    frame = comparing.panel(hours, align, anchor, known, queries.coverage(store, app).gaps)
    frame["tooltip"] = [
        with_changed(
            words("compare-tooltip", day=words.signed(row.day, 2), count=words.number(row.items)),
            row.changed,
            words,
        )
        for row in records(frame)
    ]
    drawn = charts.relative(
        frame,
        title=name,
        subtitle=words(f"compare-axis-{align}", anchor=words.day(anchor)),
        unseen=comparing.unseen(frame, words),
        style=reader.style,
    )
    most = words.number(frame["items"].max())
    told = words("compare-alt", name=name, most=most, anchor=words.time(anchor))
    changed = int(frame["changed"].sum())
    return frame, drawn, words("chart-alt-changed", alt=told, count=changed) if changed else told
