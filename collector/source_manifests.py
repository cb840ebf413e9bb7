"""What the floors under the sources must know of each: `sources/NAME.toml`, beside its code.

So the store and the settings know a source's kind and what it lets an operator set, and load none
of its code.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

from collector.errors import ConfigError

Kind = Literal["reviews", "posts", "context"]
FOLDER = Path(__file__).with_name("sources")


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One thing that an operator may set. A secret comes from the environment alone.

    pattern: a text must match it from end to end. least: of a number, or of a text's length.
    default: None where there is none. needs: what must be set, too, once this is; why: says so.
    variable: what FLOODGAUGE_ stands before, of a secret that is not called <SOURCE>_<NAME>.
    """

    type: Literal[
        "text", "texts", "number", "whole", "flag", "day", "address", "addresses", "secret"
    ]
    help: str
    default: Any = None
    pattern: str | None = None
    least: int | None = None
    needs: Sequence[str] = ()
    why: str = ""
    variable: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """A source as told without its code.

    name: as people know it, a brand. kind: what it gives. shop: the shop that its reviews are of,
    where several sources read the same one; else it is a shop of its own. app: what a table
    `[apps.KEY]` may say for it; settings: what its own table `[NAME]` may. starter_app, starter:
    their lines in the file that `init` writes, as comments.
    """

    name: str
    kind: Kind
    shop: str | None = None
    app: Mapping[str, Setting] = field(default_factory=dict)
    settings: Mapping[str, Setting] = field(default_factory=dict)
    starter_app: str = ""
    starter: str = ""


@cache
def manifests() -> Mapping[str, Manifest]:
    """The manifest of each source: posts, then reviews, then context, each by name."""
    found = {path.stem: read_manifest(path) for path in sorted(FOLDER.glob("*.toml"))}
    order = ("posts", "reviews", "context")
    return dict(sorted(found.items(), key=lambda each: order.index(each[1].kind)))


def read_manifest(path: Path) -> Manifest:
    """A manifest from its file. Raises ConfigError that names the file and what is wrong."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        for part in ("app", "settings"):
            table[part] = {name: Setting(**said) for name, said in table.get(part, {}).items()}
        made = Manifest(**table)
    except (tomllib.TOMLDecodeError, TypeError) as error:
        raise ConfigError(f"{path.name}: {error}") from error
    if made.kind not in get_args(Kind):
        raise ConfigError(f"{path.name}: kind is one of {', '.join(get_args(Kind))}")
    return made
