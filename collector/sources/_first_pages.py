"""A short look at parts of a source: how many items the first page of each holds."""

from collections.abc import Callable, Sequence

from collector.errors import RateLimited, SourceError
from collector.sources import Part, Source, Visit


def counts(source: Source, parts: Sequence[Part], visit: Callable[[Part], Visit]) -> dict[str, int]:
    """Language or storefront -> reviews on its first page. A part that cannot be read is left out;
    the look ends where the source asks to slow down, or fails twice in a row."""
    found: dict[str, int] = {}
    failed = 0
    for part in parts:
        try:
            page = next(iter(source.walk(visit(part))))
        except SourceError as error:
            failed += 1
            if isinstance(error, RateLimited) or failed > 1:
                break
            continue
        failed = 0
        found[code_of(part)] = len(page.items)
    return found


def code_of(part: Part) -> str:
    """The language or storefront of a part."""
    return part.lang or part.country or part.key
