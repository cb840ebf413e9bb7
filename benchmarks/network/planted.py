"""Nulls and planted groups: who is reported, by our p-values and by the rules that others use."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from analysis.network.chance import Chance, chance, dealt, dealt_within_objects, moved
from analysis.network.found import Found, find
from analysis.network.shares import Flags, Shares

WINDOW_US = 60_000_000
DAYS = 14
GROUP = 100_000
GROUPS = (5, 10, 20, 50)
OBJECTS = (2, 3, 5, 10)
RULES = ("chance", "percentile .5", "percentile .95", "weight 2", "weight 3")

Draw = Callable[[np.random.Generator], Shares]


def crowd(rng: np.random.Generator, shares: int = 8_000) -> Shares:
    """Nobody together: accounts of very different activity, objects each with a rush of hours."""
    account = np.minimum(rng.zipf(1.6, shares), 2_000).astype(np.int64)
    thing = np.minimum(rng.zipf(1.6, shares), 1_500).astype(np.int64)
    birth = rng.integers(0, DAYS * 86_400, 1_501)
    at = (birth[thing] + rng.exponential(7_200, shares)).astype(np.int64) * 1_000_000
    return Shares(account, thing, np.arange(shares), at, np.zeros(shares, dtype=np.bool_))


def planted(rng: np.random.Generator, shares: Shares, accounts: int, objects: int) -> Shares:
    """Accounts that share so many objects of their own within a minute, each object at its time."""
    who = np.repeat(np.arange(accounts), objects) + GROUP
    what = np.tile(np.arange(objects), accounts) + GROUP
    start = np.tile(rng.integers(0, DAYS * 86_400, objects), accounts)
    at = (start + rng.integers(0, 60, who.size)) * 1_000_000
    size = len(shares) + who.size
    return Shares(
        np.append(shares.account, who),
        np.append(shares.thing, what),
        np.arange(size),
        np.append(shares.at, at),
        np.zeros(size, dtype=np.bool_),
    )


def told(shares: Shares) -> tuple[Found, Chance]:
    """The network and what chance says of it."""
    found = find(shares, WINDOW_US, 2)
    return found, chance(shares, found, WINDOW_US, 2)


def chosen(rule: str, found: Found, of_chance: Chance) -> Flags:
    """Edges that a rule reports."""
    weight = found.graph.weight
    kind, _, value = rule.partition(" ")
    if kind == "chance":
        return of_chance.reported
    if weight.size == 0:
        return np.zeros(0, dtype=np.bool_)
    if kind == "percentile":
        return np.asarray(weight > np.quantile(weight, float(value)), dtype=np.bool_)
    return np.asarray(weight >= int(value), dtype=np.bool_)


def nulls(real: Shares | None) -> dict[str, Draw]:
    """What is drawn where nobody acts together."""
    found: dict[str, Draw] = {
        "invented crowd": crowd,
        "invented, accounts dealt out within the day": lambda rng: dealt(crowd(rng), rng),
        "invented, times moved": lambda rng: moved(crowd(rng), 3_600_000_000, rng),
    }
    if real is not None:
        found |= {
            "public file, accounts dealt out within the day": lambda rng: dealt(real, rng),
            "public file, dealt out within object and day": lambda rng: dealt_within_objects(
                real, rng
            ),
            "public file, times moved": lambda rng: moved(real, 3_600_000_000, rng),
        }
    return found


def null_lines(runs: int, real: Shares | None) -> list[str]:
    """Of how many runs of each null a rule reports anything."""
    lines = ["| null | runs | " + " | ".join(RULES) + " |", "|---|---|" + "---|" * len(RULES)]
    for name, draw in nulls(real).items():
        rng = np.random.default_rng(20)
        any_told = np.zeros(len(RULES), dtype=np.int64)
        for _ in range(runs):
            found, of_chance = told(draw(rng))
            any_told += [bool(chosen(rule, found, of_chance).any()) for rule in RULES]
        lines.append(f"| {name} | {runs} | " + " | ".join(f"{n}" for n in any_told) + " |")
    return lines


def power_lines(runs: int) -> list[str]:
    """Of planted accounts the share found, and strangers reported a run, by each rule."""
    lines = [
        "| accounts, objects | " + " | ".join(f"{rule}: found, strangers" for rule in RULES) + " |",
        "|---|" + "---|" * len(RULES),
    ]
    for accounts in GROUPS:
        for objects in OBJECTS:
            share, strangers = _power(accounts, objects, runs)
            cells = [f"{a:.0%}, {b:.1f}" for a, b in zip(share, strangers, strict=True)]
            lines.append(f"| {accounts}, {objects} | " + " | ".join(cells) + " |")
    return lines


def _power(
    accounts: int, objects: int, runs: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    rng = np.random.default_rng(1_000 * accounts + objects)
    share, strangers = np.zeros(len(RULES)), np.zeros(len(RULES))
    for _ in range(runs):
        found, of_chance = told(planted(rng, crowd(rng), accounts, objects))
        for n, rule in enumerate(RULES):
            inside = found.graph[chosen(rule, found, of_chance)].vertices
            share[n] += np.count_nonzero(inside >= GROUP) / accounts
            strangers[n] += np.count_nonzero(inside < GROUP)
    return share / runs, strangers / runs
