"""Incidents and alarms as the store keeps them: record <-> document, the one place.

A document is the JSON of the command line's contract. Those of earlier analyses lack later fields,
which then hold their defaults; what a document has beyond its record is left out.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import MISSING, asdict, fields, is_dataclass
from datetime import datetime
from functools import cache
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

import numpy as np

from analysis.records import Alarm, Incident
from collector.errors import ContractError
from collector.store import Store
from collector.times import from_iso, to_iso

# What lists do without: their incidents have none of it.
UNLISTED: Mapping[str, Any] = {
    **dict.fromkeys(("evidence", "phrases", "reasons", "excerpts"), ()),
    "summary": None,
}

R = TypeVar("R")


def stored_incident(store: Store, incident_id: str) -> Incident | None:
    """One incident by its id, or the one that a person merged it into."""
    found = store.incidents.get(incident_id)
    return None if found is None else record_of(Incident, found)


def stored_incidents(store: Store, app: str | None = None) -> list[Incident]:
    """Incidents, newest first."""
    return [record_of(Incident, one) for one in store.incidents.documents(app)]


def listed_incidents(store: Store, app: str | None = None) -> list[Incident]:
    """Incidents as lists and sums need them, newest first: nothing of UNLISTED is read."""
    return [record_of(Incident, {**UNLISTED, **one}) for one in store.incidents.listed(app)]


def stored_alarms(store: Store, app: str | None = None) -> list[Alarm]:
    """The alarm log, oldest first."""
    return [record_of(Alarm, one) for one in store.incidents.alarms(app)]


def document(record: Any) -> dict[str, Any]:
    """A record as plain JSON values: times ISO 8601 UTC, floats finite."""
    plain: dict[str, Any] = json.loads(json.dumps(asdict(record), default=_plain))
    return plain


def record_of(record: type[R], document: Mapping[str, Any]) -> R:
    """The record that a document was made from.

    Raises ContractError where the document lacks a field that has no default.
    """
    kind: Any = record
    readers, needed = _readers(kind)
    missing = needed - document.keys()
    if missing:
        raise ContractError(f"{record.__name__} without {', '.join(sorted(missing))}")
    return record(**{n: read(document[n]) for n, read in readers.items() if n in document})


@cache
def _readers(record: Any) -> tuple[dict[str, Callable[[Any], Any]], frozenset[str]]:
    """How each field is read, and the names of those without a default."""
    hints = get_type_hints(record)
    needed = frozenset(
        f.name for f in fields(record) if f.default is MISSING and f.default_factory is MISSING
    )
    return {f.name: _reader(hints[f.name]) for f in fields(record)}, needed


def _reader(hint: Any) -> Callable[[Any], Any]:
    """JSON value -> value of a field of this type."""
    origin, inner = get_origin(hint), get_args(hint)
    if origin is dict:
        return lambda value: value or {}
    if origin in (Union, UnionType):
        (kind,) = (one for one in inner if one is not type(None))
        read = _reader(kind)
        return lambda value: None if value is None else read(value)
    if origin is list:
        read = _reader(inner[0])
        return lambda values: [read(value) for value in values]
    if hint is datetime:
        return from_iso
    if is_dataclass(hint):
        return lambda value: record_of(hint, value)  # type: ignore[arg-type]
    return lambda value: value


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return to_iso(value)
    if isinstance(value, np.generic):
        return value.item()
    raise TypeError(f"no JSON form for {type(value).__name__}")
