"""A nested table as TOML text: only the few types that settings need."""

import json
import re
from collections.abc import Mapping
from typing import Any


def as_toml(table: Mapping[str, Any], path: tuple[str, ...] = ()) -> str:
    """Plain values first, then one section for every inner table."""
    plain = {key: value for key, value in table.items() if not isinstance(value, Mapping)}
    inner = {key: value for key, value in table.items() if isinstance(value, Mapping)}
    lines = [f"\n[{'.'.join(_key(part) for part in path)}]\n"] if path and plain else []
    lines += [
        f"{_key(key)} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in plain.items()
    ]
    return "".join(lines) + "".join(as_toml(v, (*path, k)) for k, v in inner.items())


def _key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else json.dumps(name)
