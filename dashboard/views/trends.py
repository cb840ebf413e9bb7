"""Is it getting better, since when, and why?"""

from dashboard import queries, widgets
from dashboard.views import Page
from dashboard.widgets import organisation
from dashboard.widgets import trends as parts

PAGE = Page(key="trends", order=3, section="watch", icon=":material/trending_up:")


def render() -> None:
    """Small multiples on one time axis, what moved the stars, what happened, the numbers."""
    view = widgets.view()
    words = view.words
    widgets.heading(words("page-trends"), words)
    apps = queries.apps(view.store)
    if not apps:
        widgets.empty(words, "empty-store", command=widgets.FIRST_STEPS)
        return
    chosen, asked = parts.choose(view, apps)
    if any(app.simulated for app in chosen):
        widgets.simulated_banner(words)
    if not chosen or asked is None:
        widgets.empty(words, "trends-empty")
        return
    if parts.all_asked():
        organisation.show(view, chosen, asked)
    elif len(chosen) > 1 or asked.by is not None:
        parts.split(view, chosen, asked)
    else:
        parts.whole(view, chosen[0], asked)


if __name__ == "__main__":
    render()
