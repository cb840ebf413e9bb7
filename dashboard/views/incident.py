"""What happened, what does it look like, what are people saying, and what did it cost?"""

import streamlit as st

from dashboard import queries, widgets
from dashboard.incident import incident_texts
from dashboard.views import Page
from dashboard.widgets import deciding, failed_analyses
from dashboard.widgets import incident as parts

PAGE = Page(key="incident", order=1, section="watch", icon=":material/emergency_home:")


def render() -> None:
    """One incident in the order of questions; tables of evidence behind one click."""
    view = widgets.view()
    words, store = view.words, view.store
    widgets.heading(words("page-incident"), words)
    failed_analyses.warn(view)
    known = queries.incidents(store)
    if not known:
        widgets.empty(words, "empty-incidents", command="floodgauge analyze")
        return
    apps = {app.key: app for app in queries.apps(store)}
    incident = queries.incident(store, widgets.choose_incident(known, apps, words).id)
    if incident is None:  # gone since the list was read
        widgets.empty(words, "empty-unknown")
        return
    incident = queries.as_seen(store, incident, view.now)
    app = apps[incident.app]
    if app.simulated:
        widgets.simulated_banner(words)
    widgets.html("lead.html", text=incident_texts.headline(incident, app.name, words))
    parts.first_look(view, incident)
    deciding.phase_line(view, incident)
    parts.next_hour(view, incident)
    parts.facts(view, incident)
    parts.reading(incident, words, parts.near_onset(view, incident))
    deciding.form(view, incident)
    parts.downloads(view, incident)
    parts.timeline(view, incident)
    parts.impact(view, incident)
    deciding.log(view, incident)
    with st.expander(words("how-we-know")):
        parts.phrases(incident, words)
        parts.evidence(incident, words)
        parts.log(view, incident)
    st.caption(words("attribution"))


if __name__ == "__main__":
    render()
