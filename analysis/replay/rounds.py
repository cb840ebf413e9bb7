"""An app's stored history in the order in which it became known, collection by collection."""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from analysis import series
from analysis.series import Missed
from analysis.source_parts import apart
from analysis.swings import History
from collector.importers import late_parts
from collector.shop_sources import is_review_shop
from collector.store import Store
from collector.store.as_known.arrival_order import Arrived, Polls
from collector.store.polls.runs import Spans

TOGETHER = 5 * 60_000_000  # microseconds: what arrives so close together is one collection
FAR = 2**62
Beside = Callable[[Missed, int], Missed]  # what was not seen -> with what else a moment knew


@dataclass(frozen=True, slots=True)
class Round:
    """One collection and the analysis after it; microseconds.

    until: the newest moment that it knows of. changed_from: the earliest moment of the past, as the
    round before had seen it, that reads otherwise now; None where nothing does.
    """

    at: int
    until: int
    changed_from: int | None


@dataclass(frozen=True, slots=True)
class ArrivalHistory:
    """The rounds, and what was known after each. in_round: of each item.

    coverages: from these rounds on. ratings: History.ratings,
    which are stamped no earlier than they were known.
    """

    rounds: list[Round]
    items: Arrived
    in_round: NDArray[np.int64]
    coverages: list[tuple[int, Missed]]
    ratings: NDArray[np.int64]

    def history(
        self, round_: int, since: int, until: int, *, but: tuple[int, int] | None = None
    ) -> History:
        """What the detector would have read after a round, items from `since` to `until`.

        but: the round and the `until` of an earlier reading; without what that one held.
        """
        items = self.items
        low, high = (int(n) for n in np.searchsorted(items.at, [since, until + 1]))
        at, in_round, rated_since = items.at[low:high], self.in_round[low:high], since
        known = in_round <= round_
        if but is not None:
            known &= (in_round > but[0]) | (at > but[1])
            rated_since = max(since, but[1] + 1)
        rated = np.searchsorted(self.ratings, [rated_since, until + 1])
        missed = self.coverage(round_)
        return History(
            at[known],
            items.stars[low:high][known],
            _told_apart(items.sources, missed)[items.source[low:high][known]],
            items.is_post[low:high][known],
            items.sources,
            missed.gaps,
            missed.truncated,
            self.ratings[rated[0] : rated[1]],
            missed.unseen_by_part(),
            missed.polled_by_part(),
        )

    def coverage(self, round_: int) -> Missed:
        """What was known after a round of what had not been seen."""
        place = bisect_right(self.coverages, round_, key=lambda pair: pair[0])
        return self.coverages[place - 1][1]


def _told_apart(sources: Sequence[str], missed: Missed) -> NDArray[np.int16]:
    """The place of each source; a part that was not told apart by then is of its source."""
    names, split = list(sources), {part.name for part in missed.split}
    places = []
    for place, name in enumerate(names):
        whole = name.partition("/")[0]
        apart_then = name in split or whole not in names
        places.append(place if apart_then else names.index(whole))
    return np.asarray(places, dtype=np.int16)


def arrival_history(
    store: Store, app: str, end: int, moments: Sequence[int] | None = None
) -> ArrivalHistory:
    """The history of an app as it became known, up to `end`.

    moments: when analyses ran; else one is taken to have run after each collection, and at the end.
    """
    known_of, known = store.arrival_order, series.coverage(store, app)
    items, polls = known_of.items(app, known.split), known_of.polls(app)
    ratings = series.low_ratings(store, app)
    parts = store.part_spans.of(app)
    late = late_parts.noted(store, app)

    def beside(missed: Missed, at: int) -> Missed:
        """With the parts that were told apart by then."""
        then = {
            source: [one for part in mine if (one := part.known_at(at)).spans]
            for source, mine in parts.items()
        }
        return replace(missed, apart=apart(then, late), silent=known.silent)

    found = in_order(items, polls, ratings, end, moments, beside if parts else None)
    if parts:
        return found
    told = [
        (round_, replace(missed, apart=known.apart, silent=known.silent))
        for round_, missed in found.coverages
    ]
    return replace(found, coverages=told)


def in_order(
    items: Arrived,
    polls: Polls,
    ratings: NDArray[np.int64],
    end: int,
    moments: Sequence[int] | None = None,
    beside: Beside | None = None,
) -> ArrivalHistory:
    """The same of what was read from a store. beside: what a round knew beside the polls' spans."""
    known = _after_the_run(items.arrived, items.source, items, polls)
    if moments is None:
        late = known[items.arrived != items.at]
        times = rounds(np.concatenate([late, polls.known]), end)
    else:
        times = np.unique(np.asarray([m for m in moments if m <= end], dtype=np.int64))
    in_round = np.searchsorted(times, known)
    until = _until(times, items, in_round, polls, ratings)
    changed = np.full(len(times) + 1, FAR)
    before = np.concatenate([[-FAR], until, [-FAR]])  # what the round before had looked at
    _least_late(changed, in_round, items.at, before)
    coverages = _coverages(times, until, polls, changed, beside)
    return ArrivalHistory(
        rounds=[
            Round(int(at), int(to), int(c) if c < FAR else None)
            for at, to, c in zip(times, until, changed, strict=False)
        ],
        items=items,
        in_round=in_round,
        coverages=coverages,
        ratings=ratings,
    )


def rounds(arrived: NDArray[np.int64], end: int) -> NDArray[np.int64]:
    """Ends of the collections that arrivals came in, and `end`.

    What arrives within TOGETHER of the first of a collection belongs to it: an analysis runs after
    the last of several sources, not between them.
    """
    found: list[int] = []
    first = -FAR
    for moment in np.unique(arrived[arrived <= end]).tolist():
        if moment - first > TOGETHER:
            first = moment
            found.append(moment)
        found[-1] = moment
    return np.asarray(found if found and found[-1] == end else [*found, end], dtype=np.int64)


def _after_the_run(
    moments: NDArray[np.int64], source: NDArray[np.int16], items: Arrived, polls: Polls
) -> NDArray[np.int64]:
    """A poll stamps what it reads with its start; it is known when the poll has ended."""
    known = moments.copy()
    names = np.asarray(polls.source, dtype=object)
    for code, name in enumerate(items.sources):
        mine = np.flatnonzero((names == name.partition("/")[0]) & polls.single)
        here = np.flatnonzero(source == code)
        if not len(mine) or not len(here):
            continue
        mine = mine[np.argsort(polls.started[mine], kind="stable")]
        place = np.searchsorted(polls.started[mine], moments[here], side="right") - 1
        run = mine[np.maximum(place, 0)]
        exact = (place >= 0) & (polls.started[run] == moments[here])
        known[here[exact]] = polls.known[run[exact]]
    return known


def _until(
    times: NDArray[np.int64],
    items: Arrived,
    in_round: NDArray[np.int64],
    polls: Polls,
    ratings: NDArray[np.int64],
) -> NDArray[np.int64]:
    """What series.observed_until says after each round, of what was known by then."""
    poll_round = np.searchsorted(times, polls.known)
    saw = polls.covered_to >= 0
    of_shop = saw & np.asarray([is_review_shop(s) for s in polls.source], dtype=bool)

    def newest(of: NDArray[np.bool_], polled: NDArray[np.bool_]) -> NDArray[np.int64]:
        found = np.full(len(times) + 1, -FAR)
        np.maximum.at(found, in_round[of], items.at[of])
        np.maximum.at(found, poll_round[polled], polls.covered_to[polled])
        return np.asarray(np.maximum.accumulate(found)[:-1])

    own = newest(~items.is_post, of_shop)
    reached = np.where(own > -FAR, own, newest(np.ones_like(items.is_post), saw))
    known = np.where(reached > -FAR, np.minimum(times, reached), times)
    rated = np.concatenate([[-FAR], ratings])[np.searchsorted(ratings, times, side="right")]
    return np.where((reached > -FAR) & (rated > series.hour_of(known)), rated, known)


def _least_late(
    changed: NDArray[np.int64],
    in_round: NDArray[np.int64],
    at: NDArray[np.int64],
    before: NDArray[np.int64],
) -> None:
    """Notes what came in a round although the one before had looked past it."""
    late = at <= before[in_round]
    np.minimum.at(changed, in_round[late], at[late])


def _coverages(
    times: NDArray[np.int64],
    until: NDArray[np.int64],
    polls: Polls,
    changed: NDArray[np.int64],
    beside: Beside | None,
) -> list[tuple[int, Missed]]:
    """What had not been seen, from the rounds on in which it changed; notes changes of the past."""
    start = series.coverage_of({})
    found = [(-1, start if beside is None else beside(start, -FAR))]
    holes = set(_new_holes(times, polls))
    for round_ in sorted(holes) if beside is None else range(len(times)):
        at = int(times[round_])
        seen = series.coverage_of(_spans(polls, at)) if round_ in holes else found[-1][1]
        held = seen if beside is None else beside(seen, at)
        if round_ not in holes and _same_parts(held, found[-1][1]):
            continue
        if round_ > 0:
            looked = int(until[round_ - 1])
            first = _first_difference(found[-1][1], held, looked)
            changed[round_] = min(int(changed[round_]), first)
        found.append((round_, held))
    return found


def _same_parts(one: Missed, other: Missed) -> bool:
    """Whether two states of knowledge tell the same parts apart, with the same holes."""
    mine, theirs = one.named(), other.named()
    return [name for name, _ in mine] == [name for name, _ in theirs] and all(
        np.array_equal(a, b) for (_, a), (_, b) in zip(mine, theirs, strict=True)
    )


def _new_holes(times: NDArray[np.int64], polls: Polls) -> list[int]:
    """Rounds whose polls can change what is known of the gaps."""
    found: set[int] = set()
    reached: dict[str, int] = {}
    last_hole: dict[str, int] = {}
    in_round = np.searchsorted(times, polls.known).tolist()
    spans = zip(polls.covered_from.tolist(), polls.covered_to.tolist(), strict=True)
    for source, (start, end), round_ in zip(polls.source, spans, in_round, strict=True):
        if end < 0 or round_ >= len(times):
            continue
        if source not in reached or start > reached[source]:
            found.add(round_)
            last_hole[source] = start
        elif start < last_hole[source]:
            found.add(round_)  # reads again what had been a hole
        reached[source] = max(end, reached.get(source, -FAR))
    return sorted(found)


def _spans(polls: Polls, now: int) -> dict[str, Spans]:
    """What each source had covered by a moment."""
    names = np.asarray(polls.source, dtype=object)
    known = (polls.known <= now) & (polls.covered_to >= 0)
    found = {}
    for name in sorted(set(names[known].tolist())):
        mine = known & (names == name)
        start, end = polls.covered_from[mine], np.minimum(polls.covered_to[mine], now)
        order = np.lexsort([end, start])
        found[name] = Spans(start[order], end[order], polls.cut[mine][order])
    return found


def _first_difference(one: Missed, other: Missed, before: int) -> int:
    """Where two states of knowledge begin to differ, FAR if not before a moment."""
    first = FAR
    none = np.empty((0, 2), np.int64)
    known, now_known = dict(one.named()), dict(other.named())
    for name in known.keys() | now_known.keys():
        mine, theirs = (
            {(s, min(e, before)) for s, e in part.get(name, none).tolist() if s < before}
            for part in (known, now_known)
        )
        first = min([first, *(s for s, _ in mine ^ theirs)])
    return first
