"""What a source is, and which sources there are.

One file a source. Each module here defines `SOURCE`, a `Source`: what it needs, costs and cannot
see, and a `walk` that reads one part of it (a storefront, a language, a query, a feed) page by
page. A walk only reads and raises; `collector.polling.source_run` decides how far to read, writes,
moves marks and is the only one to catch. NAME.toml beside the module is the source's manifest
(source_manifests.py): its name, kind and settings, which are known without loading its code.
"""

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

from collector.errors import ConfigError
from collector.http import Http
from collector.records import ContextEvent, RatingSnapshot, RawItem, Release
from collector.settings.config import AppSettings, Settings
from collector.source_manifests import manifests

Order = Literal["newest_first", "oldest_first"]
EndKind = Literal["end", "cap", "suspect_empty"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One walk of a source that can fail alone: a storefront, a language, a query, a feed.

    key: names its cursor, unique within (app, source), stable across versions.
    reads: "items" are walked to the previous mark; "totals" are read once a run and have no mark.
    country, lang: what every item of this part carries; "gone" is judged within them.
    target: what the walk asks for: a store id, a query, an address.
    """

    key: str
    reads: Literal["items", "totals"] = "items"
    country: str | None = None
    lang: str | None = None
    target: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a source would do for an app: its parts, or why it does nothing (a kept reason).

    wanted: the configuration asks for the source, and `off` says what it lacks.
    """

    parts: tuple[Part, ...] = ()
    off: str | None = None
    wanted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """All that one walk may use. Nothing else: no clock, no settings, no client of its own.

    key: the app's key, which snapshots, releases and context events carry.
    now: start of the run, the moment that every `first_seen`, snapshot and event carries.
    mark: newest time that the last finished walk of this part covered; None on the first.
    walked_at: start of that walk.
    read_back_to: the walk may stop below this time (mark minus overlap); None: read to the end.
    state: what the last finished walk left in `Page.state`.
    spent_usd: cost of this source in the present month, all apps together, before this walk.
    private_dir: a folder for a session file that only this user may read.
    """

    key: str
    app: AppSettings
    part: Part
    settings: Settings
    http: Http
    now: datetime
    mark: datetime | None = None
    walked_at: datetime | None = None
    read_back_to: datetime | None = None
    state: Mapping[str, str] = field(default_factory=dict)
    page_budget: int
    spent_usd: float = 0.0
    private_dir: Path | None = None

    @property
    def target(self) -> str:
        """The part's target, for sources whose parts always have one."""
        if self.part.target is None:
            raise ConfigError(f"nothing to ask for in {self.part.key}")
        return self.part.target


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """Why there is no further page, told by the last page of a walk.

    kind: "end" the list ended: everything that the platform shows was read;
          "cap" the platform shows no more although there is more;
          "suspect_empty" the list is empty and that may be a fault of the source.
    """

    kind: EndKind
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What one request (or a few) gave. Items may repeat and may be out of order.

    cost_usd: counted against the month as soon as the page arrives; a page may carry nothing else.
    bad: rows that could not be read. end: set on the last page, and only there; a walk that
    returns without it counts as failed. state: replaces the part's state once the walk counts.
    reached: for an oldest-first source without items on the page: time up to which all was read.
    since: the list was asked for from this time on; older items are not on it.
    written: reviews that the shop counts in all its languages and storefronts. title, description:
    what it calls the app, and says of it.
    """

    items: tuple[RawItem, ...] = ()
    bad: int = 0
    snapshots: tuple[RatingSnapshot, ...] = ()
    releases: tuple[Release, ...] = ()
    context: tuple[ContextEvent, ...] = ()
    cost_usd: float = 0.0
    end: End | None = None
    state: Mapping[str, str] | None = None
    reached: datetime | None = None
    since: datetime | None = None
    written: int | None = None
    title: str | None = None
    description: str | None = None


FREE = "free"
"""`Source.cost` of a source that never asks what was spent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A source as the configuration, the README and the runner know it.

    order: in which order pages come. "newest_first": the runner closes the walk once most of a page
           is older than `read_back_to`, and moves the mark only then; "oldest_first": the walk
           starts behind the mark by itself and the mark moves with every page.
    overlap: how far behind the mark every run reads again, to see edits and late arrivals.
    page_size, page_budget: rows of a full page, and pages that one walk may read.
    first_budget: pages of a first walk, when there is no mark yet; also of the re-reading walk.
    reread_every: how often a walk goes to the end again, to see old edits and removals, if ever.
    shifts: pages are numbered, so a removal during a walk hides an item: "gone" wants two walks.
    tells_gone: a missing item means that the platform removed it (a search result does not).
    edits: what it tells of them and when, for people.
    others: parts that the configuration does not name and that may hold items: main languages,
    main storefronts. They are looked at for a page now and then.
    poll_every, poll_at_least: usual time between polls, and the shortest when much is new.
    """

    name: str
    title: str
    gives: str
    needs: str
    cost: str
    cannot_see: str
    limits: str
    terms: str
    plan: Callable[[AppSettings, Settings], Plan]
    walk: Callable[[Visit], Iterator[Page]]
    order: Order = "newest_first"
    overlap: timedelta = timedelta(days=2)
    overlap_pages: int = 5
    page_size: int = 100
    page_budget: int = 50
    first_budget: int = 600
    reread_every: timedelta | None = None
    shifts: bool = False
    tells_gone: bool = False
    poll_every: timedelta = timedelta(hours=1)
    poll_at_least: timedelta = timedelta(minutes=5)
    edits: str = "no time: a change lies between two polls"
    others: Callable[[AppSettings], tuple[Part, ...]] | None = None

    @property
    def free(self) -> bool:
        """Whether reading it costs nothing."""
        return self.cost == FREE


def source_names() -> tuple[str, ...]:
    """Names of all sources, in alphabetical order, without importing them."""
    return tuple(sorted(m.name for m in pkgutil.iter_modules(__path__) if m.name[0] != "_"))


def load_source(name: str) -> Source:
    """The source of that name. Raises ConfigError for an unknown name."""
    if name not in source_names():
        raise ConfigError(f"no source named {name!r}; there are {', '.join(source_names())}")
    if name not in manifests():
        raise ConfigError(f"collector/sources/{name}.toml is missing: it says what {name} gives")
    source = importlib.import_module(f"{__name__}.{name}").SOURCE
    if not isinstance(source, Source) or source.name != name:
        raise ConfigError(f"collector/sources/{name}.py does not define SOURCE named {name!r}")
    return source


def load_sources(names: Iterable[str] | None = None) -> tuple[Source, ...]:
    """Several sources, all of them by default. An error in one is raised, not swallowed."""
    return tuple(load_source(name) for name in (source_names() if names is None else names))


def sources_table() -> str:
    """The README's table of sources, from what the sources say of themselves."""
    rows = ["| source | gives | of an edit | needs | costs | cannot see |", "|" + "---|" * 6]
    for s in load_sources():
        told = (f"{s.title} (`{s.name}`)", s.gives, s.edits, s.needs, s.cost, s.cannot_see)
        rows.append(f"| {' | '.join(told)} |")
    return "\n".join(rows) + "\n"
