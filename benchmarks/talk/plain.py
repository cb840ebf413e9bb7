"""The plain cases: what anybody would expect to be told of posts, and what is told."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from analysis.incidents.warn import asking
from analysis.records import Swing
from analysis.sentiment import reader
from analysis.talk.calls_out import calls_out
from analysis.talk.said import of_rows
from analysis.talk.swings_of_talk import counted
from benchmarks.talk.conversations import START
from benchmarks.talk.finding import events_in
from collector.store.reading.unrated import Unrated
from collector.times import DAY_US, HOUR_US, to_us

NAMES = ("tips",)
DAYS = 120
STORM = START + DAYS * DAY_US + 13 * HOUR_US
USUAL = (
    "The tips app was open at the library today, row {n}",
    "Somebody at work mentioned the tips app, item {n}",
    "Is the tips app also for tablets? Question {n}",
    "Using the tips app to send photo {n} to the station",
)
ANGRY = (
    "The tips app is horrible, it lost my report number {n}",
    "I hate the tips app, what a disgrace, case {n}",
    "Shame on the people behind the tips app, awful failure {n}",
)
KIND = (
    "I love the new map in the tips app, great work, pin {n}",
    "The tips app got a wonderful map, thank you so much, {n}",
    "Excellent new map in the tips app, best update ever, {n}",
)
HEADLINE = (
    "City drops the tips app after a year of horrible failures https://news.example/{n}?u=1",
)
CALLS = (
    "Everybody, rate the tips app one star, number {n}",
    "Give the tips app one star, all of you! Number {n}",
    "Let's flood the tips app with one star reviews, number {n}",
    "Leave a one star review for the tips app, please, number {n}",
)


@dataclass(frozen=True, slots=True)
class Plain:
    """What happened, what is to be told of it, and what is told."""

    happened: str
    expected: str
    told: str


def plain_cases() -> Iterator[Plain]:
    """Each on four months of two posts a day."""
    angry = posts(ANGRY, 300, 5)
    yield Plain(
        "300 angry posts in five hours",
        "negative, within the first 20",
        _alarm(angry, angry[19].at),
    )
    comments = posts(ANGRY, 60, 5)
    yield Plain(
        "60 angry comments without stars, imported",
        "negative, within the first 20",
        _alarm(comments, comments[19].at, source="survey"),
    )
    yield Plain("30 kind posts in a day", "positive", _directions(posts(KIND, 30, 20)))
    passed = [
        one._replace(text=f"RT @reader{n}: {HEADLINE[0].format(n=1)}" if n else one.text)
        for n, one in enumerate(posts(HEADLINE, 300, 5))
    ]
    yield Plain("one headline passed on 300 times", "nothing", _directions(passed))
    both = sorted([*passed, *posts(ANGRY, 40, 5, first=5_000)], key=lambda one: one.at)
    yield Plain("the same, and 40 angry posts", "negative, reach 300", _reach(both))
    four = posts(CALLS, 4, 2)
    yield Plain("four accounts call for low stars", "a warning at the fourth", _warning(four))
    yield Plain("three do", "nothing", _warning(four[:3]))


def posts(texts: Sequence[str], count: int, hours: float, first: int = 1_000) -> list[Unrated]:
    """Posts by as many accounts from STORM on, in order of time."""
    rng = np.random.default_rng(count)
    at = STORM + np.sort(rng.random(count) * hours * HOUR_US).astype(np.int64)
    return [
        Unrated(t, "network", f"who{first + n}", texts[n % len(texts)].format(n=first + n), None, 0)
        for n, t in enumerate(at.tolist())
    ]


def _usual() -> list[Unrated]:
    rng = np.random.default_rng(1)
    at = START + np.sort(rng.random(2 * DAYS) * DAYS * DAY_US).astype(np.int64)
    return [
        Unrated(t, "network", f"usual{n}", USUAL[n % len(USUAL)].format(n=n), None, 0)
        for n, t in enumerate(at.tolist())
    ]


def _events(said: Sequence[Unrated], source: str = "network") -> list[Swing]:
    """What is told three days later, each with its counts. source: of all of it."""
    rows = [row._replace(source=source) for row in [*_usual(), *said]]
    score = reader.score([row.text or "" for row in rows], [None] * len(rows)).tolist()
    scored = [row._replace(score=mark) for row, mark in zip(rows, score, strict=True)]
    whole = of_rows(scored)
    found = events_in(whole, STORM + 3 * DAY_US)
    return [counted(one, whole, to_us(one.ended_at or one.alarmed_at), found) for one in found]


def _alarm(said: Sequence[Unrated], by: int, source: str = "network") -> str:
    found = _events(said, source)
    soon = all(to_us(one.alarmed_at) <= by for one in found)
    return _each(found, lambda one: f"{one.direction}, {'within the first 20' if soon else 'late'}")


def _directions(said: Sequence[Unrated]) -> str:
    return _each(_events(said), lambda one: str(one.direction))


def _reach(said: Sequence[Unrated]) -> str:
    return _each(
        _events(said), lambda one: f"{one.direction}, reach {one.talk.reach if one.talk else 0}"
    )


def _each(found: Sequence[Swing], words: Callable[[Swing], str]) -> str:
    return "; ".join(map(words, found)) or "nothing"


def _warning(said: Sequence[Unrated]) -> str:
    found = calls_out(list(asking([*_usual(), *said], NAMES)))
    at_fourth = [out.at == said[-1].at for out in found]
    return "; ".join("a warning at the fourth" if one else "late" for one in at_fourth) or "nothing"
