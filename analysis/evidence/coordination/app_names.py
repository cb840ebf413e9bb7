"""What a text can call the app: its names, hashtags that hold one, and links to its shop pages.

Links are read in every shape that posts use: market:, itms-apps:, parameters in any order, percent
escapes, "play[.]google[.]com". Shortened links are not resolved: they name nothing.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from urllib.parse import unquote

from collector.text.addresses import canonical, is_shortened
from collector.text.names import pattern
from collector.text.one_spelling import one_spelling
from collector.text.post_marks import hashtags_in
from collector.text.titles import hashtag

THE_APP = "qxq"  # stands for every name of the app while patterns are tried
SHORTEST_NAME = 3
SHORTEST_TAG = 6  # letters of a name inside a longer hashtag
SHORTEST_JOINED = 8  # letters of a name of several words, written as one
LONGEST_POST = 4_000  # characters read of one post

_DOT = re.compile(r"\s*[\[({]\s*(?:\.|dot)\s*[\])}]\s*")
_SPACED_HOST = re.compile(r"\b(play|apps|itunes)\s*\.\s*(google|apple)\s*\.\s*(com)\b")
_LINK = re.compile(
    r"(?:https?|hxxps?|itms(?:-appss?)?|market|intent)://?\S+|"
    r"\b(?:play\.google\.com|(?:apps|itunes)\.apple\.com)/\S+|\bwww\.\S+"
)
_ARTICLE = re.compile(rf"\b(?:the|this|that|their|your|our) {THE_APP}\b")  # "flood the Tips App"
_PACKAGE = re.compile(r"(?:^|[?&]id=)([a-z]\w*(?:\.\w+)+)$")
_TRACK = re.compile(r"^(?:.*/)?(?:id)?(\d{6,12})$")


@dataclass(frozen=True, slots=True)
class Names:
    """Patterns for one app. words: its names in running text; tags: parts of hashtags."""

    words: re.Pattern[str] | None
    tags: tuple[str, ...]
    packages: tuple[re.Pattern[str], ...]
    tracks: tuple[str, ...]

    def links_to(self, link: str) -> bool:
        """Is this the address of the app's page in a shop?"""
        if any(package.search(link) for package in self.packages):
            return True
        return any(
            re.search(rf"(?:/|id=?|\bid){number}(?!\d)", link) is not None for number in self.tracks
        )


def fold(text: str) -> str:
    """A post in one spelling: NFKC, casefolded, no invisible characters, links put right."""
    text = one_spelling(text[:LONGEST_POST]).casefold()
    text = "".join(c for c in text if unicodedata.category(c) != "Cf" or c == "\u200d")
    text = text.replace("\ufe0f", "")
    text = re.sub("[⭐🌟⭑✭☆]", "★", text)
    text = _SPACED_HOST.sub(r"\1.\2.\3", _DOT.sub(".", text))
    return "\n".join(" ".join(line.split()) for line in text.splitlines())


def hide(text: str, names: Names) -> tuple[str, bool]:
    """A folded text with the app's names and shop links as THE_APP; whether there were any.

    Other links are dropped, so that no pattern matches inside one.
    """
    text = _LINK.sub(
        lambda m: f" {THE_APP}. " if names.links_to(unquote(m.group())) else " . ", text
    )
    for package in names.packages:
        text = package.sub(THE_APP, text)
    if names.words is not None:
        text = _ARTICLE.sub(THE_APP, names.words.sub(THE_APP, text))
    tagged = any(name in tag.replace("_", "") for tag in hashtags_in(text) for name in names.tags)
    return text, tagged or THE_APP in text


@cache
def names_of(given: tuple[str, ...]) -> Names:
    """The patterns for what an app is called: names, package, store number, addresses."""
    plain = {" ".join(unicodedata.normalize("NFKC", name).split()).casefold() for name in given}
    packages = {m.group(1) for name in plain if (m := _PACKAGE.search(name))}
    tracks = {m.group(1) for name in plain if (m := _TRACK.match(name))}
    words = {name for name in plain if "/" not in name and not _TRACK.match(name)} - packages
    joined = {hashtag(name).replace("_", "") for name in words}
    words |= {name for name in joined if len(name) >= SHORTEST_JOINED}
    words |= {f"#{name}" for name in joined if len(name) >= SHORTEST_NAME}
    return Names(
        words=pattern(tuple(sorted(w for w in words if len(w) >= SHORTEST_NAME)), joined=False),
        tags=tuple(sorted(name for name in joined if len(name) >= SHORTEST_TAG)),
        packages=tuple(
            re.compile(rf"(?<![\w.]){re.escape(name)}(?!\w)(?!\.\w)") for name in sorted(packages)
        ),
        tracks=tuple(sorted(tracks)),
    )


def foreign_links(folded: str, given: Iterable[str]) -> list[str]:
    """Links of a folded text to elsewhere than the app's page, each in its one spelling.

    Shortened links are left out: nobody knows where they lead.
    """
    names = names_of(tuple(given))
    found = [link for link in _LINK.findall(folded) if not names.links_to(unquote(link))]
    plain = [link.rstrip("/.,)") for link in found]
    return [canonical(link) for link in plain if not is_shortened(link)]
