"""Posts that name the app and ask people to act on it in the stores.

A call names the app, or links its store page, and holds a request of `call_patterns.json`. In
languages whose imperative is a form of its own the form decides; an English verb must open a
request (start of a sentence, "and", "please", "everyone", ...) and must not be told of somebody, be
denied or be advised against. This finds wording, not intent.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

Kind = Literal["down", "up", "act", "get"]
KINDS: tuple[Kind, ...] = ("down", "up", "act", "get")
GAP = r"\b[^.!?\n]{0,40}?"
THE_APP = "thenamedapp"  # stands for every name of the app while patterns are tried
SHORTEST_NAME = 3
OPENS = (
    r"(?:^|[.!?:;,\n\u2026\u2014()\"“”'’*-]\s*|[\u2190-\u2bff\U0001f000-\U0001faff]\ufe0f?\s*|"
    r"\b(?:and|then|please|pls|plz|let'?s|lets|let us|everyone|everybody|y'?all|guys|go|to do is|"
    r"need to|must|should|gotta|have to|now|also|just|so|or|can you|could you|time to|"
    r"how to|want you to|help(?: us)?|to do)\s+)"
)
DENIED = re.compile(
    r"(?:\b(?:do not|don'?t|dont|never|stop|against|instead of|no one should|nobody should|"
    r"who|they|people|users|i|he|she|reviewers|some)\b[^.!?\n]{0,24})$"
)
# What a sentence must begin with for "... and flood it" to go on with a request.
BEGINS = re.compile(
    r"(?:.*[.!?:;\n\u2026\u2014\"“”*]|.*[\u2190-\u2bff\U0001f000-\U0001faff])?\ufe0f?\s*"
    r"(?:so |ok |hey )?"
    r"(?:please|pls|plz|let'?s|let us|everyone|everybody|y'?all|guys|go|download|get|install|open|"
    r"join|take|give|leave|send|rate|use|grab|find|search|help|upload|share|rt|retweet|just|now|"
    r"we (?:should|need|must|can)|you (?:should|can|could|know))\b"
)
JOINED = re.compile(r"\b(?:and|then|so|or)\s+$")
NOT_TO = re.compile(r"\b(?:nicht|kein|no|pas|non|não|jangan|не|sin)\s+(?:\S+\s+)?$")


@dataclass(frozen=True, slots=True)
class Call:
    """What a post asks for: the strongest kind found, `down` before `up`, `act` and `get`."""

    kind: Kind
    lang: str


def call_in(text: str, names: Iterable[str]) -> Call | None:
    """The call in a text, or nothing. names: what the app is called; a link counts as a name."""
    folded = " ".join(text.replace("’", "'").split()).casefold()
    known = _names(tuple(names))
    if known is None or not known.search(folded):
        return None
    hidden = known.sub(THE_APP, _without_links(folded, known))
    for kind in KINDS:
        for lang, pattern in _patterns()[kind]:
            for match in pattern.finditer(hidden):
                before = hidden[: match.start("verb")]
                if not (_is_told(before) if lang == "en" else NOT_TO.search(before)):
                    return Call(kind, lang)
    return None


def names_app(text: str, names: Iterable[str]) -> bool:
    """Does the text call the app by a name or link its store page?"""
    known = _names(tuple(names))
    return known is not None and known.search(" ".join(text.split()).casefold()) is not None


def _is_told(before: str) -> bool:
    """Is an English verb after these words told of somebody, denied or advised against?"""
    if DENIED.search(before):
        return True
    return JOINED.search(before) is not None and BEGINS.match(before) is None


def _without_links(text: str, known: re.Pattern[str]) -> str:
    """Links replaced by what they name; others dropped, so that no pattern matches inside one."""
    return re.sub(
        r"https?://\S+", lambda m: f"{THE_APP}." if known.search(m.group()) else ".", text
    )


@cache
def _names(names: tuple[str, ...]) -> re.Pattern[str] | None:
    words = {" ".join(name.split()).casefold() for name in names}
    words |= {word.replace(" ", "") for word in words if len(word.replace(" ", "")) >= 8}
    longest_first = sorted((w for w in words if len(w) >= SHORTEST_NAME), key=len, reverse=True)
    if not longest_first:
        return None
    # A name in Latin letters must stand alone; scripts that join particles to it may go on.
    either = "|".join(rf"(?<![a-z0-9]){re.escape(word)}(?![a-z0-9])" for word in longest_first)
    return re.compile(either)


@cache
def _patterns() -> dict[Kind, list[tuple[str, re.Pattern[str]]]]:
    data = json.loads(files("analysis.evidence").joinpath("call_patterns.json").read_text("utf-8"))
    found: dict[Kind, list[tuple[str, re.Pattern[str]]]] = {kind: [] for kind in KINDS}
    for lang, entry in data.items():
        if lang == "about":
            continue
        opens = OPENS if entry.get("imperative") else (r"\b" if lang not in ("ko", "ja") else "")
        for kind in KINDS:
            for source in entry[kind]:
                filled = source.replace("{gap}", GAP).replace("{name}", THE_APP)
                found[kind].append((lang, re.compile(f"{opens}(?P<verb>{filled})")))
    return found
