"""What pages share: the reader's language and clock, banners, empty states, charts."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

import pandas as pd
import streamlit as st

from analysis.app_state.situation import Situation
from analysis.records import Incident
from collector.errors import ConfigError
from collector.settings.config import Settings
from collector.store import Store
from collector.store.apps import App
from collector.text.plain_text import plain
from dashboard import queries
from dashboard.access import who_may_enter
from dashboard.access.who_may_enter import address_of, role_of
from dashboard.access.who_may_enter import mark as marked
from dashboard.drawing.charts import Spec, Style
from dashboard.incident import incident_texts
from dashboard.serving import access_at_start
from dashboard.widgets import long_lists
from dashboard.words.app_names import app_names
from dashboard.words.catalogue import LANGUAGES, Wording
from dashboard.words.markup import render

VIEW = "view"
PAGES = Path(__file__).parents[1] / "views"
FIRST_STEPS = """\
floodgauge demo
floodgauge import reviews.csv --app my-app
floodgauge init
floodgauge collect"""


@dataclass(frozen=True, slots=True)
class View:
    """What every page works with."""

    store: Store
    words: Wording
    now: datetime


def view() -> View:
    """The view that app.py prepared for this run."""
    found: View = st.session_state[VIEW]
    return found


def keep_view(found: View) -> None:
    """Hands the view to the page of this run."""
    st.session_state[VIEW] = found


def wording() -> Wording:
    """Language and time zone from the sidebar; at first those of the browser."""
    lang = _language()
    zone = _zone(Wording(lang, ZoneInfo("UTC")))
    return Wording(lang, zone)


def _language() -> str:
    names = list(LANGUAGES)
    browser = (st.context.locale or "en").split("-")[0]
    first = browser if browser in names else "en"
    from_address("lang", names)
    words = Wording(st.session_state.get("lang", first), ZoneInfo("UTC"))
    picked: str = st.sidebar.selectbox(
        words("control-language"),
        names,
        index=names.index(first),
        format_func=LANGUAGES.__getitem__,
        key="lang",
    )
    to_address("lang", [picked], first)
    return picked


def _zone(words: Wording) -> ZoneInfo:
    browser = st.context.timezone or "UTC"
    try:
        ZoneInfo(browser)
    except (ZoneInfoNotFoundError, ValueError):
        browser = "UTC"
    zones = list(dict.fromkeys([browser, "UTC", *sorted(available_timezones())]))
    from_address("tz", zones)
    picked: str = st.sidebar.selectbox(
        words("control-zone"), zones, key="tz", filter_mode="contains"
    )
    to_address("tz", [picked], browser)
    return ZoneInfo(picked)


def admitted(words: Wording) -> bool:
    """Whether this reader sees the pages; else asks for the log-in, or says who may come in.

    Without a log-in the dashboard answers this machine only, and whoever is here is in. Where it is
    not certain that none is meant, nobody is.
    """
    try:
        access = access_at_start.access()
    except ConfigError as error:
        empty(words, "login-refused", command=str(error))
        return False
    if access.login is None:
        return True
    if role_of(st.user, access.lists) is not None:
        st.sidebar.button(words("login-out"), on_click=st.logout, icon=":material/logout:")
        return True
    if st.user.get("is_logged_in"):
        empty(words, "login-stranger")
        st.button(words("login-out"), on_click=st.logout)
    elif find_spec("authlib") is None:
        empty(words, "login-missing", command='pip install "floodgauge[login]"')
    else:
        empty(words, "login-needed")
        st.button(words("login-in"), on_click=st.login, type="primary", icon=":material/login:")
    return False


def may_act() -> bool:
    """Whether this reader may decide and export (dashboard.access.who_may_enter)."""
    try:
        access = access_at_start.access()
    except ConfigError:
        return False
    return who_may_enter.may_act(st.user, access.lists, login=access.login is not None)


def who(store: Store) -> str:
    """Who decides, for the log: role and a keyed mark of the log-in, or nothing without one."""
    access = access_at_start.access()
    role = role_of(st.user, access.lists) if access.login is not None else None
    return "" if role is None else marked(role, address_of(st.user), store.database.secret)


def say_who(store: Store, words: Wording) -> None:
    """Tells who has logged in under which mark the log of decisions knows them."""
    if mark := who(store):
        st.sidebar.caption(words("login-as", mark=mark))


def html(template: str, **values: Any) -> None:
    """One of our templates on the page."""
    st.html(render(template, **values))


def heading(title: str, words: Wording) -> None:
    """The page's title, with the zone of all times beside it."""
    st.title(title, anchor=False)
    st.caption(words("zone-note", zone=words.zone.key))


def table(
    label: str, columns: Sequence[str], rows: Iterable[Sequence[str]], *, wide: str = ""
) -> None:
    """A small table of plain text that can be read aloud."""
    html(
        "table.html",
        label=label,
        columns=[(name, False) for name in columns],
        rows=list(rows),
        wide=wide,
    )


def as_text(text: str) -> str:
    """Text of the data for a place that reads Markdown: every sign of it escaped."""
    return re.sub(r"([\\`*_{}\[\]()#+\-.!|<>$~:&])", r"\\\1", plain(text))


def simulated_banner(words: Wording) -> None:
    """Says that what follows is made up."""
    html("banner.html", words=words, text=words("simulated-banner"))


def settings(words: Wording) -> Settings:
    """The operator's settings; the standard ones, said aloud, where theirs cannot be read."""
    found = queries.settings()
    if isinstance(found, Settings):
        return found
    st.warning(words("error-settings", error=as_text(str(found))), icon=":material/settings_alert:")
    return Settings()


def empty(words: Wording, key: str, command: str = "", text: str = "") -> None:
    """An empty or broken state, with what to do next."""
    full = f"{words(key)} {text}".strip()
    html("empty.html", title=words(f"{key}-title"), text=full, command=command)


def from_address(key: str, allowed: Sequence[str], *, several: bool = False) -> None:
    """Before a widget is made: gives it the value that the page's address names, if it may have it.

    Streamlit's own binding writes labels, which change with the language, and forbids every link
    within the page to say the same parameter; this writes values and forbids nothing.
    """
    asked = [value for value in addressed(key) if value in allowed]
    if asked:
        st.session_state[key] = asked if several else asked[0]


def addressed(key: str) -> list[str]:
    """What the address says for a widget that has no value yet."""
    return [] if key in st.session_state else st.query_params.get_all(key)


def to_address(key: str, values: Sequence[str], default: str | None = None) -> None:
    """After a widget is made: its value becomes part of the address, unless it is the default."""
    wanted = [] if list(values) == [default] else list(values)
    if st.query_params.get_all(key) == wanted:
        return
    if wanted:
        st.query_params[key] = wanted
    else:
        del st.query_params[key]


def choose_app(apps: list[App], words: Wording) -> App:
    """One app, kept in the address."""
    by_key = {app.key: app for app in apps}
    names = app_names(apps)
    from_address("app", list(by_key))
    key: str = st.selectbox(
        words("control-app"), list(by_key), format_func=names.__getitem__, key="app"
    )
    to_address("app", [key])
    return by_key[key]


@dataclass(frozen=True, slots=True)
class Reader:
    """What the wording and the look of a page depend on; what is drawn for one is kept for all."""

    lang: str
    zone: str
    theme: str

    @property
    def words(self) -> Wording:
        """This reader's wording."""
        return Wording(self.lang, ZoneInfo(self.zone))

    @property
    def style(self) -> Style:
        """Labels inside charts for the reader's theme and language."""
        ink = {"dark": "#d5dee6", "light": "#33404c"}.get(self.theme, "#76828c")
        return Style(ink=ink, locale=self.words.chart_locale())


def reader(words: Wording) -> Reader:
    """Who looks at this run; the theme as far as the browser has said."""
    return Reader(words.lang, words.zone.key, st.context.theme.type or "")


def chart_style(words: Wording) -> Style:
    """Labels inside charts for this reader."""
    return reader(words).style


def chart(drawn: Spec, alt: str, key: str) -> None:
    """A chart with its description for those who cannot see it."""
    st.vega_lite_chart(drawn, width="stretch", alt=alt, key=key)


def as_table(frame: pd.DataFrame, words: Wording, key: str) -> None:
    """The numbers of the charts above, for reading aloud, sorting and copying."""
    with st.expander(words("data-table"), key=key):
        st.dataframe(frame, hide_index=True, width="stretch", alt=words("data-table"))


def row_links(situation: Situation, words: Wording) -> None:
    """From an app's row to its incident and its reviews."""
    with st.container(horizontal=True, gap="medium"):
        if situation.incident is not None:
            st.page_link(
                PAGES / "incident.py",
                label=words("open-incident" if situation.state == "incident" else "last-incident"),
                icon=":material/arrow_forward:",
                query_params={"incident": situation.incident.id},
            )
        st.page_link(
            PAGES / "explore.py",
            label=words("open-reviews"),
            icon=":material/search:",
            query_params={"app": situation.app.key},
        )
        st.page_link(
            PAGES / "trends.py",
            label=words("trends-open"),
            icon=":material/trending_up:",
            query_params={"apps": situation.app.key},
        )


def choose_incident(known: list[Incident], apps: dict[str, App], words: Wording) -> Incident:
    """One incident, kept in the address; says so where the address names one that is not there."""
    known = sorted(known, key=lambda i: i.ended_at is not None)
    names = app_names(apps.values())
    merged = {old: i.id for i in known for old in i.joined}
    if st.query_params.get("incident") in merged:
        # A link from before the merge, as in an alert.
        st.query_params["incident"] = merged[st.query_params["incident"]]
    if st.query_params.get("incident", known[0].id) not in {i.id for i in known}:
        empty(words, "empty-unknown")
    by_id = {i.id: i for i in long_lists.narrowed(known, names, words)}
    if st.session_state.get("incident") not in by_id:
        st.session_state.pop("incident", None)
    from_address("incident", list(by_id))
    picked: str = st.selectbox(
        words("incident-choose"),
        list(by_id),
        format_func=lambda i: f"{names[by_id[i].app]} · {incident_texts.option(by_id[i], words)}",
        key="incident",
    )
    to_address("incident", [picked])
    return by_id[picked]
