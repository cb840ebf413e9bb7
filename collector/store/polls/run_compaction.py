"""Many runs in a row that said the same become one row, without changing what they said.

Two neighbouring runs of one app and source may be joined if both are complete in the same sense
(the same outcome), began in the same calendar month (UTC), and either covered nothing, both of
them, or each covered up to its own start and the later one began to see where the first had seen
to, and did not see farther back. Then one row says it all: spans without a hole between them
have the same union; the first row's end (`first_ended_at`) tells from when on it was known, for
whoever asks for an earlier state; counts, requests and costs of a month are sums.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

KEPT_SINGLY = timedelta(days=35)
"""Younger runs stay as they are: pages show a month of them one by one."""
LEAST, MOST = 25, 1000
"""Runs to join at once: fewer are left for later, more for the next run."""
SUMS = ("runs", "new", "changed", "seen", "bad", "requests", "cost_usd")
LATEST = ("ended_at", "covered_to", "stop_reason", "next_due_at", "message")


@dataclass(slots=True)
class Group:
    """Rows that become one. row: its values, under the id of the first; gone: ids of the others."""

    row: dict[str, Any]
    gone: list[int]


def joined(rows: Iterable[dict[str, Any]]) -> list[Group]:
    """Runs of one app and source, oldest first -> groups of neighbours, in the same order.

    Rows are the columns of the runs table; those that were joined before may be among them.
    """
    groups: list[Group] = []
    for row in rows:
        if groups and _continues(groups[-1].row, row):
            _take(groups[-1], row)
        else:
            groups.append(Group(dict(row), []))
    return groups


def _continues(one: dict[str, Any], other: dict[str, Any]) -> bool:
    if one["outcome"] != other["outcome"] or _month(one) != _month(other):
        return False
    spans: Sequence[Any] = [r[n] for r in (one, other) for n in ("covered_from", "covered_to")]
    if all(moment is None for moment in spans):
        return True
    if any(moment is None for moment in spans):
        return False
    seen = _up_to_its_start(one) and _up_to_its_start(other)
    return bool(seen and spans[0] <= spans[2] <= spans[1] <= spans[3])


def _up_to_its_start(row: dict[str, Any]) -> bool:
    """Whether a run saw all up to the moment at which it began; joined rows did."""
    return bool(row["runs"] > 1 or row["covered_to"] == row["started_at"])


def _month(row: dict[str, Any]) -> tuple[int, int]:
    return row["started_at"].year, row["started_at"].month


def _take(group: Group, row: dict[str, Any]) -> None:
    first = group.row
    first["first_ended_at"] = first["first_ended_at"] or first["ended_at"]
    first |= {name: first[name] + row[name] for name in SUMS}
    first |= {name: row[name] for name in LATEST}
    first["details"] = None
    group.gone.append(row["id"])
