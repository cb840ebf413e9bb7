"""What the page Trends shows, to be kept: the page, each chart, each table."""

from collections.abc import Sequence

import streamlit as st

from collector.store.apps import App
from dashboard.trends import chart_files, report
from dashboard.trends.asked import Asked
from dashboard.trends.report import Page
from dashboard.widgets import View
from dashboard.words.catalogue import Wording

MIME = {
    ".html": "text/html",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".csv": "text/csv",
}
PAGE_ENDINGS = (".html", ".pdf", ".png", ".csv")


def save(view: View, app: App, asked: Asked, titles: Sequence[str]) -> None:
    """Buttons; a file is made when one is pressed. titles: of the charts."""
    words = view.words
    with st.expander(words("trends-save"), key="trends-save", icon=":material/download:"):
        st.caption(words("trends-save-page"))
        with st.container(horizontal=True):
            for ending in PAGE_ENDINGS:
                _button(view, app, asked, "page", "", ending)
        options = [*titles, *chart_files.TABLES]
        chosen: str = st.selectbox(
            words("trends-save-one"),
            options,
            format_func=lambda name: _label(name, words),
            key="trends-save-chosen",
        )
        kind = "table" if chosen in chart_files.TABLES else "chart"
        with st.container(horizontal=True):
            for ending in (".csv",) if kind == "table" else chart_files.ENDINGS:
                _button(view, app, asked, kind, chosen, ending)


def _label(name: str, words: Wording) -> str:
    return words(f"trends-{name}") if name in chart_files.TABLES else name


def _button(view: View, app: App, asked: Asked, kind: str, name: str, ending: str) -> None:
    st.download_button(
        ending[1:].upper(),
        data=lambda: made(page_of(view, app, asked), kind, name, ending),
        file_name=f"{app.key}-trends{ending}",
        mime=MIME[ending],
        key=f"trends-save-{kind}{ending}",
    )


def page_of(view: View, app: App, asked: Asked) -> Page:
    """The page as its files have it."""
    words = view.words
    return report.page_of(
        view.store,
        app.key,
        asked.span,
        asked.length,
        by=None,
        against=asked.against,
        lang=words.lang,
        zone=words.zone,
        now=view.now,
    )


def made(page: Page, kind: str, name: str, ending: str) -> bytes:
    """The file of the page, of a chart or of a table."""
    if kind == "chart":
        return chart_files.chart_file(page, name, ending)
    return chart_files.table_file(page, name) if kind == "table" else report.written(page, ending)
