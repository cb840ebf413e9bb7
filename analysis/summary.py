"""An incident in at most three neutral sentences: what, how it reads, what would change that."""

from collections.abc import Sequence
from datetime import datetime

from analysis.records import Evidence, Phrase, Swing, Verdict

LOOKS_LIKE = {
    "release": "The reviews look like a reaction to a version of the app",
    "service": "The reviews look like a reaction to an outage or fault",
    "external": "The reviews look like a reaction to something outside the app",
    "promotion": "The reviews look like an answer to a request for ratings or a promotion",
    "launch": "The app's history begins here, so this looks like the surge of a launch",
    "undetermined": "What caused it is undetermined",
}
WOULD_CHANGE = {
    "release": "the same complaints on older versions",
    "service": "reviews that name one version, or an occasion outside the app",
    "external": "a fault or a release that explains the complaints",
    "promotion": "an improvement in a release that explains the praise",
    "launch": "reviews from before this date",
    "undetermined": "a release note, a status report or news of these hours",
}
COORDINATION = {
    "not_testable": "signs of coordination cannot be tested with what is collected",
    "none_seen": "no signs of coordination are seen",
    "some": "there are some signs of coordinated-looking activity",
    "strong": "there are strong signs of coordinated-looking activity, though not of who or why",
}


def summarise(
    name: str,
    swing: Swing,
    verdict: Verdict,
    evidence: Sequence[Evidence],
    phrases: Sequence[Phrase],
    *,
    rating_before: float | None,
    rating_during: float | None,
) -> str:
    """At most three sentences on the incident of the app called `name`."""
    return " ".join(
        (
            _what(name, swing, phrases, rating_before, rating_during),
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
) -> str:
    kind = {"negative": "low-star reviews", "positive": "high-star reviews", "mixed": "reviews"}
    state = f"until {_time(swing.ended_at)}" if swing.ended_at else "and is still going on"
    stars = ""
    if rating_before is not None and rating_during is not None:
        stars = f", with {rating_during:.1f} stars on average against {rating_before:.1f} before"
    words = ", ".join(f"“{phrase.phrase}”" for phrase in phrases[:3])
    said = f"; words that stand out are {words}" if words else ""
    return (
        f"{_clean(name)} received {swing.items} {kind[swing.direction]} "
        f"from {_time(swing.onset_at)} {state} where about {swing.expected_items:.0f} "
        f"were to be expected{stars}{said}."
    )


def _reading(verdict: Verdict, evidence: Sequence[Evidence]) -> str:
    against = _against(verdict, evidence)
    certainty = ""
    if verdict.cause not in ("undetermined", "launch"):
        certainty = f" (probability {verdict.cause_probability:.0%})"
    return (
        f"{LOOKS_LIKE[verdict.cause]}{certainty}, and {COORDINATION[verdict.coordination]}; "
        f"{against}."
    )


def _against(verdict: Verdict, evidence: Sequence[Evidence]) -> str:
    others = [
        e.signal.replace("_", " ")
        for e in evidence
        if e.speaks_for not in (None, verdict.cause, "coordination")
    ]
    if verdict.cause == "undetermined":
        tested = [e.signal.replace("_", " ") for e in evidence if e.speaks_for]
        return (
            f"single signs point different ways ({', '.join(tested[:3])})"
            if tested
            else ("no signal stands out from the app's quiet times")
        )
    if others:
        return f"against this reading speak {', '.join(others[:3])}"
    silent = sum(e.value is None for e in evidence)
    if silent:
        return f"nothing measured speaks against it, but {silent} signals could not be tested"
    return "nothing measured speaks against it"


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
