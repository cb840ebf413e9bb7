"""The parts of the page that asks how often the alarm is wrong."""

import streamlit as st

from dashboard import queries, widgets
from dashboard.trust import alarm_record
from dashboard.trust.alarm_record import ENOUGH, Record
from dashboard.widgets import View
from dashboard.words.catalogue import Wording


def achieved(found: list[Record], names: dict[str, str], words: Wording) -> None:
    """Alarms and verdicts of each app, false alarms a year with their interval."""
    columns = ("app", "years", "alarms", "right", "mistaken", "open", "rate")
    widgets.table(
        words("page-wrong"),
        [words(f"column-{c}") for c in columns],
        alarm_record.rows(found, names, words),
    )
    st.caption(words("wrong-note"))


def calibration(found: list[Record], words: Wording) -> None:
    """Whether stated probabilities come true, as far as people have said."""
    st.subheader(words("calibration-title"), anchor=False)
    readings = [reading for record in found for reading in record.readings]
    if len(readings) < ENOUGH:
        st.markdown(words("calibration-few", count=len(readings), enough=ENOUGH))
    else:
        st.caption(words("calibration-note"))
        columns = ("stated", "judged", "mean-stated", "came-true", "interval")
        widgets.table(
            words("calibration-title"),
            [words(f"column-{c}") for c in columns],
            alarm_record.calibration(readings, words),
        )
    signs = [agreed for record in found for agreed in record.signs]
    if signs:
        st.markdown(words("calibration-signs", agreed=sum(signs), count=len(signs)))


def labels(view: View) -> None:
    """The team's decisions as a file, for whoever evaluates the alarm."""
    words = view.words
    if not widgets.may_act():
        return
    name = "labels.csv"
    st.download_button(
        words("labels-download"),
        data=lambda: queries.exported(view.store, None, "labels", ".csv", False).made,
        file_name=name,
        mime="text/csv",
        icon=":material/download:",
        on_click="ignore",
        key="labels",
    )
    st.caption(words("data-about-labels"))


def log(found: list[Record], names: dict[str, str], words: Wording) -> None:
    """Every alarm with the verdict on its incident."""
    st.subheader(words("log-title"), anchor=False)
    widgets.table(
        words("log-title"),
        [words(f"column-{c}") for c in ("when", "app", "kind", "what", "verdict")],
        alarm_record.log(found, names, words),
    )
