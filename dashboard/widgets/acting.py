"""Deciding on an incident, and the log of who decided what."""

from typing import Any, get_args

import streamlit as st

from dashboard import queries, widgets
from dashboard.acting import CHOICES, Act, Kind, decide, needs_reason, standing
from dashboard.widgets import View
from dashboard.wording import Wording

KINDS: tuple[Kind, ...] = get_args(Kind)


def phase_line(view: View, incident: dict[str, Any]) -> None:
    """What people have said so far: phase, mute, corrections."""
    words = view.words
    held = standing(queries.acts(view.store, incident["app"]), incident["id"])
    said = [words(f"act-phase-{held.phase or 'none'}")]
    if held.muted(view.now):
        said.append(words(f"act-mute-{held.mute}"))
    if held.verdict:
        said.append(words(f"verdict-{held.verdict}"))
    if held.cause:
        said.append(words("act-corrected-cause", cause=words(f"cause-{held.cause}")))
    if held.coordination:
        signs = words(f"coordination-{held.coordination}")
        said.append(words("act-corrected-coordination", signs=signs))
    widgets.html("phase.html", label=words("act-phase"), parts=said)


def form(view: View, incident: dict[str, Any]) -> None:
    """One decision at a time, with its reason; only for those who may."""
    words = view.words
    if not widgets.may_act():
        return
    with st.expander(words("act-title"), key="act", icon=":material/edit_note:"):
        if st.session_state.pop("act-saved", False):
            st.success(words("act-saved"), icon=":material/check:")
        left, right = st.columns(2)
        with left:
            kind: Kind = st.selectbox(
                words("act-kind"),
                KINDS,
                format_func=lambda k: words(f"act-kind-{k}"),
                key="act-kind",
            )
        with right:
            value = _value(kind, words)
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


def log(view: View, incident: dict[str, Any]) -> None:
    """Who did what, when and why."""
    words = view.words
    made = [a for a in queries.acts(view.store, incident["app"]) if a.incident == incident["id"]]
    st.subheader(words("act-log"), anchor=False)
    if not made:
        st.caption(words("act-log-none"))
        return
    widgets.table(
        words("act-log"),
        [words(f"column-{c}") for c in ("when", "who", "what", "why")],
        [_row(act, words) for act in made],
    )


def label(act: Act, words: Wording) -> str:
    """A decision in a few words."""
    kind = words.known(f"act-kind-{act.kind}", act.kind)
    if not act.value:
        return kind
    stem = {"cause": "cause", "coordination": "coordination", "verdict": "verdict"}.get(
        act.kind, f"act-{act.kind}"
    )
    return f"{kind}: {words.known(f'{stem}-{act.value}', act.value)}"


def _row(act: Act, words: Wording) -> tuple[str, str, str, str]:
    return (words.time(act.made_at), act.by or words("act-somebody"), label(act, words), act.reason)


def _value(kind: Kind, words: Wording) -> str:
    if not CHOICES[kind]:
        return ""
    stem = {"cause": "cause", "coordination": "coordination", "verdict": "verdict"}.get(
        kind, f"act-{kind}"
    )
    picked: str = st.selectbox(
        words("act-value"),
        CHOICES[kind],
        format_func=lambda v: words(f"{stem}-{v}"),
        key=f"act-value-{kind}",
    )
    return picked


def _save(view: View, incident: dict[str, Any], kind: Kind, value: str) -> None:
    """Keeps the decision; the moment is that of the click."""
    reason = st.session_state.get("act-reason", "")
    note = decide(incident, kind, value, reason, by=widgets.who(), now=queries.this_second())
    view.store.timeline.annotate(note)
    queries.forget_acts()
    st.session_state["act-reason"] = ""
    st.session_state["act-saved"] = True
