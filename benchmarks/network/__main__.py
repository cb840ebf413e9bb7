"""Networks: beside other programs, at ten million shares, under nulls, with planted groups.

    python -m benchmarks.network [--data ../shared/data] [--toolkit-python PYTHON] [--write]
    python -m benchmarks.network --only speed|large|nulls|power|texts [--runs N] [--rows N]

Prints tables; --write puts them into docs/network.md. CooRTweet runs where R has the package; else
the times of the recorded run are quoted and marked so.
"""

import argparse
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from analysis.network.objects import shares_of
from benchmarks.evaluation_data import needed_by
from benchmarks.network import large, planted, rivals
from benchmarks.windows import SHARED_DATA

PAGE = Path(__file__).resolve().parents[2] / "docs" / "network.md"
READS = frozenset({"speed", "nulls"})
"""Parts that need the evaluation data."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Measures what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=SHARED_DATA)
    parser.add_argument("--only", choices=["speed", "large", "nulls", "power", "texts"])
    parser.add_argument("--toolkit-python", default=sys.executable)
    parser.add_argument("--runs", type=int, default=100)
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--texts", type=int, default=1_000_000)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args(arguments)
    needed_by(parser, given.only, READS, str(given.data))
    parts: dict[str, Callable[[], list[str]]] = {
        "speed": lambda: rivals.compared(given.data, given.toolkit_python),
        "large": lambda: large.large_lines(given.rows),
        "nulls": lambda: planted.null_lines(
            given.runs, shares_of(rivals.shares(given.data, "russian"))[0].shares
        ),
        "power": lambda: planted.power_lines(max(given.runs // 10, 1)),
        "texts": lambda: large.text_lines(given.texts, 20_000),
    }
    for name, measured in parts.items():
        if given.only in (None, name):
            lines = measured()
            print("\n".join(lines), flush=True)
            if given.write:
                write(name, lines)


def write(name: str, lines: list[str]) -> None:
    """Puts lines between their marks in docs/network.md."""
    marks = re.compile(rf"(<!-- measured: {name} -->\n).*?(<!-- end -->)", re.DOTALL)
    text = PAGE.read_text("utf-8")
    body = "\n".join(lines) + "\n"
    PAGE.write_text(marks.sub(lambda m: m[1] + body + m[2], text), "utf-8")


if __name__ == "__main__":
    main()
