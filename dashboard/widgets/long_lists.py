"""Long lists on a page: turned page by page, narrowed by app and year."""

from collections.abc import Sequence
from typing import Any, TypeVar

import streamlit as st

from analysis.records import Incident
from collector.store.apps import App
from dashboard.words.catalogue import Wording

APPS_A_PAGE = 20
MOST_OPTIONS = 300  # entries of a list that a person still looks through

R = TypeVar("R")


def page_of(rows: Sequence[R], size: int, key: str) -> Sequence[R]:
    """The rows of the page that is chosen below them; all of them where one page is enough."""
    pages = -(-len(rows) // size)
    if pages <= 1:
        return rows
    number = min(max(int(st.session_state.get(key, 1)), 1), pages)
    return rows[(number - 1) * size : number * size]


def turn(rows: Sequence[Any], size: int, key: str) -> None:
    """The numbers of the pages; nothing where one page is enough."""
    pages = -(-len(rows) // size)
    if pages > 1:
        if int(st.session_state.get(key, 1)) > pages:
            st.session_state[key] = 1  # fewer rows than when the page was chosen
        st.pagination(pages, key=key)


def narrowed(known: list[Incident], names: dict[str, str], words: Wording) -> list[Incident]:
    """The incidents of one app, and of one year where these are too many for a list as well.

    The incident that the address names is always among them.
    """
    if len(known) <= MOST_OPTIONS:
        return known
    asked = st.query_params.get("incident", "")
    wanted = next((i for i in known if i.id == asked), known[0])
    apps = sorted({i.app for i in known}, key=lambda app: names[app].casefold())
    app = _chosen(words("control-app"), apps, wanted.app, "narrow-app", names)
    mine = [i for i in known if i.app == app]
    if len(mine) > MOST_OPTIONS:
        years = sorted({_year(i, words) for i in mine}, reverse=True)
        first = _year(wanted, words) if wanted.app == app else years[0]
        year = _chosen(words("control-year"), years, first, f"narrow-year-{app}", {})
        mine = [i for i in mine if _year(i, words) == year]
    return mine


def app_named(apps: Sequence[App], names: dict[str, str], words: Wording) -> Sequence[App]:
    """The apps whose name or key holds what is typed; asked only where there are many."""
    if len(apps) <= APPS_A_PAGE:
        return apps
    typed = st.text_input(words("find-app"), key="find-app").strip().casefold()
    return [a for a in apps if typed in names[a.key].casefold() or typed in a.key.casefold()]


def _year(incident: Incident, words: Wording) -> str:
    return str(incident.onset_at.astimezone(words.zone).year)


def _chosen(label: str, options: Sequence[str], first: str, key: str, names: dict[str, str]) -> str:
    if st.session_state.get(key) not in options:
        st.session_state[key] = first
    picked: str = st.selectbox(
        label, options, format_func=lambda option: names.get(option, option), key=key
    )
    return picked
