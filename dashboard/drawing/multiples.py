"""Small multiples on one time axis: stars to both sides of a line, lines with their band. Pure.

Every panel has the same axes left and right, so that a moment stands above itself. A line is told
by its label at its end and by its dashes, never by colour alone. A drag selects a span. Drawn on a
canvas, which is one picture with one name to who cannot see it: a brush has parts without names.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import altair as alt
import pandas as pd

from dashboard.drawing import charts
from dashboard.drawing.charts import COLOURS, NEUTRAL, Spec, Style

BRUSH = "span"
FIELD = "wall"
LEFT, RIGHT = 44, 104
HEIGHT = 150
AROUND = 36  # of the axis below, within the height
APART = 13  # pixels between two labels
PALETTE = ("#1b7fbd", "#d55e00", "#007a5a", "#a2628f", "#7d8791", "#8a6d00")
DASHES: tuple[tuple[int, ...], ...] = ((1, 0), (6, 3), (2, 2), (9, 3, 2, 3), (4, 4), (1, 3))


@dataclass(frozen=True, slots=True)
class Line:
    """One line. rows: wall (middle of the bin), value, tooltip; low and high where it has a band.

    place: its colour and dashes, of PALETTE and DASHES.
    """

    label: str
    rows: pd.DataFrame
    place: int = 0


@dataclass(frozen=True, slots=True)
class Axis:
    """What all panels of a page share. start, end: of the span on the reader's clock.

    moments: columns wall, of what happened. unseen: wall_start, wall_end, label.
    """

    start: pd.Timestamp
    end: pd.Timestamp
    moments: pd.DataFrame = field(default_factory=pd.DataFrame)
    unseen: pd.DataFrame = field(default_factory=pd.DataFrame)


def stars(
    bars: pd.DataFrame,
    axis: Axis,
    labels: Sequence[str],
    *,
    usual: float | None,
    style: Style,
) -> Spec:
    """High and middle stars above a line, low stars below it.

    bars: wall_start, wall_end, side (high, middle, low or no_stars), low and high (of the bar),
    tooltip.
    labels: of above and of below. usual: the most low-star reviews that a bin usually has.
    """
    top = max([1.0, *map(float, bars["high"])])
    bottom = min([-1.0, -(usual or 0.0), *map(float, bars["low"])])
    scale = alt.Scale(domain=[bottom * 1.15, top * 1.15], nice=False)
    # Counts on both sides of the line are above nought.
    ticks = alt.Axis(
        title=None,
        tickCount=4,
        tickMinStep=1,
        minExtent=LEFT,
        maxExtent=LEFT,
        labelExpr="format(abs(datum.value), ',d')",
    )
    y = alt.Y("low:Q", scale=scale, axis=ticks)
    colours = alt.Scale(
        domain=["high", "middle", "low", "no_stars"],
        range=[COLOURS["positive"], COLOURS["middle"], COLOURS["negative"], NEUTRAL],
    )
    drawn = (
        alt.Chart(bars)
        .mark_bar(strokeWidth=0, binSpacing=0)
        .encode(
            x=_x("wall_start", axis),
            x2="wall_end:T",
            y=y,
            y2="high:Q",
            color=alt.Color("side:N", scale=colours, legend=None),
            tooltip=_tooltip(),
        )
    )
    layers = [*_behind(axis, style), drawn, _zero(), *_ends(labels, bottom, top, style)]
    if usual is not None and usual > 0:
        layers.insert(-1, _usual_line(-usual))
    return _finished(layers, axis, style)


def lines(
    shown: Sequence[Line],
    axis: Axis,
    *,
    style: Style,
    domain: tuple[float, float] | None = None,
    usual: tuple[float, float] | None = None,
    as_share: bool = False,
    height: int = HEIGHT,
) -> Spec:
    """Lines with a label at each end. domain: of the values, else what is drawn.

    usual: the range that is usual, drawn behind.
    """
    low, high = domain or _domain(shown)
    scale = alt.Scale(domain=[low, high], nice=False, zero=False, clamp=True)
    form = ".0%" if as_share else ",.2~f"
    ticks = alt.Axis(title=None, tickCount=4, format=form, minExtent=LEFT, maxExtent=LEFT)
    y = alt.Y("value:Q", scale=scale, axis=ticks)
    layers = _behind(axis, style)
    if usual is not None:
        layers.append(_band_of(usual, scale))
    for line in shown:
        layers += _line(line, axis, y, scale)
    layers += _labels(shown, (low, high), height, scale, style)
    return _finished(layers, axis, style, height)


def _domain(shown: Sequence[Line]) -> tuple[float, float]:
    values = pd.concat([line.rows["value"] for line in shown]).dropna()
    if values.empty:
        return 0.0, 1.0
    low, high = float(values.min()), float(values.max())
    room = max((high - low) * 0.15, 0.05 * max(abs(high), 1e-9), 1e-9)
    return (0.0 if 0 <= low < high / 2 else low - room), high + room


def _line(line: Line, axis: Axis, y: alt.Y, scale: alt.Scale) -> list[Any]:
    rows = line.rows.assign(piece=line.rows["value"].isna().cumsum().astype(str))
    rows = rows.dropna(subset=["value"])
    colour = PALETTE[line.place % len(PALETTE)]
    base = alt.Chart(rows)
    x = _x("wall", axis)
    found = []
    if "low" in rows and rows["low"].notna().any():
        found.append(
            base.mark_area(color=colour, opacity=0.18).encode(
                x=x, y=alt.Y("low:Q", scale=scale), y2="high:Q", detail="piece:N"
            )
        )
    dash = list(DASHES[line.place % len(DASHES)])
    found.append(
        base.mark_line(color=colour, strokeDash=dash, strokeWidth=2).encode(
            x=x, y=y, detail="piece:N"
        )
    )
    found.append(
        base.mark_point(color=colour, filled=True, size=26, opacity=1).encode(
            x=x, y=y, tooltip=_tooltip()
        )
    )
    return found


def _labels(
    shown: Sequence[Line],
    domain: tuple[float, float],
    height: int,
    scale: alt.Scale,
    style: Style,
) -> list[Any]:
    """Each line's name at its last point, moved apart where they would stand on each other."""
    known = [(line, line.rows["value"].dropna()) for line in shown]
    ends = [(float(values.iloc[-1]), line) for line, values in known if len(values)]
    ends.sort(key=lambda end: end[0])
    step = APART * (domain[1] - domain[0]) / max(height - AROUND, 1)
    places: list[float] = []
    for value, _ in ends:
        places.append(max(value, places[-1] + step) if places else value)
    over = max((places[-1] - domain[1]) if places else 0.0, 0.0)
    for n in range(len(places) - 1, -1, -1):  # back from the top, as far as needed
        most = domain[1] if n == len(places) - 1 else places[n + 1] - step
        places[n] = min(places[n], most) if over else places[n]
    found = []
    for place, (_, line) in zip(places, ends, strict=True):
        frame = pd.DataFrame({"place": [place], "label": [line.label]})
        text = alt.Chart(frame).mark_text(
            align="left",
            baseline="middle",
            dx=6,
            fontSize=11,
            limit=RIGHT - 10,
            color=style.ink,
        )
        found.append(
            text.encode(
                x=alt.value(alt.expr("width")), y=alt.Y("place:Q", scale=scale), text="label:N"
            )
        )
        found.append(_swatch(place, line, scale))
    return found


def _swatch(place: float, line: Line, scale: alt.Scale) -> Any:
    frame = pd.DataFrame({"place": [place]})
    mark = alt.Chart(frame).mark_point(
        shape="circle", filled=True, size=22, color=PALETTE[line.place % len(PALETTE)], opacity=1
    )
    return mark.encode(x=alt.value(alt.expr("width + 2")), y=alt.Y("place:Q", scale=scale))


def _behind(axis: Axis, style: Style) -> list[Any]:
    """What nobody saw, and the moments at which something happened."""
    edges = pd.DataFrame({FIELD: [axis.start, axis.end]})
    found = [alt.Chart(edges).mark_point(opacity=0, tooltip=None).encode(x=_x(FIELD, axis))]
    if not axis.unseen.empty:
        x = alt.X("wall_start:T", scale=_scale(axis))
        found += charts.unseen_boxes(axis.unseen, style.ink, x, "wall_end:T")
    if not axis.moments.empty:
        rule = alt.Chart(axis.moments[["wall"]]).mark_rule(
            strokeDash=[3, 3], strokeWidth=1, color=NEUTRAL
        )
        found.append(rule.encode(x=_x("wall", axis)))
    return found


def _finished(
    layers: list[Any],
    axis: Axis,
    style: Style,
    height: int = HEIGHT,
) -> Spec:
    layers += [_room(), _brush(axis)]
    spec = charts.finished(layers, height, style)
    return {**spec, "usermeta": {"embedOptions": {"renderer": "canvas"}}}


def _room() -> Any:
    """The same room at the right of every panel, whatever its labels are."""
    room = alt.Chart(pd.DataFrame({"room": [0]})).mark_rect(opacity=0, tooltip=None)
    return room.encode(
        x=alt.value(alt.expr("width")),
        x2=alt.value(alt.expr(f"width + {RIGHT}")),
        y=alt.value(0),
        y2=alt.value(1),
    )


def _brush(axis: Axis) -> Any:
    """A span is chosen by dragging over the panel."""
    edges = pd.DataFrame({FIELD: [axis.start, axis.end]})
    chosen = alt.selection_interval(name=BRUSH, encodings=["x"])
    return (
        alt.Chart(edges)
        .mark_point(opacity=0, tooltip=None)
        .encode(x=_x(FIELD, axis))
        .add_params(chosen)
    )


def _scale(axis: Axis) -> alt.Scale:
    domain = [_moment(axis.start), _moment(axis.end)]
    return alt.Scale(type="utc", nice=False, domain=domain)


def _moment(t: pd.Timestamp) -> alt.DateTime:
    return alt.DateTime(
        year=t.year, month=t.month, date=t.day, hours=t.hour, minutes=t.minute, utc=True
    )


def _x(name: str, axis: Axis) -> alt.X:
    return alt.X(f"{name}:T", scale=_scale(axis), axis=charts.time_axis(axis.start, axis.end))


def _zero() -> Any:
    line = pd.DataFrame({"at": [0.0]})
    return alt.Chart(line).mark_rule(color=NEUTRAL, strokeWidth=1).encode(y="at:Q")


def _usual_line(at: float) -> Any:
    line = pd.DataFrame({"at": [at]})
    return alt.Chart(line).mark_rule(color=NEUTRAL, strokeDash=[2, 2]).encode(y="at:Q")


def _band_of(usual: tuple[float, float], scale: alt.Scale) -> Any:
    frame = pd.DataFrame({"bottom": [usual[0]], "top": [usual[1]]})
    band = alt.Chart(frame).mark_rect(color=NEUTRAL, opacity=0.22)
    return band.encode(y=alt.Y("bottom:Q", scale=scale), y2="top:Q")


def _ends(labels: Sequence[str], bottom: float, top: float, style: Style) -> list[Any]:
    found = []
    for label, place in zip(labels, (top / 2, bottom / 2), strict=True):
        frame = pd.DataFrame({"place": [place], "label": [label]})
        text = alt.Chart(frame).mark_text(
            align="left", baseline="middle", dx=6, fontSize=11, limit=RIGHT - 10, color=style.ink
        )
        found.append(text.encode(x=alt.value(alt.expr("width")), y="place:Q", text="label:N"))
    return found


def _tooltip() -> alt.Tooltip:
    return alt.Tooltip("tooltip:N", title=" ")
