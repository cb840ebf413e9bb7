"""The parts of the collection page."""

import streamlit as st

from collector.store.apps import App
from dashboard import binning, charts, collecting, queries, widgets
from dashboard.widgets import View


def app_sources(view: View, app: App) -> None:
    """The last run of each source, and 30 days of coverage; an import says that it is one."""
    words = view.words
    latest, runs = queries.runs(view.store, app.key)
    span = queries.span(view.store, app.key)
    if latest.empty:
        known = words("collection-nothing")
        if span is not None:
            ends = {"from": words.time(span[0]), "to": words.time(span[1])}
            known = words("collection-imported", **ends)
        st.markdown(known)
        return
    listed = collecting.sources(latest, words, view.now)
    widgets.html("sources.html", words=words, sources=listed)
    covered = collecting.covered(runs, words, view.now)
    failed = collecting.failed(runs, words, view.now)
    if covered.empty and failed.empty:
        return
    start, end = (
        binning.wall_time(moment, words.zone) for moment in (view.now - collecting.SHOWN, view.now)
    )
    drawn = charts.coverage(
        covered,
        failed,
        start=start,
        end=end,
        title=words("collection-chart"),
        subtitle=words("collection-chart-signs", zone=words.zone_title(view.now)),
        style=widgets.chart_style(words),
    )
    alt = words(
        "collection-chart-alt",
        sources=len(listed),
        failures=collecting.failures(runs, view.now),
    )
    widgets.chart(drawn, alt, key=f"coverage-{app.key}")
