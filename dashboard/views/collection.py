"""What is collected, how far it reaches, and what failed?"""

import streamlit as st

from dashboard import queries, widgets
from dashboard.views import Page
from dashboard.widgets import collection as parts
from dashboard.widgets import failing_channels, long_lists
from dashboard.words.app_names import app_names

PAGE = Page(key="collection", order=20, section="trust", icon=":material/cloud_sync:")


def render() -> None:
    """For each app: what every source's last run saw, and the coverage of the last 30 days."""
    view = widgets.view()
    words = view.words
    widgets.heading(words("page-collection"), words)
    apps = queries.apps(view.store)
    settings = widgets.settings(words)
    if not apps:
        widgets.empty(words, "empty-store", command=widgets.FIRST_STEPS)
        parts.not_collected(view, settings, apps)
        return
    if any(app.simulated for app in apps):
        widgets.simulated_banner(words)
    names = app_names(apps)
    failing_channels.warn(view)
    rows = long_lists.app_named(apps, names, words)
    for app in long_lists.page_of(rows, long_lists.APPS_A_PAGE, "collection-page"):
        st.subheader(widgets.as_text(names[app.key]), anchor=False)
        parts.app_sources(view, app, settings)
    long_lists.turn(rows, long_lists.APPS_A_PAGE, "collection-page")
    parts.not_collected(view, settings, apps)
    st.caption(words("collection-note"))


if __name__ == "__main__":
    render()
