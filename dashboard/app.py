"""The dashboard's entry, `streamlit run dashboard/app.py`: store, menu, one page."""

from pathlib import Path
from typing import Any

import streamlit as st

from collector.errors import StoreError
from dashboard import queries, widgets
from dashboard.views import discover
from dashboard.words.catalogue import Wording

STYLE = Path(__file__).with_name("style.css")
ICON = Path(__file__).with_name("icon.svg")


def main() -> None:
    """One run of the script: menu, store, page."""
    st.set_page_config(page_title="Floodgauge", page_icon=ICON, layout="wide")
    st.html(STYLE)
    words = widgets.wording()
    page = _navigation(words)
    if not widgets.admitted(words):
        return
    try:
        store = queries.store()
        widgets.say_who(store, words)
        widgets.keep_view(widgets.View(store, words, queries.now()))
        page.run()
    except StoreError as error:
        widgets.empty(words, "error-store", command=str(error))


def _navigation(words: Wording) -> Any:
    sections: dict[str, list[Any]] = {}
    for page, path in discover():
        shown = st.Page(
            path,
            title=words(f"page-{page.key}"),
            icon=page.icon,
            url_path=page.key,
            default=page.order == 0,
        )
        sections.setdefault(words(f"section-{page.section}"), []).append(shown)
    return st.navigation(sections)


main()
