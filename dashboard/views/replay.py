"""What would we have known, and when?"""

from analysis.incidents.at_moment import told
from dashboard import queries, widgets
from dashboard.incident import alarm_log
from dashboard.views import Page
from dashboard.widgets import replay as parts
from dashboard.widgets import training

PAGE = Page(key="replay", order=11, section="look-back", icon=":material/history:")


def render() -> None:
    """A past incident moment by moment, as it was known then; or a simulated case to train on."""
    view = widgets.view()
    words, store = view.words, view.store
    widgets.heading(words("page-replay"), words)
    if training.mode(words) == "training":
        training.case(view)
        return
    known = queries.incidents(store)
    if not known:
        widgets.empty(words, "empty-incidents", command="floodgauge analyze")
        return
    apps = {app.key: app for app in queries.apps(store)}
    incident = widgets.choose_incident(known, apps, words)
    if apps[incident.app].simulated:
        widgets.simulated_banner(words)
    at = parts.moment(view, incident)
    log = alarm_log.log_of(incident, queries.alarms(store, incident.app))
    parts.picture(view, incident, log, at)
    parts.verdict(view, incident, at)
    widgets.table(
        words("log-title"),
        [words(f"column-{c}") for c in ("when", "kind", "what")],
        alarm_log.log_rows(told(log, at), words),
    )


if __name__ == "__main__":
    render()
