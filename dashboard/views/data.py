"""How do I take the data with me, and what does each column mean?"""

from dashboard import queries, widgets
from dashboard.views import Page
from dashboard.widgets import data as parts

PAGE = Page(key="data", order=21, section="trust", icon=":material/table_view:")


def render() -> None:
    """What is in the store, files to download, the data dictionary."""
    view = widgets.view()
    words = view.words
    widgets.heading(words("page-data"), words)
    apps = queries.apps(view.store)
    if not apps:
        widgets.empty(words, "empty-store", command=widgets.FIRST_STEPS)
        return
    app = widgets.choose_app(apps, words)
    if app.simulated:
        widgets.simulated_banner(words)
    parts.export(view, app)
    parts.dictionary(words)


if __name__ == "__main__":
    render()
