"""Trends counted from the rows of items, one bin after the other: slow and obvious."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from statistics import median
from typing import Any

import numpy as np

from analysis.evidence.coordination.calls import call_in
from analysis.reasons.lexicon import CODES
from analysis.reasons.read import reasons_of
from analysis.scored_items import ScoredItem
from analysis.sentiment.score_words import lean_of
from collector.store import Store

Row = Any
Point = tuple[float | None, float | None, float | None, int, int | None]
"""value, low, high, items, changed opinions among them"""


def rows(store: Store, app: str, kind: str, since: datetime, until: datetime) -> list[Row]:
    """Opinions of a span, with their reasons."""
    frame = store.items.frame(app, since=since, until=until, kind=kind, record=ScoredItem)
    frame = frame.astype(object).where(frame.notna(), None)
    return list(frame.itertuples())


def text_of(row: Row) -> str | None:
    parts = [part for part in (row.title, row.text) if part]
    return "\n".join(parts) if parts else None


def star(row: Row) -> int:
    return 0 if row.rating is None else int(row.rating + 0.5)


def mean(values: Sequence[float], every: Sequence[float], bounds: tuple[float, float]) -> Point:
    """The mean of a bin with its interval. every: the values of all bins."""
    n = len(values)
    if n < 5:
        return None, None, None, n, None
    average = sum(values) / n
    own = sum((v - average) ** 2 for v in values)
    all_ = float(np.var(every, ddof=1)) if len(every) > 1 else 0.0
    margin = 1.96 * ((own + 4 * all_) / (n + 3) / n) ** 0.5
    return average, max(average - margin, bounds[0]), min(average + margin, bounds[1]), n, None


def share(having: int, every: int) -> Point:
    return (having / every if every >= 5 else None), None, None, having, None


def count(number: int, changed: int | None = None) -> Point:
    return float(number), None, None, number, changed


def points(
    reviews: list[Row], posts: list[Row], bins: list[tuple[datetime, datetime]], telling: set[str]
) -> dict[tuple[str, str, datetime], Point]:
    """Every point of the panels that are made of items."""
    found: dict[tuple[str, str, datetime], Point] = {}
    texts = [row for row in reviews if text_of(row)]
    read = reasons_of([text_of(r) or "" for r in texts], [r.rating or float("nan") for r in texts])
    reasons = {row.Index: set(given) for row, given in zip(texts, read, strict=True)}
    given = [code for code in CODES if any(code in each for each in reasons.values())]
    stars = [row.rating for row in reviews if row.rating is not None]
    scores = [row.sentiment for row in reviews if row.sentiment is not None]
    networks = sorted({row.source for row in posts})
    for since, until in bins:
        mine = [row for row in reviews if since <= row.created_at < until]
        made = _reviews(mine, stars, scores) | _reasons(mine, reasons, given)
        if telling:
            made |= _replies([row for row in mine if row.source in telling])
        made |= _posts([p for p in posts if since <= p.created_at < until], posts, networks)
        found |= {(panel, name, since): point for (panel, name), point in made.items()}
    return found


def _reviews(
    mine: list[Row], stars: list[float], scores: list[float]
) -> dict[tuple[str, str], Point]:
    classes = {"low": (1, 2), "middle": (3,), "high": (4, 5), "no_stars": (0,)}
    made = {}
    for name, wanted in classes.items():
        those = [row for row in mine if star(row) in wanted]
        changed = sum(row.written_at is not None for row in those)
        made["reviews", name] = count(len(those), changed)
    rated = [row.rating for row in mine if row.rating is not None]
    made["stars", "mean"] = mean(rated, stars, (1, 5))
    worded = [row for row in mine if text_of(row)]
    for lean in ("negative", "mixed", "positive", "unread"):
        having = sum(lean_of(row.sentiment) == lean for row in worded)
        made["sentiment", lean] = share(having, len(worded))
    read = [row.sentiment for row in worded if row.sentiment is not None]
    made["sentiment", "mean"] = mean(read, scores, (-1, 1))
    return made


def _reasons(
    mine: list[Row], reasons: dict[int, set[str]], given: list[str]
) -> dict[tuple[str, str], Point]:
    worded = [reasons[row.Index] for row in mine if row.Index in reasons]
    made = {("reasons", "texts"): count(len(worded))}
    for code in given:
        made["reasons", code] = share(sum(code in each for each in worded), len(worded))
    return made


def _replies(mine: list[Row]) -> dict[tuple[str, str], Point]:
    answered = [row for row in mine if row.reply_text]
    hours = [(r.reply_at - r.created_at).total_seconds() / 3600 for r in answered]
    middle = median(hours) if len(hours) >= 5 else None
    return {
        ("replies", "answered"): share(len(answered), len(mine)),
        ("replies", "hours"): (middle, None, None, len(hours), None),
    }


def _posts(mine: list[Row], every: list[Row], networks: list[str]) -> dict[tuple[str, str], Point]:
    made: dict[tuple[str, str], Point] = {}
    for network in networks:
        own = [row for row in mine if row.source == network]
        made["posts", network] = count(len(own))
        scores, all_ = (
            [r.sentiment for r in some if r.source == network and r.sentiment is not None]
            for some in (mine, every)
        )
        made["posts", f"sentiment:{network}"] = mean(scores, all_, (-1, 1))
    if every:
        calls = sum(call_in(text_of(row) or "", ("Tip line", "tips")) is not None for row in mine)
        made["posts", "calls"] = count(calls)
    return made


def silent(
    reviews: list[Row], sights: list[Row], bins: list[tuple[datetime, datetime]]
) -> list[int | None]:
    """What a store's histogram gained beyond what was written between the same two sights, to the
    hour; None where nothing tells. sights: of one store with one total."""
    found: list[int | None] = []
    for since, until in bins:
        before = [one for one in sights if one.at < since and since - one.at <= timedelta(days=7)]
        inside = [one for one in sights if since <= one.at < until]
        if not before or not inside:
            found.append(None)
            continue
        first, last = before[-1], inside[-1]
        start, end = (one.at.replace(minute=0, second=0, microsecond=0) for one in (first, last))
        wrote = [star(row) for row in reviews if start <= row.created_at < end and star(row)]
        gained = sum(bars(last)) - sum(bars(first)) - len(wrote)
        fell = any(now < then for now, then in zip(bars(last), bars(first), strict=True))
        soon = end - start <= 1.5 * (until - since) + timedelta(hours=1)
        found.append(None if fell or gained < 0 or not soon else gained)
    return found


def bars(sight: Row) -> list[int]:
    return [int(getattr(sight, f"star_{n}")) for n in range(1, 6)]
