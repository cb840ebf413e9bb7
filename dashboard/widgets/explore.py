"""The parts of the explore page: filters that live in the address, paging, scores' words."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, get_args

import pandas as pd
import streamlit as st

from analysis.sentiment.score_words import CLEAR
from analysis.words.incident import changed_of
from collector.records import Kind
from collector.store.apps import App
from collector.store.reading.item_reads import ItemPage
from collector.store.reading.paging import Count
from collector.store.records import ChangedReviews, ItemFilter, Sort
from collector.text.plain_text import plain
from dashboard import queries
from dashboard.widgets import View, addressed, chart_clicks, from_address, table, to_address
from dashboard.widgets.item_rows import lean, said, text_of
from dashboard.words.catalogue import Wording
from dashboard.words.sources import source_name

PAGE_SIZE = 25
MOST_WORDS = 12
SORTS: tuple[Sort, ...] = get_args(Sort)
COLUMNS = {
    "sources": "source",
    "kinds": "kind",
    "versions": "version",
    "countries": "country",
    "langs": "lang",
}

KINDS: list[str] = list(get_args(Kind))
STARS = [1, 2, 3, 4, 5, 0]
EITHER = ("texted", "replied")
WITH = {"with": True, "without": False}
SENTIMENTS: dict[str, tuple[float | None, float | None]] = {  # above, below
    "negative": (None, -CLEAR),
    "mixed": (-CLEAR, CLEAR),
    "positive": (CLEAR, None),
}
ASKED = "explore-asked"


def filters(view: View, app: App) -> tuple[ItemFilter, Sort]:
    """The filters; each choice is kept in the address."""
    words = view.words
    text_column, stars_column, since_column, until_column, sort_column = st.columns(
        [2.3, 1.9, 1.2, 1.2, 1.5]
    )
    with text_column:
        text = _words(words)
    with stars_column:
        stars = _stars(words)
    bounds = _bounds(view, app)
    with since_column:
        first = _day(words, "since", bounds)
    with until_column:
        last = _day(words, "until", bounds)
    with sort_column:
        sort = _sort(words)
    span = chart_clicks.asked(words)
    wanted = ItemFilter(
        apps=(app.key,),
        stars=stars,
        words=plain(text),
        since=span[0] if span else _midnight(first, words),
        until=span[1] if span else _midnight(last, words, days=1),
    )
    return _more(view, app, wanted), sort


def paging(count: Count, changed: ChangedReviews, shown: ItemPage, words: Wording) -> None:
    """Number of matches, how many of them are changed opinions, how far the search got, and the
    pages around."""
    key = "items-found" if count.exact else "items-found-more"
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        found = words(key, count=count.items)
        if told := changed_of(changed, words, of="items"):
            key = "items-found-changed" if changed.exact else "items-found-changed-least"
            found = words(key, found=found, changed=told)
        st.markdown(f"**{found}**", width="stretch")
        for name, place in (("page-previous", shown.before), ("page-next", shown.after)):
            st.button(
                words(name),
                key=name,
                disabled=place is None,
                on_click=_go_to,
                args=(str(place),),
            )
    if shown.stopped_at is not None:
        st.caption(words("items-stopped", time=words.time(shown.stopped_at)))


def place(wanted: ItemFilter, sort: Sort) -> str:
    """Where the page starts; a change of the filters leads back to the first page."""
    asked = (wanted, sort)
    if st.session_state.get(ASKED, asked) != asked and "page" in st.query_params:
        del st.query_params["page"]
    st.session_state[ASKED] = asked
    return str(st.query_params.get("page", ""))


def today(items: pd.DataFrame, view: View, app: App) -> dict[tuple[str, str], Any]:
    """What these items say today, where somebody asks."""
    if items.empty or not _as_it_stands(view.words):
        return {}
    return queries.today(view.store, app.key, tuple(sorted(set(items["item_id"]))))


def _as_it_stands(words: Wording) -> bool:
    asked = st.toggle(words("items-today"), key="today-asked", value="today" in st.query_params)
    if asked:
        st.query_params["today"] = "1"
    elif "today" in st.query_params:
        del st.query_params["today"]
    return asked


def score_words(items: pd.DataFrame, view: View) -> None:
    """Which words made the sentiment score of one of the items, looked up when asked for."""
    words = view.words
    scored = items[items["sentiment"].notna()]
    if scored.empty:
        return
    why = st.expander(words("score-words"), key="why", on_change="rerun")
    if not why.open:
        return
    with why:
        place = st.selectbox(
            words("score-words-item"),
            range(len(scored)),
            format_func=lambda n: _short(scored.iloc[n], words),
        )
        item = scored.iloc[place]
        engine = text_of(item["sentiment_engine"])
        found = queries.score_words(view.store, said(item), text_of(item["lang"]) or None, engine)
        value = words.signed(item["sentiment"], 2)
        st.text(words("score-words-value", lean=words(f"lean-{lean(item.sentiment)}"), value=value))
        stars = queries.stars_of_score(view.store, item["sentiment"], engine)
        if stars is not None:
            st.text(words("score-words-stars", stars=words.number(stars, 1)))
        st.caption(words("score-words-engine", engine=plain(engine, 80)))
        if not found:
            st.text(words("score-words-none"))
            return
        table(
            words("score-words"),
            [words("score-words-word"), words("score-words-weight")],
            [(plain(word, 60), words.signed(weight, 2)) for word, weight in found[:MOST_WORDS]],
        )


def _short(item: Any, words: Wording) -> str:
    text = plain(text_of(item["text"]) or text_of(item["title"]), 60)
    return f"{words(f'lean-{lean(item.sentiment)}')}: {text}"


def _more(view: View, app: App, wanted: ItemFilter) -> ItemFilter:
    """The rarer filters. What they offer is looked up only when somebody opens them."""
    words = view.words
    rare = (*COLUMNS, "sentiment", *EITHER, "edited", "removed")
    asked = any(key in st.query_params for key in rare)
    more = st.expander(words("filter-more"), key="more", on_change="rerun", expanded=asked)
    if not (more.open or asked):
        return wanted
    offered = queries.choices(view.store, app.key)
    with more:
        chosen = {
            name: _several(words, name, KINDS if name == "kinds" else offered[column])
            for name, column in COLUMNS.items()
        }
        with st.container(horizontal=True):
            sentiment = _one_of(words, "sentiment", tuple(SENTIMENTS))
            either = {name: _one_of(words, name, tuple(WITH)) for name in EITHER}
        edited, removed = _only(words, "edited"), _only(words, "removed")
    above, below = SENTIMENTS.get(sentiment, (None, None))
    return replace(
        wanted,
        sources=chosen["sources"],
        kinds=chosen["kinds"],
        versions=chosen["versions"],
        countries=chosen["countries"],
        langs=chosen["langs"],
        sentiment_above=above,
        sentiment_below=below,
        texted=WITH.get(either["texted"]),
        replied=WITH.get(either["replied"]),
        edited=edited or None,
        removed=removed or None,
    )


def _words(words: Wording) -> str:
    """Words to look for; kept in the address."""
    if asked := addressed("words"):
        st.session_state["words"] = asked[-1]
    typed: str = st.text_input(
        words("filter-words"), key="words", placeholder=words("filter-words-hint")
    )
    to_address("words", [typed], "")
    return typed


def _stars(words: Wording) -> tuple[int, ...]:
    """Stars to show, 0 for reviews without any; kept in the address."""
    known = {str(star): star for star in STARS}
    if asked := [known[star] for star in addressed("stars") if star in known]:
        st.session_state["stars"] = asked
    picked: list[int] = st.pills(
        words("filter-stars"),
        STARS,
        selection_mode="multi",
        format_func=lambda star: str(star) if star else words("item-no-stars"),
        key="stars",
    )
    to_address("stars", [str(star) for star in picked])
    return tuple(picked)


def _day(words: Wording, name: str, bounds: tuple[date, date]) -> date | None:
    """A day of the app's history or none; kept in the address."""
    low, high = bounds
    if asked := addressed(name):
        st.session_state[name] = _as_day(asked[-1])
    if (known := st.session_state.get(name)) is not None and not low <= known <= high:
        st.session_state[name] = None
    picked: date | None = st.date_input(
        words(f"filter-{name}"), value=None, min_value=low, max_value=high, key=name
    )
    to_address(name, [picked.isoformat()] if picked else [])
    return picked


def _as_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _only(words: Wording, name: str) -> bool:
    """Whether only such items are asked for; kept in the address."""
    if asked := addressed(name):
        st.session_state[name] = asked[-1].lower() in ("true", "1")
    wanted: bool = st.toggle(words(f"filter-{name}"), key=name)
    to_address(name, [str(wanted).lower()], "false")
    return wanted


def _one_of(words: Wording, name: str, offered: tuple[str, ...]) -> str:
    """One of some values or, at first, none; kept in the address."""
    from_address(name, offered)
    picked: str = st.selectbox(
        words(f"filter-{name}"),
        ("", *offered),
        format_func=lambda value: words(f"only-{value or 'any'}"),
        key=name,
    )
    to_address(name, [picked], "")
    return picked


def _bounds(view: View, app: App) -> tuple[date, date]:
    """First and last day of the app's items on the reader's clock."""
    first, last = queries.span(view.store, app.key) or (view.now, view.now)
    return _local(first, view.words), _local(last, view.words)


def _sort(words: Wording) -> Sort:
    from_address("sort", SORTS)
    picked: Sort = st.selectbox(
        words("filter-sort"), SORTS, format_func=lambda s: words(f"sort-{s}"), key="sort"
    )
    to_address("sort", [picked], SORTS[0])
    return picked


def _several(words: Wording, name: str, offered: list[str]) -> tuple[str, ...]:
    def label(value: str) -> str:
        if name == "sources":
            return source_name(value, words)
        return words(f"kind-{value}") if name == "kinds" else plain(value, 60)

    from_address(name, offered, several=True)
    picked = st.multiselect(words(f"filter-{name}"), offered, format_func=label, key=name)
    to_address(name, picked)
    return tuple(picked)


def _go_to(place: str) -> None:
    st.query_params["page"] = place


def _local(moment: datetime, words: Wording) -> date:
    return moment.astimezone(words.zone).date()


def _midnight(day: date | None, words: Wording, days: int = 0) -> datetime | None:
    """The first moment of a day on the reader's clock, as UTC."""
    if day is None:
        return None
    local = datetime.combine(day + timedelta(days=days), time(), tzinfo=words.zone)
    return local.astimezone(UTC)
