"""The parts of the page Trends, in its order."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

import streamlit as st

from analysis.trends.bins import LENGTHS, BinLength, Span, against, length_for
from analysis.trends.load import BYS, By, joined
from analysis.trends.moved import Moved
from analysis.trends.moved_reasons import moved_by_reason
from analysis.trends.points import PANELS, Panel
from analysis.trends.releases import ReleaseTrend, releases
from analysis.words.incident import with_changed
from collector.errors import ContractError
from collector.store import Store
from collector.store.apps import App
from dashboard import queries, widgets
from dashboard.drawing import bar_links
from dashboard.drawing.bar_links import Bar
from dashboard.incident.around import around
from dashboard.trends import moved_table, releases_table, sentences, split_charts, tables
from dashboard.trends.asked import DAYS, FIRST, Asked, Days, span_of
from dashboard.trends.compared import AGAINSTS, Against, Compared, compared
from dashboard.trends.happened import MOST, Happening, happened
from dashboard.trends.panel_charts import Shown, charts_of
from dashboard.widgets import Reader, View, chart_clicks, dragged_chart, trends_files
from dashboard.words.app_names import app_names
from dashboard.words.catalogue import Wording

MOST_APPS = 6
QUICK: tuple[Panel, ...] = ("reviews", "stars", "store_average", "sentiment")
SLOW: tuple[Panel, ...] = tuple(panel for panel in PANELS if panel not in QUICK)
SINCE, UNTIL = bar_links.SINCE, bar_links.UNTIL


def choose(view: View, apps: list[App]) -> tuple[list[App], Asked | None]:
    """Apps, span, bins, comparison, split; each choice is kept in the address."""
    words = view.words
    together = _all(apps, words)
    chosen = apps if together else _apps(apps, words)
    days, bin_, against, by = _controls(words, together=together)
    spans = {app.key: queries.span(view.store, app.key) for app in chosen}
    known = [span for span in spans.values() if span is not None]
    if not known:
        return chosen, None
    seen = [key for key, span in spans.items() if span is not None]
    until = max(queries.last_known(view.store, key, view.now) for key in seen)
    known_span = (min(first for first, _ in known), max(until, *(last for _, last in known)))
    whole = span_of(days, known_span)
    if days == "dates":
        whole = _dates(words, known_span) or whole
    asked = Asked(whole, bin_ or length_for(whole), against, by)
    if (part := _closer(words)) is not None:
        asked = asked.within(*part, bin_)
    return chosen, asked


def all_asked() -> bool:
    """Whether all apps are asked for, as a table."""
    return "all" in st.query_params


def _all(apps: list[App], words: Wording) -> bool:
    """Whether they are; kept in the address. Not offered of one app."""
    if len(apps) < 2:
        st.query_params.pop("all", None)
        return False
    asked: bool = st.toggle(words("trends-organisation"), value=all_asked(), key="trends-all")
    if asked:
        st.query_params["all"] = "1"
    else:
        st.query_params.pop("all", None)
    return asked


def _apps(apps: list[App], words: Wording) -> list[App]:
    by_key = {app.key: app for app in apps}
    names = app_names(apps)
    if "apps" not in st.session_state:
        first = [key for key in st.query_params.get_all("app") if key in by_key]
        widgets.from_address("apps", list(by_key), several=True)
        if "apps" not in st.session_state:
            st.session_state["apps"] = first or list(by_key)[:1]
    st.session_state["apps"] = [k for k in st.session_state["apps"] if k in by_key][:MOST_APPS]
    keys = st.multiselect(
        words("trends-apps"),
        list(by_key),
        format_func=names.__getitem__,
        key="apps",
        max_selections=MOST_APPS,
    )
    widgets.to_address("apps", keys)
    return [by_key[key] for key in keys]


def _controls(
    words: Wording, *, together: bool
) -> tuple[Days, BinLength | None, Against, By | None]:
    """Span, bins, comparison, split. together: a table of all apps has neither bins nor a split."""
    columns = st.columns(4)
    with columns[0]:
        days: Days = _one(words, "days", DAYS, FIRST)
    with columns[1]:
        against: Against = _one(words, "against", AGAINSTS, AGAINSTS[0])
    if together:
        return days, None, against, None
    with columns[2]:
        bin_: str = _one(words, "bin", ("auto", *LENGTHS), "auto")
    with columns[3]:
        by: str = _one(words, "by", ("none", *BYS), "none")
    length = next((one for one in LENGTHS if one == bin_), None)
    return days, length, against, next((one for one in BYS if one == by), None)


def _one(words: Wording, name: str, offered: Sequence[str], first: str) -> Any:
    """One of some values; kept in the address."""
    widgets.from_address(name, offered)
    chosen: str | None = st.selectbox(
        words(f"trends-{name}"),
        offered,
        index=None if name in st.session_state else list(offered).index(first),
        format_func=lambda value: words(f"trends-{name}-{value}"),
        key=name,
    )
    picked = chosen or first
    widgets.to_address(name, [picked], first)
    return picked


def _dates(words: Wording, known: tuple[datetime, datetime]) -> Any:
    """Two days of the app's history, kept in the address; None while they are no span."""
    left, right = st.columns(2)
    ends = []
    for column, name, at in ((left, "first", known[0]), (right, "last", known[1])):
        local = at.astimezone(words.zone).date()
        if asked := widgets.addressed(name):
            st.session_state[name] = tables.as_day(asked[-1]) or local
        if name not in st.session_state:
            st.session_state[name] = local
        with column:
            key = "trends-from" if name == "first" else "trends-to"
            picked = st.date_input(words(key), key=name)
        widgets.to_address(name, [picked.isoformat()] if picked else [])
        ends.append(picked)
    return tables.span_of_days(ends[0], ends[1], words.zone)


def _closer(words: Wording) -> tuple[datetime, datetime] | None:
    """The part of the span that a drag or a link asks for, with a way back."""
    since, until = (bar_links.read(str(st.query_params.get(n, ""))) for n in (SINCE, UNTIL))
    if since is None or until is None or since >= until:
        return None
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        ends = {"from": words.time(since), "to": words.time(until)}
        told = words("trends-closer", span=words("trends-span", **ends))
        st.markdown(f"**{widgets.as_text(told)}**", width="content")
        st.button(words("trends-whole"), key="trends-whole", on_click=_back)
    return since, until


def _back() -> None:
    for name in (SINCE, UNTIL):
        if name in st.query_params:
            del st.query_params[name]


def whole(view: View, app: App, asked: Asked) -> None:
    """All panels of one app, what moved it, what happened, the numbers."""
    words, reader = view.words, widgets.reader(view.words)
    try:
        seen = _compared(view.store, app.key, asked, reader, view.now, QUICK)
    except ContractError:
        widgets.empty(words, "trends-empty", text=words("trends-too-fine"))
        return
    marks = _happened(view.store, app.key, asked, reader)
    widgets.html("lead.html", text=sentences.lead(seen, words))
    st.caption(shown_span(asked, seen, words))
    read_these(app, asked, seen, words)
    for warning in _warnings(view.store, app.key, asked.span, reader):
        st.caption(warning)
    drawn = _panels(seen, marks, reader, QUICK, asked)
    st.caption(words("trends-drag"))
    more = _compared(view.store, app.key, asked, reader, view.now, SLOW)
    drawn += _panels(more, marks, reader, SLOW, asked)
    moved(seen, _by_reason(view.store, app.key, asked), words)
    happenings(marks, words)
    released(view.store, app.key, asked, words)
    bins_to_read(app, asked, seen, words)
    every = joined(seen.now, more.now)
    widgets.as_table(tables.table(every, words), words, key="trends-table")
    trends_files.save(view, app, asked, [one.title for one in drawn])


def shown_span(asked: Asked, seen: Compared, words: Wording) -> str:
    """Which span is shown, and against which."""
    ends = {"from": words.time(asked.span.since), "to": words.time(asked.span.until)}
    span = words("trends-span", **ends)
    before = sentences.against(seen, words)
    if before:
        return words("trends-shown", span=span, before=before)
    return words("trends-shown-alone", span=span)


def read_these(app: App, asked: Asked, seen: Compared, words: Wording) -> None:
    """A link to exactly the reviews of the span."""
    count = tables.reviews_in(seen.now)
    if count:
        bar = Bar(app.key, "all", asked.span.since, asked.span.until)
        _link(bar, count, sentences.changed_in(seen.now), words)


def _link(bar: Bar, count: int, changed: int, words: Wording) -> None:
    st.page_link(
        widgets.PAGES / "explore.py",
        label=with_changed(
            words("trends-read", count=count, total=words.number(count)), changed, words
        ),
        icon=":material/search:",
        query_params=chart_clicks.with_language(bar_links.address(bar)),
    )


def bins_to_read(app: App, asked: Asked, seen: Compared, words: Wording) -> None:
    """One bin of the panels, to read its reviews."""
    counts, changed = tables.reviews_by_bin(seen.now), tables.changed_by_bin(seen.now)
    listed = [n for n, count in enumerate(counts) if count]
    if not listed:
        return
    bounds = seen.now.bounds
    with st.expander(words("trends-pick"), key="trends-pick"):
        place: int = st.selectbox(
            words("trends-pick-bin"),
            listed,
            index=len(listed) - 1,
            format_func=lambda n: with_changed(
                words(
                    "trends-pick-option",
                    when=sentences.when(bounds[n], seen.now, words),
                    count=words.number(counts[n]),
                ),
                changed[n],
                words,
            ),
            key=f"trends-bin-{asked.span.since:%s}-{asked.length}",
        )
        bar = Bar(app.key, "all", bounds[place], bounds[place + 1])
        _link(bar, counts[place], changed[place], words)


def _panels(
    seen: Compared,
    marks: list[Happening],
    reader: Reader,
    wanted: Collection[Panel],
    asked: Asked,
) -> list[Shown]:
    found = charts_of(seen, marks, reader.words, reader.style, wanted)
    for number, one in enumerate(found):
        panel(one, f"{one.panel}-{number}", reader.words, asked)
    return found


def panel(one: Shown, key: str, words: Wording, asked: Asked) -> None:
    """One chart with its sentence; a drag over it looks closer."""
    st.markdown(f"**{widgets.as_text(one.title)}**")
    if one.sentence:
        st.markdown(widgets.as_text(one.sentence))
    st.caption(widgets.as_text(one.unit))
    ends = f"{asked.span.since:%s}-{asked.span.until:%s}"  # a drag belongs to what was shown
    dragged_chart.show(one.chart, one.alt, f"trends-{key}-{ends}", asked.span, words)


@queries.cached()
def _by_reason(store: Store, app: str, asked: Asked) -> Moved | None:
    other = against(asked.span, asked.against)
    return None if other is None else moved_by_reason(store, app, other, asked.span)


def moved(seen: Compared, by_reason: Moved | None, words: Wording) -> None:
    """What moved the stars, by store and version, country, language, reason."""
    if seen.before is None:
        return
    st.subheader(words("trends-moved"), anchor=False)
    if not seen.moved:
        st.caption(words("trends-moved-none"))
        return
    st.caption(widgets.as_text(moved_table.note(seen.moved[0], words)))
    for one in (*seen.moved, *([by_reason] if by_reason else [])):
        if len(one.parts) > 1:
            title = moved_table.title(one, words)
            st.markdown(f"**{widgets.as_text(title)}**")
            widgets.table(title, moved_table.columns(words), moved_table.rows(one, words))


def happenings(marks: list[Happening], words: Wording) -> None:
    """What happened in the span; incidents open."""
    st.subheader(words("trends-happened"), anchor=False)
    if not marks:
        st.caption(words("trends-happened-none"))
        return
    for one in [mark for mark in marks if mark.incident][-5:]:
        st.page_link(
            widgets.PAGES / "incident.py",
            label=widgets.as_text(
                words("trends-open-incident", when=words.time(one.at), what=one.text)
            ),
            icon=":material/arrow_forward:",
            query_params={"incident": one.incident},
        )
    names = [words(f"column-{name}") for name in ("when", "kind", "what")]
    rows = [(words.time(one.at), words(f"track-{one.lane}"), one.text) for one in marks[-MOST:]]
    widgets.table(words("trends-happened"), names, rows)
    if len(marks) > MOST:
        st.caption(words("trends-more", count=words.number(len(marks) - MOST)))


def released(store: Store, app: str, asked: Asked, words: Wording) -> None:
    """Releases side by side."""
    found = _releases(store, app, asked.span.until)
    if found:
        st.subheader(words("trends-releases"), anchor=False)
        st.caption(words("trends-releases-note"))
        told = releases_table.rows(found, words)
        widgets.table(words("trends-releases"), releases_table.columns(words), told)


@queries.cached()
def _releases(store: Store, app: str, until: datetime) -> list[ReleaseTrend]:
    return releases(store, app, until)


def split(view: View, apps: list[App], asked: Asked) -> None:
    """Several apps, or one app's groups, as lines on the same scales."""
    words, reader = view.words, widgets.reader(view.words)
    try:
        seen = [
            _compared(view.store, app.key, asked, reader, view.now, split_charts.WANTED)
            for app in apps
        ]
    except ContractError:
        widgets.empty(words, "trends-empty", text=words("trends-too-fine"))
        return
    names = app_names(apps)
    st.caption(shown_span(asked, seen[0], words))
    groups = split_charts.groups(seen, [names[app.key] for app in apps], words)
    for number, one in enumerate(split_charts.charts_of(groups, seen[0].now, words, reader.style)):
        panel(one, f"split-{number}", words, asked)
    widgets.as_table(split_charts.table(groups, words), words, key="trends-split-table")


@queries.cached()
def _compared(
    store: Store,
    app: str,
    asked: Asked,
    reader: Reader,
    now: datetime,
    wanted: tuple[Panel, ...],
) -> Compared:
    return compared(
        store,
        app,
        asked.span,
        asked.length,
        now=now,
        zone=reader.words.zone,
        against=asked.against,
        by=asked.by,
        wanted=wanted,
    )


@queries.cached()
def _happened(store: Store, app: str, asked: Asked, reader: Reader) -> list[Happening]:
    found = around(store, app, asked.span.since, asked.span.until)
    return happened(found, queries.incidents(store, app), asked.span, reader.words)


@queries.cached()
def _warnings(store: Store, app: str, span: Span, reader: Reader) -> list[str]:
    return tables.warnings(store, app, span, queries.coverage(store, app), reader.words)
