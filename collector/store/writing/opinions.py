"""Which versions of a review are a new opinion: an arrival of its own, at its own time.

A changed star class (low: 1-2, middle: 3, high: 4-5) is one. So is a text changed in substance: at
least ENOUGH words that were not there, or SHORT that are half of its words. A word that is a letter
or two off is a correction of the old one. A developer's reply, votes, an app's version, other stars
of the same class and a text that got shorter are none; of a post only its author's own words count.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from difflib import SequenceMatcher
from typing import Protocol

from collector.store.reading.search import MARK, words
from collector.store.schema import AGAIN, ONCE
from collector.text.post_parts import own_words

WITHIN = timedelta(days=1)
"""Versions of one review within a day are one opinion: the last; none where it says again what was
said before them."""
IN_A_SWING = timedelta(days=14)
"""Who says the same class again so soon is not counted a second time in a swing."""
ENOUGH, SHORT = 5.0, 3.0  # new words
HALF = 0.5
A_SLIP = 0.75  # likeness of a word and its correction
LONGEST_SLIP = 60  # words that are compared letter by letter


class Version(Protocol):
    """What a review said from a moment on. text_hash: of a text that retention may have taken."""

    @property
    def created_at(self) -> datetime: ...
    @property
    def rating(self) -> float | None: ...
    @property
    def title(self) -> str | None: ...
    @property
    def text(self) -> str | None: ...
    @property
    def text_hash(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class Place:
    """What a version is among those of its review.

    counts: 0 no opinion of its own, 1 one, 2 one whose writer said the same class shortly before,
    also where that gave way: the person arrived with it, and what is said later moves no arrival.
    gave_way_at: when a newer opinion took its place within a day; None: it stands where it is.
    rating_before: stars of the opinion that it changed.
    """

    counts: int
    gave_way_at: datetime | None
    rating_before: float | None


def places(versions: Sequence[Version]) -> list[Place]:
    """The place of each version of a review, in order of time; the first is always an opinion."""
    opinions = list(_opinions(versions))
    found = [Place(0, None, None) for _ in versions]
    counted: list[int] = []
    standing: list[int] = []  # of them those that did not give way
    gave_way: datetime | None = None
    for n, (at, following) in enumerate(zip(opinions, [*opinions[1:], None], strict=True)):
        this = versions[at]
        before = standing[-1] if standing else (opinions[n - 1] if n else None)
        again = any(
            star_class(versions[m].rating) == star_class(this.rating)
            and this.created_at - versions[m].created_at < IN_A_SWING
            for m in counted
        )
        # Within a day it says again what stood before: no opinion of its own.
        taken_back = gave_way and standing and not is_new(versions[standing[-1]], this)
        gave_way = None
        if following is not None and versions[following].created_at - this.created_at < WITHIN:
            gave_way = versions[following].created_at
        if taken_back:
            found[at] = Place(0, gave_way, None)
            continue
        counted.append(at)
        if gave_way is None:
            standing.append(at)
        found[at] = Place(
            AGAIN if again else ONCE, gave_way, None if before is None else versions[before].rating
        )
    return found


def is_new(before: Version, after: Version) -> bool:
    """Whether the later of two versions is a new opinion."""
    if star_class(before.rating) != star_class(after.rating):
        return True
    if before.text is None and before.title is None and before.text_hash is not None:
        return False  # retention took what it said: nothing to hold the new text against
    return is_other_text(_said(before), _said(after))


def is_other_text(before: str, after: str) -> bool:
    """Whether a text changed in substance: what is said that was not said before."""
    if before == after:
        return False
    old, new = set(words(before)), set(words(after))
    missing = sorted(old - new)
    fresh = 0.0
    for word in sorted(new - old):
        slip = _slip(word, missing) if len(missing) <= LONGEST_SLIP else None
        if slip is None:
            fresh += _weight(word)
        else:
            missing.remove(slip)
    whole = sum(_weight(word) for word in new)
    return fresh >= ENOUGH or (fresh >= SHORT and fresh >= HALF * whole)


def star_class(rating: float | None) -> int:
    """1: low, 2: middle, 3: high; 0 where there are no stars."""
    if rating is None:
        return 0
    return 1 if rating < 2.5 else 2 if rating < 3.5 else 3


def _opinions(versions: Sequence[Version]) -> Iterator[int]:
    last: Version | None = None
    for n, version in enumerate(versions):
        if last is None or is_new(last, version):
            last = version
            yield n


def _slip(word: str, missing: Sequence[str]) -> str | None:
    """The old word that this one corrects."""
    if word.startswith(MARK):
        return None
    near = (m for m in missing if abs(len(m) - len(word)) <= 2)
    return next((m for m in near if SequenceMatcher(None, m, word).ratio() >= A_SLIP), None)


def _weight(word: str) -> float:
    """A character of a script without spaces is half a word."""
    return 0.5 if word.startswith(MARK) and len(word) <= len(MARK) + 8 else 1.0


def _said(version: Version) -> str:
    text = version.text or ""
    return f"{version.title or ''} {own_words(text) if version.rating is None else text}"
