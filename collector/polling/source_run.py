"""One run of one source for one app: its parts, one after the other, each on its own.

The only place that catches what a source raises.
"""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from collector.end_codes import reason
from collector.errors import (
    AuthFailed,
    BudgetExhausted,
    ClockError,
    PayloadChanged,
    RateLimited,
    SourceError,
    SourceUnavailable,
    StoreError,
)
from collector.http import Http
from collector.polling import costs, elsewhere, titles, weekly_look
from collector.polling.lacking import empty_since
from collector.polling.marks import Mark, PartResult
from collector.polling.reports import report, write
from collector.polling.surroundings import PollEvent, Surroundings
from collector.polling.walk import Walk, start_walk
from collector.privacy.protect import protect
from collector.records import Item, RunReport
from collector.settings.config import Settings
from collector.sources import Page, Part, Source, Visit
from collector.sources._first_pages import counts
from collector.store import Cursor, Store
from collector.times import plausible

log = logging.getLogger(__name__)

LARGEST_SKEW = timedelta(days=1)
"""An item dated later than this after the run's start gets the time of the run."""


class SourceRun:
    """One run of one source for one app: its parts, one after the other, each on its own.

    ratings: the largest rating count that the store itself gave in this run.
    """

    def __init__(
        self,
        settings: Settings,
        store: Store,
        around: Surroundings,
        source: Source,
        key: str,
        http: Http,
    ) -> None:
        self.settings = settings
        self.store = store
        self.around = around
        self.source = source
        self.key = key
        self.http = http
        self.started_at = around.clock()
        self.ratings = 0
        self._seen_in: dict[str, str] = {}

    def read(self, parts: Sequence[Part]) -> list[PartResult]:
        """Read the parts. One that fails does not stop the others, unless the source said twice
        in a row to slow down, or its budget is spent."""
        results: list[PartResult] = []
        why: str | None = None
        for part in parts:
            why = why or _leave_alone([r.error for r in results])
            if why is not None:
                results.append(PartResult(part=part, stop_reason=why))
            else:
                results.append(self._read_part(part))
        return results

    def write_report(self, results: Sequence[PartResult]) -> RunReport:
        """What the run did, in the store from here on; what comes after cannot lose it."""
        finished = report(
            self.key,
            self.source,
            results,
            started_at=self.started_at,
            ended_at=max(self.around.clock(), self.started_at),
            requests=self.http.requests,
            ratings=self.ratings,
            empty_since=empty_since(self.store, self.key, self.source, self.started_at, results),
        )
        write(self.store, self.source, finished, results)
        return finished

    def look_elsewhere(self, results: Sequence[PartResult]) -> None:
        """Once a week: which other languages or storefronts hold reviews. One storefront that fails
        does not hinder it."""
        read = [r.part for r in results]
        app = self.settings.apps[self.key]
        left = weekly_look.not_read(self.store, app, self.key, self.source, read, self.started_at)
        errors = [r.error for r in results]
        if not left or all(errors) or any(isinstance(e, RateLimited | AuthFailed) for e in errors):
            return
        pages = counts(self.source, left, self._first_look)
        self._trust_clock()
        weekly_look.note(self.store, self.key, self.source, pages, self.started_at)

    def _first_look(self, part: Part) -> Visit:
        budgets = self.settings.collecting.pages
        return self._visit(part, start_walk(self.source, part, Mark(), self.started_at, budgets))

    def _read_part(self, part: Part) -> PartResult:
        kept = self.store.cursors.get(self.key, self.source.name, part.key)
        mark = Mark.load(kept)
        self._mark_gone(part, mark.gone_from, mark.gone_unseen_since, mark.walked_at)
        walk = start_walk(self.source, part, mark, self.started_at, self.settings.collecting.pages)
        result = walk.result
        try:
            for page in self.source.walk(self._visit(part, walk)):
                self._take(walk, page)
                if walk.over:
                    break
            else:
                raise SourceUnavailable(reason("failed-silent"))
            result.gone = self._mark_gone(
                part, result.gone_from, result.gone_unseen_since, self.started_at
            )
        except (StoreError, ClockError):
            raise
        except SourceError as error:
            self._trust_clock()
            walk.break_off(error)
        except Exception as error:
            self._trust_clock()
            log.exception("%s: %s: unexpected error", self.key, self.source.name)
            walk.break_off(error)
        result.stop_reason = self.http.redact(result.stop_reason)
        result.share_new = result.new / (walk.page_budget * self.source.page_size)
        return result

    def _visit(self, part: Part, walk: Walk) -> Visit:
        return Visit(
            key=self.key,
            app=self.settings.apps[self.key],
            part=part,
            settings=self.settings,
            http=self.http,
            now=self.started_at,
            mark=walk.mark.newest,
            walked_at=walk.mark.walked_at,
            read_back_to=walk.read_back_to,
            state=walk.mark.state,
            page_budget=walk.page_budget,
            spent_usd=0.0
            if self.source.free
            else costs.spent(self.store, self.source.name, self.started_at),
            private_dir=self.around.folder(),
        )

    def _take(self, walk: Walk, page: Page) -> None:
        """Write a page, with the mark if it may move, in one transaction."""
        self._trust_clock()
        if page.cost_usd:
            costs.spend(self.store, self.key, self.source.name, self.started_at, page.cost_usd)
        if page.bad > len(page.items):
            every = page.bad + len(page.items)
            raise PayloadChanged(reason("failed-rows", bad=page.bad, of=every))
        self.store.timeline.poll_snapshots(page.snapshots)
        self.store.timeline.write_releases(page.releases)
        self.store.timeline.write_context(page.context)
        self.ratings = max([self.ratings, *(s.count or 0 for s in page.snapshots)])
        if page.written is not None:
            elsewhere.note_written(self.store, self.key, self.source.name, page.written)
        if page.title:
            part = walk.result.part.key
            titles.note(self.store, self.key, self.source.name, part, page.title, self.started_at)
        if page.description:
            part = walk.result.part.key
            self.store.descriptions.note(
                self.key, self.source.name, part, page.description, self.started_at
            )
        mark = walk.take(page)
        cursor = None
        if mark is not None:
            cursor = Cursor(self.key, self.source.name, walk.result.part.key, mark.dump())
        counts = self.store.items.write(
            list(self._items(walk.result.part, page)), how="poll", cursor=cursor
        )
        walk.result.new += counts.new
        walk.result.changed += counts.changed
        self.around.progress(
            PollEvent(
                app=self.key,
                source=self.source.name,
                step="page",
                message=walk.result.part.key,
                seen=walk.result.seen,
                new=walk.result.new,
            )
        )

    def _trust_clock(self) -> None:
        """Raises ClockError where a server's clock said so and a library swallowed it."""
        if self.around.servers is not None:
            self.around.servers.hold()

    def _items(self, part: Part, page: Page) -> Iterator[Item]:
        """What may be stored of a page; an item listed in several parts belongs to the first."""
        for raw in dict.fromkeys(page.items):
            if raw.item_id is None or self._seen_in.setdefault(raw.item_id, part.key) == part.key:
                written = plausible(raw.created_at, raw.updated_at)
                if written is not None and written != raw.created_at:
                    raw = replace(raw, created_at=written, updated_at=None)
                if written is None or raw.created_at > self.started_at + LARGEST_SKEW:
                    raw = replace(raw, created_at=self.started_at)
                yield protect(
                    raw, app=self.key, secret=self.store.database.secret, seen_at=self.started_at
                )

    def _mark_gone(
        self, part: Part, since: datetime | None, unseen: datetime | None, at: datetime | None
    ) -> int:
        """Mark what a walk judged to be gone: published after `since`, unseen since `unseen`."""
        if since is None or unseen is None or at is None:
            return 0
        return self.store.items.mark_gone(
            self.key,
            self.source.name,
            walked_from=since,
            not_seen_since=unseen,
            at=at,
            country=part.country,
            lang=part.lang,
        )


def _leave_alone(errors: Sequence[Exception | None]) -> str | None:
    """Why the remaining parts of a source should not be asked in this run."""
    if errors and isinstance(errors[-1], BudgetExhausted):
        return reason("failed-not-asked-budget")
    if len(errors) >= 2 and all(isinstance(error, RateLimited) for error in errors[-2:]):
        return reason("failed-not-asked")
    return None
