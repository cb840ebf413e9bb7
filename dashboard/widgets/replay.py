"""The parts of the replay page."""

from datetime import datetime, timedelta

import streamlit as st

from analysis.decisions import ids_of
from analysis.incidents.at_moment import at_moment, moments
from analysis.records import Alarm, Incident
from analysis.replay.as_known import known_at
from collector.settings.config import load_settings
from collector.store import Store
from collector.store.records import ItemFilter
from collector.times import to_us
from dashboard import queries, widgets
from dashboard.incident import timeline_chart
from dashboard.incident.moment_sentence import sentence
from dashboard.widgets import Reader, View
from dashboard.widgets.incident import facts, reading

MANY = 100_000  # items beyond which the reading of a moment waits for a click


def moment(view: View, incident: Incident) -> datetime:
    """A slider over the incident's time."""
    words = view.words
    offered = moments(incident, queries.last_known(view.store, incident.app, view.now))
    picked: datetime = st.select_slider(
        words("replay-moment"),
        offered,
        value=offered[len(offered) // 4],
        format_func=words.time,
        key=f"moment-{incident.id}",
    )
    return picked


def picture(view: View, incident: Incident, log: list[Alarm], at: datetime) -> None:
    """The sentence of that moment and the bars up to it; nothing that came later."""
    known = queries.last_known(view.store, incident.app, view.now)
    since, until = timeline_chart.span_shown(incident, known)
    said, drawn = _drawn(view.store, incident, log, at, since, until, widgets.reader(view.words))
    widgets.html("lead.html", text=said)
    for panel in drawn.panels:
        widgets.chart(panel.chart, panel.alt, key=f"replay-{panel.group}")
    widgets.as_table(drawn.table, view.words, key="replay-table")


@queries.cached()
def _drawn(
    store: Store,
    incident: Incident,
    log: list[Alarm],
    at: datetime,
    since: datetime,
    until: datetime,
    reader: Reader,
) -> tuple[str, timeline_chart.Drawn]:
    words = reader.words
    past = timedelta(days=timeline_chart.USUAL_DAYS)
    hours = queries.hours(store, incident.app, since - past, until)
    # An hour counts once it is over: half an hour would look like calm.
    complete = at.replace(minute=0, second=0, microsecond=0)
    seen = hours[hours["hour"] < complete]
    then = at_moment(incident, log, seen, at)
    later = [[to_us(complete), to_us(until + timedelta(days=1))]]
    drawn = timeline_chart.build(
        then.incident,
        seen,
        timeline_chart.spans(later),
        since,
        until,
        words,
        reader.style,
        announced=bool(then.log),
        unseen_label=words("replay-later"),
        changed=queries.changed_opinions(store, incident.app, since - timedelta(days=1), complete),
    )
    return sentence(then, words), drawn


def verdict(view: View, incident: Incident, at: datetime) -> None:
    """Size, cause and signs of coordination as they would have been read at that moment."""
    words = view.words
    st.subheader(words("replay-verdict", time=words.time(at)), anchor=False)
    ids = tuple(i for i in (*ids_of(incident), incident.split_from) if i)
    # The whole history is read again, which takes minutes where it is long: only when asked.
    large = queries.item_count(view.store, ItemFilter(apps=(incident.app,))).items > MANY
    if large and not st.button(words("replay-make"), key="replay-make"):
        st.caption(words("replay-large"))
        return
    with st.spinner(words("replay-working"), show_time=False):
        known = _known(view.store, incident.app, ids, at)
    if known is None:
        st.markdown(words("replay-no-verdict"))
    else:
        facts(view, known)
        reading(known, words)
    st.caption(words("replay-note"))


@queries.cached()
def _known(store: Store, app: str, ids: tuple[str, ...], at: datetime) -> Incident | None:
    found = known_at(load_settings(), store, app, at, wanted=ids)
    return found[0] if found else None
