"""One app's week on one page: what changed, what people say, what waits, what was not seen."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import pandas as pd

from analysis import series
from analysis.incidents.excerpts import excerpts
from analysis.incidents.stored import listed_incidents
from analysis.incidents.was_watched import as_seen
from analysis.records import GivenReason
from analysis.scored_items import ScoredItem
from analysis.trends.bins import Span, against, whole_hours
from analysis.trends.moved import Moved, moved
from analysis.trends.points import Panel
from collector.store import Store
from collector.store.apps import App
from collector.text.plain_text import plain
from dashboard.incident import incident_texts, state_words
from dashboard.incident.around import around
from dashboard.trends import sentences, tables
from dashboard.trends.compared import MOVED_BY, Compared, compared
from dashboard.trends.happened import Happening, happened
from dashboard.words.catalogue import Wording

DAYS = timedelta(days=7)
EXCERPTS = 3
DIRECTIONS = {"low": (0.0, 2.5), "high": (3.5, 6.0)}


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with its lines."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Week:
    """An app's week in words. quiet: nothing happened, and `lead` says all there is to say."""

    title: str
    lead: tuple[str, ...]
    sections: tuple[Section, ...]
    quiet: bool


def week(store: Store, app: App, until: datetime, now: datetime, words: Wording) -> Week:
    """The seven days that end at a moment."""
    span = whole_hours(until - DAYS, until)
    seen = compared(store, app.key, span, "day", now=now, zone=words.zone, against="previous")
    marks = happened(
        around(store, app.key, span.since, span.until),
        listed_incidents(store, app.key),
        span,
        words,
    )
    year = _a_year_ago(store, app.key, span)
    title = words(
        "week-title",
        name=plain(app.name, 120),
        **{"from": words.day(span.since), "to": words.day(span.until - timedelta(hours=1))},
    )
    counted = sentences.of_panel("reviews", seen, words)
    stars = sentences.change(seen.moved[0], words) if seen.moved else _stars(seen, words)
    incidents = _incidents(store, app.key, span, now, words)
    waiting = _waiting(store, app.key, span, words)
    unseen = _unseen(store, app.key, seen, words)
    if _is_quiet(seen, marks, incidents, year) and not (waiting or unseen):
        return Week(title, (counted, words("week-quiet", stars=stars)), (), quiet=True)
    made = (
        Section(words("week-changed"), _changed(seen, year, words)),
        Section(words("week-said"), _said(store, app.key, seen, words)),
        Section(words("week-releases"), _of_lane(marks, "release", words)),
        Section(words("week-incidents"), incidents),
        Section(words("week-waiting"), waiting),
        Section(words("week-unseen"), (*unseen, *tables.unread(store, app.key, words))),
    )
    lead = (counted, stars) if _looked(seen, "reviews") else (counted,)
    return Week(title, lead, tuple(one for one in made if one.lines), quiet=False)


def ends(store: Store, app: str, now: datetime, as_of: datetime | None) -> datetime:
    """Where an app's week ends: now, or with the newest data of an app that nobody polls."""
    if as_of is not None:
        return as_of
    if series.coverage(store, app).polled_from is None and store.items.span(app) is not None:
        return series.observed_until(store, app, now) + timedelta(microseconds=1)
    return now


def as_text(found: Week) -> str:
    """As a terminal and an alert channel show it."""
    parts = [found.title, *found.lead]
    for one in found.sections:
        parts += ["", one.title, *(f"- {line}" for line in one.lines)]
    return "\n".join(parts) + "\n"


def _a_year_ago(store: Store, app: str, span: Span) -> Moved | None:
    before = against(span, "year")
    return None if before is None else moved(store, app, before, span, MOVED_BY[0], "stars")


def _is_quiet(
    seen: Compared, marks: list[Happening], incidents: tuple[str, ...], year: Moved | None
) -> bool:
    low = seen.now.total("reviews", "low")
    usual = seen.usual.low_reviews
    many = low is not None and usual is not None and low.value > 7 * max(usual, 1.0)
    changed = any(one is not None and one.way != "same" for one in (*seen.moved[:1], year))
    return not (marks or incidents or many or changed)


def _stars(seen: Compared, words: Wording) -> str:
    return sentences.of_panel("stars", seen, words)


def _changed(seen: Compared, year: Moved | None, words: Wording) -> tuple[str, ...]:
    found = [
        sentences.mostly(seen.moved[0], words) if seen.moved else "",
        words("week-year", change=sentences.change(year, words)) if year is not None else "",
        sentences.of_panel("sentiment", seen, words) if _looked(seen, "sentiment") else "",
        sentences.of_panel("store_average", seen, words),
    ]
    if seen.now.of("posts")["value"].notna().any():
        found.append(sentences.of_panel("posts", seen, words))
    return tuple(one for one in found if one)


def _looked(seen: Compared, panel: Panel) -> bool:
    return sentences.looked_at(seen.now, panel)


def _said(store: Store, app: str, seen: Compared, words: Wording) -> tuple[str, ...]:
    """Reasons that moved, and three sentences of reviews a direction."""
    span = seen.now.span
    rows = store.items.frame(
        app, since=span.since, until=span.until, kind="review", record=ScoredItem
    )
    found = [sentences.of_panel("reasons", seen, words)] if _looked(seen, "reasons") else []
    for name, (above, below) in DIRECTIONS.items():
        mine = rows[(rows["rating"] > above) & (rows["rating"] < below)]
        quotes = [one.text for one in excerpts(mine, _given(seen), ())][:EXCERPTS]
        found += [words(f"week-quote-{name}", text=plain(text, 240)) for text in quotes]
    return tuple(found)


def _given(seen: Compared) -> list[GivenReason]:
    now = sentences.reason_shares(seen.now)
    before = {} if seen.before is None else sentences.reason_shares(seen.before)
    return [
        GivenReason(
            reason=code,
            reviews=(reviews := int(seen.now.total("reasons", code).items)),
            once=reviews,
            share=share,
            share_before=before.get(code, 0.0),
        )
        for code, share in sorted(now.items(), key=lambda each: -each[1])
    ]


def _of_lane(marks: list[Happening], lane: str, words: Wording) -> tuple[str, ...]:
    return tuple(f"{words.time(one.at)}: {one.text}" for one in marks if one.lane == lane)


def _incidents(
    store: Store, app: str, span: Span, now: datetime, words: Wording
) -> tuple[str, ...]:
    """Those that began, ended or went on in the week, with their state."""
    mine = [
        one
        for one in listed_incidents(store, app)
        if one.onset_at < span.until and (one.ended_at is None or one.ended_at >= span.since)
    ]
    return tuple(
        f"{incident_texts.option(one, words)}. "
        f"{state_words.going_on('state', as_seen(store, one, now), words)}"
        for one in mine
    )


def _waiting(store: Store, app: str, span: Span, words: Wording) -> tuple[str, ...]:
    """Low-star reviews that nobody has answered, of stores that show replies."""
    sums = store.groups.sums(app, (span.since, span.until))
    sums = sums[(sums["kind"] == "review") & sums["stars"].isin((1, 2))]
    low = sums["source"].isin(store.groups.answering(app, sums["source"].unique()))
    waits = int(sums["items"][low].sum() - sums["answered"][low].sum())
    return (words("week-replies", count=waits),) if waits else ()


def _unseen(store: Store, app: str, seen: Compared, words: Wording) -> tuple[str, ...]:
    found = tables.unseen(store, app, seen.now.span, seen.now.seen.missed, words)
    until = seen.now.seen.until
    if until is not None and pd.Timestamp(until) < seen.now.span.until - timedelta(days=1):
        found.append(words("week-until", until=words.time(until)))
    return tuple(found)
