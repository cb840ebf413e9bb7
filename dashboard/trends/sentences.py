"""What each panel shows, in words."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pandas as pd

from analysis.trends.bins import BinLength
from analysis.trends.intervals import shares_apart
from analysis.trends.load import Trends
from analysis.trends.moved import REST, Moved, Part, Side
from analysis.trends.points import FEWEST, Panel
from dashboard.incident.timeline_chart import records
from dashboard.trends.compared import Compared
from dashboard.words.catalogue import Wording
from dashboard.words.sources import source_name

MOST_NAMED = 3
HALF, MOST_OF = 0.5, 0.67
"""Of a change, from which on groups did most of it; groups beyond are not named."""
CLEAR_SHARE = 0.02
"""Shares that differ by less have not moved."""


def of_panel(panel: Panel, seen: Compared, words: Wording) -> str:
    """One to three sentences."""
    return " ".join(part for part in SAID[panel](seen, words) if part)


def lead(seen: Compared, words: Wording) -> str:
    """The change of the mean stars, and what did most of it."""
    if not seen.moved:
        return of_panel("stars", seen, words)
    one = seen.moved[0]
    parts = [change(one, words), mostly(one, words)]
    return " ".join(part for part in parts if part)


def change(one: Moved, words: Wording) -> str:
    """How a mean changed; certain only where its interval says so."""
    return words(
        f"trends-{one.measure}-change",
        way=f"{one.way}-hours" if one.hourly and one.way.endswith("few") else one.way,
        before=words.number(one.before.mean, 1 if one.measure == "stars" else 2),
        after=words.number(one.after.mean, 1 if one.measure == "stars" else 2),
        items_before=words.number(one.before.items),
        items=words.number(one.after.items),
    )


def mostly(one: Moved, words: Wording) -> str:
    """The few groups that did at least half of a clear change."""
    if one.way == "same":
        return ""
    few = one.way.endswith("few")
    named: list[Part] = []
    for part in one.parts:
        clear = part.moved * one.change > 0 and (few or part.low * part.high > 0)
        done = abs(sum(each.moved for each in named)) >= MOST_OF * abs(one.change)
        if clear and not done and len(named) < MOST_NAMED:
            named.append(part)
    if abs(sum(each.moved for each in named)) < HALF * abs(one.change):
        return words("trends-moved-spread")
    told = [
        words("trends-moved-one", group=group(part, one, words), moved=words.signed(part.moved, 2))
        for part in named
    ]
    return words("trends-moved-most", parts=words.listing(told))


def group(part: Part, one: Moved, words: Wording) -> str:
    """Google Play, version 2.18."""
    if part.group == REST:
        return words("trends-group-rest")
    return ", ".join(
        value_of(by, value, words) for by, value in zip(one.by, part.group, strict=True)
    )


def value_of(by: str, value: str | None, words: Wording) -> str:
    """A value of a column in words; unknown is said as unknown."""
    if not value:
        return words(f"trends-unknown-{by}")
    if by == "source":
        return source_name(value, words)
    if by == "version":
        return words("trends-version", version=value)
    if by == "reason":
        return words.known(f"trends-reason-{value}", value)
    if by == "lang":
        return str(words.locale.languages.get(value.split("-")[0], value))
    return str(words.locale.territories.get(value.upper(), value))


def why(part: Part, words: Wording) -> str:
    """How a group's share and its own mean moved."""
    before, after = part.before, part.after
    if not before.items or not after.items:
        key = "trends-why-new" if after.items else "trends-why-gone"
        side = after if after.items else before
        return words(key, share=words.percent(side.share), mean=_mean_of(side, words))
    return words(
        "trends-why",
        share_before=words.percent(before.share),
        share=words.percent(after.share),
        by_share=words.signed(part.by_share, 2),
        mean_before=_mean_of(before, words),
        mean=_mean_of(after, words),
        by_mean=words.signed(part.by_mean, 2),
    )


def _mean_of(side: Side, words: Wording) -> str:
    return words.number(side.mean if side.items >= FEWEST else None, 1)


def against(seen: Compared, words: Wording) -> str:
    """The 90 days before; the same days a year before."""
    if seen.before is None:
        return ""
    first = seen.before.span.since
    last = seen.before.span.until
    return words("trends-span", **{"from": words.day(first), "to": words.day(last)})


def _reviews(seen: Compared, words: Wording) -> list[str]:
    now = _counts(seen.now)
    told_now = words("trends-reviews", **_told_counts(now, words))
    found = [told_now if now[0] is not None else words("trends-unseen"), _changed(seen.now, words)]
    if seen.before is not None:
        before = _counts(seen.before)
        key = "trends-reviews-before" if before[0] is not None else "trends-unseen-before"
        told = _told_counts(before, words)
        found.append(words(key, span=against(seen, words), **told))
        found.append(_changed(seen.before, words))
    return found


def changed_in(one: Trends) -> int:
    """The changed opinions among the reviews of the whole span."""
    return int(one.totals["changed"].fillna(0).sum())


def _changed(one: Trends, words: Wording) -> str:
    count = changed_in(one)
    return words("trends-changed", count=count, told=words.number(count)) if count else ""


def looked_at(one: Trends, panel: Panel) -> bool:
    """Whether anybody looked at what a panel tells of the span."""
    return bool(one.totals["items"][one.totals["panel"] == panel].notna().any())


def _few(one: Trends, panel: Panel, words: Wording) -> list[str]:
    """Why there is no number."""
    return [words("trends-few" if looked_at(one, panel) else "trends-unseen")]


def _counts(one: Trends) -> tuple[int | None, int]:
    rows = one.totals[one.totals["panel"] == "reviews"]
    if not looked_at(one, "reviews"):
        return None, 0
    low = one.total("reviews", "low")
    return int(rows["items"].sum()), 0 if low is None else int(low.items)


def _told_counts(counts: tuple[int | None, int], words: Wording) -> dict[str, Any]:
    total, low = counts
    return {
        "count": total or 0,
        "total": words.number(total),
        "low": words.number(low),
        "share": words.percent(low / total if total else None),
    }


def _stars(seen: Compared, words: Wording) -> list[str]:
    point = seen.now.total("stars", "mean")
    if point is None or point.value != point.value:
        return _few(seen.now, "stars", words)
    told = _interval(point, words, 1)
    found = [words("trends-stars-mean", **told)]
    if seen.moved:
        found.append(change(seen.moved[0], words))
    rows = seen.now.of("stars", "mean").dropna(subset=["value"])
    if len(rows) > 1:
        least = min(records(rows), key=lambda row: float(row.value))
        at = words.number(least.value, 1)
        found.append(words("trends-stars-lowest", mean=at, when=within(least.at, seen.now, words)))
    return found


def _interval(point: Any, words: Wording, digits: int) -> dict[str, str]:
    return {
        "mean": words.number(point.value, digits),
        "low": words.number(point.low, digits),
        "high": words.number(point.high, digits),
        "items": words.number(point.items),
    }


def _store_average(seen: Compared, words: Wording) -> list[str]:
    found = []
    rows = seen.now.of("store_average").dropna(subset=["value"])
    for name, mine in rows.groupby("series"):
        if str(name).startswith("silent:"):
            continue
        first, last = float(mine["value"].iloc[0]), float(mine["value"].iloc[-1])
        found.append(
            words(
                "trends-store-average",
                store=source_name(str(name), words),
                now=words.number(last, 2),
                first=words.number(first, 2),
            )
        )
        silent = seen.now.total("store_average", f"silent:{name}")
        if silent is not None and silent.value == silent.value:
            count, mean = words.number(silent.items), words.number(silent.value, 1)
            found.append(words("trends-silent", count=count, mean=mean))
    return found or [words("trends-store-average-none")]


def _sentiment(seen: Compared, words: Wording) -> list[str]:
    now = _shares(seen.now, words)
    if now is None:
        return _few(seen.now, "sentiment", words)
    found = [words("trends-sentiment", **now)]
    before = None if seen.before is None else _shares(seen.before, words)
    if before is not None:
        found.append(words("trends-sentiment-before", span=against(seen, words), **before))
    return found


def _shares(one: Trends, words: Wording) -> dict[str, str] | None:
    points = {n: one.total("sentiment", n) for n in ("negative", "mixed", "positive", "unread")}
    known = {n: p for n, p in points.items() if p is not None and p.value == p.value}
    if not known:
        return None
    texts = sum(int(p.items) for p in known.values())
    told = {n: words.percent(p.value) for n, p in known.items()}
    return {"texts": words.number(texts), **told}


def _reasons(seen: Compared, words: Wording) -> list[str]:
    now = reason_shares(seen.now)
    if not now:
        return [words("trends-reasons-none")]
    most = sorted(now, key=lambda code: -now[code])[:MOST_NAMED]
    named = [_named(code, words.percent(now[code]), words) for code in most]
    found = [words("trends-reasons", reasons=words.listing(named))]
    if seen.before is not None and (before := reason_shares(seen.before)):
        moved = {c: now.get(c, 0.0) - before.get(c, 0.0) for c in {*now, *before}}
        for key, sign in (("trends-reasons-risen", 1), ("trends-reasons-fallen", -1)):
            clear = [c for c in moved if _has_moved(c, sign, seen.before, seen.now)]
            names = sorted(clear, key=lambda c: (-abs(moved[c]), c))
            told = [
                _named(
                    c, f"{words.percent(before.get(c, 0))} → {words.percent(now.get(c, 0))}", words
                )
                for c in names[:MOST_NAMED]
            ]
            if told:
                found.append(words(key, reasons=words.listing(told)))
    if (every := seen.now.every.get("reasons", 1)) > 1:
        found.append(words("trends-sampled", every=every))
    return found


def _has_moved(code: str, sign: int, before: Trends, now: Trends) -> bool:
    """Whether a reason is clearly named more often (or, with -1, less), by five reviews or more."""
    sides = (before, now)
    having = tuple(_items_of(one, code) for one in sides)
    low, high = shares_apart((having[0], having[1]), (_texts(before), _texts(now)))
    least = low if sign > 0 else -high
    gained = sign * (having[1] / max(_texts(now), 1) - having[0] / max(_texts(before), 1))
    return max(having) >= FEWEST and least > 0 and gained >= CLEAR_SHARE


def _texts(one: Trends) -> int:
    return _items_of(one, "texts")


def _items_of(one: Trends, series: str) -> int:
    point = one.total("reasons", series)
    return 0 if point is None or point.items is pd.NA else int(point.items)


def reason_shares(one: Trends) -> dict[str, float]:
    """Share of each reason over the whole span; nothing of under five texts."""
    rows = one.totals[one.totals["panel"] == "reasons"].dropna(subset=["value"])
    return {row.series: float(row.value) for row in records(rows) if row.series != "texts"}


def _named(code: str, told: str, words: Wording) -> str:
    return words("trends-named", name=value_of("reason", code, words), told=told)


def _posts(seen: Compared, words: Wording) -> list[str]:
    rows = seen.now.totals[seen.now.totals["panel"] == "posts"]
    networks = rows[~rows["series"].str.contains(":") & (rows["series"] != "calls")]
    networks = networks.dropna(subset=["items"])
    if networks.empty:
        return [words("trends-posts-none")]
    named = [
        words("trends-named", name=source_name(row.series, words), told=words.number(row.items))
        for row in records(networks)
    ]
    calls = seen.now.total("posts", "calls")
    told = words.number(None if calls is None else calls.value)
    found = [words("trends-posts", networks=words.listing(named), calls=told)]
    if (every := seen.now.every.get("posts", 1)) > 1:
        found.append(words("trends-sampled-posts", every=every))
    return found


def _replies(seen: Compared, words: Wording) -> list[str]:
    share, hours = (seen.now.total("replies", name) for name in ("answered", "hours"))
    if share is None or share.value != share.value:
        return [words("trends-replies-none")]
    found = [words("trends-replies", share=words.percent(share.value))]
    if hours is not None and hours.value == hours.value:
        found.append(words("trends-replies-hours", hours=words.number(hours.value, 0)))
    return found


def when(at: datetime, one: Trends, words: Wording) -> str:
    """A bin in a sentence."""
    return when_of(at, one.length, words)


def when_of(at: datetime, length: BinLength, words: Wording) -> str:
    """A bin of a length in a sentence."""
    if length == "hour":
        return words.moment(at)
    return words(f"trends-when-{length}", day=words.day(at), month=_month(at, words))


def within(at: datetime, one: Trends, words: Wording) -> str:
    """In a bin: on 31 May 2020."""
    told = {"time": words.moment(at), "day": words.day(at), "month": _month(at, words)}
    return words(f"trends-on-{one.length}", **told)


def _month(at: datetime, words: Wording) -> str:
    local = at.astimezone(words.zone)
    return f"{words.locale.months['stand-alone']['wide'][local.month]} {local.year}"


SAID: dict[Panel, Callable[[Compared, Wording], list[str]]] = {
    "reviews": _reviews,
    "stars": _stars,
    "store_average": _store_average,
    "sentiment": _sentiment,
    "reasons": _reasons,
    "posts": _posts,
    "replies": _replies,
}
