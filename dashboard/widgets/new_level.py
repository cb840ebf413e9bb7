"""Taking a level that has changed slowly for the new usual: until then the overview tells it."""

import streamlit as st

from analysis.app_state.situation import Situation
from analysis.decisions import LONGEST_REASON, accept_level
from dashboard import queries, widgets
from dashboard.widgets import View


def form(view: View, situation: Situation) -> None:
    """Only where a slow change is told, and for those who may decide."""
    if situation.reason != "reason-slow" or not widgets.may_act():
        return
    words, key = view.words, situation.app.key
    with st.popover(words("level-title"), icon=":material/edit_note:"):
        st.caption(words("level-about"))
        reason = st.text_input(words("act-reason"), key=f"level-{key}", max_chars=LONGEST_REASON)
        st.button(
            words("level-accept"),
            key=f"level-accept-{key}",
            disabled=not reason.strip(),
            on_click=_accept,
            args=(view, key),
        )


def _accept(view: View, app: str) -> None:
    """Keeps the decision of who still may; the moment is that of the click."""
    reason = str(st.session_state.get(f"level-{app}", "")).strip()
    if not reason or not widgets.may_act():
        return
    by, now = widgets.who(view.store), queries.this_second()
    view.store.decisions.add(accept_level(app, reason, by=by, now=now))
    queries.read_anew()
