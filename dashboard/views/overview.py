"""Is something happening, at which app, and since when?"""

import streamlit as st

from analysis.app_state.situation import ordered
from dashboard import queries, widgets
from dashboard.overview import overview_words
from dashboard.views import Page
from dashboard.widgets import failed_analyses, failing_channels, long_lists, new_level
from dashboard.words.app_names import app_names

PAGE = Page(key="overview", order=0, section="watch", icon=":material/monitor_heart:")


def render() -> None:
    """The most important thing in one sentence, then a row for each app."""
    view = widgets.view()
    words = view.words
    found = ordered(queries.situations(view.store, view.now))
    widgets.heading(words("page-overview"), words)
    if not found:
        widgets.empty(words, "empty-store", command=widgets.FIRST_STEPS)
        return
    if any(s.app.simulated for s in found):
        widgets.simulated_banner(words)
    widgets.html("lead.html", text=overview_words.top_sentence(found, words))
    failed_analyses.warn(view)
    failing_channels.warn(view)
    names = app_names([s.app for s in found])
    wanted = {a.key for a in long_lists.app_named([s.app for s in found], names, words)}
    rows = [s for s in found if s.app.key in wanted]
    for situation in long_lists.page_of(rows, long_lists.APPS_A_PAGE, "overview-page"):
        with st.container(border=True, key=f"app-{situation.app.key}"):
            widgets.html("app_row.html", words=words, row=overview_words.app_row(situation, words))
            widgets.row_links(situation, words)
            new_level.form(view, situation)
    long_lists.turn(rows, long_lists.APPS_A_PAGE, "overview-page")
    st.caption(words("overview-note"))


if __name__ == "__main__":
    render()
