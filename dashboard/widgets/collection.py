"""The parts of the collection page."""

from datetime import datetime

import pandas as pd
import streamlit as st

from collector.settings.config import Settings
from collector.store.apps import App
from dashboard import queries, widgets
from dashboard.collection import coverage
from dashboard.drawing import binning, charts
from dashboard.widgets import View


def not_collected(view: View, settings: Settings, known: list[App]) -> None:
    """Apps of the configuration that the store does not have yet, with what each source lacks."""
    for key in sorted(settings.apps.keys() - {app.key for app in known}):
        st.subheader(widgets.as_text(settings.apps[key].name or key), anchor=False)
        lacking = queries.lacking(view.store, key, settings, view.now)
        widgets.html("sources.html", words=view.words, sources=coverage.unread(lacking, view.words))


def app_sources(view: View, app: App, settings: Settings) -> None:
    """The last run of each source, and 30 days of coverage; an import says that it is one.

    Sources that the configuration asks for and nobody reads come first.
    """
    words = view.words
    latest, runs = queries.runs(view.store, app.key)
    lacking = {} if app.simulated else queries.lacking(view.store, app.key, settings, view.now)
    unread = coverage.unread(lacking, words)
    latest = latest[~latest["source"].isin(list(lacking))]
    span = queries.span(view.store, app.key)
    if latest.empty:
        known = words("collection-nothing")
        if span is not None:
            ends = {"from": words.time(span[0]), "to": words.time(span[1])}
            cuts = coverage.cuts(queries.import_samples(view.store, app.key), words)
            known = words("collection-imported", cuts=cuts, **ends)
        st.markdown(known)
        if unread:
            widgets.html("sources.html", words=words, sources=unread)
        return
    end = coverage.moment(runs, view.now, simulated=app.simulated)
    listed = [*unread, *coverage.sources(latest, words, end)]
    widgets.html("sources.html", words=words, sources=listed)
    _coverage(view, app, runs, end, len(listed))


def _coverage(view: View, app: App, runs: pd.DataFrame, until: datetime, sources: int) -> None:
    """What each source saw in the 30 days up to a moment, and its table."""
    words = view.words
    covered = coverage.covered(runs, words, until)
    failed = coverage.failed(runs, words, until)
    if covered.empty and failed.empty:
        return
    start, end = (
        binning.wall_time(moment, words.zone) for moment in (until - coverage.SHOWN, until)
    )
    title = words("collection-chart")
    if until != view.now:
        title = words("collection-chart-until", until=words.day(until))
    drawn = charts.coverage(
        covered,
        failed,
        start=start,
        end=end,
        title=title,
        subtitle=words("collection-chart-signs", zone=words.zone_title(until)),
        style=widgets.chart_style(words),
    )
    failures = coverage.failures(runs, until)
    alt = words("collection-chart-alt", sources=sources, failures=failures)
    widgets.chart(drawn, alt, key=f"coverage-{app.key}")
    widgets.as_table(coverage.table(covered, failed, words), words, key=f"covered-{app.key}")
