"""A short look at parts of a source: how many items the first page of each holds."""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from collector.end_codes import reason
from collector.errors import (
    ClockError,
    RateLimited,
    SourceError,
    SourceUnavailable,
    StoreError,
)
from collector.sources import Page, Part, Source, Visit

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstPages:
    """found: language or storefront that answered -> reviews on its first page.

    ended: whether all were asked; a part that failed alone was.
    """

    found: Mapping[str, int] = field(default_factory=dict)
    ended: bool = True


def counts(source: Source, parts: Sequence[Part], visit: Callable[[Part], Visit]) -> FirstPages:
    """What the first pages hold. A part that cannot be read is left out; the look breaks off where
    the source asks to slow down, or fails twice in a row.

    Raises StoreError and ClockError, and nothing that a source or its library raises.
    """
    found: dict[str, int] = {}
    failed = 0
    for part in parts:
        page = first_page(source, visit(part))
        if isinstance(page, Page):
            found[code_of(part)] = len(page.items)
            failed = 0
            continue
        failed += 1
        if isinstance(page, RateLimited) or failed > 1:
            return FirstPages(found=found, ended=False)
    return FirstPages(found=found)


def first_page(source: Source, visit: Visit) -> Page | Exception:
    """The first page of a part, or why there is none. Raises StoreError and ClockError."""
    try:
        page = next(iter(source.walk(visit)), None)
    except (StoreError, ClockError):
        raise
    except SourceError as error:
        return error
    except Exception as error:
        log.exception("%s: %s: unexpected error", visit.key, source.name)
        return error
    return SourceUnavailable(reason("failed-silent")) if page is None else page


def code_of(part: Part) -> str:
    """The language or storefront of a part."""
    return part.lang or part.country or part.key
