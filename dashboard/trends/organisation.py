"""All apps of an organisation side by side: their lines, sorted by what changed most."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from urllib.parse import urlencode

import pandas as pd

from analysis.trends import bins
from analysis.trends.bins import BinLength
from analysis.trends.load import Trends, trends
from analysis.trends.moved import Moved, moved
from analysis.trends.panels import SCORES, STARS
from analysis.trends.points import Panel
from analysis.trends.seen import Sight
from analysis.words.incident import with_changed
from collector.store import Store
from collector.store.apps import App
from dashboard.drawing import spark_lines
from dashboard.trends import sentences
from dashboard.trends.asked import Asked
from dashboard.words.app_names import app_names
from dashboard.words.catalogue import MISSING, Wording

CLEAR = (("up", "down"), ("up-few", "down-few"))
WANTED: tuple[Panel, ...] = ("reviews", "stars", "sentiment")


@dataclass(frozen=True, slots=True)
class Changed:
    """An app over a span. before: reviews of the span that it is compared with; None without one.
    moved: how its stars changed; None of too few."""

    app: str
    now: Trends
    before: int | None
    moved: Moved | None

    @property
    def by_most(self) -> tuple[int, float, str]:
        """What apps are sorted by: clear changes first, those of a few days alone next, the
        clearest before others."""
        one = self.moved
        if one is None or not one.error:
            return len(CLEAR), 0.0, self.app
        rank = next((n for n, ways in enumerate(CLEAR) if one.way in ways), len(CLEAR))
        return rank, -abs(one.change) / one.error, self.app


@dataclass(frozen=True, slots=True)
class Line:
    """A row in words. Pictures are addresses, empty where nothing is known."""

    name: str
    simulated: bool
    address: str
    reviews: str
    stars: str
    stars_line: str
    stars_alt: str
    sentiment: str
    sentiment_line: str
    sentiment_alt: str
    change: str


def changed(store: Store, app: str, asked: Asked, now: datetime, words: Wording) -> Changed:
    """One app over what is asked for."""
    sight, length = Sight(store, app, now), _length(asked.span)

    def load(span: bins.Span, wanted: tuple[Panel, ...]) -> Trends:
        return trends(store, app, span, length, sight=sight, zone=words.zone, wanted=wanted)

    before = bins.against(asked.span, asked.against)
    return Changed(
        app,
        load(asked.span, WANTED),
        None if before is None else _reviews(load(before, ("reviews",))),
        None if before is None else moved(store, app, before, asked.span, ("source",), "stars"),
    )


def _length(span: bins.Span) -> BinLength:
    """Of a point of a small line: long enough that most have five reviews."""
    days = span.length / timedelta(days=1)
    return "day" if days <= 14 else "week" if days <= 740 else "month"


def lines(
    found: Sequence[Changed],
    apps: Sequence[App],
    asked: Asked,
    words: Wording,
    chosen: Mapping[str, str] = MappingProxyType({}),
) -> list[Line]:
    """These in words, in their order. apps: all that there are. chosen: the page's own address, so
    that a row leads to the span that it tells of."""
    names, by_key = app_names(apps), {app.key: app for app in apps}
    kept = {name: value for name, value in chosen.items() if name not in ("all", "app", "apps")}
    kept |= {"against": asked.against, "lang": words.lang, "tz": words.zone.key}
    return [_line(one, names[one.app], by_key[one.app].simulated, kept, words) for one in found]


def _line(
    one: Changed, name: str, simulated: bool, kept: Mapping[str, str], words: Wording
) -> Line:
    stars, sentiment = one.now.of("stars", "mean"), one.now.of("sentiment", "mean")
    address = {"apps": one.app, **kept}
    return Line(
        name=name,
        simulated=simulated,
        address="trends?" + urlencode(address),
        reviews=_counts(one, words),
        stars=_mean(one.now, "stars", words),
        stars_line=_drawn(stars, STARS),
        stars_alt=_alt("stars", one.now, words),
        sentiment=_mean(one.now, "sentiment", words),
        sentiment_line=_drawn(sentiment, SCORES),
        sentiment_alt=_alt("sentiment", one.now, words),
        change=_change(one, words),
    )


def _change(one: Changed, words: Wording) -> str:
    if one.before is None:
        return MISSING  # nobody asked for a comparison, or there is nothing before
    if one.moved is None:
        return words("trends-moved-none-short")
    return sentences.change(one.moved, words)


def _drawn(rows: pd.DataFrame, scale: tuple[float, float]) -> str:
    value, low, high = (
        [None if one != one else float(one) for one in rows[name]]
        for name in ("value", "low", "high")
    )
    known = any(one is not None for one in value)
    return spark_lines.address(value, low, high, scale) if known else ""


def _mean(now: Trends, panel: Panel, words: Wording) -> str:
    point = now.total(panel, "mean")
    if point is None or point.value != point.value:
        return MISSING
    return words.number(point.value, 1) if panel == "stars" else words.signed(point.value, 2)


def _alt(panel: Panel, now: Trends, words: Wording) -> str:
    """The line in words: its points, the oldest first."""
    values = now.of(panel, "mean")["value"]
    told = ", ".join(words.number(None if v != v else v, 2) for v in values)
    title = words(f"trends-title-{panel}")
    return words("trends-organisation-alt", title=title, points=told)


def _counts(one: Changed, words: Wording) -> str:
    now = with_changed(words.number(_reviews(one.now)), sentences.changed_in(one.now), words)
    if one.before is None:
        return now
    return words("trends-organisation-counts", now=now, before=words.number(one.before))


def _reviews(now: Trends) -> int | None:
    """None where nobody looked."""
    rows = now.totals[now.totals["panel"] == "reviews"]
    return int(rows["items"].sum()) if rows["items"].notna().any() else None
