"""Why a run ended or failed, or a source is not read: a code with values, kept as JSON text.

analysis/words says it. Plain words of an older release, or of a source from elsewhere, stand as
they are.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

Code = Literal[
    # the walk came to an end
    "ended-list",
    "ended-search",
    "ended-known",
    "ended-newest",
    "ended-unchanged",
    "ended-asked",
    "ended-totals",
    "ended-pages",  # as many as one run may read
    "ended-cap",  # the platform shows no more
    "ended-cap-of",
    "ended-no-token",
    "ended-all-new",  # a feed in which nothing was known may have lost entries
    "ended-days",  # an API that shows some days only was read longer ago
    "ended-minute",
    "ended-left",
    "ended-posts",
    "ended-kept",
    # nothing came, and that may be a fault
    "failed-empty",
    "failed-empty-counted",
    "failed-empty-feeds",
    "failed-nothing",
    # it failed
    "failed-late",
    "failed-unreachable",
    "failed-slow",
    "failed-refused",
    "failed-gone",
    "failed-status",
    "failed-country",
    "failed-shape",
    "failed-rows",
    "failed-circle",
    "failed-broken-off",
    "failed-large",
    "failed-consent",
    "failed-no-token",
    "failed-token",
    "failed-login",
    "failed-session",
    "failed-account",
    "failed-query",
    "failed-error",  # an answer that says so, and nothing else
    "failed-budget",
    "failed-credits",
    "failed-shared",
    "failed-not-public",
    "failed-proxy",
    "failed-silent",  # a source that stopped without saying why
    "failed-unexpected",
    "failed-not-asked",
    "failed-not-asked-budget",
    # not read
    "off-left-out",
    "off-no-id",
    "off-route",
    "off-no-feeds",
    "off-no-queries",
    "off-no-hashtag",
    "off-no-name",
    "off-no-approval",
    "off-no-budget",
    "off-no-account",
    "off-set",
    "off-library",
]
Value = str | int | float
CODES: frozenset[str] = frozenset(get_args(Code))


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason. code: of `Code`; values: what its sentence names. part: of the source, if told.

    said: instead of both, plain words.
    """

    code: str | None
    values: Mapping[str, Value]
    part: str = ""
    said: str = ""


def reason(code: Code, **values: Value) -> str:
    """A reason as it is raised and kept."""
    return json.dumps({"code": code, **values}, ensure_ascii=False)


def of_parts(named: Sequence[tuple[str, str]]) -> str:
    """The reasons of several parts, (part, reason) each, as one text."""
    return json.dumps([list(one) for one in named], ensure_ascii=False)


def read(text: str) -> list[Reason]:
    """The reasons that a text holds; of plain words one that says them."""
    kept = _json(text)
    if isinstance(kept, list) and all(_is_named(one) for one in kept):
        return [_one(words, part) for part, words in kept]
    return [_one(text, "")]


def _one(text: str, part: str) -> Reason:
    kept = _json(text)
    if isinstance(kept, dict) and kept.get("code") in CODES:
        code = str(kept.pop("code"))
        return Reason(code, kept, part)
    return Reason(None, {}, part, text)


def _is_named(one: object) -> bool:
    return isinstance(one, list) and len(one) == 2 and all(isinstance(n, str) for n in one)


def _json(text: str) -> object:
    if text[:1] not in ("[", "{"):
        return None
    try:
        return json.loads(text)
    except ValueError:
        return None
