"""Signs of coordination: the written rule, here and in review_rule.py (docs/evidence.md says it).

- `strong`: a call to action led the swing (`call_led`); or the reviews themselves say so
  (review_rule), alone or borne out by the posts.
- `some`: accounts act together more often than chance allows (`acted_together`), or calls stand out
  from the quiet weeks without having led (`call_stands_out`), or the calls' own wording returns in
  the reviews, or one sign within the reviews.
- `none_seen`: posts of these days or the reviews could be looked at, and neither has any.
- `not_testable`: neither could be. Posts cannot where none of these days are collected, or where
  there are calls and no quiet weeks of posts to hold them against.

Size, anger, speed and a shared subject never raise the level: what angers many people has them too.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.evidence.coordination import review_rule
from analysis.evidence.details import CALL
from analysis.records import Coordination, Evidence

CALL_P = 0.001
CALL_AUTHORS = 4
DIRECT_AUTHORS = 2  # of them ask in the swing's own direction, not just "leave a review"
CALL_SHARE = 0.25  # of the posts on the app before the reviews' half-way point
LATE_HOURS = 1.0  # the onset is an estimate: a first call that much after it still led
BUSIER = 2.0  # times the busiest quiet span as long
STANDS_OUT_P = 1e-4
STANDS_OUT_CALLS = 5
TOGETHER_P = 0.01
TOGETHER_ACCOUNTS = 5


@dataclass(frozen=True, slots=True)
class Calling:
    """What the rule asks of calls in the swing's direction.

    p_value: against the quiet weeks; None where none are known. authors, direct_authors, share:
    before half of the reviews had come; share of the posts on the app. hours_before: from the first
    call to the onset. during, busiest: calls around the swing, and in the busiest quiet span.
    """

    p_value: float | None
    authors: int
    direct_authors: int
    share: float
    hours_before: float
    during: int
    busiest: int


def call_led(found: Calling) -> bool:
    """A significant call by several people that came before the reviews and was no sideshow."""
    return (
        found.p_value is not None
        and found.p_value <= CALL_P
        and found.authors >= CALL_AUTHORS
        and found.direct_authors >= DIRECT_AUTHORS
        and found.share >= CALL_SHARE
        and found.hours_before >= -LATE_HOURS
        and found.during >= BUSIER * found.busiest
    )


def call_stands_out(calls: float, p_value: float | None) -> bool:
    """Calls far beyond the quiet weeks, wherever they came in the swing."""
    return calls >= STANDS_OUT_CALLS and p_value is not None and p_value <= STANDS_OUT_P


def acted_together(accounts: float, p_value: float) -> bool:
    """Enough accounts, beyond chance."""
    return accounts >= TOGETHER_ACCOUNTS and p_value <= TOGETHER_P


def level(evidence: Sequence[Evidence]) -> Coordination:
    """The level that the evidence supports."""
    posts = of_posts(evidence)
    degrees = {e.signal: one for e in evidence if (one := review_rule.degree(e)) is not None}
    telling = {e.signal for e in evidence if review_rule.tells_more(e)}
    reviews = review_rule.together(degrees, telling)
    # Signs in the posts, and one in the reviews that is more than what people say.
    if "strong" in (posts, reviews) or (posts == "some" and telling):
        return "strong"
    if "some" in (posts, reviews):
        return "some"
    return "not_testable" if posts == "not_testable" and not degrees else "none_seen"


def called(evidence: Sequence[Evidence]) -> bool:
    """Whether a call to action led the swing."""
    return any(e.signal == CALL and e.speaks_for == "coordination" for e in evidence)


def of_posts(evidence: Sequence[Evidence]) -> Coordination:
    """The level that the posts alone support."""
    by_name = {e.signal: e for e in evidence}
    call = by_name.get(CALL)
    if called(evidence):
        return "strong"
    others = (by_name.get("co_action"), by_name.get("call_wording"))
    if any(e is not None and e.speaks_for == "coordination" for e in others):
        return "some"
    if call is None or call.value is None:
        return "not_testable"
    if call_stands_out(call.value, call.p_value):
        return "some"
    return "none_seen" if call.p_value is not None or call.value == 0 else "not_testable"
