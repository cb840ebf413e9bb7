"""What a signal found, said in the reader's language from the numbers that the evidence keeps.

A signal that is plugged in from elsewhere has no message: it says its sentence itself.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Literal

from analysis.evidence import shows
from analysis.evidence.details import (
    CALL,
    FirstCall,
    Theme,
    Trigger,
    first_call,
    themes,
    weighed,
    why_untested,
)
from analysis.incidents import file_cut
from analysis.records import Evidence
from analysis.words.catalogue import MISSING, FactWording
from collector.text.plain_text import plain

# Of people or their writing. Stores, countries, versions and days are no persons: always told.
COUNTS = (
    "reviews", "posts", "people", "posts_early", "people_early", "people_again", "downloads",
    "own_words", "people_elsewhere", "people_earlier",
)  # fmt: skip
SHARES = ("share", "one_star", "one_star_before", "five_stars", "five_stars_before")
EARLIER = ("one_star_before", "five_stars_before")  # of a past whose size is not told
NEEDED = ("have", "now", "past")  # what was too few to measure; of people but for spans
SPANS = "few-spans"
LONGEST = 600
DAYS_FROM_HOURS = 48
NEW_REASONS = "new_reasons"


def finding(evidence: Evidence, words: FactWording, smallest: int = 0, whole: int = 0) -> str:
    """One sentence on one signal.

    Counts of people from 1 to below `smallest` are not told, nor shares that tell them, nor what
    cannot be checked for them. whole: at least so many reviews lie behind a share without a total.
    """
    details = evidence.details
    untested = why_untested(evidence)
    key = f"finding-{evidence.signal}" if untested is None else f"untested-{untested}"
    # A signal from elsewhere, or an older release that kept other numbers: its own sentence stands.
    own = words("finding-withheld") if smallest else plain(evidence.statement, LONGEST) or MISSING
    if not words.has(key) or (evidence.statement is not None and not details):
        return own
    try:
        said = words(key, **values(evidence, words, smallest, whole))
    except LookupError:
        if evidence.statement is None:
            raise
        return own
    return said[:1].upper() + said[1:]  # may begin with a masked count


def told_count(count: float, words: FactWording, smallest: int) -> Any:
    """The number itself, or that it is too small to be shared."""
    return words("fewer-than", k=smallest) if 0 < count < smallest else round(count)


def told_share(share: float | None, of: int, words: FactWording, smallest: int) -> str:
    """The share, or an upper bound where its count among `of` is too small to be shared."""
    if not share or not smallest or round(share * of) >= smallest:
        return words.percent(share)
    bound = min(max(smallest / max(of, 1), 0.01), 1.0)  # "under 1%", not "under <1%"
    return words("share-below", percent=words.percent(bound)) if of else MISSING


def _told_value(evidence: Evidence, words: FactWording, smallest: int, whole: int) -> str:
    if shows(evidence.signal) == "share_of_things":
        return words.percent(evidence.value)
    return told_share(evidence.value, _behind(evidence, whole), words, smallest)


def _behind(evidence: Evidence, whole: int) -> int:
    """How many reviews the signal's share is taken of."""
    total = "reviews" if evidence.signal == "version_concentration" else "of"
    return int(evidence.details.get(total, whole))


def values(
    evidence: Evidence, words: FactWording, smallest: int = 0, whole: int = 0
) -> dict[str, Any]:
    """What a sentence on the signal can name; smallest, whole: as in `finding`."""
    value, usual, details = evidence.value, evidence.baseline, evidence.details
    behind = _behind(evidence, whole)
    said: dict[str, Any] = {
        "counted": "accounts",  # what older releases kept
        "few_people": "yes" if 0 < details.get("people", 0) < smallest else "no",
        "value": words.signed(value, 2),
        "value_share": _told_value(evidence, words, smallest, whole),
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
    for name in (name for name in SHARES if name in details and name not in EARLIER):
        said[name] = told_share(details[name], behind, words, smallest)
    if details.get("reason") != SPANS:
        said |= {n: told_count(details[n], words, smallest) for n in NEEDED if n in details}
    if "candidates" in details:
        said["candidates"] = "; ".join(_trigger(one, words) for one in weighed(evidence))
    if "themes" in details:
        said["themes"] = "; ".join(_theme(one, words, smallest) for one in themes(evidence))
    if evidence.signal == NEW_REASONS:
        said |= _new_reasons(details, words, smallest)
    if evidence.signal == "call_to_action":
        said |= _call(first_call(evidence), words)
    if evidence.signal == file_cut.NAME:
        said |= {n: words.day(datetime.fromisoformat(details[n])) for n in ("at", "until")}
    return said


def _said(name: str, detail: Any, words: FactWording, smallest: int) -> Any:
    if name in COUNTS:
        return told_count(detail, words, smallest)
    if name in SHARES:
        return words.percent(detail)
    if name == "words":
        return words.listing([f"“{plain(w, 40)}”" for w in detail]) if detail else "none"
    if name == "languages":
        return words.listing([_language(code, words) for code in detail])
    if isinstance(detail, bool):
        return "yes" if detail else "no"
    if isinstance(detail, int | float):
        return detail
    return plain(str(detail), 80) or "none"


def _new_reasons(details: dict[str, Any], words: FactWording, smallest: int) -> dict[str, Any]:
    """What the reviews say, and the version that most of them are on."""
    said: dict[str, Any] = {"says": "", "on": "none", "on_reviews": "", "on_before": ""}
    if details.get("top", "none") != "none":
        said["says"] = words(f"gives-{details['top']}")
    version = details.get("version")
    if version is None:
        return said
    return said | {
        "on": plain(version["name"], 40),
        "on_reviews": told_count(version["reviews"], words, smallest),
        "on_before": words.percent(version["share_before"]),
    }


def carriers(found: Sequence[Evidence], words: FactWording, smallest: int = 0) -> list[str]:
    """What most of the reviews have in common and few had before: "40 of 54 are from Poland"."""
    rows = [r for e in found if e.signal == NEW_REASONS for r in e.details.get("carried_by", ())]
    return [
        words(
            f"carried-{row['what']}",
            reviews=told_count(row["reviews"], words, smallest),
            of=words.number(row["of"]),
            name=_carrier_name(row["what"], row["name"], words),
            before=words.percent(row["share_before"]),
        )
        for row in rows
    ]


def _carrier_name(what: str, name: str, words: FactWording) -> str:
    if what == "lang":
        return _language(name, words)
    if what == "country":
        return str(words.locale.territories.get(name.upper(), name))
    return plain(name, 40) or MISSING


def _call(call: FirstCall | None, words: FactWording) -> dict[str, Any]:
    if call is None:
        return {"when": "none", "first": MISSING, "lead": MISSING}
    return {
        "when": "before" if call.hours_before > 0 else "after",
        "first": words.time(call.at),
        "first_moment": words.moment(call.at),
        "lead": words.length(timedelta(hours=abs(call.hours_before))),
    }


def _theme(theme: Theme, words: FactWording, smallest: int) -> str:
    return words(
        "finding-theme",
        label=plain(theme.label, 60),
        reviews=told_count(theme.reviews, words, smallest),
        phrases=", ".join(plain(phrase, 60) for phrase in theme.phrases),
    )


def _trigger(trigger: Trigger, words: FactWording) -> str:
    kind = "call" if trigger.kind == CALL else trigger.kind
    if trigger.dated_by_reviews:
        kind = f"{kind}-by-reviews"
    hours = trigger.hours_before
    side = "at" if abs(hours) < 1 / 60 else "before" if hours > 0 else "after"
    named = plain(trigger.what, 100)
    what = words.known(f"trigger-{kind}", named, what=named)
    return words(f"trigger-{side}", what=what, length=words.length(timedelta(hours=abs(hours))))


def _language(code: str, words: FactWording) -> str:
    try:
        return str(words.locale.languages.get(code.split("-")[0], code))
    except (AttributeError, KeyError):
        return code


def _gain(share: float | None, words: FactWording) -> str:
    """Percentage points with their sign."""
    return MISSING if share is None else words.signed(100 * share, 0)


def measure(
    evidence: Evidence,
    which: Literal["value", "baseline"],
    words: FactWording,
    smallest: int = 0,
    whole: int = 0,
) -> str:
    """The signal's value or its baseline as a figure: a share, a count, or a plain number.

    smallest, whole: as in `finding`.
    """
    number = evidence.value if which == "value" else evidence.baseline
    if number is None:
        return MISSING
    shown = shows(evidence.signal)
    if shown == "people":
        told = told_count(number, words, smallest) if which == "value" else None
        if isinstance(told, str):
            return told
        return words.number(number, 0 if which == "value" or number >= 10 else 1)
    if shown in ("share", "share_of_things"):
        told = _told_value(evidence, words, smallest, whole)
        return told if which == "value" else words.percent(number)
    if shown == "hours":
        return words.length(timedelta(hours=abs(number)))
    digits = 2 if abs(number) < 10 and number != round(number) else 0
    return words.signed(number, digits) if number < 0 else words.number(number, digits)
