"""The simplest histories, each an ordinary office's year: what is told, and what a person expects.

    python -m benchmarks.office [--write]                  all of them, to docs/office.md
    python -m benchmarks.office pair "quiet push"          those of a kind, or with such a name
    python -m benchmarks.office --list                     their names

Each history is made from a seed; --seeds 3 makes three of each. Those in which events are told
apart by what people say go through a store with invented texts; the others through the detectors.
"""

import argparse
import sys
import time
from collections.abc import Sequence

from benchmarks.office import tables
from benchmarks.office.against_expected import Verdict, judge
from benchmarks.office.catalogue import offices
from benchmarks.office.history import Office, reviews_of
from benchmarks.office.told import seen


def chosen_of(wanted: Sequence[str]) -> list[Office]:
    """The histories of a kind, or with a part of their name; all where none is wanted."""
    every = offices().values()
    return [o for o in every if not wanted or any(w == o.kind or w in o.name for w in wanted)]


def measured(office: Office, seed: int) -> Verdict:
    """One history, made, told and judged."""
    reviews = reviews_of(office, seed)
    return judge(office, seen(office, reviews))


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*")
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    plans = chosen_of(args.names)
    if args.list:
        print("\n".join(f"{o.kind}: {o.name}" for o in plans))
        return
    verdicts = []
    for office in plans:
        began = time.process_time()
        verdicts += [measured(office, args.first + n) for n in range(args.seeds)]
        sys.stderr.write(f"{office.name}: {time.process_time() - began:.1f} s\n")
    text = tables.text(verdicts)
    print(text)
    if args.write:
        tables.put(text)


if __name__ == "__main__":
    main()
