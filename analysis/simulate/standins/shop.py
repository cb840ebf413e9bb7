"""One app in one shop as its servers see it: reviews that appear, change and vanish."""

import base64
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from analysis.simulate.load import edited
from analysis.simulate.standins.loopback import Fault
from analysis.simulate.world import Edit, World
from collector.records import RatingSnapshot, RawItem, Release

SKEW = timedelta(hours=2)
STUCK = base64.urlsafe_b64encode(b"9 stuck").decode()


class Shop:
    """The reviews of one source of a world at a moving time, and the shop's totals and releases.

    clock: the present moment; nothing later is visible. `add`, `edit` and `remove` change the
    history by hand, a flood between two polls for example.
    """

    def __init__(self, world: World, source: str, clock: Callable[[], datetime]) -> None:
        self.world = world
        self.source = source
        self.clock = clock
        self._versions: dict[str, list[tuple[datetime, RawItem | None]]] = {}
        self._added: set[str] = set()
        self._listed: tuple[datetime, list[RawItem]] | None = None
        self._fill()
        self._totals = [row for row in world.snapshots if row.source == source]
        self._releases = [row for row in world.releases if row.source == source]

    def add(self, items: Iterable[RawItem]) -> None:
        """Further reviews, each visible from its creation on."""
        for item in items:
            item_id = item.item_id or ""
            self._versions[item_id] = [(item.created_at, item)]
            self._added.add(item_id)
        self._listed = None

    def edit(self, edit: Edit) -> None:
        """An author changes stars or text. Edits of one item come in the order of their times."""
        versions = self._versions[edit.item_id]
        latest = versions[-1][1]
        if latest is not None:
            versions.append((edit.at, edited(latest, edit)))
        self._listed = None

    def remove(self, item_id: str, at: datetime) -> None:
        """The shop takes a review away."""
        self._versions[item_id].append((at, None))
        self._listed = None

    def versions(self) -> dict[str, list[tuple[datetime, RawItem | None]]]:
        """What each review looked like from when on, oldest first; None: gone."""
        return {item_id: list(versions) for item_id, versions in self._versions.items()}

    def listed(self, *, country: str | None = None, lang: str | None = None) -> list[RawItem]:
        """What can be seen now, the latest change first."""
        now = self.clock()
        if self._listed is None or self._listed[0] != now:
            seen = (_at(versions, now) for versions in self._versions.values())
            found = [item for item in seen if item is not None]
            self._listed = now, sorted(found, key=_place, reverse=True)
        return [
            item
            for item in self._listed[1]
            if (country is None or item.country == country) and (lang is None or item.lang == lang)
        ]

    def totals(self, country: str = "all") -> RatingSnapshot | None:
        """The shop's own totals now."""
        rows = [row for row in self._totals if row.country in ("all", country)]
        number = bisect_right([row.at for row in rows], self.clock())
        return self._with_added(rows[max(0, number - 1)]) if rows else None

    def release(self) -> Release | None:
        """The newest version that is out."""
        out = [row for row in self._releases if row.released_at <= self.clock()]
        return max(out, key=lambda row: row.released_at, default=None)

    def _with_added(self, row: RatingSnapshot) -> RatingSnapshot:
        stars = [
            row.star_1 or 0,
            row.star_2 or 0,
            row.star_3 or 0,
            row.star_4 or 0,
            row.star_5 or 0,
        ]
        for item_id in self._added:
            item = _at(self._versions[item_id], self.clock())
            if item is not None and item.rating is not None:
                stars[int(item.rating) - 1] += 1
        count = sum(stars)
        average = sum(n * (i + 1) for i, n in enumerate(stars)) / count if count else None
        return replace(
            row,
            average=average,
            count=count,
            star_1=stars[0],
            star_2=stars[1],
            star_3=stars[2],
            star_4=stars[3],
            star_5=stars[4],
        )

    def _fill(self) -> None:
        changes: dict[str, list[tuple[datetime, Edit | None]]] = {}
        for edit in self.world.edits:
            changes.setdefault(edit.item_id, []).append((edit.at, edit))
        gone = {removal.item_id: removal.at for removal in self.world.removals}
        for item in self.world.reviews:
            if item.source != self.source or item.item_id is None:
                continue
            steps = changes.get(item.item_id, [])
            if item.reply_at is not None:
                steps = sorted([*steps, (item.reply_at, None)], key=lambda step: step[0])
            self._versions[item.item_id] = _history(item, steps, gone.get(item.item_id))


def _history(
    item: RawItem, steps: Sequence[tuple[datetime, Edit | None]], gone: datetime | None
) -> list[tuple[datetime, RawItem | None]]:
    """What the item looked like from when on; a step without an edit is the reply."""
    current = replace(item, reply_text=None, reply_at=None)
    versions: list[tuple[datetime, RawItem | None]] = [(item.created_at, current)]
    for at, edit in steps:
        if edit is None:
            current = replace(current, reply_text=item.reply_text, reply_at=item.reply_at)
        else:
            current = edited(current, edit)
        versions.append((at, current))
    if gone is not None:
        versions = [(at, version) for at, version in versions if at < gone]
        versions.append((gone, None))
    return versions


def _at(versions: Sequence[tuple[datetime, RawItem | None]], now: datetime) -> RawItem | None:
    return next((item for at, item in reversed(versions) if at <= now), None)


def changed_at(item: RawItem) -> datetime:
    """When the author last touched it: the time that the public shops show."""
    return item.updated_at or item.created_at


def _place(item: RawItem) -> tuple[datetime, str]:
    return changed_at(item), item.item_id or ""


def start_of(rows: Sequence[RawItem], token: str | None) -> int:
    """Where the page of a token begins: behind the review that the token names."""
    if token is None:
        return 0
    name = base64.urlsafe_b64decode(token).decode()
    low, high = 0, len(rows)
    while low < high:  # the rows come in falling order of their names
        middle = (low + high) // 2
        low, high = (middle + 1, high) if _name(rows[middle]) >= name else (low, middle)
    return low


def next_token(
    rows: Sequence[RawItem], start: int, size: int, fault: Fault | None = None
) -> str | None:
    """The token of the page that follows rows[start : start + size], None at the end."""
    if fault in ("repeated_token", "empty_page_with_token"):
        return STUCK
    if start + size >= len(rows):
        return None
    return base64.urlsafe_b64encode(_name(rows[start + size - 1]).encode()).decode()


def page_of(
    rows: Sequence[RawItem], start: int, size: int, fault: Fault | None = None
) -> list[RawItem]:
    """One page, as a faulty service gives it."""
    page = list(rows[start : start + size])
    match fault:
        case "empty_page_with_token":
            return []
        case "more_rows":
            return list(rows[start : start + 2 * size])
        case "duplicate_rows":
            return [row for row in page for _ in range(2)]
        case "out_of_order":
            return page[1::2] + page[::2]
        case "clock_skew":
            return [_skewed(row) for row in page]
        case _:
            return page


def _skewed(row: RawItem) -> RawItem:
    updated = None if row.updated_at is None else row.updated_at + SKEW
    return replace(row, created_at=row.created_at + SKEW, updated_at=updated)


def _name(row: RawItem) -> str:
    return f"{round(changed_at(row).timestamp() * 1_000_000):020d} {row.item_id}"
