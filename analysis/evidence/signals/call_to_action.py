"""Did posts ask people to act on the app in the shops, before the reviews came?"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binom

from analysis.evidence.case import Case
from analysis.evidence.coordination.calls import Kind, call_in
from analysis.evidence.coordination.coordination_rule import Calling, call_led
from analysis.evidence.not_testable import why
from analysis.evidence.signal import Signal, untested
from analysis.records import Direction, Evidence

NAME = "call_to_action"
AROUND = timedelta(hours=72)  # calls this long before the onset belong to the swing
LEAST_QUIET_DAYS = 7.0
DAY_S = 86_400
DIRECT: dict[Direction, tuple[Kind, ...]] = {
    "negative": ("down",),
    "positive": ("up",),
    "mixed": ("down", "up"),
}


@dataclass(frozen=True, slots=True)
class Calls:
    """Calls of the swing's direction around it, and in the quiet weeks before.

    first: time of the first around the swing. during, quiet: posts. busiest: most calls within a
    quiet span as long as the swing's; both counts that are compared take an author once a day.
    share: of the posts that name the app until half of the reviews had come. likes: votes for the
    calls; likes_all: for all posts on the app. downloads, leaves: posts that ask to install or to
    uninstall it. announced: the agency's statements and other feed items that ask the same.
    """

    first: datetime | None
    during: int
    quiet: int
    quiet_days: float
    busiest: int
    p_value: float | None
    before_half: int
    authors_before_half: int
    direct_before_half: int
    share: float
    likes: int
    likes_all: int
    downloads: int
    leaves: int
    announced: int
    languages: tuple[str, ...]


def measure(case: Case) -> Evidence:
    """Number of fitting calls from 72 h before the onset to the swing's end.

    Null: calls, an author's of one day as one, fall evenly over the span that posts are collected
    for; their number beside the swing is binomial given all of them, exact upper tail. Because
    calls come in clusters, the rule asks for twice the busiest quiet span besides (`call_led`).
    """
    if case.window.posts.empty and case.window.posts_since is None:
        return untested(NAME, why("no-posts"))
    calls = find(case)
    lead_h = None
    if calls.first is not None:
        lead_h = (case.window.swing.onset_at - calls.first).total_seconds() / 3600
    led = lead_h is not None and call_led(
        Calling(
            p_value=calls.p_value,
            authors=calls.authors_before_half,
            direct_authors=calls.direct_before_half,
            share=calls.share,
            hours_before=lead_h,
            during=calls.during,
            busiest=calls.busiest,
        )
    )
    tested = calls.quiet_days >= LEAST_QUIET_DAYS
    return Evidence(
        signal=NAME,
        value=float(calls.during),
        baseline=round(calls.quiet / calls.quiet_days * 7, 2) if tested else None,
        p_value=calls.p_value,
        speaks_for="coordination" if led else None,
        details={
            "posts": calls.during,
            "first_at": None if calls.first is None else calls.first.isoformat(),
            "hours_before": lead_h,
            "posts_early": calls.before_half,
            "people_early": calls.authors_before_half,
            "share_early": round(calls.share, 4),
            "likes": calls.likes,
            "likes_all": calls.likes_all,
            "downloads": calls.downloads,
            "leaves": calls.leaves,
            "announced": calls.announced,
            "quiet_known": tested,
            "languages": list(calls.languages),
        },
    )


def fitting(case: Case) -> NDArray[np.bool_]:
    """Posts around the swing that ask for what the swing is."""
    start = int((case.window.swing.onset_at - AROUND).timestamp())
    kinds: tuple[Kind, ...] = (*DIRECT[case.window.swing.direction], "act")
    return _asks(case, kinds) & (case.posts.at >= start)


def find(case: Case) -> Calls:
    """The calls among the window's posts that fit the swing's direction."""
    swing, posts = case.window.swing, case.posts
    start = int((swing.onset_at - AROUND).timestamp())
    end = int((swing.ended_at or case.window.now).timestamp())
    half = _half_way(case)
    direct = _asks(case, DIRECT[swing.direction])
    fits = direct | _asks(case, ("act",))
    around = posts.at >= start
    during, early = fits & around, fits & around & (posts.at <= half)
    named_early = int((posts.named & around & (posts.at <= half)).sum())
    since = _collected_since(case, start)
    before = fits & ~around & (posts.at >= since)
    quiet = _once_a_day(posts.who, posts.at, before)
    quiet_days = max(start - since, 0) / DAY_S
    length = max(end - start, 1)
    counted = _once_a_day(posts.who, posts.at, during).size
    p_value = None
    if quiet_days >= LEAST_QUIET_DAYS:
        share = float(np.clip(length / (length + quiet_days * DAY_S), 1e-6, 1.0))
        p_value = float(binom.sf(counted - 1, counted + quiet.size, share)) if counted else 1.0
    return Calls(
        first=datetime.fromtimestamp(int(posts.at[during][0]), UTC) if during.any() else None,
        during=int(during.sum()),
        quiet=int(before.sum()),
        quiet_days=quiet_days,
        busiest=_busiest(quiet, length),
        p_value=p_value,
        before_half=int(early.sum()),
        authors_before_half=int(np.unique(posts.who[early]).size),
        direct_before_half=int(np.unique(posts.who[early & direct]).size),
        share=float(early.sum()) / named_early if named_early else 0.0,
        likes=int(posts.likes[during].sum()),
        likes_all=int(posts.likes[posts.named & around].sum()),
        downloads=int((_asks(case, ("get",)) & around).sum()),
        leaves=int((_asks(case, ("leave",)) & around).sum()),
        announced=_announced(case),
        languages=tuple(sorted({c.lang for c, n in zip(posts.calls, during, strict=True)
                                if n and c is not None})),
    )  # fmt: skip


def _asks(case: Case, kinds: tuple[Kind, ...]) -> NDArray[np.bool_]:
    return np.array([c is not None and c.kind in kinds for c in case.posts.calls], dtype=np.bool_)


def _once_a_day(
    who: NDArray[np.int64], at: NDArray[np.int64], which: NDArray[np.bool_]
) -> NDArray[np.int64]:
    """Times of these posts, of each author only the first of a day, ascending."""
    keys = np.column_stack([who[which], at[which] // DAY_S])
    if len(keys) == 0:
        return np.empty(0, dtype=np.int64)
    first = np.unique(keys, axis=0, return_index=True)[1]
    times: NDArray[np.int64] = np.sort(at[which][first])
    return times


def _busiest(times: NDArray[np.int64], length: int) -> int:
    """Most of these times within a span of that many seconds."""
    if times.size == 0:
        return 0
    until = np.searchsorted(times, times + length, side="right")
    return int((until - np.arange(times.size)).max())


def _half_way(case: Case) -> float:
    """When half of the swing's own reviews had come, in seconds."""
    swing = case.window.swing
    positions = case.matched_items if case.matched_items.size else np.arange(len(case.items.frame))
    if positions.size == 0:
        return swing.peak_at.timestamp()
    at: datetime = case.items.frame["created_at"].iloc[positions[positions.size // 2]]
    return max(at, swing.onset_at).timestamp()


def _collected_since(case: Case, start: int) -> int:
    """Since when silence is silence, in seconds, at most `start`."""
    known = case.window.posts_since
    return min(start, int(case.posts.at[0] if known is None else known.timestamp()))


def _announced(case: Case) -> int:
    """Feed items near the swing that ask for what the swing is: they count for nothing but here."""
    context, swing = case.window.context, case.window.swing
    near = context[(context["at"] >= swing.onset_at - AROUND) & (context["kind"] != "news")]
    found = [call_in(title, case.window.names) for title in near["title"]]
    return sum(c is not None and c.kind in (*DIRECT[swing.direction], "act") for c in found)


SIGNAL = Signal(
    NAME, "Did posts ask people to act on the app in the stores?", measure, shows="people"
)
