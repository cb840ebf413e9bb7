"""Is it only us, and is it like the last time?"""

from dashboard import queries, widgets
from dashboard.overview import comparing
from dashboard.views import Page
from dashboard.widgets import compare as parts
from dashboard.words.app_names import app_names

PAGE = Page(key="compare", order=10, section="look-back", icon=":material/compare_arrows:")


def render() -> None:
    """Apps side by side, aligned on the onset of their last incident or on the calendar."""
    view = widgets.view()
    words = view.words
    widgets.heading(words("page-compare"), words)
    apps = queries.apps(view.store)
    if not apps:
        widgets.empty(words, "empty-store", command=widgets.FIRST_STEPS)
        return
    chosen, align = parts.choose(apps, words)
    if any(app.simulated for app in chosen):
        widgets.simulated_banner(words)
    names = app_names(chosen)
    incidents = {app.key: parts.newest_incident(view, app) for app in chosen}
    widgets.table(
        words("page-compare"),
        [words(f"column-{c}") for c in ("app", "onset", "volume", "stars", "cause", "signs")],
        comparing.rows([(names[app.key], incidents[app.key]) for app in chosen], words),
    )
    parts.over_time(chosen, words)
    for app in chosen:
        parts.panel(view, app, names[app.key], incidents[app.key], align)


if __name__ == "__main__":
    render()
