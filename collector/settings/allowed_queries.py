"""Which social queries are allowed: those about the app or its agency, never about people.

A public body that watches public speech must not follow a person, a protest or a group. A query
is therefore refused unless each of its alternatives names the app or the agency.
"""

import re
from collections.abc import Iterable

_ALTERNATIVES = re.compile(r"\s+OR\s+|\|+")
_ABOUT_ACCOUNTS = re.compile(
    r"(?<!\w)(from|to|author|mentions|retweets_of|list|conversation_id|in_reply_to\w*|did|followers?\w*):\s*\S",
    re.IGNORECASE,
)
_ABOUT_PLACES = re.compile(
    r"(?<!\w)(place|place_country|point_radius|bounding_box|geo\w*|near|within):", re.I
)
_STOPS = re.compile(r"[,.;:!?|]+(?:\s|$)")
_HANDLE = re.compile(r"(?<!\w)@\w")
_NEGATED = re.compile(r"""(?<!\S)-\s*("[^"]*"|\([^)]*\)|\S+)""")


def names_subject(text: str, subjects: Iterable[str]) -> bool:
    """Whether a text holds one of the names as whole words (or run together, as in a hashtag)."""
    plain = _plain(text)
    joined = plain.replace(" ", "")
    words = set(plain.split())
    return any(
        f" {name} " in f" {plain} " or name.replace(" ", "") in words or name == joined
        for name in map(_plain, subjects)
        if name
    )


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
    for alternative in _ALTERNATIVES.split(_NEGATED.sub(" ", query)):
        if not names_subject(alternative, subjects):
            about = f"{alternative.strip()!r} " if alternative.strip() != query.strip() else ""
            return (
                f"{about}names neither the app nor the agency ({', '.join(subjects)}); a person, a "
                "protest or a group must not be the subject of a query"
            )
    return None


def _plain(text: str) -> str:
    """Lower-case words; a comma or full stop between two of them keeps them apart ("|")."""
    apart = _STOPS.sub(" | ", text.casefold())
    return " ".join(re.sub(r"[^\w|]+", " ", apart).split()).strip("| ")
