"""One walk of one part of a source: how far to read, what that covered, when the mark may move.

A page is written when it arrives. The mark is written with the page that completes the walk, in
the same transaction; a walk that breaks off leaves the mark, so that the next one reads down to it
again and no hole can open unseen.
"""

import itertools
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from collector.end_codes import reason
from collector.errors import SourceError
from collector.polling.marks import Mark, PartResult
from collector.records import Outcome, RawItem
from collector.sources import Page, Part, Source
from collector.times import INSTANT

DISORDER = timedelta(hours=6)
"""Kept away from the lower end of a walk whose rows came out of order, before judging removals."""
KNOWN = reason("ended-known")


@dataclass(slots=True)
class Walk:
    """The state of one walk.

    read_back_to: where it may stop, None: at the end of the list. page_budget: pages it may take.
    newest, oldest: of all rows so far. bottom: every row newer than this has been read.
    """

    source: Source
    mark: Mark
    now: datetime
    read_back_to: datetime | None
    page_budget: int
    result: PartResult
    newest: datetime | None = None
    oldest: datetime | None = None
    bottom: datetime | None = None
    disordered: bool = False
    pages_behind_mark: int = 0

    def take(self, page: Page) -> Mark | None:
        """Count a page, before it is written; returns the mark to write with it, if it may move.

        `over` tells whether the walk ends with this page.
        """
        result = self.result
        result.pages += 1
        self._note(page)
        if page.end is not None and page.end.kind == "suspect_empty":
            self._suspect(page.end.why)
            return None
        if result.part.reads == "totals":
            result.outcome, result.stop_reason = (
                "ok",
                page.end.why if page.end else reason("ended-totals"),
            )
            return None
        if self.source.order == "oldest_first":
            return self._ascend(page)
        return self._descend(page)

    @property
    def over(self) -> bool:
        """Whether the walk has come to a conclusion."""
        return self.result.outcome != "failed"

    def break_off(self, error: Exception) -> None:
        """The walk failed. What was read is covered; the mark stays where it was."""
        result = self.result
        result.error, result.stop_reason = error, why_broken(error)
        result.outcome = "partial" if result.seen else "failed"
        if self.source.order == "newest_first" and self.bottom is not None:
            result.covered_from, result.covered_to = self.bottom, self.now

    def _descend(self, page: Page) -> Mark | None:
        """Newest first: over at the mark, at the end, at a cap, or when the budget is spent."""
        stamps = [stamp(item) for item in page.items]
        if self.read_back_to is not None and self.mark.newest is not None:
            if _mostly_before(stamps, self.read_back_to):
                return self._finish("ok", KNOWN, self.read_back_to, page)
            self.pages_behind_mark += _mostly_before(stamps, self.mark.newest)
            if self.pages_behind_mark >= self.source.overlap_pages:
                return self._finish("ok", KNOWN, self.bottom, page)
        if page.end is not None and page.end.kind == "end":
            if self.source.tells_gone and not self.result.seen and self.mark.newest is not None:
                self._suspect(reason("failed-empty"))
                return None
            known = (self.oldest, self.mark.oldest, self.mark.newest, self.mark.walked_at)
            whole = min((t for t in known if t is not None), default=self.now)
            return self._finish("ok", page.end.why, page.since or whole, page)
        if page.end is None and self.result.pages < self.page_budget:
            return None
        spent = reason("ended-pages", count=self.result.pages)
        reached = self.mark.newest and self.bottom and self.bottom <= self.mark.newest
        why = page.end.why if page.end else spent
        return self._finish("ok" if reached else "truncated", why, self.bottom, page)

    def _ascend(self, page: Page) -> Mark:
        """Oldest first: every page moves the mark, so that stopping early leaves no hole."""
        result = self.result
        result.covered_from = (
            result.covered_from or page.since or self.mark.newest or self.oldest or self.now
        )
        result.covered_to = page.reached or self.newest or self.mark.newest
        if page.end is not None:
            result.outcome = "ok" if page.end.kind == "end" else "truncated"
            result.stop_reason = page.end.why
            result.covered_to = self.now if page.end.kind == "end" else result.covered_to
        elif result.pages >= self.page_budget:
            result.outcome = "truncated"
            result.stop_reason = reason("ended-pages", count=result.pages)
        return self._moved(page)

    def _suspect(self, why: str) -> None:
        self.result.outcome, self.result.stop_reason = "suspect_empty", why

    def _finish(self, outcome: Outcome, why: str, whole: datetime | None, page: Page) -> Mark:
        """The walk counts: `whole` is the time above which everything was read."""
        result = self.result
        result.outcome, result.stop_reason = outcome, why
        result.covered_from, result.covered_to = whole, self.now
        moved = self._moved(page)
        can_tell = self.source.tells_gone and result.seen and not result.bad
        return self._judge_removals(moved, whole, page) if can_tell and whole else moved

    def _moved(self, page: Page) -> Mark:
        """The mark after this page. A platform's clock ahead of ours cannot push it past now."""
        times = [t for t in (page.reached, self.newest) if t is not None]
        newest = [min(max(times), self.now)] if times else []
        at_end = page.end is not None and page.end.kind == "end"
        again = self.read_back_to is None and self.mark.newest is not None and self.source.shifts
        oldest = [t for t in (self.oldest, self.mark.oldest) if t is not None]
        return replace(
            self.mark,
            newest=max([*newest, *([self.mark.newest] if self.mark.newest else [])], default=None),
            walked_at=self.now,
            to_end_at=self.now if at_end or self.read_back_to is None else self.mark.to_end_at,
            oldest=min(oldest, default=None) if at_end else self.mark.oldest,
            confirm_at=self.now if again and self.mark.confirm_at is None else None,
            state=self.mark.state if page.state is None else page.state,
        )

    def _judge_removals(self, moved: Mark, whole: datetime, page: Page) -> Mark:
        """Say what may count as gone: only dates that this walk covered without an error.

        Where pages are numbered, an item can slip between two of them when another is removed
        meanwhile; then it must be missing from two walks in a row.
        """
        if page.end is not None and page.end.kind == "end" and page.since is None:
            lower = moved.oldest or whole
        elif self.disordered:
            lower = whole + DISORDER
        else:
            lower = whole + INSTANT
        result = self.result
        if not self.source.shifts or result.pages == 1:
            result.gone_from, result.gone_unseen_since = lower, self.now
        elif self.mark.whole_from is not None:
            result.gone_from = max(lower, self.mark.whole_from)
            result.gone_unseen_since = self.mark.whole_at
        return replace(
            moved,
            whole_from=lower,
            whole_at=self.now,
            gone_from=result.gone_from,
            gone_unseen_since=result.gone_unseen_since,
        )

    def _note(self, page: Page) -> None:
        """Times of a page's rows; a list from the oldest on is in order of publication."""
        ascending = self.source.order == "oldest_first"
        stamps = [item.created_at if ascending else stamp(item) for item in page.items]
        self.result.seen += len(stamps)
        self.result.bad += page.bad
        self.result.cost_usd += page.cost_usd
        if not stamps:
            return
        in_order = all(a >= b for a, b in itertools.pairwise(stamps))
        self.disordered |= not in_order
        bottom = stamps[-1] if in_order else statistics.median_high(stamps)
        self.bottom = min(bottom, self.bottom or bottom)
        self.newest = max([*stamps, self.newest or stamps[0]])
        self.oldest = min([*stamps, self.oldest or stamps[0]])


def start_walk(
    source: Source, part: Part, mark: Mark, now: datetime, budgets: Mapping[str, int]
) -> Walk:
    """A walk back to the mark and an overlap, or to the end of the list when that is due.

    budgets: pages that one walk may read, by source, where the operator set them.
    """
    late = source.reread_every is not None and mark.to_end_at is not None
    due = late and now - (mark.to_end_at or now) >= (source.reread_every or timedelta.max)
    to_the_end = mark.newest is None or due or mark.confirm_at is not None
    read_back_to = None if mark.newest is None or to_the_end else mark.newest - source.overlap
    budget = source.first_budget if to_the_end else source.page_budget
    result = PartResult(part=part, had_mark=mark.newest is not None)
    result.elapsed = now - mark.walked_at if mark.walked_at is not None else None
    return Walk(source, mark, now, read_back_to, budgets.get(source.name, budget), result)


def why_broken(error: Exception) -> str:
    """What a source raised is a reason; anything else was not expected."""
    if isinstance(error, SourceError):
        return str(error) or reason("failed-silent")
    said = str(error) or type(error).__name__
    return reason("failed-unexpected", error=said)


def stamp(item: RawItem) -> datetime:
    """The time by which a platform lists an item: that of its last edit, where it tells."""
    return item.updated_at or item.created_at


def _mostly_before(stamps: Sequence[datetime], moment: datetime) -> bool:
    """Most rows are no newer than a moment: one old row among new ones does not stop a walk."""
    return 2 * sum(t <= moment for t in stamps) > len(stamps)
