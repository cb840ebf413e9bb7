"""Drills on simulated cases: play hour by hour, judge, see the truth."""

import atexit
import secrets
import shutil
import tempfile
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

import pandas as pd
import streamlit as st

from analysis.records import Incident
from analysis.replay.as_known import known_at
from analysis.scored_items import ScoredItem
from analysis.sentiment.run import score_new
from analysis.simulate import World, simulate
from analysis.simulate.load import load_world
from collector.settings.config import Settings
from collector.store import Store, open_store
from collector.text.plain_text import plain
from dashboard import queries, widgets
from dashboard.drawing import binning, charts
from dashboard.drills import training_cases
from dashboard.drills.training_cases import ANSWERS, CASES, SIGNS, STEPS_HOURS, Verdict
from dashboard.incident import incident_texts, timeline_chart
from dashboard.incident.timeline_chart import records
from dashboard.widgets import View
from dashboard.widgets.incident import reading
from dashboard.widgets.item_rows import rows
from dashboard.words.catalogue import Wording
from dashboard.words.sources import source_name

Mode = Literal["incident", "training"]
MODES: tuple[Mode, ...] = ("incident", "training")
NEWEST = 8  # items shown


@dataclass(frozen=True, slots=True)
class Stage:
    """One case in a store of its own, a file that goes when the dashboard stops."""

    world: World
    store: Store


def mode(words: Wording) -> Mode:
    """Look back at an incident, or train; kept in the address."""
    widgets.from_address("mode", MODES)
    picked: Mode | None = st.segmented_control(
        words("replay-mode"),
        MODES,
        default=None if "mode" in st.session_state else MODES[0],
        required=True,
        format_func=lambda m: words(f"replay-mode-{m}"),
        key="mode",
    )
    widgets.to_address("mode", [picked or MODES[0]], MODES[0])
    return picked or MODES[0]


def case(view: View) -> None:
    """One simulated case at the moment up to which it has been played."""
    words = view.words
    widgets.simulated_banner(words)
    names = [str(number) for number in range(1, len(CASES) + 1)]
    widgets.from_address("case", names)
    number: str = st.selectbox(
        words("training-case"),
        names,
        format_func=lambda n: words("training-case-number", number=n),
        key="case",
    )
    widgets.to_address("case", [number], names[0])
    chosen = CASES[int(number) - 1]
    with st.spinner(words("training-preparing"), show_time=False):
        stage = _stage(int(number) - 1)
    last = training_cases.end(chosen, stage.world)
    played = f"training-{number}"
    at: datetime = st.session_state.setdefault(played, training_cases.start(chosen, stage.world))
    known = _known(int(number) - 1, at)
    _clock(words, at, last, known, played)
    _bars(stage, at, words)
    _happened(stage, at, words)
    _texts(stage, at, words)
    given: Verdict | None = st.session_state.get(f"{played}-verdict")
    if given is None:
        _judge(words, at, played)
    else:
        _truth(stage, given, _known(int(number) - 1, given.at), words, played)


@st.cache_resource(show_spinner=False, max_entries=len(CASES))
def _stage(place: int) -> Stage:
    chosen = CASES[place]
    world = simulate(chosen.scenario(), chosen.seed)
    folder = Path(tempfile.mkdtemp(prefix="floodgauge-training-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    url = f"sqlite:///{folder / 'case.db'}"
    store = open_store(url, secret=secrets.token_hex(32).encode())
    load_world(store, world)
    score_new(store, world.app, now=world.end)
    store.hourly.recount(world.app)
    return Stage(world, store)


@st.cache_data(show_spinner=False, max_entries=500)
def _known(place: int, at: datetime) -> list[Incident]:
    """What Floodgauge would have known of a case at a moment."""
    stage = _stage(place)
    return known_at(Settings(), stage.store, stage.world.app, at)


def _clock(
    words: Wording, at: datetime, last: datetime, known: list[Incident], played: str
) -> None:
    """The moment, the alarm, and steps ahead."""
    said = words("replay-silent", time=words.time(at))
    if known:
        newest = known[-1]
        alarm = words.time(newest.alarmed_at)
        said = words("training-alarm", time=words.time(at), alarm=alarm, count=newest.items)
    widgets.html("lead.html", text=said)
    with st.container(horizontal=True, gap="small"):
        for hours in STEPS_HOURS:
            st.button(
                words("training-step", hours=hours),
                key=f"step-{hours}",
                disabled=at >= last,
                on_click=_advance,
                args=(played, hours, last),
            )
        st.button(words("training-again"), key="training-again", on_click=_again, args=(played,))


def _bars(stage: Stage, at: datetime, words: Wording) -> None:
    """Low and high stars and posts of the last week, six hours a bar; nothing that came later."""
    since = at - training_cases.SHOWN
    hours = queries.hours(stage.store, stage.world.app, since, at)
    bounds = binning.edges(since, at, "quarter", words.zone)
    bars = binning.bars(hours, bounds, words.zone)
    shown = ("negative", "positive", *(["post"] if "post" in set(hours["kind"]) else []))
    for group in shown:
        mine = bars[bars["group"] == group].copy()
        title = words(f"chart-{group}")
        mine["tooltip"] = [
            words(
                "chart-bar",
                **{"from": words.clock(start), "to": words.clock(stop)},
                count=words.number(count),
            )
            for start, stop, count in zip(mine["start"], mine["end"], mine["items"], strict=True)
        ]
        drawn = charts.volume(
            mine,
            group=group,
            title=title,
            subtitle=words("chart-per-quarter", zone=words.zone_title(at)),
            height=150,
            style=widgets.chart_style(words),
        )
        most = words.number(mine["items"].max())
        alt = words(
            "report-picture-alt",
            title=title,
            most=most,
            **{"from": words.time(since), "to": words.time(at)},
        )
        widgets.chart(drawn, alt, key=f"training-{group}")
    widgets.as_table(timeline_chart.table(bars, list(shown), words), words, key="training-table")


def _happened(stage: Stage, at: datetime, words: Wording) -> None:
    """Releases, statements and news of the week before."""
    around = queries.surroundings(stage.store, stage.world.app, at - training_cases.SHOWN, at)
    lines = [
        (row.at, words(f"track-{row.kind}"), plain(row.title, 200))
        for row in records(around.context)
    ]
    lines += [
        (
            row.released_at,
            words("track-release"),
            words(
                "event-release",
                version=plain(row.version, 40),
                source=source_name(row.source, words),
            ),
        )
        for row in records(around.releases)
    ]
    if lines:
        widgets.table(
            words("track-title"),
            [words(f"column-{c}") for c in ("when", "kind", "what")],
            [
                (words.time(moment.to_pydatetime()), kind, what)
                for moment, kind, what in sorted(lines)
            ],
        )


def _texts(stage: Stage, at: datetime, words: Wording) -> None:
    """The newest items at that moment, as they stood then."""
    frame = _newest(stage.store, stage.world.app, at)
    st.subheader(words("training-newest"), anchor=False)
    if frame.empty:
        st.caption(words("training-none"))
        return
    widgets.html("items.html", words=words, items=rows(frame, words))


@queries.cached()
def _newest(store: Store, app: str, at: datetime) -> pd.DataFrame:
    frame = store.items.frame(app, since=at - training_cases.SHOWN, as_of=at, record=ScoredItem)
    return frame.tail(NEWEST).iloc[::-1]


def _judge(words: Wording, at: datetime, played: str) -> None:
    st.subheader(words("training-verdict"), anchor=False)
    with st.form("training-form"):
        left, right = st.columns(2)
        with left:
            st.selectbox(
                words("training-what"),
                ANSWERS,
                format_func=lambda a: words("training-nothing" if a == "nothing" else f"cause-{a}"),
                key="training-answer",
            )
        with right:
            st.selectbox(
                words("coordination-title"),
                SIGNS,
                format_func=lambda s: words(f"coordination-{s}"),
                key="training-signs",
            )
        st.form_submit_button(
            words("training-give"), type="primary", on_click=_give, args=(played, at)
        )


def _truth(
    stage: Stage, given: Verdict, known: list[Incident], words: Wording, played: str
) -> None:
    """How the verdict fared, what was injected, and what Floodgauge thought at that moment."""
    outcome = training_cases.judge(stage.world, given)
    st.subheader(words("training-truth"), anchor=False)
    event = outcome.event
    truth = words("training-truth-nothing")
    if event is not None:
        truth = words(
            "training-truth-event",
            kind=words(f"training-kind-{event.kind}"),
            cause=words(f"cause-{event.cause}"),
            onset=words.time(event.onset),
            coordinated="yes" if event.coordinated else "no",
        )
    widgets.html("lead.html", text=truth)
    said = words("training-nothing" if given.answer == "nothing" else f"cause-{given.answer}")
    signs = words(f"coordination-{given.signs}")
    widgets.table(
        words("training-truth"),
        [words(f"column-{c}") for c in ("question", "verdict-given", "held")],
        [
            (words("training-what"), said, words("yes" if outcome.right else "no")),
            (words("coordination-title"), signs, words("yes" if outcome.signs_right else "no")),
        ],
    )
    if outcome.after is not None:
        st.markdown(words("training-after", length=words.length(outcome.after)))
    st.subheader(words("training-machine"), anchor=False)
    if known:
        st.markdown(widgets.as_text(incident_texts.headline(known[-1], stage.world.name, words)))
        reading(known[-1], words)
    else:
        st.markdown(words("replay-silent", time=words.time(given.at)))
    st.button(words("training-again"), key="training-anew", on_click=_again, args=(played,))


def _advance(played: str, hours: int, last: datetime) -> None:
    st.session_state[played] = min(st.session_state[played] + timedelta(hours=hours), last)


def _again(played: str) -> None:
    for key in (played, f"{played}-verdict"):
        st.session_state.pop(key, None)


def _give(played: str, at: datetime) -> None:
    st.session_state[f"{played}-verdict"] = Verdict(
        at, st.session_state["training-answer"], st.session_state["training-signs"]
    )
