"""Did posts ask people to act on the app in the stores, before the reviews came?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from pandas import DataFrame
from scipy.stats import binom

from analysis.evidence._calls import Call, call_in
from analysis.evidence._case import Case, authors, full_texts
from analysis.evidence._names import names_app
from analysis.evidence._reasons import why
from analysis.evidence._signal import Signal, untested
from analysis.records import Evidence

NAME = "call_to_action"
AROUND = timedelta(hours=72)  # calls this long before the onset belong to the swing
LATE = timedelta(hours=1)  # the onset is an estimate
LEAST_AUTHORS = 4
CLEAR_P = 0.001
LEAST_SHARE = 0.25  # of the posts on the app before the reviews' half-way point
FITTING = {
    "negative": ("down", "act"),
    "positive": ("up", "act"),
    "mixed": ("down", "up", "act"),
}


@dataclass(frozen=True, slots=True)
class Calls:
    """Calls of the swing's direction: times, authors, and how the posts around them look."""

    first: datetime | None
    before_half: int
    authors_before_half: int
    posts_before_half: int
    during: int
    quiet: int
    quiet_days: float
    downloads: int
    languages: tuple[str, ...]


def measure(case: Case) -> Evidence:
    """Number of fitting calls from 72 h before the onset to the reviews' half-way point.

    Null: calls fall evenly over the span that the posts cover, so their number beside the swing is
    binomial given all of them; exact upper tail. It speaks for coordination where, besides, at
    least four authors called before half of the reviews had come, the first at the latest an hour
    after the onset, and calls were no sideshow of the posts on the app.
    """
    posts = case.window.posts
    if posts.empty:
        return untested(NAME, why("no-posts"))
    calls = find(case)
    share = _share_of_time(case, calls)
    p_value = float(binom.sf(calls.during - 1, calls.during + calls.quiet, share))
    lead_h = None
    if calls.first is not None:
        lead_h = (case.window.swing.onset_at - calls.first).total_seconds() / 3600
    clear = (
        calls.during > 0
        and p_value <= CLEAR_P
        and calls.authors_before_half >= LEAST_AUTHORS
        and calls.before_half >= LEAST_SHARE * calls.posts_before_half
        and lead_h is not None
        and lead_h >= -LATE.total_seconds() / 3600
    )
    return Evidence(
        signal=NAME,
        value=float(calls.during),
        baseline=round(calls.quiet / max(calls.quiet_days, 1e-9) * 7, 2),
        p_value=p_value if calls.during else 1.0,
        speaks_for="coordination" if clear else None,
        statement=_statement(calls, lead_h),
        details={
            "posts": calls.during,
            "first_at": None if calls.first is None else calls.first.isoformat(),
            "hours_before": lead_h,
            "posts_early": calls.before_half,
            "people_early": calls.authors_before_half,
            "downloads": calls.downloads,
            "languages": list(calls.languages),
        },
    )


def find(case: Case) -> Calls:
    """The calls among the window's posts that fit the swing's direction."""
    swing = case.window.swing
    posts = case.window.posts.sort_values("created_at", kind="stable")
    texts = full_texts(posts)
    found = [call_in(text, case.window.names) for text in texts]
    half = _half_way(case)
    start = swing.onset_at - AROUND
    at = [moment.to_pydatetime() for moment in posts["created_at"]]
    who = authors(posts)
    fits = [c is not None and c.kind in FITTING[swing.direction] for c in found]
    during = [n for n, moment in enumerate(at) if fits[n] and moment >= start]
    early = [n for n in during if at[n] <= half]
    named = sum(
        start <= moment <= half and names_app(texts[n], case.window.names)
        for n, moment in enumerate(at)
    )
    return Calls(
        first=at[during[0]] if during else None,
        before_half=len(early),
        authors_before_half=len({who[n] for n in early}),
        posts_before_half=named,
        during=len(during),
        quiet=sum(fits[n] and moment < start for n, moment in enumerate(at)),
        quiet_days=max((start - _collected_since(posts, start)).total_seconds() / 86400, 0.0),
        downloads=sum(
            c is not None and c.kind == "get" and at[n] >= start for n, c in enumerate(found)
        ),
        languages=_languages([found[n] for n in during]),
    )


def _half_way(case: Case) -> datetime:
    """When half of the swing's own reviews had come."""
    positions = case.matched_items if case.matched_items.size else np.arange(len(case.items.frame))
    if positions.size == 0:
        return case.window.swing.peak_at
    at: datetime = case.items.frame["created_at"].iloc[positions[positions.size // 2]]
    return max(at, case.window.swing.onset_at)


def _collected_since(posts: DataFrame, start: datetime) -> datetime:
    """Posts are handed over from 60 days before the onset; what came later began later."""
    first: datetime = posts["created_at"].iloc[0].to_pydatetime()
    return min(first, start)


def _share_of_time(case: Case, calls: Calls) -> float:
    end = case.window.swing.ended_at or case.window.now
    around = (end - (case.window.swing.onset_at - AROUND)).total_seconds() / 86400
    return float(np.clip(around / (around + calls.quiet_days), 1e-6, 1.0))


def _languages(calls: Sequence[Call | None]) -> tuple[str, ...]:
    return tuple(sorted({call.lang for call in calls if call is not None}))


def _statement(calls: Calls, lead_h: float | None) -> str:
    if calls.first is None or lead_h is None:
        also = f"; {calls.downloads} ask to download it" if calls.downloads else ""
        return f"No post that names the app asks people to rate, review, report or flood it{also}."
    when = (
        _count(lead_h, "hour") + " before"
        if lead_h >= 1
        else (
            _count(60 * lead_h, "minute") + " before"
            if lead_h > 0
            else _count(-60 * lead_h, "minute") + " after"
        )
    )
    return (
        f"{calls.during} posts that name the app ask people to rate, review, report or flood it "
        f"({', '.join(calls.languages)}), the first on {calls.first:%d %B %Y at %H:%M} UTC, {when} "
        f"the onset; {calls.before_half} of them, by {calls.authors_before_half} authors, came "
        f"before half of the reviews; in quiet weeks it was "
        f"{calls.quiet / max(calls.quiet_days, 1e-9) * 7:.1f} a week."
    )


def _count(number: float, unit: str) -> str:
    return f"{number:.0f} {unit}{'' if round(number) == 1 else 's'}"


SIGNAL = Signal(NAME, "Did posts ask people to act on the app in the stores?", measure)
