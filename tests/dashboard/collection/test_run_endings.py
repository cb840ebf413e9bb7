"""Why runs failed, in the reader's language: what the sources say is found again, and nothing else
is swallowed."""

import re
from pathlib import Path
from zoneinfo import ZoneInfo

import httpx
import pytest

import collector
from collector.errors import SourceError
from collector.http import check_status, say
from dashboard.collection.run_endings import ENDS, PATTERNS, told
from dashboard.words.catalogue import Wording

EN, ES = (Wording(lang, ZoneInfo("UTC")) for lang in ("en", "es"))
CODE = "\n".join(path.read_text("utf-8") for path in Path(collector.__path__[0]).rglob("*.py"))
PLACE = "play.google.com/store/apps"


def refused(status: int, retry_after: str | None = None) -> str:
    with pytest.raises(SourceError) as raised:
        check_status(status, retry_after, PLACE)
    return str(raised.value)


@pytest.mark.parametrize(
    ("said", "english"),
    [
        (refused(429), f"{PLACE} asks to slow down"),
        (refused(429, "30"), f"{PLACE} asks to slow down"),
        (refused(403), f"{PLACE} refuses access: check the secret or the permission"),
        (refused(404), f"nothing is to be found at {PLACE}: check the app’s id"),
        (refused(503), f"{PLACE} answered with an error (status 503)"),
        (f"{PLACE}: {say(httpx.ReadTimeout(''))}", f"{PLACE} gave no answer in time"),
        (f"{PLACE}: {say(httpx.ConnectError('[Errno -2] x'))}", f"{PLACE} cannot be reached"),
        (
            "App Store feed: HTTP 503 from Apple",
            "App Store feed answered with an error (status 503)",
        ),
        ("App Store feed: HTTP 429 from Apple", "App Store feed asks to slow down"),
        ("Bluesky: no answer (NetworkError)", "Bluesky cannot be reached"),
        (
            "reviews:us: the app is not in the us App Store; check the id",
            "the app is not in this App Store (us): check its id",
        ),
        (
            "X: the month's budget of $5.00 is used up; about 70 posts were counted and not read",
            "the month’s budget of $5.00 is used up",
        ),
        (
            "mastodon.example#tips: an answer is not JSON",
            "the answer has another shape than before",
        ),
        (
            "stopped after 50 pages, as many as one run may read",
            "stopped after 50 pages, as many as one run may read; the next goes on there",
        ),
        ("kept 3 of 40 headlines; 2 entries without a date left out", "3 of 40 headlines kept"),
        (
            f"reviews:en: {PLACE}: no answer in time; reviews:es: end of the list",
            f"{EN('failed-late', place=PLACE)} (reviews:en); {EN('ended-list')} (reviews:es)",
        ),
        (
            f"reviews:en: {refused(404)}; reviews:es: {refused(404)}",
            f"nothing is to be found at {PLACE}: check the app’s id",
        ),
    ],
)
def test_known_failures_are_told_in_the_readers_language(said: str, english: str) -> None:
    assert told(said, EN) == english
    spanish = told(said, ES)
    assert spanish != english
    assert not re.search(r"\b(the|is|are|not|answer|asks)\b", spanish)


@pytest.mark.parametrize(
    "said",
    [
        "the store answered 503",
        "a word: and another",
        "",
        "no answer in time",
        "X; y: z",
        "a: b; c",
    ],
)
def test_what_is_not_known_stands_as_it_was_said(said: str) -> None:
    assert told(said, ES) == said


FIXED = [
    "no answer in time", "slow down (status ", "access refused (status ", "not there (status ",
    "; check the id", "answered with status ", "App Store; check the id", "does not parse",
    "do not parse", "is not JSON", "is not a list", "an answer has other fields",
    "an answer has another shape", "not an RSS or Atom feed", "rows are unreadable",
    "X: the month's budget of $", "X: no credits are left",
    "Bluesky refuses the handle or its app password", "not asked: ",
    "the source asked to slow down", "the list is empty and was not before",
    "no reviews listed although the store counts ", "JSON and XML feed are both empty",
    "stopped after {", "Apple shows the newest {", "the search lists {",
    "posts are left for the next run", "headlines{", "Google Play asks to slow down",
    "X: another process is reading within the same budget",
    "the answer is nested too deep", "no reviews came; the library cannot tell why",
]  # fmt: skip


@pytest.mark.parametrize("words", [*ENDS, *FIXED])
def test_the_sources_still_say_so(words: str) -> None:
    """A reason that was reworded would be told in English again."""
    assert words in CODE


@pytest.mark.parametrize("words", [EN, ES], ids=["en", "es"])
def test_each_pattern_has_what_its_wording_wants(words: Wording) -> None:
    for pattern, key in PATTERNS:
        numbers = dict.fromkeys(("count", "kept"), 3)
        assert words(key, **{name: numbers.get(name, name) for name in pattern.groupindex})
