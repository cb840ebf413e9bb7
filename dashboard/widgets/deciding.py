"""Deciding on an incident, and the log of who decided what."""

from dataclasses import replace
from datetime import datetime
from typing import get_args

import streamlit as st

from analysis.decisions import (
    CHOICES,
    GROUPING,
    Decision,
    InForce,
    Kind,
    concerns,
    decide,
    ids_of,
    in_force,
    moments,
    needs_reason,
    undoable,
)
from analysis.incidents.stored import listed_incidents
from analysis.records import Incident
from analysis.run import regroup
from collector.clock_check import check
from collector.errors import FloodgaugeError
from collector.settings.config import load_settings
from collector.times import from_iso
from dashboard import queries, widgets
from dashboard.incident import incident_texts
from dashboard.widgets import View
from dashboard.words.catalogue import Wording

KINDS: tuple[Kind, ...] = get_args(Kind)
STEMS = {"cause": "cause", "coordination": "coordination", "verdict": "verdict"}


def phase_line(view: View, incident: Incident) -> None:
    """The phase, to be set with one click by those who may; then what else people have said."""
    words = view.words
    held = in_force(queries.decisions(view.store, incident.app), *ids_of(incident))
    said = _said(held, view, incident)
    if not widgets.may_act():
        phase = words(f"act-phase-{held.phase or 'none'}")
        widgets.html("phase.html", label=words("act-phase"), parts=[phase, *said])
        return
    key = f"phase-{incident.id}"
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(words("act-phase"), width="content")
        st.segmented_control(
            words("act-phase"),
            CHOICES["phase"],
            default=None if key in st.session_state else held.phase,
            format_func=lambda phase: words(f"act-phase-{phase}"),
            key=key,
            label_visibility="collapsed",
            on_change=_set_phase,
            args=(view, incident, key),
        )
    if not held.phase:
        said.insert(0, words("act-phase-none"))
    if said:
        widgets.html("phase.html", label=words("act-said"), parts=said)


def _said(held: InForce, view: View, incident: Incident) -> list[str]:
    """Mute, verdict, corrections, joins."""
    words = view.words
    said = [words(f"act-mute-{held.mute}")] if held.muted(view.now) else []
    if held.verdict:
        said.append(words(f"verdict-{held.verdict}"))
    if held.cause:
        said.append(words("act-corrected-cause", cause=words(f"cause-{held.cause}")))
    if held.coordination:
        signs = words(f"coordination-{held.coordination}")
        said.append(words("act-corrected-coordination", signs=signs))
    if incident.joined:
        said.append(words("act-joined", count=len(incident.joined) + 1))
    if incident.split_from:
        said.append(words("act-split-from"))
    return said


def _set_phase(view: View, incident: Incident, key: str) -> None:
    phase = st.session_state.get(key)
    if phase is None or not widgets.may_act():
        return  # what was set stays until another phase is set
    by, now = widgets.who(view.store), queries.this_second()
    view.store.decisions.add(decide(incident, "phase", phase, "", by=by, now=now))
    queries.read_anew()


def form(view: View, incident: Incident) -> None:
    """One decision at a time, with its reason; only for those who may."""
    words = view.words
    if not widgets.may_act():
        return
    with st.expander(words("act-title"), key="act", icon=":material/edit_note:"):
        saved = st.session_state.pop("act-saved", None)
        if saved:
            st.success(words(saved), icon=":material/check:")
        grouping = _grouping(view, incident)
        left, right = st.columns(2)
        with left:
            kind: Kind = st.selectbox(
                words("act-kind"),
                [k for k in KINDS if k not in GROUPING or grouping[k]],
                format_func=lambda k: words(f"act-kind-{k}"),
                key="act-kind",
            )
        with right:
            value = _value(kind, words, grouping)
        if kind in GROUPING:
            st.caption(words(f"act-about-{kind}"))
        reason = st.text_area(
            words("act-reason" if needs_reason(kind, value) else "act-reason-optional"),
            key="act-reason",
            max_chars=1000,
            height="content",
        )
        st.button(
            words("act-save"),
            key="act-save",
            type="primary",
            disabled=needs_reason(kind, value) and not reason.strip(),
            on_click=_save,
            args=(view, incident, kind, value),
        )


def log(view: View, incident: Incident) -> None:
    """Who did what, when and why."""
    words = view.words
    made = [d for d in queries.decisions(view.store, incident.app) if concerns(d, incident)]
    st.subheader(words("act-log"), anchor=False)
    if not made:
        st.caption(words("act-log-none"))
        return
    widgets.table(
        words("act-log"),
        [words(f"column-{c}") for c in ("when", "who", "what", "why")],
        [_row(decision, words) for decision in made],
    )


def label(decision: Decision, words: Wording) -> str:
    """A decision in a few words."""
    kind = words.known(f"act-kind-{decision.kind}", decision.kind)
    if not decision.value:
        return kind
    if decision.kind in ("split", "unsplit"):
        try:
            return f"{kind}: {words.time(from_iso(decision.value))}"
        except ValueError:
            return kind
    stem = STEMS.get(decision.kind, f"act-{decision.kind}")
    return f"{kind}: {words.known(f'{stem}-{decision.value}', decision.value)}"


def _row(decision: Decision, words: Wording) -> tuple[str, str, str, str]:
    by = decision.by or words("act-somebody")
    return (words.time(decision.made_at), by, label(decision, words), decision.reason or "")


def _grouping(view: View, incident: Incident) -> dict[str, dict[str, str]]:
    """For each way to regroup: value -> label. Values of undoing are places in a list."""
    words, store, app = view.words, view.store, incident.app
    held = queries.groupings(store, app)
    others = [i for i in queries.incidents(store, app) if i.id != incident.id]
    known = queries.last_known(store, app, view.now)
    opened = {a.incident: a.at for a in queries.alarms(store, app) if a.kind == "opened"}

    def named(grouping: Decision) -> str:
        other = grouping.incident if grouping.value == incident.id else grouping.value
        return words.time(opened[other]) if other in opened else other or ""

    return {
        "merge": {i.id: incident_texts.option(i, words) for i in others},
        "unmerge": {str(n): named(one) for n, one in enumerate(undoable(held, incident, "merge"))},
        "split": {m.isoformat(): words.time(m) for m in moments(incident, known)},
        "unsplit": {
            str(n): words.time(from_iso(one.value or ""))
            for n, one in enumerate(undoable(held, incident, "split"))
        },
    }


def _value(kind: Kind, words: Wording, grouping: dict[str, dict[str, str]]) -> str:
    if kind not in GROUPING and not CHOICES[kind]:
        return ""
    stem = STEMS.get(kind, f"act-{kind}")
    offered = grouping.get(kind, {v: words.known(f"{stem}-{v}", v) for v in CHOICES[kind]})
    picked: str = st.selectbox(
        words(f"act-value-{kind}" if kind in GROUPING else "act-value"),
        list(offered),
        format_func=lambda v: offered.get(v, v),
        key=f"act-value-{kind}",
    )
    return picked


def _save(view: View, incident: Incident, kind: Kind, value: str) -> None:
    """Keeps the decision of who still may; the moment is that of the click."""
    if not widgets.may_act():
        return
    store, now = view.store, queries.this_second()
    about = incident
    if kind in ("unmerge", "unsplit"):
        groupings = queries.groupings(store, incident.app)
        held = undoable(groupings, incident, kind.removeprefix("un"))
        chosen = held[int(value)]
        about, value = replace(incident, id=chosen.incident or ""), chosen.value or ""
    reason = st.session_state.get("act-reason", "")
    store.decisions.add(decide(about, kind, value, reason, by=widgets.who(store), now=now))
    st.session_state["act-saved"] = "act-saved"
    if kind in GROUPING:
        _regroup(view, incident, now)
    queries.read_anew()
    st.session_state["act-reason"] = ""


def _regroup(view: View, incident: Incident, now: datetime) -> None:
    """Carries a merge or split out at once; the page stays with what the incident has become."""
    app = incident.app
    try:
        check(view.store, now)
        regroup(load_settings(), view.store, app, now)
    except FloodgaugeError:
        # It is in the log; the next analysis carries it out.
        st.session_state["act-saved"] = "act-saved-later"
        return
    found = listed_incidents(view.store, app)
    ids = (*ids_of(incident), incident.split_from)
    now_in = [d.id for d in found if set(ids_of(d)) & set(ids)]
    if incident.id not in {d.id for d in found} and now_in:
        st.session_state["incident"] = now_in[0]
        st.query_params["incident"] = now_in[0]
