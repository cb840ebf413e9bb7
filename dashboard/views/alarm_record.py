"""How often did the alarm sound, and how often by mistake?"""

from dashboard import queries, widgets
from dashboard.trust import alarm_record
from dashboard.views import Page
from dashboard.widgets import alarm_record as parts
from dashboard.words.app_names import app_names

PAGE = Page(key="wrong", order=22, section="trust", icon=":material/fact_check:")


def render() -> None:
    """Alarms against the budget, calibration, the team's own verdicts, the whole alarm log."""
    view = widgets.view()
    words = view.words
    widgets.heading(words("page-wrong"), words)
    apps = queries.apps(view.store)
    if not apps:
        widgets.empty(words, "empty-store", command=widgets.FIRST_STEPS)
        return
    if any(app.simulated for app in apps):
        widgets.simulated_banner(words)
    names = app_names(apps)
    found = queries.records(view.store, view.now)
    budget = widgets.settings(words).false_alarms_per_app_year
    widgets.html("lead.html", text=alarm_record.sentence(found, budget, words))
    parts.achieved(found, names, words)
    parts.calibration(found, words)
    parts.labels(view)
    parts.log(found, names, words)


if __name__ == "__main__":
    render()
