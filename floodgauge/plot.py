"""Pictures of what was found, as Altair charts: they show in a notebook, `.save("x.html")` keeps
them, and `.to_dict()` gives their Vega-Lite."""

from datetime import timedelta
from typing import Any

import altair as alt
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.research.tables import Names, Table, read_table
from collector.errors import ContractError
from collector.times import DAY_US, HOUR_US
from dashboard.drawing.charts import COLOURS, NEUTRAL

MOST_BARS = 400
Z = 1.96  # of a 95 % interval
STEPS_US = (HOUR_US, 6 * HOUR_US, DAY_US, 7 * DAY_US, 28 * DAY_US)


def timeline(
    df: Any,
    swings: pd.DataFrame | None = None,
    *,
    time: str | None = None,
    stars: str | None = None,
    count: str | None = None,
    source: str | None = None,
    bin_width: timedelta | None = None,
    width: int = 700,
    height: int = 200,
) -> alt.LayerChart:
    """Counts over time by class of stars, with the swings as bands.

    df and its columns: as `detect` takes them. swings: what `detect` gave. width, height: pixels.
    Bars are of an hour, 6 hours, a day, 7 or 28 days (UTC): at most 400 of them. low: 1 and 2
    stars, middle: 3, high: 4 and 5; a table without stars has one class.
    Raises ContractError where a column is not there.

    >>> import floodgauge as fg
    >>> import pandas as pd
    >>> usual = pd.date_range("2026-01-01 21:30", periods=120, freq="D", tz="UTC")
    >>> reviews = pd.DataFrame({"at": usual, "stars": [5, 1, 4] * 40})
    >>> chart = fg.plot.timeline(reviews, fg.detect(reviews))
    >>> chart.to_dict()["layer"][0]["mark"]["type"]
    'bar'
    """
    bars = binned(read_table(df, Names(time, stars, count, source, bin_width)))
    shown = list(bars["stars"].unique())
    colours = alt.Scale(domain=shown, range=[CLASS_COLOURS[name] for name in shown])
    layers: list[Any] = [
        alt.Chart(bars)
        .mark_bar()
        .encode(
            x=alt.X("from:T", title=None),
            x2="to:T",
            y=alt.Y("items:Q", title="items"),
            color=alt.Color("stars:N", scale=colours),
            tooltip=["from:T", "to:T", "stars:N", "items:Q"],
        )
    ]
    if swings is not None and not swings.empty:
        layers.append(_bands(swings, bars["to"].max()))
    return alt.LayerChart(layer=layers).properties(width=width, height=height)


CLASS_COLOURS = {
    "low": COLOURS["negative"],
    "middle": NEUTRAL,
    "high": COLOURS["positive"],
    "all": NEUTRAL,
}


def binned(table: Table) -> pd.DataFrame:
    """Counts by bar and class of stars: columns from, to, stars, items."""
    span = int(table.at[-1] - table.at[0])
    least = table.width or HOUR_US
    fitting = (s for s in STEPS_US if s >= least and span // s < MOST_BARS)
    step = next(fitting, STEPS_US[-1])
    names = np.array(["none", "low", "low", "middle", "high", "high"])
    frame = pd.DataFrame(
        {
            "from": pd.to_datetime(table.at // step * step, unit="us", utc=True),
            "stars": names[table.stars] if table.rated else "all",
        }
    )
    counted = frame.value_counts(["from", "stars"]).rename("items").reset_index()
    counted = counted[counted["stars"] != "none"].sort_values(["from", "stars"], ignore_index=True)
    return counted.assign(to=counted["from"] + pd.Timedelta(step, "us"))


def _bands(swings: pd.DataFrame, end: Any) -> Any:
    shown = pd.DataFrame(
        {
            "from": swings["onset_at"],
            "to": swings["ended_at"].fillna(end),
            "swing": swings["direction"],
            "alarm": swings["alarmed_at"],
            "items": swings["items"],
        }
    )
    return (
        alt.Chart(shown)
        .mark_rect(opacity=0.25, stroke="#33404c", strokeWidth=1, color="#33404c")
        .encode(x="from:T", x2="to:T", tooltip=["swing:N", "from:T", "alarm:T", "to:T", "items:Q"])
    )


def calibration(
    probabilities: Any, outcomes: Any, *, bins: int = 10, width: int = 320, height: int = 320
) -> alt.LayerChart:
    """What was said with a probability against how often it came true.

    probabilities: (n,) of 0 to 1, such as `cause_probability`. outcomes: (n,) of whether it was so.
    bins: groups of like size, by probability. Each point has its Wilson 95 % interval; on the
    diagonal lies who says 70 % and is right seven times in ten. width, height: pixels.
    Raises ContractError for other shapes or values.
    Source: Wilson (1927); Murphy and Winkler (1977) for the diagram.

    >>> import floodgauge as fg
    >>> chart = fg.plot.calibration([0.1, 0.2, 0.8, 0.9], [False, False, True, True], bins=2)
    >>> [round(row["came true"], 2) for row in list(chart.to_dict()["datasets"].values())[0]]
    [0.0, 1.0]
    """
    said, so = np.asarray(probabilities, np.float64), np.asarray(outcomes, np.float64)
    if said.shape != so.shape or said.ndim != 1 or not len(said):
        raise ContractError("calibration: as many outcomes as probabilities, at least one")
    if not ((said >= 0) & (said <= 1)).all() or not np.isin(so, (0, 1)).all():
        raise ContractError("calibration: probabilities of 0 to 1, outcomes that are true or false")
    points = reliability(said, so, bins)
    unit = alt.Scale(domain=[0, 1])
    x = alt.X("said:Q", scale=unit, title="probability that was said")
    y = alt.Y("came true:Q", scale=unit, title="share that came true")
    dots = (
        alt.Chart(points)
        .mark_point(filled=True, size=60)
        .encode(x=x, y=y, tooltip=["said", "came true", "n"])
    )
    spans = alt.Chart(points).mark_rule().encode(x=x, y=alt.Y("low:Q", scale=unit), y2="high:Q")
    line = alt.Chart(pd.DataFrame({"said": [0, 1], "came true": [0, 1]}))
    diagonal = line.mark_line(strokeDash=[4, 4], color=NEUTRAL).encode(x=x, y=y)
    layers = [dots, spans, diagonal]
    return alt.LayerChart(layer=layers).properties(width=width, height=height)


def reliability(said: NDArray[np.float64], so: NDArray[np.float64], bins: int) -> pd.DataFrame:
    """Columns said, came true, low, high, n: means and Wilson's interval of groups of like size."""
    groups = np.array_split(np.argsort(said, kind="stable"), min(bins, len(said)))
    rows = []
    for group in groups:
        n, share = len(group), float(so[group].mean())
        middle = (share + Z**2 / (2 * n)) / (1 + Z**2 / n)
        half = Z * np.sqrt(share * (1 - share) / n + Z**2 / (4 * n**2)) / (1 + Z**2 / n)
        rows.append((float(said[group].mean()), share, max(middle - half, 0), middle + half, n))
    return pd.DataFrame(rows, columns=["said", "came true", "low", "high", "n"])
