"""X: posts of the last seven days that a search for the app's name finds, within a monthly budget.

Reading costs money, so posts are counted first and then read from the oldest on, window by window,
as far as the budget goes. A window is written whole before the next is asked for: a run that is
interrupted pays again for one window at most. Posts are charged when they are returned (X's price
list); a request that breaks off is booked as if it had returned all that it asked for.
"""

import math
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from filelock import FileLock, Timeout

from collector.end_codes import reason
from collector.errors import BudgetExhausted, SourceUnavailable
from collector.records import RawItem
from collector.settings.config import AppSettings, Settings
from collector.sources import End, Page, Part, Plan, Source, Visit
from collector.sources._posts import look_back
from collector.sources._queries import asked_at_once
from collector.sources._x_api import PAGE_SIZE, SMALLEST_PAGE, Count, Grain, UndeliveredError, XApi
from collector.text.app_context import beside, is_about
from collector.text.post_texts import x_text

NAME = "x"
POST_USD = 0.005
"""Price of a post read. A request for counts is not on the list; it is booked like one post."""
REACH = timedelta(days=7) - timedelta(minutes=5)
"""How far back the search goes."""
DELAY = timedelta(seconds=30)
"""The search does not know the latest seconds yet."""
OVERLAP = timedelta(minutes=15)
BY_MINUTE = timedelta(days=1)
"""Spans up to this long are counted by the minute, longer ones by the hour."""
SPLIT_FROM = 5 * PAGE_SIZE
"""An hour with more posts than this is counted by the minute."""
PAGE_BUDGET = 100
MONTH = timedelta(days=30)
LEAST_ABOUT = 0.3
"""Of a sample of posts, for a query to be read that costs more than the budget."""
ID_EPOCH = datetime(2010, 11, 4, 1, 42, 54, 657000, tzinfo=UTC)
ID_SHIFT = 22


def plan(app: AppSettings, settings: Settings) -> Plan:
    """One part for each query, once X is paid for and its use approved."""
    if settings["x"]["monthly_budget_usd"] <= 0:
        begun = settings["x"].model_fields_set - {"monthly_budget_usd"}
        forgotten = bool(begun) and "monthly_budget_usd" not in settings["x"].model_fields_set
        return Plan(off=reason("off-no-budget"), wanted=forgotten)
    if not (settings["x"]["approved_by"] and settings["x"]["approved_on"]):
        return Plan(off=reason("off-no-approval"))
    if not app.queries:
        return Plan(off=reason("off-no-queries"))
    if settings.secrets["x_bearer_token"] is None:
        return Plan(off=reason("off-set", names="FLOODGAUGE_X_BEARER_TOKEN"), wanted=True)
    return Plan(
        parts=tuple(
            Part(key=f"search:{query}", target=asked_at_once(query, app)) for query in app.queries
        )
    )


def walk(visit: Visit) -> Iterator[Page]:
    """One query's posts, from the oldest on. Two processes never spend at the same time."""
    with _alone(visit):
        yield from _Reading(visit).pages()


@contextmanager
def _alone(visit: Visit) -> Iterator[None]:
    if visit.private_dir is None:
        yield
        return
    visit.private_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        with FileLock(visit.private_dir / "x.lock", timeout=0, fallback_to_soft=False):
            yield
    except Timeout as error:
        raise SourceUnavailable(reason("failed-shared")) from error


class _Reading:
    """One walk, with what it may still spend (in posts) and how many pages it may still take."""

    def __init__(self, visit: Visit) -> None:
        token = visit.settings.secrets["x_bearer_token"]
        query = visit.part.target or ""
        self._api = XApi(visit.http, token.get_secret_value() if token else "", query)
        self._mark = visit.mark
        self._since = look_back(visit, REACH).replace(microsecond=0)
        self._until = (visit.now - DELAY).replace(microsecond=0)
        self._budget_usd = visit.settings["x"]["monthly_budget_usd"]
        self._left = math.floor((self._budget_usd - visit.spent_usd) / POST_USD + 1e-6)
        self._pages = self._page_budget = visit.page_budget
        self._unread = 0
        self._visit = visit

    def pages(self) -> Generator[Page]:
        """The counts, then window after window, then why it ends. Raises BudgetExhausted."""
        if self._since >= self._until:
            yield self._page(end=End(kind="end", why=reason("ended-asked")))
            return
        if (known := _known_ordinary(self._visit)) is not None:
            yield self._page(end=End(kind="cap", why=_ordinary(known)), state=known)
            return
        span = self._until - self._since
        counts = yield from self._count(
            self._since, self._until, "minute" if span <= BY_MINUTE else "hour"
        )
        counts = without_dear_overlap(counts, self._mark)
        self._unread = total = sum(count.posts for count in counts)
        if (sample := (yield from self._sampled(total))) is not None:
            yield self._page(end=End(kind="cap", why=_ordinary(sample)), state=sample)
            return
        for window in windows(counts):
            for part in (yield from self._finer(window)):
                needed = 1 + -(-part.posts // PAGE_SIZE)
                if needed > self._page_budget - 3:
                    why = reason("ended-minute", count=part.posts)
                    yield self._page(end=End(kind="cap", why=why), reached=part.end)
                    return
                if needed >= self._pages:
                    why = reason("ended-left", count=self._unread)
                    yield self._page(end=End(kind="cap", why=why))
                    return
                yield from self._read(part)
        yield self._page(
            end=End(kind="end", why=reason("ended-posts", count=total)), reached=self._until
        )

    def _count(
        self, since: datetime, until: datetime, grain: Grain
    ) -> Generator[Page, None, list[Count]]:
        self._need(1 + SMALLEST_PAGE)
        counts = self._api.counts(since, until, grain)
        yield self._page(charged=1)
        return counts

    def _sampled(self, total: int) -> Generator[Page, None, dict[str, str] | None]:
        """On the first walk of a query that would cost more than the month's budget: ten of its
        posts. What they tell if they are not about the app; None where all is well."""
        app = self._visit.app
        a_month = total * POST_USD * (MONTH / (self._until - self._since))
        if self._mark is not None or app.context or a_month <= self._budget_usd:
            return None
        self._need(SMALLEST_PAGE)
        found = self._api.posts(self._since, self._until, SMALLEST_PAGE, None)
        yield self._page(charged=len(found.posts))
        texts = [item.text or "" for item in _items(found.posts)[0]]
        telling = beside(app.name or "", app.agency, app.aliases)
        about = sum(is_about(text, telling) for text in texts)
        if about >= LEAST_ABOUT * len(texts):
            return None
        told = {"about": about, "count": len(texts), "of": total, "cost": f"{a_month:.0f}"}
        return {"asked_at": self._visit.now.isoformat(), **{n: str(v) for n, v in told.items()}}

    def _finer(self, window: Count) -> Generator[Page, None, list[Count]]:
        """A window as it is, or in smaller ones where it is large or dear."""
        by_the_hour = window.end - window.start > timedelta(minutes=1)
        fits = min(SPLIT_FROM, self._left, PAGE_SIZE * (self._page_budget - 4))
        if by_the_hour and window.posts > max(fits, PAGE_SIZE):
            return windows((yield from self._count(window.start, window.end, "minute")))
        return [window]

    def _read(self, window: Count) -> Generator[Page]:
        """A window's posts: a page for each request, all posts on the last one."""
        items: list[RawItem] = []
        bad, token, tokens = 0, None, set[str]()
        while True:
            rows = min(PAGE_SIZE, max(SMALLEST_PAGE, window.posts - len(items)))
            self._need(rows)
            try:
                found = self._api.posts(window.start, window.end, rows, token)
            except UndeliveredError as error:
                yield self._page(charged=rows)
                raise error.cause from error
            read, unreadable = _items(found.posts)
            items, bad, token = items + read, bad + unreadable, found.token
            self._unread -= len(found.posts)
            if token is None:
                break
            yield self._page(charged=len(found.posts))
            if token in tokens:
                raise SourceUnavailable(reason("failed-circle", place="X"))
            tokens.add(token)
        items.sort(key=lambda item: item.created_at)
        yield self._page(items=tuple(items), bad=bad, charged=len(found.posts), reached=window.end)

    def _need(self, posts: int) -> None:
        """Whether so many posts can be paid for, the worst case taken."""
        if posts > self._left:
            budget = f"{self._budget_usd:.2f}"
            raise BudgetExhausted(reason("failed-budget", budget=budget, unread=self._unread))

    def _page(self, charged: int = 0, **what: Any) -> Page:
        self._left -= charged
        self._pages -= 1
        return Page(cost_usd=charged * POST_USD, since=self._since, **what)


def _known_ordinary(visit: Visit) -> dict[str, str] | None:
    """What an earlier sample told of the same query, for a week."""
    asked_at = visit.state.get("asked_at")
    if asked_at is None or visit.app.context:
        return None
    fresh = visit.now - datetime.fromisoformat(asked_at) < REACH
    return dict(visit.state) if fresh else None


def _ordinary(sample: Mapping[str, str]) -> str:
    about, count, of = (int(sample[name]) for name in ("about", "count", "of"))
    return reason("ended-ordinary", about=about, count=count, of=of, cost=sample["cost"])


def windows(counts: Sequence[Count]) -> list[Count]:
    """Neighbouring counts put together as long as they fit on one page; empty ones are left out."""
    joined: list[Count] = []
    for count in counts:
        if not count.posts:
            continue
        last = joined[-1] if joined else None
        if last is not None and last.posts + count.posts <= PAGE_SIZE:
            joined[-1] = Count(last.start, count.end, last.posts + count.posts)
        else:
            joined.append(count)
    return joined


def without_dear_overlap(counts: Sequence[Count], mark: datetime | None) -> list[Count]:
    """The counts, without those before the mark if to read these again takes more than a page."""
    if mark is None or sum(c.posts for c in counts if c.end <= mark) <= PAGE_SIZE:
        return list(counts)
    return [count for count in counts if count.end > mark]


def _items(posts: Sequence[Any]) -> tuple[list[RawItem], int]:
    items: list[RawItem] = []
    for post in posts:
        try:
            items.append(_item(post))
        except (KeyError, TypeError, ValueError, AttributeError, IndexError):
            continue
    return items, len(posts) - len(items)


def _item(post: Mapping[str, Any]) -> RawItem:
    """A post. An edited one has a new id; it counts as the post that it was at first."""
    first = str((post.get("edit_history_tweet_ids") or [post["id"]])[0])
    written = datetime.fromisoformat(post["created_at"])
    edited = first != str(post["id"])
    likes = (post.get("public_metrics") or {}).get("like_count")
    author = post.get("author_id")
    return RawItem(
        source=NAME,
        kind="post",
        item_id=first,
        created_at=min(_time_of(first), written),
        updated_at=written if edited else None,
        author=str(author) if author is not None else None,
        text=x_text(post),
        lang=post.get("lang") if post.get("lang") not in ("und", "zxx", "qme") else None,
        thumbs_up=likes if isinstance(likes, int) else None,
        url=f"https://x.com/i/status/{int(post['id'])}",
    )


def _time_of(number: str) -> datetime:
    """An id holds the time of its post in milliseconds."""
    return ID_EPOCH + timedelta(milliseconds=int(number) >> ID_SHIFT)


SOURCE = Source(
    name=NAME,
    title="X",
    gives="posts that name the app or the agency, without reposts, with likes",
    needs="a bearer token, a monthly budget, and the record of who approved the use and when",
    cost=f"${POST_USD} a post or count read: at least $3.65 a month for each query, read hourly; "
    "nothing is read beyond the month's budget",
    cannot_see="posts older than seven days; reposts; alt texts of pictures and quoted posts, "
    "which would be charged, too; posts beyond the budget (they are counted)",
    edits="the time of the last edit, beside that of publication",
    limits="450 requests in 15 minutes; a page a second is used",
    terms="off until approved: X must agree to use by governments; a deleted post must go "
    "within 24 hours of a request; no political views are inferred",
    plan=plan,
    walk=walk,
    order="oldest_first",
    overlap=OVERLAP,
    page_size=PAGE_SIZE,
    page_budget=PAGE_BUDGET,
    first_budget=PAGE_BUDGET,
    poll_at_least=timedelta(minutes=15),
)
