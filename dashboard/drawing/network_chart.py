"""A network as Vega-Lite: a mark an account, a line a pair. Pure: no Streamlit, no own words."""

from typing import Any

import altair as alt
import pandas as pd

from dashboard.drawing.charts import COLOURS, NEUTRAL, Spec, Style

BEYOND, OTHER = COLOURS["negative"], COLOURS["positive"]
HEIGHT = 560


def network_chart(
    accounts: pd.DataFrame,
    pairs: pd.DataFrame,
    *,
    beyond_label: str,
    other_label: str,
    legend: str,
    style: Style,
) -> Spec:
    """accounts: x, y, size (shares), beyond (bool), tooltip. pairs: x, y, x2, y2, weight, tooltip.

    Accounts of pairs beyond chance are diamonds, all others circles: colour never tells alone.
    """
    kind = accounts["beyond"].map({True: beyond_label, False: other_label})
    accounts = accounts.assign(kind=kind)
    place: dict[str, Any] = {"scale": alt.Scale(zero=False, nice=False), "axis": None}
    lines = (
        alt.Chart(pairs)
        .mark_rule(color=NEUTRAL, strokeWidth=1)
        .encode(
            x=alt.X("x:Q", **place),
            y=alt.Y("y:Q", **place),
            x2="x2:Q",
            y2="y2:Q",
            opacity=alt.Opacity(
                "weight:Q", scale=alt.Scale(range=[0.15, 0.8], type="sqrt"), legend=None
            ),
            tooltip=alt.Tooltip("tooltip:N", title=" "),
        )
    )
    domain = [beyond_label, other_label]
    labels: dict[str, Any] = {
        "labelColor": style.ink,
        "titleColor": style.ink,
        "orient": "top",
        "labelLimit": 0,
        "direction": "vertical",
    }
    marks = (
        alt.Chart(accounts)
        .mark_point(filled=True, opacity=0.9, stroke="white", strokeWidth=0.4)
        .encode(
            x=alt.X("x:Q", **place),
            y=alt.Y("y:Q", **place),
            size=alt.Size(
                "size:Q", scale=alt.Scale(range=_sizes(len(accounts)), type="sqrt"), legend=None
            ),
            color=alt.Color(
                "kind:N",
                scale=alt.Scale(domain=domain, range=[BEYOND, OTHER]),
                legend=alt.Legend(title=legend, **labels),
            ),
            shape=alt.Shape(
                "kind:N",
                scale=alt.Scale(domain=domain, range=["diamond", "circle"]),
                legend=alt.Legend(title=legend, **labels),
            ),
            tooltip=alt.Tooltip("tooltip:N", title=" "),
        )
    )
    drawn = (lines + marks).properties(height=HEIGHT).configure_view(stroke=None)
    spec: Spec = drawn.to_dict()
    return spec


def _sizes(accounts: int) -> list[int]:
    """Areas of the smallest and largest mark: thousands stay apart."""
    largest = max(60, min(400, 60_000 // max(accounts, 1)))
    return [largest // 6, largest]
