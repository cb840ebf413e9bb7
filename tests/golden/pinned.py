"""What is pinned of a history: it runs as a deployment would, and everything said is kept."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from tests.golden import product
from tests.golden.product import RawItem, Store, World

EXPECTED = Path(__file__).with_name("expected")
LANGUAGES = ("en", "es")
NETWORKS = ("x", "bluesky", "mastodon")
DIGITS = 6  # significant ones: other machines differ in the last few of sixteen
WIDTH = 110
Texts = list[str]


@dataclass(frozen=True, kw_only=True)
class Polls:
    """When the stores were asked. lost: source and span of which no poll saw anything.

    Before `begins` everything was imported. ends: the last poll, by default that of the history.
    """

    begins: datetime
    every: timedelta
    ends: datetime | None = None
    lost: tuple[tuple[str, datetime, datetime], ...] = ()
    cut: tuple[tuple[str, datetime, datetime], ...] = ()

    def sees(self, source: str, at: datetime) -> datetime | None:
        """The poll that brought what was published at a moment; None where none did."""
        poll = self.begins + -(-(at - self.begins) // self.every) * self.every
        late = self.ends is not None and poll > self.ends
        gone = [s <= at < u for name, s, u in (*self.lost, *self.cut) if name == source]
        return None if late or any(gone) else poll


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What a person decides, after the look of that number, of one incident, oldest first.

    value: `other` stands for the id of the next incident.
    """

    after: int
    incident: int
    kind: str
    value: str


@dataclass(frozen=True, kw_only=True)
class History:
    """One history. looks: when `analyze` runs. as_of: the last look looks at nothing later.

    file: the reviews come as a CSV file. networks: posts are polled. replayed: `replay` runs too.
    """

    about: str
    worlds: Callable[[], tuple[World, ...]]
    looks: tuple[datetime, ...]
    as_of: datetime | None = None
    polls: Polls | None = None
    decisions: tuple[Decision, ...] = ()
    file: bool = False
    networks: bool = False
    replayed: bool = False


def run(store: Store, history: History, folder: Path, *, words: bool = True) -> tuple[str, str]:
    """The history through a store: values as JSON, and the texts made of them where wanted."""
    worlds = history.worlds()
    values: dict[str, Any] = {"about": history.about, "looks": [], "apps": {}}
    said: Texts = []
    before: datetime | None = None
    for number, now in enumerate(history.looks):
        for world in worlds:
            values["looks"] += feed(store, history, world, before, now, folder)
        last = number == len(history.looks) - 1
        as_of = history.as_of if last else None
        values["looks"] += [
            {"at": now, **made} for made in product.analysed(store, now, as_of=as_of)
        ]
        if words:
            said += look(store, worlds, now)
        for decision in history.decisions:
            if decision.after == number:
                decide(store, worlds[0].app, decision, now + timedelta(minutes=5))
        before = now
    for world in worlds:
        found = product.incidents_of(store, world.app, now)
        values["apps"][world.app] = {
            "incidents": found,
            "alarms": product.alarms_of(store, world.app),
            "replay": product.replayed(store, world.app, now) if history.replayed else "not run",
        }
        for made in found if words else ():
            said += briefs(store, str(made["id"]), now)
    product.forget_cached()
    return as_json(rounded(values)) + "\n", "\n".join(said) + "\n"


def expected(name: str) -> tuple[Path, Path]:
    """The files that hold what is expected of a history: values, texts."""
    return EXPECTED / f"{name}.json", EXPECTED / f"{name}.txt"


def feed(
    store: Store, history: History, world: World, since: datetime | None, until: datetime,
    folder: Path,
) -> list[dict[str, Any]]:  # fmt: skip
    """What became known after the last look, up to this one; what imports say."""
    product.write_around(store, world, since, until)
    if history.file:
        path = written(world, since, until, folder)
        return [product.read_file(store, path, world.app, until)]
    known = [item for at, item in arrivals(history, world) if at <= until and not seen(at, since)]
    product.write_items(store, known)
    if history.networks:
        for network in NETWORKS:
            span = (since or world.start, until)
            product.write_run(store, world.app, network, span, until)
    if history.polls is not None:
        for source, _ in world.ids:
            write_runs(store, history.polls, world.app, source, since, until)
    return []


def seen(at: datetime, since: datetime | None) -> bool:
    return since is not None and at <= since


def arrivals(history: History, world: World) -> Iterator[tuple[datetime, Any]]:
    """Every version of every item, with when it arrived."""
    polls = history.polls
    for at, item in product.versions(world):
        if polls is None or item.kind == "post" or at <= polls.begins:
            yield at, item
            continue
        created = item.created_at
        first = created if created <= polls.begins else polls.sees(item.source, created)
        poll = polls.sees(item.source, at)
        if first is not None and poll is not None:
            yield poll, replace(item, arrived_at=first, first_seen=first, last_seen=poll)


def write_runs(
    store: Store, polls: Polls, app: str, source: str, since: datetime | None, until: datetime
) -> None:
    """The runs of one source that ended after the last look, up to this one."""
    at = polls.begins - polls.every
    while (at := at + polls.every) <= min(until, polls.ends or until):
        mine = [(s, u) for name, s, u in polls.cut if name == source]
        if seen(at, since) or any(s < at <= u for s, u in mine):
            continue
        lost = any(s < at <= u for name, s, u in polls.lost if name == source)
        cuts = [u for _, u in mine if u < at <= u + polls.every]
        covered = None if lost else (max([at - polls.every, *cuts]), at)
        outcome = "failed" if lost else "truncated" if cuts else "ok"
        product.write_run(store, app, source, covered, at, outcome)


def written(world: World, since: datetime | None, until: datetime, folder: Path) -> Path:
    """A CSV file of the reviews, as somebody might export them."""
    names = ("review_id", "author", "rating", "created_at", "title", "text", "version", "country")
    rows = [
        item
        for item in world.reviews
        if item.created_at <= until and not seen(item.created_at, since)
    ]
    path = folder / f"{world.app}-{until:%Y%m%d%H%M}.csv"
    lines = [",".join((*names, "source"))]
    lines += [",".join(quoted(cell) for cell in cells(item)) for item in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def cells(item: RawItem) -> tuple[object, ...]:
    return (
        item.item_id, item.author, item.rating, item.created_at.isoformat(), item.title, item.text,
        item.version, item.country, item.source,
    )  # fmt: skip


def quoted(cell: object) -> str:
    return "" if cell is None else '"' + str(cell).replace('"', '""') + '"'


def look(store: Store, worlds: tuple[World, ...], now: datetime) -> Texts:
    """What a terminal, the overview and the channels say after an analysis."""
    said = [f"=== {now:%Y-%m-%d %H:%M} UTC: incidents"]
    for world in worlds:
        said += map(product.terminal_lines, product.incidents_of(store, world.app, now))
    overviews = [product.overview(store, now, lang) for lang in LANGUAGES]  # read once
    for lang, overview in zip(LANGUAGES, overviews, strict=True):
        said += [f"--- overview, {lang}", *overview]
        for title, body in product.messages(store, now, lang):
            said += [f"--- message, {lang}: {title}", body]
    return said


def briefs(store: Store, incident: str, now: datetime) -> Texts:
    """The brief of one incident in each language."""
    said: Texts = []
    for lang in LANGUAGES:
        said += [f"=== brief, {lang}", *text_of(product.brief_page(store, incident, now, lang))]
    return said


def decide(store: Store, app: str, decision: Decision, now: datetime) -> None:
    found = product.incidents_of(store, app, now)[::-1]
    other = found[decision.incident + 1]["id"] if decision.value == "other" else decision.value
    product.decide(store, found[decision.incident], decision.kind, other, now)


def rounded(value: Any) -> Any:
    """Plain values; floats to so many significant digits."""
    if isinstance(value, dict):
        return {name: rounded(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [rounded(one) for one in value]
    if isinstance(value, datetime):
        return value.isoformat()
    return float(f"{value:.{DIGITS}g}") if isinstance(value, float) else value


def as_json(value: Any, indent: str = "") -> str:
    """JSON for readers: what fits into one line stands on one."""
    line = json.dumps(value, ensure_ascii=False, sort_keys=True)
    if len(line) + len(indent) <= WIDTH or not value or not isinstance(value, dict | list):
        return line
    deeper = indent + " "
    if isinstance(value, dict):
        parts = [f"{json.dumps(k)}: {as_json(v, deeper)}" for k, v in sorted(value.items())]
        ends = "{}"
    else:
        parts, ends = [as_json(one, deeper) for one in value], "[]"
    return f"{ends[0]}\n{deeper}" + f",\n{deeper}".join(parts) + f"\n{indent}{ends[1]}"


class _Reader(HTMLParser):
    """The words of a page, one line a block; no style, no pictures."""

    BLOCKS = frozenset(
        [
            "p",
            "h1",
            "h2",
            "h3",
            "li",
            "div",
            "section",
            "dt",
            "dd",
            "tr",
            "blockquote",
            "caption",
            "table",
            "ul",
            "ol",
        ]
    )

    def __init__(self) -> None:
        super().__init__()
        self.lines: Texts = [""]
        self.skipped = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.skipped += tag in ("style", "title")
        if tag in self.BLOCKS:
            self.lines.append("## " if tag in ("h1", "h2") else "")
        elif tag in ("td", "th", "br"):
            self.lines[-1] += " | "
        if tag == "img":
            self.lines.append(dict(attrs).get("alt") or "")

    def handle_endtag(self, tag: str) -> None:
        self.skipped -= tag in ("style", "title")
        if tag in self.BLOCKS:
            self.lines.append("")

    def handle_data(self, data: str) -> None:
        if not self.skipped:
            self.lines[-1] += data


def text_of(page: str) -> Texts:
    """What a page says, line by line."""
    reader = _Reader()
    reader.feed(page)
    return [line for line in (" ".join(line.split()) for line in reader.lines) if line.strip("# ")]
