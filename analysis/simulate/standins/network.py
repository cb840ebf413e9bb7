"""A social network as its servers see it: posts that appear, change and vanish."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from analysis.simulate.standins.loopback import Fault
from analysis.simulate.world import World
from collector.records import RawItem

SKEW = timedelta(hours=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """One post. number: unique; tells posts of one instant apart. edited_at: of the latest edit.

    skew: how far the time that is shown for it is wrong.
    """

    number: int
    created_at: datetime
    text: str
    author: str = "author-1"
    lang: str | None = "en"
    likes: int = 0
    edited_at: datetime | None = None
    skew: timedelta = timedelta(0)

    @property
    def shown_at(self) -> datetime:
        """The time of publication that the service tells."""
        return self.created_at + self.skew


class Network:
    """Posts at a moving time. clock: the present moment; nothing later is visible."""

    def __init__(self, clock: Callable[[], datetime], posts: Iterable[Post] = ()) -> None:
        self.clock = clock
        self._versions: dict[int, list[tuple[datetime, Post | None]]] = {}
        for post in posts:
            self.add(post)

    def add(self, post: Post, visible_at: datetime | None = None) -> None:
        """A new post, visible from its publication on or from a later time (federation)."""
        self._versions[post.number] = [(visible_at or post.created_at, post)]

    def edit(self, number: int, text: str, at: datetime) -> None:
        """The author changes the text."""
        latest = self._versions[number][-1][1]
        if latest is not None:
            self._versions[number].append((at, replace(latest, text=text, edited_at=at)))

    def remove(self, number: int, at: datetime) -> None:
        """The post vanishes."""
        self._versions[number].append((at, None))

    def visible(self) -> list[Post]:
        """What can be seen now, newest first."""
        now = self.clock()
        latest = (
            next((post for at, post in reversed(versions) if at <= now), None)
            for versions in self._versions.values()
        )
        found = [post for post in latest if post is not None]
        return sorted(found, key=lambda post: (post.created_at, post.number), reverse=True)


def network_of(
    world: World, clock: Callable[[], datetime], source: str, tag: str | None = None
) -> Network:
    """The posts of a simulated history on one network, with their edits and removals.

    tag: a hashtag that every post gets, for a network where posts are found by hashtags only.
    """
    suffix = f" #{tag}" if tag else ""
    mine = [item for item in world.posts if item.source == source]
    numbers = {item.item_id: number for number, item in enumerate(mine, start=1)}
    network = Network(clock, (_post(numbers[item.item_id], item, suffix) for item in mine))
    for edit in world.edits:
        if edit.item_id in numbers and edit.text is not None:
            network.edit(numbers[edit.item_id], edit.text + suffix, edit.at)
    for removal in world.removals:
        if removal.item_id in numbers:
            network.remove(numbers[removal.item_id], removal.at)
    return network


def _post(number: int, item: RawItem, suffix: str) -> Post:
    return Post(
        number=number,
        created_at=item.created_at,
        text=(item.text or "") + suffix,
        author=item.author or f"author-{number}",
        lang=item.lang,
        likes=item.thumbs_up or 0,
    )


def matches(query: str, text: str) -> bool:
    """Whether a text satisfies a query of words, "phrases", OR and -negations."""
    plain = " ".join(re.findall(r"\w+", text.casefold()))
    for alternative in re.split(r"\s+OR\s+", query.strip("() ")):
        terms = re.findall(r'(-?)("[^"]+"|\S+)', alternative)
        wanted = [" ".join(re.findall(r"\w+", t.casefold())) for sign, t in terms if not sign]
        unwanted = [
            " ".join(re.findall(r"\w+", t.casefold())) for sign, t in terms if sign and ":" not in t
        ]
        if all(f" {w} " in f" {plain} " for w in wanted if w) and not any(
            f" {w} " in f" {plain} " for w in unwanted
        ):
            return True
    return False


def disturbed(page: Sequence[Post], following: Sequence[Post], fault: Fault | None) -> list[Post]:
    """A page as a faulty service gives it; `following`: the posts that come after it."""
    rows = list(page)
    match fault:
        case "empty_page_with_token":
            return []
        case "more_rows":
            return rows + list(following[: len(rows)])
        case "duplicate_rows":
            return [post for post in rows for _ in range(2)]
        case "out_of_order":
            return rows[1::2] + rows[::2]
        case "clock_skew":
            return [replace(post, skew=SKEW) for post in rows]
        case _:
            return rows
