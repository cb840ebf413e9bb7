"""Frames -> charts, as Vega-Lite that Altair writes. Pure: no Streamlit, no store, no own words.

Times come as the reader's clock written as UTC (binning.wall) and are drawn on a UTC scale, so that
no browser moves them. Colours are Okabe and Ito's, readable on white and on dark; none carries a
meaning alone: classes have their own panel, marks their own shape and label. Heights include titles
and axes.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import altair as alt
import pandas as pd

Spec = dict[str, Any]  # Vega-Lite; "datasets" holds its frames
COLOURS = {
    "negative": "#d55e00",
    "middle": "#7d8791",
    "positive": "#1b7fbd",
    "no_stars": "#7d8791",
    "post": "#a2628f",
}
NEUTRAL = "#7d8791"
MOST_TICKS = 7  # labels of a time axis that a phone has room for
STEPS = ("3h", "6h", "12h", "1D", "2D", "3D", "7D", "14D", "MS", "QS", "YS", "5YS", "10YS")
TIMES = (
    "utchours(datum.value) == 0 ? utcFormat(datum.value, '%-d %b')"
    " : utcFormat(datum.value, '%H:%M')"
)
MONTHS = "utcFormat(datum.value, '%b %Y')"
UTC_SCALE = alt.Scale(type="utc", nice=False)
SHAPES = ["triangle-right", "diamond", "square", "circle", "cross", "triangle-down", "stroke"]
CROSS = "M-1,-1L1,1M-1,1L1,-1"
LEFT = 78  # width of every value axis, so that panels align
WIDE_LEFT = 130  # of lanes with longer names


@dataclass(frozen=True, slots=True)
class Style:
    """What depends on the reader. ink: colour of labels inside a chart, which no theme reaches.

    locale: names of days and months and the marks of numbers, as d3 wants them.
    """

    ink: str = NEUTRAL
    locale: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Mark:
    """A moment on the timeline. side: where its label stands; dash: of its line."""

    wall: pd.Timestamp
    label: str
    side: str
    dash: tuple[int, ...]


def volume(
    bars: pd.DataFrame,
    *,
    group: str,
    title: str,
    subtitle: str = "",
    usual: tuple[float, float] | None = None,
    usual_label: str = "",
    marks: Sequence[Mark] = (),
    mark_labels: bool = False,
    unseen: pd.DataFrame | None = None,
    height: int = 128,
    style: Style,
) -> Spec:
    """Bars of one class with the usual range behind them, moments as lines, gaps as grey spans.

    bars: rows of binning.bars of this class, with a column `tooltip`. usual: low and high of a bar.
    unseen: columns wall_start, wall_end, label. Columns since and until make the bars clickable.
    """
    axis = time_axis(bars["wall_start"].min(), bars["wall_end"].max())
    x = alt.X("wall_start:T", scale=UTC_SCALE, axis=axis)
    top = max(float(bars["items"].fillna(0).max()), (usual or (0, 0))[1], 1.0)
    scale = alt.Scale(domain=[0, top * (1.22 if mark_labels else 1.05)], nice=False)
    y = alt.Y("items:Q", scale=scale, axis=_count_axis(2 if height < 160 else 4))
    layers: list[Any] = []
    if unseen is not None and not unseen.empty:
        layers += unseen_boxes(
            unseen, style.ink, alt.X("wall_start:T", scale=UTC_SCALE), "wall_end:T"
        )
    if usual is not None:
        layers += _usual(usual, usual_label, style.ink)
    layers.append(_bars(bars, x, "wall_end:T", y, COLOURS[group]))
    layers += [layer for mark in marks for layer in _mark(mark, style.ink, labelled=mark_labels)]
    if "since" in bars:
        layers.append(_targets(bars, x, "wall_end:T"))
    return finished(layers, height, style, title, subtitle)


def track(events: pd.DataFrame, *, start: pd.Timestamp, end: pd.Timestamp, style: Style) -> Spec:
    """What happened around the swing: one lane a kind, one shape a kind.

    events: columns wall, lane, tooltip, in the order in which the lanes are to stand.
    """
    lanes = list(dict.fromkeys(events["lane"]))
    x = alt.X("wall:T", scale=UTC_SCALE, axis=time_axis(start, end))
    y = _lanes("lane:N", lanes)
    shapes = alt.Scale(domain=lanes, range=SHAPES[: len(lanes)])
    points = (
        alt.Chart(events)
        .mark_point(filled=True, size=120, color=COLOURS["positive"], opacity=1)
        .encode(
            x=x,
            y=y,
            shape=alt.Shape("lane:N", sort=lanes, legend=None, scale=shapes),
            tooltip=alt.Tooltip("tooltip:N", title=" "),
        )
    )
    # Two points that nobody sees give the track the span of the panels above it.
    ends = alt.Chart(pd.DataFrame({"wall": [start, end], "lane": lanes[0]}))
    hidden = ends.mark_point(opacity=0, tooltip=None).encode(x=x, y=y)
    return finished([hidden, points], 26 * len(lanes) + 34, style)


def coverage(
    covered: pd.DataFrame,
    failed: pd.DataFrame,
    *,
    start: pd.Timestamp,
    end: pd.Timestamp,
    title: str,
    subtitle: str,
    style: Style,
) -> Spec:
    """One lane a source: bars where it saw everything, crosses where a run failed, else nothing.

    covered: source, wall_start, wall_end, tooltip. failed: source, wall, tooltip.
    """
    lanes = sorted({*covered["source"], *failed["source"]})
    y = _lanes("source:N", lanes, WIDE_LEFT)
    x = alt.X("wall_start:T", scale=UTC_SCALE, axis=time_axis(start, end))
    tooltip = alt.Tooltip("tooltip:N", title=" ")
    ends = pd.DataFrame({"wall_start": [start, end], "source": lanes[0]})
    layers = [
        alt.Chart(ends).mark_point(opacity=0, tooltip=None).encode(x=x, y=y),
        alt.Chart(covered)
        .mark_bar(color=COLOURS["positive"], height=10)
        .encode(x=x, x2="wall_end:T", y=y, tooltip=tooltip),
        alt.Chart(failed)
        .mark_point(shape=CROSS, size=120, strokeWidth=2, color=COLOURS["negative"])
        .encode(x=alt.X("wall:T", scale=UTC_SCALE), y=y, tooltip=tooltip),
    ]
    return finished(layers, 28 * len(lanes) + 76, style, title, subtitle)


def relative(
    frame: pd.DataFrame, *, title: str, subtitle: str, unseen: pd.DataFrame, style: Style
) -> Spec:
    """Low-star items by days from an anchor at 0. frame: day, end, items, tooltip.

    unseen: day, end, label of spans that nobody looked at.
    """
    signed = "datum.value == 0 ? '0' : format(datum.value, '+d')"
    axis = alt.Axis(title=None, grid=False, labelExpr=signed, tickMinStep=1, tickCount=14)
    x = alt.X("day:Q", scale=alt.Scale(nice=False), axis=axis)
    y = alt.Y("items:Q", axis=_count_axis(3))
    ends = pd.DataFrame({"day": [frame["day"].min(), frame["end"].max()]})
    anchor = pd.DataFrame({"day": [0.0]})
    layers = [
        alt.Chart(ends).mark_point(opacity=0, tooltip=None).encode(x=x),
        *([] if unseen.empty else unseen_boxes(unseen, style.ink, x, "end:Q")),
        _bars(frame, x, "end:Q", y, COLOURS["negative"]),
        alt.Chart(anchor).mark_rule(strokeDash=[6, 4], color=NEUTRAL).encode(x=x),
        *([_targets(frame, x, "end:Q")] if "since" in frame else []),
    ]
    return finished(layers, 170, style, title, subtitle)


def _bars(frame: pd.DataFrame, x: alt.X, x2: str, y: alt.Y, colour: str) -> Any:
    """Bars from zero; a missing count leaves its place empty."""
    return (
        alt.Chart(frame.dropna(subset=["items"]))
        .mark_bar(color=colour, strokeWidth=0, binSpacing=0)
        .encode(x=x, x2=x2, y=y, y2=alt.datum(0), tooltip=alt.Tooltip("tooltip:N", title=" "))
    )


def _targets(frame: pd.DataFrame, x: alt.X, x2: str) -> Any:
    """The whole height above each bar takes a click, so that a low bar can be hit."""
    pick = alt.selection_point(name="pick", fields=["since", "until"], on="click", empty=False)
    return (
        alt.Chart(frame[frame["items"] > 0])
        .mark_rect(opacity=0, cursor="pointer")
        .encode(x=x, x2=x2, tooltip=alt.Tooltip("tooltip:N", title=" "))
        .add_params(pick)
    )


def finished(
    layers: list[Any], height: int, style: Style, title: str = "", subtitle: str = ""
) -> Spec:
    properties: dict[str, Any] = {"height": height}
    if title:
        properties["title"] = alt.TitleParams(
            title,
            subtitle=subtitle or alt.Undefined,
            anchor="start",
            fontSize=14,
            subtitleFontSize=12,
            subtitleColor=style.ink,
        )
    frames = _named(layers)
    drawn = (
        alt.layer(*layers)
        .properties(**properties)
        .configure_view(strokeWidth=0)
        .configure_axis(domainColor=NEUTRAL, tickColor=NEUTRAL, gridOpacity=0.35)
    )
    drawn = drawn.configure(locale=dict(style.locale)) if style.locale else drawn
    spec: Spec = drawn.to_dict(validate=False)  # tests hold them against the schema
    for size in ("continuousWidth", "continuousHeight"):  # Altair's own; the page sets ours
        spec["config"].get("view", {}).pop(size, None)
    return {**spec, "datasets": frames}


def _named(layers: list[Any]) -> dict[str, pd.DataFrame]:
    """The layers' frames by a name that changes with what is in them; the layers keep the name."""
    frames = {}
    for layer in layers:
        frame = layer.data
        rows = pd.util.hash_pandas_object(frame).to_numpy().tobytes()
        name = hashlib.blake2b(rows + str(list(frame)).encode(), digest_size=8).hexdigest()
        frames[name] = frame
        layer.data = alt.NamedData(name=name)
    return frames


def ticks(start: pd.Timestamp, end: pd.Timestamp) -> pd.DatetimeIndex:
    """At most seven round moments in a span; days begin at midnight of the clock that is shown."""
    for step in STEPS:
        first = start.ceil(step) if step[-1] == "h" else start.ceil("D")
        found = pd.date_range(first, end, freq=step)
        if len(found) <= MOST_TICKS:
            return found
    return found


def time_axis(start: pd.Timestamp, end: pd.Timestamp) -> alt.Axis:
    at = ticks(start, end)
    long = len(at) > 1 and at[1] - at[0] > pd.Timedelta(days=27)
    values = [
        alt.DateTime(year=t.year, month=t.month, date=t.day, hours=t.hour, utc=True) for t in at
    ]
    return alt.Axis(
        title=None,
        labelExpr=MONTHS if long else TIMES,
        grid=False,
        labelOverlap="parity",
        labelFlush=True,
        values=values,
    )


def _count_axis(ticks: int) -> alt.Axis:
    return alt.Axis(
        title=None, tickMinStep=1, tickCount=ticks, format=",d", minExtent=LEFT, maxExtent=LEFT
    )


def _lanes(encoded: str, lanes: list[str], left: int = LEFT) -> alt.Y:
    axis = alt.Axis(title=None, grid=True, minExtent=left, maxExtent=left, labelLimit=left - 8)
    return alt.Y(encoded, sort=lanes, axis=axis)


def _usual(usual: tuple[float, float], label: str, ink: str) -> list[Any]:
    frame = pd.DataFrame({"low": [usual[0]], "high": [usual[1]], "label": [label]})
    band = alt.Chart(frame).mark_rect(color=NEUTRAL, opacity=0.25)
    edge = alt.Chart(frame).mark_rule(color=NEUTRAL, strokeDash=[2, 2])
    text = alt.Chart(frame).mark_text(
        align="right", baseline="bottom", dx=-4, dy=-3, fontSize=11, color=ink
    )
    return [
        band.encode(y="low:Q", y2="high:Q"),
        edge.encode(y="high:Q"),
        text.encode(x=alt.value(alt.expr("width")), y="high:Q", text="label:N"),
    ]


def _mark(mark: Mark, ink: str, *, labelled: bool) -> list[Any]:
    frame = pd.DataFrame({"wall": [mark.wall], "label": [mark.label]})
    rule = alt.Chart(frame).mark_rule(strokeDash=list(mark.dash), strokeWidth=1.5, color=NEUTRAL)
    x = alt.X("wall:T", scale=UTC_SCALE)
    if not labelled:
        return [rule.encode(x=x)]
    right = mark.side == "right"
    text = alt.Chart(frame).mark_text(
        align="left" if right else "right",
        baseline="top",
        dx=5 if right else -5,
        fontSize=12,
        color=ink,
    )
    return [rule.encode(x=x), text.encode(x=x, y=alt.value(0), text="label:N")]


def unseen_boxes(spans: pd.DataFrame, ink: str, x: alt.X, x2: str) -> list[Any]:
    box = alt.Chart(spans).mark_rect(
        color=NEUTRAL, fillOpacity=0.12, stroke=NEUTRAL, strokeDash=[3, 3], strokeOpacity=0.8
    )
    text = alt.Chart(spans).mark_text(
        align="left", baseline="top", dx=4, dy=4, fontSize=11, color=ink
    )
    return [box.encode(x=x, x2=x2), text.encode(x=x, y=alt.value(0), text="label:N")]
