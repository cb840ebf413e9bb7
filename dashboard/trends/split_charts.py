"""Several apps, or the groups of one, as lines on the same scales."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
from altair.utils.schemapi import debug_mode

from analysis.trends.load import Trends
from analysis.trends.points import Panel
from dashboard.drawing import multiples
from dashboard.drawing.charts import Spec, Style
from dashboard.drawing.multiples import Line
from dashboard.trends import panel_charts, sentences
from dashboard.trends.compared import Compared
from dashboard.trends.panel_charts import Shown
from dashboard.words.catalogue import Wording

WANTED: tuple[Panel, ...] = ("reviews", "stars", "sentiment")
MOST_GROUPS = 6
DRAWN: tuple[tuple[Panel, str, tuple[float, float] | None], ...] = (
    ("reviews", "low", None),
    ("reviews", "high", None),
    ("stars", "mean", (1.0, 5.0)),
    ("sentiment", "negative", (0.0, 1.0)),
    ("sentiment", "mean", (-1.0, 1.0)),
)


@dataclass(frozen=True, slots=True)
class Group:
    """One line of each panel: an app, or a value of what an app is split by."""

    name: str
    trends: Trends
    items: int


def groups(seen: Sequence[Compared], names: Sequence[str], words: Wording) -> list[Group]:
    """Apps in their order, or values by how many reviews they have, the largest first."""
    if len(seen) > 1:
        return [Group(n, one.now, _items(one.now)) for n, one in zip(names, seen, strict=True)]
    now = seen[0].now
    by = now.by
    if by is None:
        return [Group(names[0], now, _items(now))]
    found = []
    for value in now.frame[by].unique():
        part = panel_charts.of_group(now, None if value != value else str(value))
        name = sentences.value_of(by, None if value != value else str(value), words)
        found.append(Group(name, part, _items(part)))
    return sorted(found, key=lambda group: -group.items)[:MOST_GROUPS]


def charts_of(found: Sequence[Group], now: Trends, words: Wording, style: Style) -> list[Shown]:
    """A chart for each measure, with a line for each group."""
    with debug_mode(False):
        return _drawn(found, now, words, style)


def _drawn(found: Sequence[Group], now: Trends, words: Wording, style: Style) -> list[Shown]:
    axis = panel_charts.axis_of(now, [], words)
    shown = []
    for panel, series, domain in DRAWN:
        lines = [
            Line(group.name, panel_charts.rows_of(group.trends, panel, series, words), place)
            for place, group in enumerate(found)
            if len(group.trends.of(panel, series)) == len(now.bounds) - 1
        ]
        if any(line.rows["value"].notna().any() for line in lines):
            title = words(f"trends-split-{panel}-{series}")
            chart = _chart(lines, axis, panel, series, domain, style)
            told = _sentence(panel, series, found, words)
            shown.append(
                Shown(
                    panel,
                    title,
                    words(f"trends-per-{now.length}"),
                    told,
                    chart,
                    words("trends-alt", title=title, sentence=told),
                )
            )
    return shown


def _chart(
    lines: list[Line],
    axis: multiples.Axis,
    panel: Panel,
    series: str,
    domain: tuple[float, float] | None,
    style: Style,
) -> Spec:
    plain = [Line(one.label, one.rows.drop(columns=["low", "high"]), one.place) for one in lines]
    return multiples.lines(
        plain,
        axis,
        style=style,
        domain=domain,
        as_share=panel == "sentiment" and series != "mean",
    )


def _sentence(panel: Panel, series: str, found: Sequence[Group], words: Wording) -> str:
    """Each group's number for the whole span."""
    told = []
    for group in found:
        point = group.trends.total(panel, series)
        value = None if point is None else point.value
        said = panel_charts.value_in_words(panel, series, value, words)
        told.append(words("trends-named", name=group.name, told=said))
    return words("trends-split-told", groups=words.listing(told))


def table(found: Sequence[Group], words: Wording) -> pd.DataFrame:
    """A row for each group: its numbers for the whole span."""
    rows: dict[str, list[str]] = {words("trends-column-group"): [group.name for group in found]}
    for panel, series, _ in DRAWN:
        points = [group.trends.total(panel, series) for group in found]
        rows[words(f"trends-split-{panel}-{series}")] = [
            panel_charts.value_in_words(panel, series, None if p is None else p.value, words)
            for p in points
        ]
    changed = [sentences.changed_in(group.trends) for group in found]
    if any(changed):
        rows[words("chart-changed")] = [words.number(n) for n in changed]
    return pd.DataFrame(rows)


def _items(now: Trends) -> int:
    rows = now.totals[now.totals["panel"] == "reviews"]
    return int(rows["items"].fillna(0).sum())
