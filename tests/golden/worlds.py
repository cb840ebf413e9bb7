"""Small histories with fixed seeds: a quiet app, and what is made to happen to it."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from tests.golden.product import (
    Burst,
    ContextPlan,
    Edit,
    EventPlan,
    RawItem,
    Removal,
    Scenario,
    World,
    scenarios,
    simulate,
)

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
CALL = "Rate City Helper one star and tell them why, everybody"


def day(number: float, hour: float = 0.0) -> datetime:
    """A moment of the history: the local hour of a day, counted from its first."""
    return scenarios.START + timedelta(days=number, hours=hour)


ONSET = day(72, 10)  # a Wednesday


def app(per_day: float = 2.0, days: int = 88, **changed: object) -> Scenario:
    """An ordinary app of two stores; any field of a scenario may be changed."""
    return replace(scenarios.quiet(per_day, days=days), **changed)  # type: ignore[arg-type]


def event(
    onset: datetime,
    themes: tuple[tuple[str, float], ...],
    items: int,
    stars: tuple[float, float, float, float, float],
    *,
    hours: float = 48.0,
    rise: float = 2.0,
    sources: tuple[tuple[str, float], ...] | None = None,
    languages: tuple[tuple[str, float], ...] | None = None,
    silent: float = 1.0,
    fades: bool = True,
    context: tuple[ContextPlan, ...] = (),
) -> EventPlan:
    """Reviews of a kind that come within some hours; its truth does not matter here."""
    decay = hours / 3 if fades else 1000 * hours
    burst = Burst(
        themes=themes, items=items, stars=stars, rise_hours=rise, decay_hours=decay,
        length_hours=hours, sources=sources, languages=languages, silent=silent,
    )  # fmt: skip
    return EventPlan(
        kind="outage", onset=onset, bursts=(burst,), cause="service", direction="negative",
        context=context,
    )  # fmt: skip


def world(scenario: Scenario, seed: int, *changes: Callable[[World], World]) -> World:
    """The history of a scenario and seed, with changes made to it in order."""
    made = simulate(scenario, seed)
    for change in changes:
        made = change(made)
    return made


def kept(wanted: Callable[[RawItem], bool]) -> Callable[[World], World]:
    """Only the items that are wanted."""

    def changed(made: World) -> World:
        items = tuple(item for item in made.items if wanted(item))
        ids = {item.item_id for item in items}
        edits = tuple(edit for edit in made.edits if edit.item_id in ids)
        removals = tuple(gone for gone in made.removals if gone.item_id in ids)
        return replace(made, items=items, edits=edits, removals=removals)

    return changed


def rewritten(rewrite: Callable[[int, RawItem], RawItem]) -> Callable[[World], World]:
    """Every item as the function, given its number and itself, makes it."""

    def changed(made: World) -> World:
        items = [rewrite(number, item) for number, item in enumerate(made.items)]
        return replace(made, items=tuple(sorted(items, key=lambda item: item.created_at)))

    return changed


def with_posts(posts: Iterable[tuple[datetime, str, str]]) -> Callable[[World], World]:
    """More posts: when, by whom, which words."""
    added = [
        RawItem(
            source="x", created_at=at, kind="post", item_id=f"post-{number}",
            author=author, text=text, lang="en",
        )
        for number, (at, author, text) in enumerate(posts)
    ]  # fmt: skip

    def changed(made: World) -> World:
        items = sorted([*made.items, *added], key=lambda item: item.created_at)
        return replace(made, items=tuple(items))

    return changed


def edited_low(before: datetime, at: datetime, count: int) -> Callable[[World], World]:
    """Earlier praise that its authors edit to one star, one every twenty minutes."""

    def changed(made: World) -> World:
        praise = [
            item
            for item in made.items
            if item.kind == "review" and (item.rating or 0) >= 4 and item.created_at < before
        ]
        edits = [
            Edit(at + number * timedelta(minutes=20), item.item_id or "", rating=1.0)
            for number, item in enumerate(praise[-count:])
        ]
        known = sorted([*made.edits, *edits], key=lambda edit: edit.at)
        return replace(made, edits=tuple(known))

    return changed


def removed_low(since: datetime, after: timedelta, every: int) -> Callable[[World], World]:
    """The store takes away each so many-th low review from a moment on."""

    def changed(made: World) -> World:
        low = [
            item
            for item in made.items
            if item.kind == "review" and (item.rating or 5) <= 2 and item.created_at >= since
        ]
        gone = [Removal(item.created_at + after, item.item_id or "") for item in low[::every]]
        left = tuple(edit for edit in made.edits if edit.item_id not in {g.item_id for g in gone})
        removals = sorted(gone, key=lambda removal: removal.at)
        return replace(made, edits=left, removals=tuple(r for r in removals if r.at < made.end))

    return changed


def without_texts(since: datetime) -> Callable[[World], World]:
    """Reviews from a moment on have stars alone."""

    def bare(_: int, item: RawItem) -> RawItem:
        late = item.kind == "review" and item.created_at >= since
        return replace(item, title=None, text=None) if late else item

    return rewritten(bare)


def callers(people: int, posts: int) -> list[tuple[datetime, str, str]]:
    """Calls that so many people post: each one the day before, then in turn before the onset."""
    first = [(ONSET - (26 * 60 - 7 * n) * MINUTE, n) for n in range(people)]
    later = [(ONSET - (90 - 9 * n) * MINUTE, n) for n in range(people, posts)]
    return [(at, f"caller{n % people}", f"{CALL}, take {n}") for at, n in first + later]


def chorus(people: int) -> list[tuple[datetime, str, str]]:
    """The same words from so many accounts within minutes, among others about the app."""
    same = "City Helper lost the forms of my whole street again this morning"
    said = [(ONSET + (200 + n) * MINUTE, f"voice{n}", same) for n in range(people)]
    other = ("slow", "odd", "down", "fine", "late", "empty", "grey", "loud", "blue", "new", "old")
    said += [
        (
            ONSET - (2900 - 131 * n) * MINUTE,
            f"reader{n}",
            f"City Helper feels {word} to me, number {n}",
        )
        for n, word in enumerate(other * 2)
    ]
    return said
