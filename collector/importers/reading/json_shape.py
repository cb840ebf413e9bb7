"""Rows within JSON of any shape: a list, pages of an API, app -> date -> list, columns.

A row is an object that has a date and a text or a rating of its own. What stands around rows is
found by shape, not by the names of one API, and only so deep.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from collector.importers.columns.column_names import FIELD_NAMES, normal
from collector.importers.limits import MOST_COLUMNS
from collector.text.post_parts import bluesky_parts, mastodon_parts, mastodon_quoted, x_parts
from collector.text.post_texts import bluesky_text, mastodon_text, x_text

DEEPEST = 8
X_MARKS = ("entities", "note_tweet", "extended_tweet", "retweeted_status", "id_str")
LISTED_WORDS = 20
"""Plain values of a list that become one cell."""
LISTED = 3
"""Objects of a list inside a row that become columns."""
_WRAPPING = (
    "data reviews results items posts tweets statuses entries entry feed list records rows "
    "reviewslist reviewlist userreviews customerreviews edges nodes hits content payload "
    "response result messages ratings"
)
ENVELOPES = frozenset(_WRAPPING.split())
"""Keys under which an API gives its rows."""
_DATES = frozenset(FIELD_NAMES["created_at"])
_APPS = frozenset(FIELD_NAMES["app_id"])
_IDS = frozenset({"reviewid", "id", "idstr"})
_SAID = frozenset({*FIELD_NAMES["rating"], *FIELD_NAMES["text"]})


def rows_within(value: Any, depth: int = 0) -> list[dict[str, Any]]:
    """The rows in a JSON value, flat; what names a level (app, date, id) becomes key1, key2, ..."""
    if depth > DEEPEST:
        return []
    if isinstance(value, list):
        return _of_list(value, depth)
    if not isinstance(value, dict):
        return []
    inner = _of_object(value, depth)
    if inner:
        return inner
    return [flat(value)] if is_row(value) else []


def is_row(value: Mapping[str, Any]) -> bool:
    """Whether an object has a date and a text or rating, in a list only beside its own id."""
    names = {normal(name) for name in _paths(value, 0)}
    if not (names & _DATES and names & _SAID) and names & _IDS:
        names = {normal(name) for name in flat(value)}
    return bool(names & _DATES and names & _SAID)


def is_empty_page(value: Mapping[str, Any]) -> bool:
    """Whether an object is a page of an API without any rows."""
    return not is_row(value) and any(
        normal(key) in ENVELOPES and inner in ([], {}, None) for key, inner in value.items()
    )


def flat(row: Mapping[str, Any]) -> dict[str, Any]:
    """An object with its inner objects as columns: user.name, langs, comments.0.text."""
    if _is_plain(row):
        return dict(row)
    found: dict[str, Any] = {}
    _flatten(_written_out(row), "", found, 0)
    return found


def _written_out(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """A post of a network's API with its whole text, as the network's source reads it."""
    inner = row.get("post")
    post: Mapping[str, Any] = inner if isinstance(inner, dict) else row
    if isinstance(row.get("text"), list):
        return {**row, "text": _joined(row["text"])}
    record = post.get("record")
    if isinstance(record, dict) and isinstance(record.get("text"), str):
        text = bluesky_parts(post, bluesky_text(record))
        return {**post, "record": {**record, "text": text}}
    if isinstance(row.get("content"), str) and isinstance(row.get("account"), dict):
        said = mastodon_quoted(row)
        quoted = None if said is None else mastodon_text(said)
        return {**row, "content": mastodon_parts(row, mastodon_text(row), quoted)}
    if any(name in row for name in X_MARKS) and ("text" in row or "full_text" in row):
        held = row.get("quoted_status")
        shown = None
        if isinstance(held, dict) and ("text" in held or "full_text" in held):
            shown = x_text(held)
        return {**row, "full_text": x_parts(row, x_text(row), shown)}
    return row


def _joined(pieces: Sequence[Any]) -> str:
    """A text that stands in pieces, of which some have marks (Telegram)."""
    written = (one.get("text") if isinstance(one, dict) else one for one in pieces)
    return "".join(piece for piece in written if isinstance(piece, str))


def _of_list(values: Sequence[Any], depth: int) -> list[dict[str, Any]]:
    if len(values) > 1 and all(isinstance(one, list) for one in values):
        table = _under_header(values)
        if table:
            return table
    found: list[dict[str, Any]] = []
    for one in values:
        if isinstance(one, list):
            found += rows_within(one, depth + 1)
        elif isinstance(one, dict):
            found += _of_element(one, depth)
    return found


def _of_element(one: Mapping[str, Any], depth: int) -> list[dict[str, Any]]:
    if _is_plain(one):
        return [dict(one)]
    return rows_within(one, depth + 1) or ([] if is_empty_page(one) else [flat(one)])


def _is_plain(value: Mapping[str, Any]) -> bool:
    return not any(isinstance(inner, dict | list) for inner in value.values())


def _of_object(value: Mapping[str, Any], depth: int) -> list[dict[str, Any]]:
    """Rows in an object that is none itself: in columns, an envelope, or under names."""
    if columns := _of_columns(value):
        return columns
    holding = {key: one for key, one in value.items() if isinstance(one, dict | list) and one}
    own_row = _own_row(value)
    for key in sorted(holding, key=lambda key: -_size(holding[key])):
        inner = holding[key]
        possible = normal(key) in ENVELOPES and (isinstance(inner, list) or not own_row)
        if possible and _holds_rows(inner, depth):
            rows = rows_within(_with_included(value, key), depth + 1)
            beside = _named_beside(value)
            return [beside | row for row in rows] if beside else rows
    if own_row or is_row(value):
        return []
    return _of_levels(holding, depth)


def _named_beside(value: Mapping[str, Any]) -> dict[str, Any]:
    """What stands beside a list of rows and names the app of all of them."""
    plain = {key: one for key, one in value.items() if isinstance(one, str | int) and one != ""}
    named = {key: one for key, one in plain.items() if normal(key) in _APPS}
    if named:
        return named
    called = next((plain[key] for key in ("title", "name") if key in plain), None)
    return {} if called is None else {"app_name": called}


def _of_levels(holding: Mapping[str, Any], depth: int) -> list[dict[str, Any]]:
    """Rows under names: each name becomes a column, where most of them lead to rows."""
    found = {key: rows_within(inner, depth + 1) for key, inner in holding.items()}
    leading = {key: rows for key, rows in found.items() if rows and _dated(rows, key)}
    if not leading:
        return []
    if len(leading) * 2 <= len(holding):
        return max(leading.values(), key=len)
    return [_leveled(row, key) for key, rows in leading.items() for row in rows]


def _leveled(row: dict[str, Any], key: str) -> dict[str, Any]:
    """The row with one more name above it: key1 is the outermost."""
    levels = sum(f"key{n}" in row for n in range(1, DEEPEST + 1))
    moved = {f"key{n + 1}": row[f"key{n}"] for n in range(levels, 0, -1)}
    return row | moved | {"key1": key}


def _dated(rows: Sequence[Mapping[str, Any]], key: str) -> bool:
    """Whether what was found are rows, or would be with the name above them as their date."""
    return bool(rows) and (bool({*map(normal, rows[0])} & _SAID) or bool(key))


def _own_row(value: Mapping[str, Any]) -> bool:
    """Whether an object is a row by its plain values alone."""
    names = {normal(key) for key, inner in value.items() if not isinstance(inner, dict | list)}
    return bool(names & _DATES and names & _SAID)


def _holds_rows(value: Any, depth: int) -> bool:
    """Whether a value has objects inside, looked at a little way."""
    if isinstance(value, list):
        return any(isinstance(one, dict | list) for one in value[:LISTED])
    return isinstance(value, dict) and bool(rows_within(_sample(value), depth + 1))


def _sample(value: Mapping[str, Any]) -> dict[str, Any]:
    return {
        key: inner[:LISTED] if isinstance(inner, list) else inner
        for key, inner in list(value.items())[: LISTED * 4]
    }


def _size(value: Any) -> int:
    return len(value) if isinstance(value, dict | list) else 0


def _with_included(value: Mapping[str, Any], key: str) -> Any:
    """The rows of an answer in the manner of JSON:API, with what they refer to inside."""
    rows, included = value[key], value.get("included")
    if not isinstance(included, list) or not isinstance(rows, list):
        return rows
    known = {(o.get("type"), o.get("id")): o for o in included if isinstance(o, dict)}
    return [row | _referred(row, known) if isinstance(row, dict) else row for row in rows]


def _referred(row: Mapping[str, Any], known: Mapping[Any, Any]) -> dict[str, Any]:
    found = {}
    relations = row.get("relationships")
    for name, relation in relations.items() if isinstance(relations, dict) else ():
        said = relation.get("data") if isinstance(relation, dict) else None
        if isinstance(said, dict) and (said.get("type"), said.get("id")) in known:
            found[name] = known[said.get("type"), said.get("id")]
    return found


def _of_columns(value: Mapping[str, Any]) -> list[dict[str, Any]]:
    """A table that is written by columns, as pandas does: {"text": {"0": ...}}, split, lists."""
    columns, data = value.get("columns"), value.get("data")
    if isinstance(columns, list) and isinstance(data, list) and all(map(_is_list, data[:LISTED])):
        return [dict(zip(map(str, columns), row, strict=False)) for row in data if _is_list(row)]
    names = {normal(key) for key in value}
    if not (names & _DATES and names & _SAID):
        return []
    columns_as_maps = {k: v for k, v in value.items() if isinstance(v, dict)}
    if len(columns_as_maps) == len(value) and all(map(_is_plain, columns_as_maps.values())):
        places = list(dict.fromkeys(n for inner in columns_as_maps.values() for n in inner))
        return [{k: v.get(n) for k, v in columns_as_maps.items()} for n in places]
    lists = [inner for inner in value.values() if _is_list(inner)]
    if len(lists) == len(value) and len({len(inner) for inner in lists}) == 1:
        return [dict(zip(value, row, strict=True)) for row in zip(*lists, strict=True)]
    return []


def _is_list(value: Any) -> bool:
    return isinstance(value, list)


def _under_header(values: Sequence[Sequence[Any]]) -> list[dict[str, Any]]:
    """Lists of which the first names the columns."""
    header = values[0]
    if not header or not all(isinstance(name, str) for name in header):
        return []
    names = {normal(name) for name in header}
    if not (names & _DATES and names & _SAID):
        return []
    return [dict(zip(header, row, strict=False)) for row in values[1:]]


def _paths(value: Mapping[str, Any], depth: int, before: str = "") -> Iterator[str]:
    """The names of all plain values outside of lists."""
    for key, inner in value.items():
        name = f"{before}{key}"
        if isinstance(inner, dict) and depth < DEEPEST:
            yield from _paths(inner, depth + 1, f"{name}.")
        elif not isinstance(inner, list):
            yield name


def _flatten(value: Mapping[str, Any], before: str, found: dict[str, Any], depth: int) -> None:
    for key, inner in value.items():
        if len(found) >= MOST_COLUMNS:
            return
        name = f"{before}{key}"
        if isinstance(inner, dict) and depth < DEEPEST:
            _flatten(inner, f"{name}.", found, depth + 1)
        elif isinstance(inner, list):
            _flatten_list(inner, name, found, depth)
        else:
            found[name] = inner


def _flatten_list(values: Sequence[Any], name: str, found: dict[str, Any], depth: int) -> None:
    plain = [str(one) for one in values if isinstance(one, str | int | float)]
    if plain:
        more = ", …" if len(plain) > LISTED_WORDS else ""
        found[name] = ", ".join(plain[:LISTED_WORDS]) + more
    for place, one in enumerate(values[:LISTED]):
        if isinstance(one, dict) and depth < DEEPEST:
            _flatten(one, f"{name}.{place}.", found, depth + 1)
