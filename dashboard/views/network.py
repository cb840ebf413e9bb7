"""Which accounts share the same things at the same time?"""

import streamlit as st

from dashboard import queries, widgets
from dashboard.views import Page
from dashboard.widgets import network as parts

PAGE = Page(key="network", order=12, section="look-back", icon=":material/hub:")
COLUMNS = ("accounts", "edges", "objects", "shared", "first", "last")


def render() -> None:
    """One app's network of the last thirty days of data: a sentence, the drawing, the groups."""
    view = widgets.view()
    words, store = view.words, view.store
    widgets.heading(words("page-network"), words)
    apps = queries.apps(store)
    if not apps:
        widgets.empty(words, "empty-store", command=widgets.FIRST_STEPS)
        return
    app = widgets.choose_app(apps, words)
    if app.simulated:
        widgets.simulated_banner(words)
    kind, window = parts.chosen(words)
    found = parts.drawn(store, app.key, kind, window)
    if found.pairs.empty:
        st.markdown(widgets.as_text(words("network-empty")))
        return
    st.markdown(widgets.as_text(parts.sentence(found, words)))
    parts.picture(found, words)
    for note in parts.notes(found, words):
        st.caption(widgets.as_text(note))
    rows = parts.groups(found, kind, words)
    if rows:
        title = words("network-groups-beyond" if found.beyond else "network-groups")
        widgets.table(title, [words(f"network-column-{c}") for c in COLUMNS], rows)
    st.caption(widgets.as_text(words("network-meaning")))


if __name__ == "__main__":
    render()
