"""A call is out: people ask others to rate, review, report, leave or flood the app.

A warning, no event: it says what is asked before anybody follows. Enough accounts must ask by
themselves, or one post that asks be passed on often enough in an hour.
"""

from bisect import bisect_right
from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from analysis.evidence.coordination.calls import Kind
from collector.times import HOUR_US

ASKED: tuple[Kind, ...] = ("down", "up", "act", "leave")  # to get an app is no call upon it
PEOPLE, ASKED_WITHIN = 4, 24 * HOUR_US
PASSED_ON, PASSED_WITHIN = 20, HOUR_US
FOLLOWED = 48 * HOUR_US  # since enough last asked, for reviews to have followed it


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
    """A call that is out. at: when that was known; met: the last time that enough asked; over: when
    it closes; last: the latest post that asks; posts: all of them by then; people: who asked by
    themselves; passed_on: most posts of one of them in an hour."""

    at: int
    met: int
    posts: tuple[Asking, ...]

    @property
    def since(self) -> int:
        return self.posts[0].at

    @property
    def last(self) -> int:
        return self.posts[-1].at

    @property
    def over(self) -> int:
        return self.met + FOLLOWED

    @property
    def people(self) -> int:
        return _people([one for one in self.posts if one.own])

    @property
    def passed_on(self) -> int:
        times = defaultdict[int, list[int]](list)
        for one in self.posts:
            times[one.thing].append(one.at)
        return max(_most_in_an_hour(at) for at in times.values())

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
    """The calls among posts that ask, in order of time.

    One is over where so long not enough have asked that what went before was not followed; who asks
    behind that makes another, however steadily single posts ask between.
    """
    met: list[list[tuple[int, int]]] = []  # of each call: place of its first post, and when
    for begin, at in _enough(posts):
        if met and at <= met[-1][-1][1] + FOLLOWED:
            met[-1].append((begin, at))
        else:
            met.append([(begin, at)])
    times = [one.at for one in posts]
    found = []
    for one in met:
        begin, last = one[0][0], one[-1][1]
        end = bisect_right(times, last + FOLLOWED)
        found.append(Out(one[0][1], last, tuple(posts[begin:end])))
    return found


def _enough(posts: Sequence[Asking]) -> Iterator[tuple[int, int]]:
    """Where enough ask: the place of the first post that counts, and when."""
    first, asked = 0, Counter[str | int]()
    passed = defaultdict[int, deque[int]](deque)
    for n, post in enumerate(posts):
        if post.own:
            asked[_whose(post, n)] += 1
        while posts[first].at <= post.at - ASKED_WITHIN:
            if posts[first].own:
                _forget(asked, _whose(posts[first], first))
            first += 1
        near = passed[post.thing]
        near.append(n)
        while posts[near[0]].at <= post.at - PASSED_WITHIN:
            near.popleft()
        if len(asked) >= PEOPLE:
            yield first, post.at
        elif len(near) > PASSED_ON:
            yield near[0], post.at


def _forget(asked: Counter[str | int], whose: str | int) -> None:
    asked[whose] -= 1
    if not asked[whose]:
        del asked[whose]


def _whose(post: Asking, place: int) -> str | int:
    """Its account; an unknown one is one of its own."""
    return place if post.who is None else post.who


def _people(posts: Sequence[Asking]) -> int:
    known = {one.who for one in posts if one.who is not None}
    return len(known) + sum(one.who is None for one in posts)


def _most_in_an_hour(at: Sequence[int]) -> int:
    times = np.sort(np.array(at, dtype=np.int64))
    before = np.searchsorted(times, times - HOUR_US, side="right")
    return int((np.arange(1, len(times) + 1) - before).max(initial=0))
