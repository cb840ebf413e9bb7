"""Charts whose bars lead to the items behind them, by click and by keyboard."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import streamlit as st

from analysis.words.incident import with_changed
from dashboard import widgets
from dashboard.drawing import bar_links
from dashboard.drawing.bar_links import SINCE, UNTIL, Bar
from dashboard.drawing.charts import Spec
from dashboard.words.catalogue import Wording

FILTERS = (  # of the explore page: none of an earlier visit may narrow what a bar opens
    *("app", "words", "stars", "since", "until", "sort", "sources", "kinds", "versions"),
    *("countries", "langs", "sentiment", "texted", "replied", "edited", "removed", "page"),
)


def chart(drawn: Spec, alt: str, key: str, app: str, group: str) -> None:
    """A chart of which a click on a bar opens the explore page with the bar's items."""
    event: Any = st.vega_lite_chart(
        drawn, width="stretch", alt=alt, key=key, on_select="rerun", selection_mode="pick"
    )
    found = bar_links.clicked(event.get("selection"))
    if found is not None:
        _open(Bar(app, group, *found))


def picker(
    bars: Sequence[Bar], counts: Sequence[tuple[int, int]], words: Wording, key: str
) -> None:
    """The same from the keyboard: choose a bar, follow the link.

    counts: of each bar its items, and the changed opinions among them.
    """
    listed = [(bar, *count) for bar, count in zip(bars, counts, strict=True) if count[0]]
    if not listed:
        return

    def label(place: int) -> str:
        bar, count, changed = listed[place]
        span = words("pick-span", **{"from": words.clock(bar.since), "to": words.clock(bar.until)})
        told = f"{span} · {words(f'chart-{bar.group}')} · {words.number(count)}"
        return with_changed(told, changed, words)

    most = max(range(len(listed)), key=lambda place: listed[place][1])
    place: int = st.selectbox(
        words("pick-bar"), range(len(listed)), index=most, format_func=label, key=key
    )
    st.page_link(
        widgets.PAGES / "explore.py",
        label=words("pick-open"),
        icon=":material/search:",
        query_params=with_language(bar_links.address(listed[place][0])),
    )


def asked(words: Wording) -> tuple[datetime, datetime] | None:
    """The exact span that the address asks for, shown with a way back to all times."""
    since, until = (bar_links.read(str(st.query_params.get(name, ""))) for name in (SINCE, UNTIL))
    if since is None or until is None or since >= until:
        return None
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="span"):
        ends = {"from": words.time(since), "to": words.time(until)}
        st.markdown(f"**{widgets.as_text(words('pick-asked', **ends))}**", width="content")
        st.button(words("pick-all"), key="span-all", on_click=_all_times)
    return since, until


def _open(bar: Bar) -> None:
    for name in FILTERS:
        st.session_state.pop(name, None)
    st.switch_page(widgets.PAGES / "explore.py", query_params=with_language(bar_links.address(bar)))


def with_language(address: bar_links.Address) -> bar_links.Address:
    """An address with what the reader chose in the sidebar."""
    kept = {name: st.query_params[name] for name in ("lang", "tz") if name in st.query_params}
    return {**kept, **address}


def _all_times() -> None:
    for name in (SINCE, UNTIL):
        if name in st.query_params:
            del st.query_params[name]
