"""A call is out: people ask others to rate, review, report, leave or flood the app.

A warning, no event: it says what is asked before anybody follows. Enough accounts must ask by
themselves, or one post that asks be passed on often enough in an hour.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from analysis.evidence.coordination.calls import Kind
from collector.times import HOUR_US

ASKED: tuple[Kind, ...] = ("down", "up", "act", "leave")  # to get an app is no call upon it
PEOPLE, ASKED_WITHIN = 4, 24 * HOUR_US
PASSED_ON, PASSED_WITHIN = 20, HOUR_US
FOLLOWED = 48 * HOUR_US  # after the last call, for reviews to have followed it


@dataclass(frozen=True, slots=True)
class Asking:
    """A post that asks. who: its account, None where unknown; own: not passed on from another."""

    at: int
    who: str | None
    thing: int
    own: bool
    kind: Kind
    network: str
    text_hash: str | None


@dataclass(frozen=True, slots=True)
class Out:
    """A call that is out. at: when that was known; last: the latest post that asks; posts: all of
    them; people: who asked by themselves; passed_on: most posts of one of them in an hour."""

    at: int
    posts: tuple[Asking, ...]

    @property
    def since(self) -> int:
        return self.posts[0].at

    @property
    def last(self) -> int:
        return self.posts[-1].at

    @property
    def people(self) -> int:
        return _people([one for one in self.posts if one.own])

    @property
    def passed_on(self) -> int:
        things = {one.thing for one in self.posts}
        return max(_most_in_an_hour([p.at for p in self.posts if p.thing == t]) for t in things)

    @property
    def an_hour(self) -> int:
        """Posts in its busiest hour."""
        return _most_in_an_hour([one.at for one in self.posts])

    @property
    def asks(self) -> Asking:
        """The post that asks for what most of them do: the first of the thing said most."""
        own = [one for one in self.posts if one.own] or list(self.posts)
        kinds = [one.kind for one in self.posts]
        kind = max(ASKED, key=lambda k: (kinds.count(k), -ASKED.index(k)))
        fitting = [one for one in own if one.kind == kind] or own
        count = {one.thing: 0 for one in fitting}
        for one in self.posts:
            if one.thing in count:
                count[one.thing] += 1
        return max(fitting, key=lambda one: (count[one.thing], -one.at))


def calls_out(posts: Sequence[Asking]) -> list[Out]:
    """The calls among posts that ask, in order of time."""
    return [out for part in _apart(posts) if (out := _known(part)) is not None]


def _apart(posts: Sequence[Asking]) -> Iterator[Sequence[Asking]]:
    """Posts between which nobody asked for so long that what went before was not followed."""
    cuts = [n + 1 for n, (a, b) in enumerate(pairwise(posts)) if b.at - a.at > FOLLOWED]
    for begin, end in pairwise([0, *cuts, len(posts)]):
        yield posts[begin:end]


def _known(posts: Sequence[Asking]) -> Out | None:
    first = 0
    for n, post in enumerate(posts):
        while posts[first].at <= post.at - ASKED_WITHIN:
            first += 1
        near = posts[first : n + 1]
        passed = [one for one in near if one.thing == post.thing]
        passed = [one for one in passed if one.at > post.at - PASSED_WITHIN]
        enough = _people([one for one in near if one.own]) >= PEOPLE
        if enough or len(passed) > PASSED_ON:
            begin = near[0] if enough else passed[0]
            return Out(post.at, tuple(one for one in posts if one.at >= begin.at))
    return None


def _people(posts: Sequence[Asking]) -> int:
    known = {one.who for one in posts if one.who is not None}
    return len(known) + sum(one.who is None for one in posts)


def _most_in_an_hour(at: Sequence[int]) -> int:
    times = np.sort(np.array(at, dtype=np.int64))
    before = np.searchsorted(times, times - HOUR_US, side="right")
    return int((np.arange(1, len(times) + 1) - before).max(initial=0))
