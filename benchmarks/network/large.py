"""Ten million shares, and near-equal texts by the million."""

import resource
import time
from itertools import pairwise

import numpy as np
import pyarrow as pa

from analysis.network.near import ALIKE, alike, near_groups
from analysis.network.network import network


def shares_table(rows: int, seed: int = 1) -> pa.Table:
    """Invented shares of a month: a tenth as many accounts, objects of every popularity, and one
    that 1 % of all share within an hour."""
    rng = np.random.default_rng(seed)
    account = rng.integers(0, max(rows // 10, 1), rows)
    thing = np.minimum(rng.zipf(1.25, rows), rows // 5 + 1)
    birth = rng.integers(0, 29 * 86_400, rows // 5 + 2)
    at = (birth[thing] + rng.exponential(20_000, rows)).astype(np.int64)
    rush = rng.choice(rows, rows // 100, replace=False)
    thing[rush], at[rush] = rows, rng.integers(0, 3_600, rush.size)
    return pa.table({"account_id": account, "object_id": thing, "timestamp_share": at})


def large_lines(rows: int) -> list[str]:
    """What it takes."""
    table = shares_table(rows)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    started, busy = time.perf_counter(), time.process_time()
    found = network(table, window="60s")
    took, worked = time.perf_counter() - started, time.process_time() - busy
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    counted = found.counted_only
    line = (
        f"{rows:,} shares: {took:.0f} s ({worked:.0f} s of one core), {peak:.1f} GB at most "
        f"({before:.1f} GB before, with the table). {found.rows:,} pairs, {found.edges:,} edges; "
        f"{counted['objects']} objects of {counted['shares']:,} shares and {counted['rows']:,} "
        "pairs are counted without edges."
    )
    return [line]


def texts(number: int, seed: int = 2) -> list[list[str]]:
    """Invented short texts, every third a variant of an earlier one."""
    rng = np.random.default_rng(seed)
    made: list[list[str]] = []
    for n in range(number):
        if n % 3 == 2:
            text = list(made[int(rng.integers(0, n))])
            text[int(rng.integers(0, len(text)))] = f"v{n}"
        else:
            text = [f"w{int(word)}" for word in rng.zipf(1.4, int(rng.integers(6, 25))) % 30_000]
        made.append(text)
    return made


def text_lines(number: int, checked: int) -> list[str]:
    """Time for so many texts; precision and recall of pairs against all pairs of some."""
    some = [list(t) for t in dict.fromkeys(map(tuple, texts(checked)))]
    one, other = alike(some)
    found = set(zip(one.tolist(), other.tolist(), strict=True))
    true = _all_pairs(some)
    precision = len(found & true) / max(len(found), 1)
    recall = len(found & true) / max(len(true), 1)
    many = texts(number)
    started, busy = time.perf_counter(), time.process_time()
    groups = int(near_groups(many).max()) + 1
    took, worked = time.perf_counter() - started, time.process_time() - busy
    checked_line = (
        f"{checked:,} texts against all pairs: {len(true):,} pairs are alike to {ALIKE:.0%}; "
        f"precision {precision:.4f}, recall {recall:.4f}."
    )
    return [
        checked_line,
        f"{number:,} texts: {took:.0f} s ({worked:.0f} s of one core), {groups:,} groups.",
    ]


def _all_pairs(some: list[list[str]]) -> set[tuple[int, int]]:
    """Every two texts whose pairs of words agree enough, by the runs that they share."""
    runs = [frozenset(pairwise(text)) for text in some]
    holders: dict[tuple[str, str], list[int]] = {}
    true = set()
    for n, own in enumerate(runs):
        shared: dict[int, int] = {}
        for run in own:
            for m in holders.setdefault(run, []):
                shared[m] = shared.get(m, 0) + 1
            holders[run].append(n)
        true |= {
            (m, n) for m, both in shared.items()
            if both >= ALIKE * (len(own) + len(runs[m]) - both)
        }  # fmt: skip
    return true
