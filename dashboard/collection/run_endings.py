"""Why a run ended or failed, said in the reader's language from what the sources wrote of it.

What is not known here is told in its own words.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType

from collector.plain_text import plain
from dashboard.words.catalogue import Wording

ENDS: Mapping[str, str] = MappingProxyType(
    {
        "end of the list": "ended-list",
        "end of the search": "ended-search",
        "reached what was already known": "ended-known",
        "reached the newest post": "ended-newest",
        "unchanged since the last poll": "ended-unchanged",
        "asked a moment ago": "ended-asked",
        "read the app's totals": "ended-totals",
        "read the app's page": "ended-totals",
    }
)
_AT = r"(?P<place>.+?): "
_NETWORK = (
    r"All connection attempts failed|.*[Cc]onnection (?:refused|reset|aborted).*|\[Errno.*"
    r"|.*Name or service not known.*|Server disconnected.*|no answer(?: \(\w+\))?"
)
_SHAPE = (
    r"(?:Malformed|Unreadable) .*|.*do(?:es)? not parse.*"
    r"|.*(?:is|are) not (?:JSON|a list|an object)|an answer has (?:other fields|another shape).*"
    r"|not an RSS or Atom feed|the answer is nested too deep|\d+ of \d+ rows are unreadable"
)
# The first that fits a whole reason counts; its groups are the values of the wording.
PATTERNS = tuple(
    (re.compile(pattern), key)
    for pattern, key in (
        (_AT + r"(?:no answer in time|.*timed out.*)", "failed-late"),
        (_AT + rf"(?:{_NETWORK})", "failed-unreachable"),
        (_AT + r"(?:slow down \(status|HTTP) (?:429|\d+, asks|\d+\)).*", "failed-slow"),
        (r"(?P<place>Google Play) asks to slow down", "failed-slow"),
        (_AT + r"(?:access refused \(status|HTTP) (?:401|403|422).*", "failed-refused"),
        (_AT + r"(?:not there \(status|HTTP) (?:404|410).*", "failed-gone"),
        (_AT + r"(?:answered with status|HTTP) (?P<status>\d+).*", "failed-status"),
        (
            r"the app is not in the (?P<country>[a-z]{2}) App Store; check the id",
            "failed-country",
        ),
        (rf"(?:{_AT})?(?:{_SHAPE})", "failed-shape"),
        (r"X: the month's budget of \$(?P<budget>[\d.]+) is used up.*", "failed-budget"),
        (r"X: no credits are left.*", "failed-credits"),
        (r"Bluesky refuses the handle or its app password", "failed-login"),
        (r"X: another process is reading within the same budget", "failed-shared"),
        (r"not asked: the source asked to slow down", "failed-not-asked"),
        (r"the list is empty and was not before", "failed-empty"),
        (
            r"no reviews listed although the store counts (?P<count>\d+) ratings",
            "failed-empty-counted",
        ),
        (r"JSON and XML feed are both empty.*|no reviews came; .*", "failed-nothing"),
        (r"stopped after (?P<count>\d+) pages\b.*", "ended-pages"),
        (r"Apple shows the newest (?P<count>\d+) and no more", "ended-cap"),
        (r"the search lists (?P<count>\d+) posts of about \d+ and no more", "ended-cap"),
        (r"(?P<count>\d+) posts are left for the next run", "ended-left"),
        (r"read (?P<count>\d+) posts", "ended-posts"),
        (r"kept (?P<kept>\d+) of (?P<count>\d+) headlines(?:; .*)?", "ended-kept"),
    )
)
# Where a reason begins, and not where one goes on behind a semicolon.
_NEXT = re.compile(
    r"; (?!check the id|the next run goes on|nothing more is asked|the library cannot|it was last"
    r"|about \d|\d+ entries)"
)


def told(said: str, words: Wording) -> str:
    """Why the run ended; parts that ended alike are told together."""
    parts: dict[str, list[str]] = {}
    for one in _NEXT.split(said):
        part, colon, reason = one.partition(": ")
        known = _known(reason, words) if colon else None
        text = known or _known(one, words) or one
        parts.setdefault(text, []).extend([part] if known else [])
    listed = [
        text + (f" ({', '.join(names)})" if names and len(parts) > 1 else "")
        for text, names in parts.items()
    ]
    return plain("; ".join(listed), 300)


def _known(reason: str, words: Wording) -> str | None:
    """The reason in the reader's language; None where it is none of these."""
    if reason in ENDS:
        return words(ENDS[reason])
    for pattern, key in PATTERNS:
        if found := pattern.fullmatch(reason):
            values = {name: value for name, value in found.groupdict().items() if value is not None}
            counted = {n: int(v) for n, v in values.items() if n in ("count", "kept")}
            return words(key, **{**values, **counted})
    return None
