"""The table of all apps on the page Trends."""

from datetime import datetime

import streamlit as st

from collector.store import Store
from collector.store.apps import App
from dashboard import queries, widgets
from dashboard.trends import organisation
from dashboard.trends.asked import Asked
from dashboard.trends.organisation import Changed
from dashboard.widgets import Reader, View, long_lists

COLUMNS = ("app", "reviews", "stars", "sentiment", "change")


def show(view: View, apps: list[App], asked: Asked) -> None:
    """A row for each app, what changed most first."""
    words, reader = view.words, widgets.reader(view.words)
    found = [_changed(view.store, app.key, asked, view.now, reader) for app in apps]
    found.sort(key=lambda one: one.by_most)
    kind = "alone" if asked.against == "none" else "note"
    st.caption(words(f"trends-organisation-{kind}"))
    shown = long_lists.page_of(found, long_lists.APPS_A_PAGE, "organisation-page")
    widgets.html(
        "organisation.html",
        label=words("trends-organisation"),
        columns=[words(f"trends-organisation-{name}") for name in COLUMNS],
        words=words,
        rows=organisation.lines(shown, apps, asked, words, st.query_params.to_dict()),
    )
    long_lists.turn(found, long_lists.APPS_A_PAGE, "organisation-page")


@queries.cached()
def _changed(store: Store, app: str, asked: Asked, now: datetime, reader: Reader) -> Changed:
    return organisation.changed(store, app, asked, now, reader.words)
