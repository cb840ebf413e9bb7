"""Why something ended, failed, was passed over or is off: a code with values, kept as JSON text.

analysis/words says it: a code is the key of its sentence there, and a source's own codes are said
in NAME.en.ftl beside the source. Plain words of an older release stand as they are.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

# ended-: a walk came to its end. failed-: it did not, or nothing came and that may be a fault.
# off-: not read at all, for the present or until somebody sets something. lacks-: it was read, and
# does not reach all there is.
CODE = re.compile(r"(?:ended|failed|off|lacks)-[a-z]+(?:-[a-z]+)*")
Value = str | int | float


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason. code, values: its sentence and what that names. part: of the source, if told.

    said: the kept text itself, which stands where nobody has words for the code.
    """

    code: str | None
    values: Mapping[str, Value]
    part: str = ""
    said: str = ""


def reason(code: str, **values: Value) -> str:
    """A reason as it is raised and kept."""
    return json.dumps({"code": code, **values}, ensure_ascii=False)


def of_parts(named: Sequence[tuple[str, str]]) -> str:
    """The reasons of several parts, (part, reason) each, as one text."""
    return json.dumps([list(one) for one in named], ensure_ascii=False)


def cleaned(text: str, clean: Callable[[str], str]) -> str:
    """The same reason with its texts cleaned."""
    (one,) = read(text)
    if one.code is None:
        return clean(one.said)
    values = {name: clean(v) if isinstance(v, str) else v for name, v in one.values.items()}
    return reason(one.code, **values)


def read(text: str) -> list[Reason]:
    """The reasons that a text holds; of plain words one that says them."""
    kept = _json(text)
    if isinstance(kept, list) and all(_is_named(one) for one in kept):
        return [_one(words, part) for part, words in kept]
    return [_one(text, "")]


def _one(text: str, part: str) -> Reason:
    kept = _json(text)
    if isinstance(kept, dict) and CODE.fullmatch(str(kept.get("code"))):
        code = str(kept.pop("code"))
        return Reason(code, kept, part, text)
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
