"""The panels of a span as charts, each with its sentence and its words for those who hear it."""

import itertools
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import numpy as np
import pandas as pd
from altair.utils.schemapi import debug_mode
from numpy.typing import NDArray

from analysis.trends.bins import index_of
from analysis.trends.load import Trends
from analysis.trends.points import PANELS, Panel
from analysis.words.incident import with_changed
from dashboard.drawing import binning, multiples
from dashboard.drawing.charts import Spec, Style
from dashboard.drawing.multiples import Axis, Line
from dashboard.trends import sentences, star_bars
from dashboard.trends.compared import Compared
from dashboard.trends.happened import Happening, walls
from dashboard.words.catalogue import Wording
from dashboard.words.sources import source_name

MOST_LINES = 5
PLACES = {"negative": 1, "positive": 0, "mixed": 4, "unread": 5}
"""Blame is drawn like low stars, praise like high ones."""
DOMAINS: dict[Panel, tuple[float, float]] = {"sentiment": (0.0, 1.0), "store_average": (1.0, 5.0)}
SHARES: tuple[Panel, ...] = ("sentiment", "reasons")


@dataclass(frozen=True, slots=True)
class Shown:
    """One panel. unit: what is drawn. sentence: what it shows. alt: for who cannot see it."""

    panel: Panel
    title: str
    unit: str
    sentence: str
    chart: Spec
    alt: str


def charts_of(
    seen: Compared,
    happenings: Sequence[Happening],
    words: Wording,
    style: Style,
    wanted: Collection[Panel] = PANELS,
) -> list[Shown]:
    """The panels that have anything to show, from top to bottom."""
    with debug_mode(False):  # Altair holds each part against its schema, which takes a second
        return _drawn(seen, axis_of(seen.now, happenings, words), words, style, wanted)


def _drawn(
    seen: Compared, axis: Axis, words: Wording, style: Style, wanted: Collection[Panel]
) -> list[Shown]:
    found = []
    for panel in PANELS:
        rows = seen.now.of(panel)
        if panel in wanted and rows["value"].notna().any():
            for key, chart in _charts(panel, seen, axis, words, style):
                sentence = sentences.of_panel(panel, seen, words) if key == panel else ""
                title = words(f"trends-title-{key}")
                alt = words("trends-alt", title=title, sentence=sentence or title)
                unit = _unit(key, seen, words)
                found.append(Shown(panel, title, unit, sentence, chart, alt))
    return found


def axis_of(now: Trends, happenings: Sequence[Happening], words: Wording) -> Axis:
    """The axis that all panels share."""
    bounds = [binning.wall_time(at, words.zone) for at in (now.span.since, now.span.until)]
    return Axis(bounds[0], bounds[1], walls(happenings, words), unseen(now, words))


def unseen(now: Trends, words: Wording) -> pd.DataFrame:
    """Runs of bins that nobody looked at."""
    blank = now.of("reviews", "low")["value"].isna().to_numpy()
    if now.by is not None or len(blank) != len(now.bounds) - 1:
        blank = now.seen.reviews
    return runs(blank, now.bounds, words)


def runs(blank: NDArray[np.bool_], bounds: Sequence[datetime], words: Wording) -> pd.DataFrame:
    """Runs of such bins: columns wall_start, wall_end, label."""
    walls_of = list(binning.wall_edges(index_of(bounds), words.zone))
    edges = np.flatnonzero(np.diff(np.concatenate([[0], blank.astype(int), [0]])))
    pairs = edges.reshape(-1, 2).tolist()
    label = words("chart-unseen")
    return pd.DataFrame(
        [(walls_of[a], walls_of[b], label) for a, b in pairs],
        columns=["wall_start", "wall_end", "label"],
    )


def _unit(key: str, seen: Compared, words: Wording) -> str:
    """What a chart draws, and how."""
    per = words(f"trends-per-{seen.now.length}")
    if key == "reviews" and seen.usual.low_reviews is not None:
        return words("trends-unit-usual", per=per)
    usual = int(seen.usual.stars is not None)
    return words(f"trends-unit-{key}", per=per, usual=usual)


def _charts(
    panel: Panel, seen: Compared, axis: Axis, words: Wording, style: Style
) -> list[tuple[str, Spec]]:
    """The charts of a panel by the key of their title."""
    now, usual = seen.now, seen.usual
    if panel == "reviews":
        return [(panel, _reviews(now, usual.low_reviews, axis, words, style))]
    if panel == "stars":
        lines = [Line(words("trends-line-mean"), rows_of(now, "stars", "mean", words))]
        spec = multiples.lines(
            lines,
            axis,
            style=style,
            domain=(1.0, 5.0),
            usual=usual.stars,
        )
        return [(panel, spec)]
    if panel == "replies":
        return _replies(now, axis, words, style)
    if not any(now.of(panel, name)["value"].notna().any() for name in drawn_series(panel, now)):
        return []
    found: list[tuple[str, Spec]] = [(panel, _lines(panel, now, axis, words, style))]
    if panel == "sentiment" and now.of(panel, "mean")["value"].notna().any():
        found.append(("sentiment-mean", _mean_score(now, axis, words, style)))
    return found


def _mean_score(now: Trends, axis: Axis, words: Wording, style: Style) -> Spec:
    rows = rows_of(now, "sentiment", "mean", words)
    return multiples.lines(
        [Line(words("trends-line-mean"), rows)],
        axis,
        style=style,
        domain=(-1.0, 1.0),
    )


def _lines(panel: Panel, now: Trends, axis: Axis, words: Wording, style: Style) -> Spec:
    names = drawn_series(panel, now)
    lines = [
        Line(
            series_name(panel, name, words),
            rows_of(now, panel, name, words),
            PLACES.get(name, place),
        )
        for place, name in enumerate(names)
    ]
    return multiples.lines(
        lines,
        axis,
        style=style,
        as_share=panel in SHARES,
        domain=DOMAINS.get(panel),
    )


def _replies(now: Trends, axis: Axis, words: Wording, style: Style) -> list[tuple[str, Spec]]:
    found = []
    for key, series in (("replies", "answered"), ("replies-hours", "hours")):
        rows = rows_of(now, "replies", series, words)
        if rows["value"].notna().any():
            spec = multiples.lines(
                [Line(series_name("replies", series, words), rows)],
                axis,
                style=style,
                as_share=series == "answered",
                domain=(0.0, 1.0) if series == "answered" else None,
            )
            found.append((key, spec))
    return found


def of_group(now: Trends, value: str | None) -> Trends:
    """One value of what an app is split by; None: unknown."""
    by = str(now.by)

    def mine(frame: pd.DataFrame) -> pd.DataFrame:
        return frame[frame[by].isna() if value is None else frame[by] == value]

    return replace(now, frame=mine(now.frame), totals=mine(now.totals))


def drawn_series(panel: Panel, now: Trends) -> list[str]:
    """Which series of a panel are drawn, the largest first where there are many."""
    rows = now.of(panel)
    if panel == "sentiment":
        return ["negative", "positive", "mixed", "unread"]
    if panel == "reasons":
        shares = sentences.reason_shares(now)
        return sorted(shares, key=lambda code: -shares[code])[:MOST_LINES]
    names = [str(name) for name in rows.dropna(subset=["value"])["series"].unique()]
    return [name for name in names if ":" not in name][:MOST_LINES]


def series_name(panel: Panel, name: str, words: Wording) -> str:
    """A series in words."""
    kind, _, of = name.partition(":")
    if of:
        return words(f"trends-series-{kind}", source=source_name(of, words))
    if panel == "reasons":
        return words.known(f"trends-reason-{name}", name)
    if panel in ("store_average", "posts") and name != "calls":
        return source_name(name, words)
    return words(f"trends-series-{panel.replace('_', '-')}-{name.replace('_', '-')}")


def rows_of(now: Trends, panel: Panel, series: str, words: Wording) -> pd.DataFrame:
    """A series as a line: wall (middle of the bin), value, low, high, tooltip."""
    rows = now.of(panel, series)
    walls_of = list(binning.wall_edges(index_of(now.bounds), words.zone))
    middles = [a + (b - a) / 2 for a, b in itertools.pairwise(walls_of)]
    return pd.DataFrame(
        {
            "wall": middles,
            "value": rows["value"].to_numpy(),
            "low": rows["low"].to_numpy(),
            "high": rows["high"].to_numpy(),
            "tooltip": [tooltip(panel, row, now, words) for row in rows.itertuples()],
        }
    )


def tooltip(panel: Panel, row: Any, now: Trends, words: Wording) -> str:
    """A bin in words: when, what, of how many."""
    items, changed = (None if n is pd.NA else n for n in (row.items, row.changed))
    told = words(
        "trends-tooltip",
        when=sentences.when(row.at, now, words),
        value=value_in_words(panel, str(row.series), row.value, words),
        items=words.number(items),
    )
    return with_changed(told, int(changed or 0), words)


def value_in_words(panel: Panel, series: str, value: float | None, words: Wording) -> str:
    """A value as its panel tells it: a count, stars, a share."""
    if panel == "reasons" and series == "texts":
        return words.number(value)
    if panel == "reasons" or series in ("negative", "mixed", "positive", "unread", "answered"):
        return words.percent(value)
    if panel in ("stars", "store_average"):
        return words.number(value, 2)
    if panel == "sentiment" or series.startswith("sentiment:"):
        return words.signed(value, 2)
    return words.number(value)


def _reviews(now: Trends, usual: float | None, axis: Axis, words: Wording, style: Style) -> Spec:
    sides = {name: now.of("reviews", name) for name in ("low", "middle", "high")}
    counts = {name: rows["value"].fillna(0).to_numpy(np.float64) for name, rows in sides.items()}
    tooltips = {
        name: [
            f"{words(f'trends-series-reviews-{name}')}: {tooltip('reviews', row, now, words)}"
            for row in rows.itertuples()
        ]
        for name, rows in sides.items()
    }
    return multiples.stars(
        star_bars.bars(now.bounds, counts, tooltips, words),
        axis,
        [words("trends-label-high"), words("trends-series-reviews-low")],
        usual=usual,
        style=style,
    )
