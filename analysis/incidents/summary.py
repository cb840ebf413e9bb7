"""An incident in at most three neutral sentences: what, how it reads, what would change that."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from analysis.incidents.cause import speaks_against, speaks_for
from analysis.records import Coverage, Evidence, Phrase, Swing, Verdict
from analysis.swings.history import RATINGS

LOOKS_LIKE = {
    "release": "The reviews look like a reaction to a version of the app",
    "service": "The reviews look like a reaction to an outage or fault",
    "external": "The reviews look like a reaction to something outside the app",
    "promotion": "The reviews look like an answer to a request for ratings or a promotion",
    "launch": "The app's history begins here, so this looks like the surge of a launch",
    "undetermined": "What caused it is undetermined",
}
GOING_ON = ", and it is still going on"
WENT_ON = ", and it was going on when the reviews were last seen"
SAME_MIX = 0.3  # stars
NEARLY = 0.5  # probability from which an undetermined incident names the closest cause
WOULD_CHANGE = {
    "release": "the same complaints on older versions",
    "service": "reviews that name one version, or an occasion outside the app",
    "external": "a fault or a release that explains the complaints",
    "promotion": "an improvement in a release that explains the praise",
    "launch": "reviews from before this date",
    "undetermined": "a release note, a status report or news of these hours",
}
SPOKEN = {
    "failure_words": "the words that rose",
    "fault_level": "how the complaints speak of faults",
    "new_version": "a version that is just out",
    "new_words": "words never used before",
    "star_mix": "the rise of the stars",
    "trigger": "posts just before that asked to act on the app",
    "update_level": "talk of a new version",
    "update_words": "talk of a new version",
    "version_concentration": "one version that stands out",
}
MOST_NAMED = 3
COORDINATION = {
    "not_testable": "signs of coordination cannot be tested with what is collected",
    "none_seen": "no signs of coordination are seen",
    "some": "there are some signs of coordinated-looking activity",
    "strong": "there are strong signs of coordinated-looking activity, though not of who or why",
}


def going_on_at(moment: datetime) -> str:
    """What stands for GOING_ON where the incident was read as of a past moment."""
    return f", and it was still going on at {_time(moment)}, as of which this was read"


def summarise(
    name: str,
    swing: Swing,
    verdict: Verdict,
    evidence: Sequence[Evidence],
    phrases: Sequence[Phrase],
    *,
    rating_before: float | None,
    rating_during: float | None,
    coverage: Coverage = "complete",
    quiet_since: datetime | None = None,
    unseen_since: datetime | None = None,
) -> str:
    """At most three sentences on the incident of the app called `name`.

    quiet_since: last item of an open swing that has been quiet for a day. unseen_since: when nobody
    looked any more at one that counts as over.
    """
    end = "" if swing.ended_at else _going_on(swing, quiet_since)
    if unseen_since is not None:
        end = f"; nobody looked since {_time(unseen_since)}, so it may have gone on"
    return " ".join(
        (
            _what(name, swing, phrases, rating_before, rating_during, coverage, end),
            _reading(verdict, evidence),
            _change(verdict),
        )
    )


def _what(
    name: str,
    swing: Swing,
    phrases: Sequence[Phrase],
    rating_before: float | None,
    rating_during: float | None,
    coverage: Coverage,
    going_on: str,
) -> str:
    since = _time(swing.onset_at)
    span = f"from {since} until {_time(swing.ended_at)}" if swing.ended_at else f"since {since}"
    if swing.hot_at and not swing.ended_at:
        span += f" (counted until {_time(swing.hot_at)})"
    expected = f"about {swing.expected_items:.0f}" if swing.expected_items >= 1 else "hardly any"
    stars = ""
    if rating_before is not None and rating_during is not None:
        averages = f"{rating_during:.1f} stars on average against {rating_before:.1f} before"
        stars = f", all reviews of that span at {averages}"
        if swing.direction == "mixed" and abs(rating_during - rating_before) < SAME_MIX:
            stars += ": more reviews with the usual mix of stars"
    whole = coverage == "complete"
    least = "" if whole else "at least "
    bounds = "" if whole else "; counts are lower bounds, because not everything could be read"
    words = ", ".join(f"“{phrase.phrase}”" for phrase in phrases[:3])
    said = f"; words that stand out are {words}" if words else ""
    return (
        f"{_clean(name)} received {least}{swing.items} {_kind(swing)} "
        f"{span} where {expected} were to be expected{stars}{going_on}{said}{bounds}."
    )


def _going_on(swing: Swing, quiet_since: datetime | None) -> str:
    if quiet_since is None:
        return GOING_ON
    stars = "low-star reviews" if swing.detector == RATINGS else _stars_of(swing)
    return (
        f"; no new {stars} have come since {_time(quiet_since)}, "
        "and it counts as over after three quiet days"
    )


def _kind(swing: Swing) -> str:
    """What `items` counts; of a swing to both sides that is mostly one of them."""
    if swing.detector == RATINGS:
        return "low ratings, with a text or without,"
    too = {"negative": " (and high stars rose too)", "positive": " (and low stars rose too)"}
    both = swing.direction == "mixed"
    return _stars_of(swing) + (too.get(swing.counts or swing.direction, "") if both else "")


def _stars_of(swing: Swing) -> str:
    return {"negative": "low-star reviews", "positive": "high-star reviews"}.get(
        swing.counts or swing.direction, "reviews"
    )


def _reading(verdict: Verdict, evidence: Sequence[Evidence]) -> str:
    certainty = ""
    named = [cause for cause in verdict.causes if cause != "undetermined"]
    likeliest = max(named, key=lambda cause: verdict.causes[cause], default="")
    if verdict.cause == "undetermined" and verdict.causes.get(likeliest, 0.0) >= NEARLY:
        certainty = f" (closest: {likeliest}, {verdict.causes[likeliest]:.0%}, which is not enough)"
    elif verdict.cause not in ("undetermined", "launch"):
        because = _named(e for e in evidence if speaks_for(verdict.cause, e.signal, e.speaks_for))
        certainty = f" (probability {verdict.cause_probability:.0%}" + (
            f"; for it speaks: {because})" if because else ")"
        )
    signs = COORDINATION[verdict.coordination]
    seen = _seen(verdict, evidence)
    signs += f" ({seen})" if seen else ""
    return f"{LOOKS_LIKE[verdict.cause]}{certainty}, and {signs}; {_against(verdict, evidence)}."


def _seen(verdict: Verdict, evidence: Sequence[Evidence]) -> str:
    """What the signs of coordination are: the calls with time and lead, or what else was found."""
    if verdict.coordination not in ("some", "strong"):
        return ""
    by_name = {e.signal: e for e in evidence}
    speaking = [e for e in evidence if e.speaks_for == "coordination"]
    shown = speaking[:1] or [e for e in (by_name.get("call_to_action"),) if e and e.value]
    told = [_first_clause(e.statement) for e in shown]
    wording = by_name.get("call_wording")
    if wording is not None and wording.speaks_for and wording not in shown:
        told.append(f"the calls' own wording returns in {wording.value or 0:.0%} of the reviews")
    return "; ".join(told)


def _named(speaking: Iterable[Evidence]) -> str:
    """At most three signals in plain words, each said once."""
    told = dict.fromkeys(SPOKEN.get(e.signal, e.signal.replace("_", " ")) for e in speaking)
    return ", ".join(list(told)[:MOST_NAMED])


def _first_clause(statement: str) -> str:
    return statement.split(";")[0].strip().rstrip(".")


def _against(verdict: Verdict, evidence: Sequence[Evidence]) -> str:
    """What speaks against the reading, or how little could be tested."""
    untested = sum(e.value is None for e in evidence)
    against = _named(e for e in evidence if speaks_against(verdict.cause, e.signal, e.speaks_for))
    limits = f"{untested} of {len(evidence)} signals could not be tested" if untested else ""
    if verdict.cause == "undetermined":
        said = (
            f"what stands out ({against}) does not settle it"
            if against
            else "nothing that could be tested settles it"
        )
    elif against:
        said = f"against this reading speaks: {against}"
    elif verdict.coordination == "strong":
        said = "nothing measured speaks against the cause"
    else:
        said = "nothing measured speaks against it"
    said = ", ".join(part for part in (said, _doubt(verdict, evidence)) if part)
    return f"{said}, and {limits}" if limits else said


def _doubt(verdict: Verdict, evidence: Sequence[Evidence]) -> str:
    """What speaks against coordination where there are signs of it."""
    if verdict.coordination == "strong":
        return "that many of the reviews are serious cannot be ruled out"
    call = next((e for e in evidence if e.signal == "call_to_action"), None)
    if verdict.coordination != "some" or call is None or call.speaks_for is not None:
        return ""
    if call.value and call.p_value is None:
        return "no quiet weeks of posts are there to compare the calls to action with"
    return "no call to action led the reviews"


def _change(verdict: Verdict) -> str:
    more = ""
    if verdict.coordination in ("some", "strong"):
        more = ", and people who explain that they came on their own"
    elif verdict.coordination == "not_testable":
        more = ", and social posts of these days"
    return f"What would change this reading: {WOULD_CHANGE[verdict.cause]}{more}."


def _time(moment: datetime) -> str:
    return f"{moment:%d %B %Y %H:%M} UTC".lstrip("0")


def _clean(name: str) -> str:
    return " ".join(name.split()) or "The app"
