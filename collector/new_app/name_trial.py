"""Trying a name before it is watched: what the networks find under it, and how much of that is
about the app.

An ordinary word finds everything else as well ("senior citizen"); that is noticed here, before a
post is stored or paid for.
"""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice

from collector.errors import SourceError
from collector.http import Http
from collector.privacy.masking import mask
from collector.settings.config import AppSettings, Settings
from collector.shop_sources import SOCIAL
from collector.sources import Part, Source, Visit, load_source
from collector.text.app_context import beside, is_about
from collector.text.plain_text import plain

log = logging.getLogger(__name__)

SHOWN = 10
PAGES = 2
"""Pages of each query that are read."""
FEWEST = 10
"""Hits from which on their share tells something."""
ORDINARY = 0.1
DOUBTFUL = 0.25
"""Under this share of hits about the app its name is an ordinary word; may be one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What the networks that cost nothing found. shown: masked texts, each with whether it is about
    the app. tried: names of the networks that answered."""

    tried: tuple[str, ...] = ()
    hits: int = 0
    about: int = 0
    shown: tuple[tuple[bool, str], ...] = ()

    @property
    def share(self) -> float | None:
        """Of the hits that are about the app; None where too few were found to tell."""
        return self.about / self.hits if self.hits >= FEWEST else None

    @property
    def is_ordinary(self) -> bool:
        """Whether the name is a word that mostly means something else."""
        return self.share is not None and self.share < ORDINARY

    @property
    def is_doubtful(self) -> bool:
        """Whether the name may be such a word."""
        return self.share is not None and ORDINARY <= self.share < DOUBTFUL


def try_name(app: AppSettings, settings: Settings, http: Http) -> Trial:
    """Asks the free networks that are configured for the app's queries, for a page or two each."""
    telling = beside(app.name or "", app.agency, app.aliases)
    texts: dict[str, None] = {}
    tried = []
    for name in sorted(SOCIAL):
        source = load_source(name)
        parts = source.plan(app, settings).parts if source.free else ()
        try:
            found = [text for part in parts for text in _texts(source, part, app, settings, http)]
        except SourceError:
            continue
        except Exception:  # of the network's library: the name is not tried there
            log.exception("%s: unexpected error", name)
            continue
        texts |= dict.fromkeys(found)
        tried += [source.title] if parts else []
    about = {text: is_about(text, telling) for text in texts}
    shown = tuple((yes, _shown(text)) for text, yes in islice(about.items(), SHOWN))
    return Trial(tried=tuple(tried), hits=len(about), about=sum(about.values()), shown=shown)


def _texts(
    source: Source, part: Part, app: AppSettings, settings: Settings, http: Http
) -> Iterator[str]:
    visit = Visit(
        key="new",
        app=app,
        part=part,
        settings=settings,
        http=http,
        now=datetime.now(UTC),
        page_budget=PAGES,
    )
    for page in islice(source.walk(visit), PAGES):
        items = sorted(page.items, key=lambda item: item.created_at, reverse=True)
        yield from (item.text for item in items if item.text)


def _shown(text: str) -> str:
    return " ".join(plain(mask(text), 160).split())


def lines(trial: Trial, words: Sequence[str]) -> list[str]:
    """The trial as lines for a terminal; words: those proposed beside the name."""
    if not trial.tried:
        return []
    where = " and ".join(trial.tried)
    found = f"{trial.hits} posts, {trial.about} about an app" if trial.hits else "no post"
    said = [f"tried the query on {where}: {found}"]
    said += [f"  {'speaks of an app' if yes else 'does not'}: {text}" for yes, text in trial.shown]
    listed = ", ".join(f'"{word}"' for word in words)
    if trial.is_ordinary:
        said.append(
            "the name is an ordinary word: it is asked for only beside one of "
            f"{listed} (`context` in the file)"
        )
    elif trial.is_doubtful:
        said.append(f"the name may be an ordinary word: `context = [{listed}]` narrows it down")
    return said
