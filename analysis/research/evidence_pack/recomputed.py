"""A packed incident made again from the pack's own rows, and set beside what was packed."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from math import isclose
from pathlib import Path
from typing import Any

from analysis.evidence.coordination.coordination_rule import level
from analysis.evidence.signals import one_text, same_hands
from analysis.incidents.app_conclusions import conclude
from analysis.incidents.repairs import linked
from analysis.incidents.stored import document, record_of
from analysis.incidents.was_watched import as_seen
from analysis.records import Evidence, Incident
from analysis.research.evidence_pack import archive
from analysis.research.evidence_pack.made import Made, read
from analysis.words.catalogue import english
from analysis.words.documents import name_of, told_incident
from collector.errors import ContractError
from collector.store import Store
from collector.store.moving.backups import check_file
from collector.store.moving.one_app import open_to_analyse

# They look at the other apps of a store, which no pack holds.
OF_OTHER_APPS = (same_hands.NAME, one_text.NAME)
NEAR = 1e-9  # relative: machines differ in the last few digits of sixteen
Leaf = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Recomputed:
    """numbers: how many were made again; differing: what differs, each with both values; as_packed:
    signals that could not be made again."""

    made: Made
    numbers: int
    differing: tuple[str, ...]
    as_packed: tuple[str, ...]


def recompute(folder: Path) -> Recomputed:
    """Makes the incident of an unpacked pack again; the store in the folder is changed.

    Raises ContractError where the pack holds something else than `pack` writes.
    """
    check_file(folder / archive.STORE)
    made = read(_document(folder / archive.MADE_WITH))
    packed = _document(folder / archive.INCIDENT)
    with open_to_analyse(folder / archive.STORE, made.app, made.known_by) as store:
        store.hourly.recount(made.app)
        again, as_packed = _again(store, made, record_of(Incident, packed))
    found = {} if again is None else dict(leaves(again))
    wanted = dict(leaves(packed))
    for path in [path for path in (*wanted, *found) if _signal(path) in as_packed]:
        wanted.pop(path, None)
        found.pop(path, None)
    numbers = sum(map(_is_number, wanted.values()))
    return Recomputed(made, numbers, _compared(wanted, found), as_packed)


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, Leaf]]:
    """Every plain value of a document by its path; signals and reasons stand by their name."""
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from leaves(inner, f"{path}.{name}" if path else str(name))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            named = inner.get("signal") if isinstance(inner, Mapping) else None
            yield from leaves(inner, f"{path}[{named or number}]")
    else:
        yield path, value


def _again(
    store: Store, made: Made, packed: Incident
) -> tuple[dict[str, Any] | None, tuple[str, ...]]:
    """The incident as it would be shown, and the signals in it that are as they were packed."""
    found = conclude(made.settings, store, made.app, made.at, as_of=made.as_of)
    events = [(found.incident(event), event) for event in found.events]
    told = linked(store, made.app, events, found.until)
    one = next((one for one in told if one.id == made.incident), None)
    if one is None:
        return None, ()
    one = replace(one, as_of=packed.as_of)
    as_packed: tuple[str, ...] = ()
    if made.other_apps:
        one, as_packed = _with_packed(one, packed)
    seen = as_seen(store, one, made.shown_at)
    return document(told_incident(seen, name_of(store, made.app), english())), as_packed


def _with_packed(one: Incident, packed: Incident) -> tuple[Incident, tuple[str, ...]]:
    """The incident with the packed signals that need other apps, and judged anew with them."""
    kept = {e.signal: e for e in packed.evidence if e.signal in OF_OTHER_APPS}
    if not kept:
        return one, ()
    evidence: list[Evidence] = [kept.get(e.signal, e) for e in one.evidence]
    return replace(one, evidence=evidence, coordination=level(evidence)), tuple(sorted(kept))


def _compared(wanted: Mapping[str, Leaf], found: Mapping[str, Leaf]) -> tuple[str, ...]:
    return tuple(
        f"{path}: packed {_said(wanted, path)}, recomputed {_said(found, path)}"
        for path in dict.fromkeys([*wanted, *found])
        if path not in wanted or path not in found or not _same(wanted[path], found[path])
    )


def _said(values: Mapping[str, Leaf], path: str) -> str:
    return json.dumps(values[path], ensure_ascii=False) if path in values else "nothing"


def _same(one: Leaf, other: Leaf) -> bool:
    if _is_number(one) and _is_number(other):
        return isclose(float(one or 0), float(other or 0), rel_tol=NEAR, abs_tol=NEAR**2)
    return one == other and type(one) is type(other)


def _is_number(value: Leaf) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _signal(path: str) -> str | None:
    """The signal of the evidence that a path is of."""
    head, inside, rest = path.partition("evidence[")
    return rest.partition("]")[0] if inside and not head else None


def _document(file: Path) -> dict[str, Any]:
    try:
        found = json.loads(file.read_bytes())
    except ValueError as error:
        raise ContractError(f"{file.name}: is not JSON") from error
    if not isinstance(found, dict):
        raise ContractError(f"{file.name}: is not what `pack` writes")
    return found
