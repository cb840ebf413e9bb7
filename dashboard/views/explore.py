"""What exactly do people write?"""

import streamlit as st

from dashboard import queries, widgets
from dashboard.views import Page
from dashboard.widgets import explore as parts
from dashboard.widgets import found_chart, item_rows

PAGE = Page(key="explore", order=2, section="watch", icon=":material/search:")


def render() -> None:
    """Filters, the number of matches, one page of items."""
    view = widgets.view()
    words, store = view.words, view.store
    widgets.heading(words("page-explore"), words)
    apps = queries.apps(store)
    if not apps:
        widgets.empty(words, "empty-store", command=widgets.FIRST_STEPS)
        return
    app = widgets.choose_app(apps, words)
    if app.simulated:
        widgets.simulated_banner(words)
    wanted, sort = parts.filters(view, app)
    page = queries.items(store, wanted, sort, parts.PAGE_SIZE, parts.place(wanted, sort))
    found = page.items
    if found.empty and not (page.before or page.after):
        widgets.empty(words, "empty-items")
        return
    found_chart.show(view, app, wanted)
    changed = queries.changed_count(store, wanted)
    parts.paging(queries.item_count(store, wanted), changed, page, words)
    now = parts.today(found, view, app)
    widgets.html("items.html", words=words, items=item_rows.rows(found, words, now))
    parts.score_words(found, view)
    st.caption(words("explore-share"))


if __name__ == "__main__":
    render()
