"""What a post says, so that copies and what is passed on have the same.

A text is taken without who it is passed on from, addresses, handles and signs. One of a few words
alone is many people's own ("what a mess"): it is the same thing only where it shares an address.
"""

import re
from collections.abc import Sequence

from collector.text.one_spelling import one_spelling

FEWEST_WORDS = 8
FEWEST_SIGNS, MOST_UNSPACED = 20, 2  # of a text that is written without blanks
PASSED_ON = re.compile(r"\s*(?:RT|MT)\b[\s:]*(?:@[\w.@-]+|\[\w+\])\s*:?\s*", re.IGNORECASE)
ADDRESS = re.compile(r"https?://\S+|\bwww\.\S+", re.IGNORECASE)
HANDLE = re.compile(r"(?<![\w.])@[\w.@-]+|\[[\w -]{1,20}\]")
SIGNS = re.compile(r"[^\w]+")
TRACKING = re.compile(r"[?#].*$")


def passed_on(text: str) -> bool:
    """Whether a post says that it passes on another's."""
    return PASSED_ON.match(text) is not None


def thing(text: str) -> str | None:
    """The same for copies of one text; None where only this post says it."""
    passed = PASSED_ON.match(text)
    said = text if passed is None else text[passed.end() :]
    link = ADDRESS.search(said)
    words = SIGNS.sub(" ", one_spelling(HANDLE.sub(" ", ADDRESS.sub(" ", said)))).casefold().split()
    unspaced = len(words) <= MOST_UNSPACED and sum(map(len, words)) >= FEWEST_SIGNS
    if words and (passed is not None or len(words) >= FEWEST_WORDS or unspaced):
        return " ".join(words)
    if link is not None:
        return f"{TRACKING.sub('', link.group()).rstrip('/').casefold()} {' '.join(words)}"
    return None


def numbered(texts: Sequence[str | None]) -> list[int]:
    """A number for each post, the same for copies of one thing."""
    known: dict[str, int] = {}
    of_text: dict[str, int] = {}
    found = []
    for n, text in enumerate(texts):
        if text is None:
            found.append(n)
            continue
        number = of_text.get(text)
        if number is None:
            said = thing(text)
            if said is None:
                found.append(n)
                continue
            number = of_text[text] = known.setdefault(said, n)
        found.append(number)
    return found
