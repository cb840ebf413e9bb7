"""The parts of the incident page, in its order; each takes what it shows from one query."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any

import streamlit as st

from analysis.records import Incident
from collector.store import Store
from dashboard import queries, widgets
from dashboard.brief import drafts_page, report
from dashboard.drawing.bar_links import Bar, address, bar_of
from dashboard.drawing.charts import Spec
from dashboard.incident import (
    alarm_log,
    at_a_glance,
    evidence_rows,
    impact_words,
    incident_texts,
    timeline_chart,
    timeline_events,
)
from dashboard.incident.around import Around
from dashboard.incident.near_onset import NEAR
from dashboard.incident.next_hour import is_continued, next_steps
from dashboard.widgets import Reader, View, chart_clicks
from dashboard.words.catalogue import Wording

PAST = timedelta(days=56)
MOST_QUOTES = 4


def next_hour(view: View, incident: Incident) -> None:
    """The few steps of the next hour."""
    words = view.words
    continued = is_continued(incident, queries.incidents(view.store, incident.app))
    steps = next_steps(incident, words, continued)
    widgets.html("next_hour.html", words=words, steps=steps)


def first_look(view: View, incident: Incident) -> None:
    """What most of them say, what it looks like, how fast it goes, what the stores show; a way to
    the reviews themselves."""
    words = view.words
    counted = queries.glance(view.store, incident.id, view.now)
    widgets.html(
        "first_look.html",
        words=words,
        say=at_a_glance.they_say(incident, words),
        verdict=incident_texts.verdict(incident, words),
        because=at_a_glance.because(incident, words),
        signs=words(f"coordination-say-{incident.coordination}"),
        pace=at_a_glance.how_fast(counted, words),
        shown=at_a_glance.stores_show(counted, words),
        down=at_a_glance.was_it_down(incident, words),
        quotes=at_a_glance.quotes(incident, words, MOST_QUOTES),
    )
    known = queries.last_known(view.store, incident.app, view.now)
    st.page_link(
        widgets.PAGES / "explore.py",
        label=words(
            "evidence-incident-link-posts"
            if incident.where == "social"
            else "evidence-incident-link"
        ),
        icon=":material/search:",
        query_params=chart_clicks.with_language(address(bar_of(incident, known))),
    )


def facts(view: View, incident: Incident) -> None:
    """What a reader looks for first."""
    words = view.words
    widgets.html("incident_facts.html", facts=incident_texts.facts(incident, words))
    for key, other in (("repaired", incident.repaired_by), ("repairs", incident.repairs)):
        if other is not None:
            st.page_link(
                widgets.PAGES / "incident.py",
                label=words(f"incident-{key}", incident=other),
                icon=":material/arrow_forward:",
                query_params={"incident": other},
            )


def near_onset(view: View, incident: Incident) -> Around:
    """Releases, news and statements within a day of the onset."""
    onset = incident.onset_at
    return queries.surroundings(view.store, incident.app, onset - NEAR, onset + NEAR)


def reading(incident: Incident, words: Wording, around: Around | None = None) -> None:
    """The cause with its probability; beside it, apart, the signs of coordination."""
    widgets.html(
        "reading.html",
        words=words,
        causes=incident_texts.causes(incident, words),
        verdict=incident_texts.verdict(incident, words),
        steps=incident_texts.steps(incident, words),
        reading=incident_texts.reading(incident, words, around=around),
    )


def timeline(view: View, incident: Incident) -> None:
    """Bars by class on one clock, what happened around them, and both as tables."""
    words, store, app = view.words, view.store, incident.app
    since, until = timeline_chart.span_shown(incident, queries.last_known(store, app, view.now))
    drawn, lanes, happened = _drawn(store, incident, since, until, widgets.reader(words))
    st.subheader(words("timeline-title"), anchor=False)
    for panel in drawn.panels:
        chart_clicks.chart(panel.chart, panel.alt, f"panel-{panel.group}", app, panel.group)
    st.markdown(f"**{words('track-title')}**")
    widgets.chart(lanes, words("track-alt"), key="track")
    _table(
        words,
        "track-title",
        [("column-when", False), ("column-kind", False), ("column-what", False)],
        timeline_events.event_rows(happened, words),
    )
    widgets.as_table(drawn.table, words, key="timeline-table")
    with st.expander(words("pick-title"), key="timeline-pick"):
        seen = drawn.bars.dropna(subset=["items"])
        bars = [
            Bar(app, row.group, row.start.to_pydatetime(), row.end.to_pydatetime())
            for row in timeline_chart.records(seen)
        ]
        counts = [(int(row.items), int(row.changed)) for row in timeline_chart.records(seen)]
        chart_clicks.picker(bars, counts, words, "timeline-bar")


@queries.cached()
def _drawn(
    store: Store, incident: Incident, since: datetime, until: datetime, reader: Reader
) -> tuple[timeline_chart.Drawn, Spec, list[timeline_events.LaneEvent]]:
    """The panels, the lanes below them, and what these show."""
    words, app = reader.words, incident.app
    last = timeline_chart.bounds(since, until, words)[-1].to_pydatetime()
    hours = queries.hours(store, app, since - PAST, last)
    seen, style = queries.coverage(store, app), reader.style
    first = timeline_chart.bounds(since, until, words)[0].to_pydatetime()
    drawn = timeline_chart.build(
        incident,
        hours,
        seen.gaps,
        since,
        until,
        words,
        style,
        cut=seen.truncated,
        changed=queries.changed_opinions(store, app, first, last),
    )
    around = queries.surroundings(store, app, since, until)
    happened = timeline_events.events(incident, around, words)
    return drawn, timeline_chart.lanes(happened, drawn, words, reader.style), happened


def downloads(view: View, incident: Incident) -> None:
    """The brief as HTML and PDF, and the drafts; made when somebody asks for it."""
    words = view.words
    if not widgets.may_act():
        return
    with st.container(horizontal=True, gap="small"):
        for ending, mime in (("html", "text/html"), ("pdf", "application/pdf")):
            st.download_button(
                words(f"report-{ending}"),
                data=partial(report, view.store, incident.id, f".{ending}", view.now, words),
                file_name=f"{incident.id}.{ending}",
                mime=mime,
                icon=":material/download:",
                on_click="ignore",
                key=f"report-{ending}",
            )
        st.download_button(
            words("report-drafts-html"),
            data=partial(drafts_page, view.store, incident.id, view.now, words),
            file_name=f"{incident.id}-drafts.html",
            mime="text/html",
            icon=":material/edit_note:",
            on_click="ignore",
            key="report-drafts",
        )


def phrases(incident: Incident, words: Wording) -> None:
    """Words that set these reviews apart."""
    st.subheader(words("phrases-title"), anchor=False)
    rows = evidence_rows.phrase_rows(incident, words)
    if not rows:
        st.caption(words("phrases-none"))
        return
    st.caption(words("phrases-note"))
    _table(
        words,
        "phrases-title",
        [
            ("column-phrase", False),
            ("column-items", True),
            ("column-authors", True),
            ("column-before", True),
        ],
        [(f"“{phrase}”", *counts) for phrase, *counts in rows],
    )


def evidence(incident: Incident, words: Wording) -> None:
    """Every signal with its usual value and how often chance looks like it."""
    st.subheader(words("evidence-title"), anchor=False)
    rows = evidence_rows.evidence_rows(incident, words)
    if not rows:
        st.caption(words("evidence-none"))
        return
    st.caption(words("evidence-note"))
    _table(
        words,
        "evidence-title",
        [
            ("column-signal", False),
            ("column-finding", False),
            ("column-value", True),
            ("column-baseline", True),
            ("column-chance", True),
            ("column-for", False),
        ],
        rows,
        wide="column-finding",
    )
    for line in evidence_rows.untested_rows(incident, words):
        widgets.html("note.html", text=line)


def impact(view: View, incident: Incident) -> None:
    """Stars with and without the incident's excess, and how long the way back is."""
    words = view.words
    st.subheader(words("impact-title"), anchor=False)
    found = queries.impact(view.store, incident.id, view.now)
    if not found:
        st.caption(words("impact-none"))
        return
    st.caption(words(f"impact-note-{found[0].basis}"))
    _table(
        words,
        "impact-title",
        [
            ("column-store", False),
            (f"column-stars-before-{found[0].basis}", True),
            ("column-stars-with", True),
            ("column-stars-without", True),
            ("column-recovery", False),
        ],
        impact_words.rows(found, words),
    )
    if both := impact_words.sides(found, words):
        st.caption(both)


def log(view: View, incident: Incident) -> None:
    """What the alarm said, and when."""
    words = view.words
    st.subheader(words("log-title"), anchor=False)
    mine = alarm_log.log_of(incident, queries.alarms(view.store, incident.app))
    _table(
        words,
        "log-title",
        [("column-when", False), ("column-kind", False), ("column-what", False)],
        alarm_log.log_rows(mine, words),
    )


def _table(
    words: Wording,
    label: str,
    columns: list[tuple[str, bool]],
    rows: list[Any],
    wide: str | None = None,
) -> None:
    widgets.html(
        "table.html",
        label=words(label),
        columns=[(words(name), right) for name, right in columns],
        rows=rows,
        wide=words(wide) if wide else "",
    )
