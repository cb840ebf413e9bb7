"""What pages say of apps whose last analysis failed: what stands there is from the one before."""

import streamlit as st

from analysis.words.run_ends import told
from collector.text.plain_text import plain
from dashboard import queries, widgets
from dashboard.widgets import View

MOST = 5  # said one by one; many apps that fail have one cause


def warn(view: View) -> None:
    """A line an app, with the reason; nothing where all is well."""
    words = view.words
    failed = queries.failed_analyses(view.store)
    names = {app.key: app.name for app in queries.apps(view.store)}
    for app, one in list(failed.items())[:MOST]:
        warning = words(
            "analysis-failed" if one.worked_at else "analysis-never-worked",
            name=plain(names.get(app, app), 80),
            at=words.time(one.at),
            reason=told(one.reason, words),
            before=words.time(one.worked_at),
        )
        st.warning(widgets.as_text(warning), icon=":material/sync_problem:")
    if len(failed) > MOST:
        more = words("analysis-failed-more", count=len(failed) - MOST)
        st.warning(more, icon=":material/sync_problem:")
