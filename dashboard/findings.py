"""What a signal found, said in the reader's language from the numbers that the evidence keeps.

A signal that is plugged in from elsewhere has no message; its own English sentence stands in.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from dashboard.plain_text import plain
from dashboard.wording import MISSING, Wording

# Of people or their writing. Stores, countries, versions and days are no persons: always told.
COUNTS = (
    "reviews", "posts", "people", "posts_early", "people_early", "people_again", "downloads",
)  # fmt: skip
SHARES = ("share", "one_star", "one_star_before", "five_stars", "five_stars_before")
COUNTED = ("call_to_action", "co_action", "edits")  # signals whose value is a number of people
KINDS = {"call to action": "call", "call_to_action": "call"}
LONGEST = 600
BY_REVIEWS = ", by its reviews"  # how the trigger marks a version that its reviews date
DAYS_FROM_HOURS = 48


def finding(evidence: dict[str, Any], words: Wording, smallest: int = 0) -> str:
    """One sentence on one signal. Counts of people from 1 to below `smallest` are not told."""
    details = evidence.get("details") or {}
    if evidence["value"] is None and "reason" in details:
        key = f"untested-{details['reason']}"
    else:
        key = f"finding-{evidence['signal']}"
    if not details or not words.has(key):
        return plain(evidence["statement"], LONGEST)
    try:
        said = words(key, **_values(evidence, details, words, smallest))
    except LookupError:
        # Measured by an older release, which kept other numbers: its own sentence stands.
        return plain(evidence["statement"], LONGEST)
    return said[:1].upper() + said[1:]  # may begin with a masked count


def told_count(count: float, words: Wording, smallest: int) -> Any:
    """The number itself, or that it is too small to be shared."""
    return words("fewer-than", k=smallest) if 0 < count < smallest else round(count)


def _values(
    evidence: dict[str, Any], details: dict[str, Any], words: Wording, smallest: int
) -> dict[str, Any]:
    value, usual = evidence["value"], evidence["baseline"]
    said: dict[str, Any] = {
        "few_people": "yes" if 0 < details.get("people", 0) < smallest else "no",
        "value": words.signed(value, 2),
        "value_share": words.percent(value),
        "value_gain": _gain(value, words),
        "usual": words.signed(usual, 2),
        "usual_share": words.percent(usual),
        "usual_gain": _gain(usual, words),
        "usual_known": "no" if usual is None else "yes",
        "value_stars": words.number(value, 1),
        "usual_stars": words.number(usual, 1),
        "usual_number": words.number(usual, 0 if (usual or 0) >= 10 else 1),
    }
    for name, detail in details.items():
        said[name] = _said(name, detail, words, smallest)
    if evidence["signal"] == "call_to_action":
        said |= _call(details, words)
    return said


def _said(name: str, detail: Any, words: Wording, smallest: int) -> Any:
    if name in COUNTS:
        return told_count(detail, words, smallest)
    if name in SHARES:
        return words.percent(detail)
    if name == "words":
        return words.listing([f"“{plain(w, 40)}”" for w in detail]) if detail else "none"
    if name == "themes":
        return "; ".join(_theme(theme, words, smallest) for theme in detail)
    if name == "candidates":
        return "; ".join(_candidate(candidate, words) for candidate in detail)
    if name == "languages":
        return words.listing([_language(code, words) for code in detail])
    if isinstance(detail, bool):
        return "yes" if detail else "no"
    if isinstance(detail, int | float):
        return detail
    return plain(str(detail), 80) or "none"


def _call(details: dict[str, Any], words: Wording) -> dict[str, Any]:
    first, hours = details.get("first_at"), details.get("hours_before")
    if first is None or hours is None:
        return {"when": "none", "first": MISSING, "lead": MISSING}
    return {
        "when": "before" if hours > 0 else "after",
        "first": words.time(datetime.fromisoformat(first)),
        "lead": words.length(timedelta(hours=abs(hours))),
    }


def _theme(theme: dict[str, Any], words: Wording, smallest: int) -> str:
    return words(
        "finding-theme",
        label=plain(theme["label"], 60),
        reviews=told_count(theme["reviews"], words, smallest),
        phrases=", ".join(plain(phrase, 60) for phrase in theme["phrases"]),
    )


def _candidate(candidate: dict[str, Any], words: Wording) -> str:
    kind = KINDS.get(candidate["kind"], candidate["kind"])
    hours = float(candidate["hours_before"])
    length = words.length(timedelta(hours=abs(hours)))
    what = plain(candidate["what"], 100)
    if kind == "release":
        version = what.removeprefix("version ")
        what = version.removesuffix(BY_REVIEWS)
        kind = "release" if what == version else "release-by-reviews"
    side = "at" if abs(hours) < 1 / 60 else "before" if hours > 0 else "after"
    return words(f"trigger-{side}", what=words(f"trigger-{kind}", what=what), length=length)


def _language(code: str, words: Wording) -> str:
    try:
        return str(words.locale.languages.get(code.split("-")[0], code))
    except (AttributeError, KeyError):
        return code


def _gain(share: float | None, words: Wording) -> str:
    """Percentage points with their sign."""
    return MISSING if share is None else words.signed(100 * share, 0)


def measure(evidence: dict[str, Any], which: str, words: Wording, smallest: int = 0) -> str:
    """The signal's value or its baseline as a figure: a share, a count, or a plain number."""
    number = evidence[which]
    if number is None:
        return MISSING
    signal = evidence["signal"]
    if signal in COUNTED:
        told = told_count(number, words, smallest) if which == "value" else None
        if isinstance(told, str):
            return told
        return words.number(number, 0 if which == "value" or number >= 10 else 1)
    if signal in SHARE_SIGNALS:
        return words.percent(number)
    if signal == "trigger":
        return words.length(timedelta(hours=abs(number)))
    digits = 2 if abs(number) < 10 and number != round(number) else 0
    return words.signed(number, digits) if number < 0 else words.number(number, digits)


SHARE_SIGNALS: Sequence[str] = (
    "audience",
    "burst_words",
    "emoji",
    "new_version",
    "new_words",
    "one_star",
    "rating_text",
    "ratings_share",
    "shared_phrases",
    "synchrony",
    "textless",
    "version_concentration",
)
