"""Talk outside the stores: plain cases, storms in shared streams, rivals, chance, calls, cost.

    python -m benchmarks.talk [--data ../shared/data] [--histories 2] [--posts 200000] [--write]
    python -m benchmarks.talk --only plain|storms|chance|calls|cost

Rivals have the threshold at which they raise 0.2 alarms a year on simulated streams. --histories:
simulated ones of five years a cell. --write puts the tables into docs/talk.md.
"""

import argparse
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

from benchmarks.detection.tables import put
from benchmarks.evaluation_data import needed_by
from benchmarks.talk import cost, judge, nulls, plain, streams, warned
from benchmarks.windows import SHARED_DATA

DOCS = Path("docs/talk.md")
READS = frozenset({"storms", "calls"})
"""Parts that need the evaluation data."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Measures and prints; writes where that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=SHARED_DATA)
    parser.add_argument("--only", choices=["plain", "storms", "chance", "calls", "cost"])
    parser.add_argument("--histories", type=int, default=2)
    parser.add_argument("--posts", type=int, default=200_000)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args(arguments)
    needed_by(parser, given.only, READS, str(given.data))

    @cache
    def found() -> list[streams.Stream]:
        return list(streams.streams(given.data))

    tables: dict[str, Callable[[], str]] = {
        "plain": lambda: _plain(list(plain.plain_cases())),
        "storms": lambda: _storms(judge.rows(found())),
        "chance": lambda: _chance([nulls.cell(*cell, given.histories) for cell in nulls.CELLS]),
        "calls": lambda: _calls(list(warned.warned(found(), given.data))),
        "cost": lambda: _cost(cost.cost(given.posts)),
    }
    for name, measured in tables.items():
        if given.only in (None, name):
            text = measured()
            print(f"{text}\n")
            if given.write:
                put(text, f"talk-{name}", DOCS)


def _plain(found: list[plain.Plain]) -> str:
    head = "| what happened | to be told | told |\n| --- | --- | --- |"
    return "\n".join([head, *(f"| {c.happened} | {c.expected} | {c.told} |" for c in found)])


def _storms(rows: list[judge.Row]) -> str:
    head = "| method | storms told of | median delay, h | alarms in quiet spans |\n"
    head += "| --- | --- | --- | --- |"
    lines = [
        f"| {row.method} | {row.caught} of {len(row.told)} | {_median(row)} "
        f"| {row.quiet_alarms} in {row.quiet_years:.2f} years |"
        for row in rows
    ]
    ours = rows[0].told
    each = [f"| {one.stream} | {one.storm} | {_hours(one)} |" for one in ours]
    more = "| stream | storm | hours until it was told |\n| --- | --- | --- |"
    return "\n".join([head, *lines, "", more, *each])


def _median(row: judge.Row) -> str:
    return "none told" if row.delay is None else f"{row.delay:.1f}"


def _hours(told: judge.Told) -> str:
    return "not told" if told.hours is None else f"{told.hours:.1f}"


def _chance(cells: list[nulls.Cell]) -> str:
    head = (
        "| opinions a day | dispersion of days | share that are answers | realised over nominal |\n"
        "| --- | --- | --- | --- |"
    )
    return "\n".join(
        [
            head,
            *(
                f"| {c.level:g} | {c.phi:g} | {c.answered:g} | {c.ratio:.2f} ± {c.margin:.2f} |"
                for c in cells
            ),
        ]
    )


def _calls(found: list[warned.Warned]) -> str:
    head = "| posts | how many | years | that ask | warnings |\n| --- | --- | --- | --- | --- |"
    return "\n".join(
        [
            head,
            *(f"| {w.name} | {w.posts:,} | {w.years:.1f} | {w.asks} | {w.calls} |" for w in found),
        ]
    )


def _cost(found: cost.Cost) -> str:
    return (
        f"{found.posts:,} posts of two years, seconds of one processor: {found.things:.1f} to tell "
        f"copies and accounts apart, {found.swings:.1f} to find the swings."
    )


if __name__ == "__main__":
    main()
