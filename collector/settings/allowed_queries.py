"""Which social queries are allowed: those about the app or its agency, never about people.

A public body that watches public speech must not follow a person, a protest or a group. A query
is therefore refused unless each of its alternatives names the app or the agency.
"""

import re
from collections.abc import Iterable

from collector.text.names import says

_ALTERNATIVES = re.compile(r"\s+OR\s+|\|+")
_ABOUT_ACCOUNTS = re.compile(
    r"(?<!\w)(from|to|author|mentions|retweets_of|list|conversation_id|in_reply_to\w*|did|followers?\w*):\s*\S",
    re.IGNORECASE,
)
_ABOUT_PLACES = re.compile(
    r"(?<!\w)(place|place_country|point_radius|bounding_box|geo\w*|near|within):", re.I
)
_HANDLE = re.compile(r"(?<!\w)@\w")
_NEGATED = re.compile(r"""(?<!\S)-("[^"]*"|\([^)]*\)|[^\s"]\S*)""")
_QUOTED = re.compile('"[^"]*"')


def refusal(query: str, subjects: Iterable[str]) -> str | None:
    """Why a query is refused, in words; None if it is allowed."""
    subjects = tuple(subjects)
    if not query.strip():
        return "is empty"
    if len(query) > 500:
        return "is longer than 500 characters"
    if _ABOUT_ACCOUNTS.search(query) or _HANDLE.search(query):
        return "asks for accounts; Floodgauge looks for what is said about the app, not for people"
    if _ABOUT_PLACES.search(query):
        return "asks for places; Floodgauge does not locate people"
    if not subjects:
        return "names neither the app nor the agency: give the app a name, aliases or an agency"
    for alternative in _alternatives(query):
        if not says(alternative, subjects):
            about = f"{alternative.strip()!r} " if alternative.strip() != query.strip() else ""
            return (
                f"{about}names neither the app nor the agency ({', '.join(subjects)}); a person, a "
                "protest or a group must not be the subject of a query"
            )
    return None


def _alternatives(query: str) -> list[str]:
    """What a query asks for, each way apart, without what it shuts out.

    A dash or a bar between quotes is part of a name, and a dash by itself shuts nothing out.
    """
    quoted = _QUOTED.findall(query) if query.count('"') % 2 == 0 else []
    held = {f"\ue000{number}\ue001": text for number, text in enumerate(quoted)}
    bare = query.replace("\ue000", "").replace("\ue001", "")
    for mark, text in held.items():
        bare = bare.replace(text, mark, 1)
    found = _ALTERNATIVES.split(_NEGATED.sub(" ", bare))
    return [re.sub("\ue000[0-9]+\ue001", lambda m: held[m.group()], one) for one in found]
