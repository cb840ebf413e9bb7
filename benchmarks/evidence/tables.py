"""What the benchmarks of the evidence write into docs/evidence.md, between their marks."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

DOCS = Path(__file__).resolve().parents[2] / "docs" / "evidence.md"


def put(text: str, mark: str) -> None:
    """Replaces what stands between two marks."""
    page = DOCS.read_text("utf-8")
    begin, end = f"<!-- {mark} -->", f"<!-- /{mark} -->"
    before, rest = page.split(begin)
    DOCS.write_text(f"{before}{begin}\n\n{text.strip()}\n\n{end}{rest.split(end)[1]}", "utf-8")


def show(result: Mapping[str, Any]) -> None:
    """The result as text."""
    for key, value in result.items():
        if isinstance(value, dict):
            print(f"{key}:")
            for name, entry in value.items():
                print(f"    {name:28} {entry}")
        else:
            print(f"{key:32} {value}")


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """A Markdown table."""
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return "\n".join([*lines, *("| " + " | ".join(map(str, row)) + " |" for row in rows)])


def with_rates(page: str, cells: Mapping[str, Sequence[str]]) -> str:
    """The page with the measured columns of the table of signals, its last ones, made anew."""

    def row(match: re.Match[str]) -> str:
        name = match[1]
        if name not in cells:
            return match[0]
        kept = match[0].strip("|").split("|")[: -len(cells[name])]
        return "|" + "|".join(kept) + "|" + "".join(f" {cell} |" for cell in cells[name])

    return re.sub(r"^\| `(\w+)` \|(?:[^|\n]*\|){7}$", row, page, flags=re.MULTILINE)


def put_rates(cells: Mapping[str, Sequence[str]]) -> None:
    """Writes the measured columns of the table of signals."""
    DOCS.write_text(with_rates(DOCS.read_text("utf-8"), cells), "utf-8")


def cause_page(result: Mapping[str, Any]) -> str:
    """Tables and the misses, of the benchmark of the cause."""
    low, high = result["interval"]
    readers, decided, sure = result["readers"], result["decided"], result["sure"]
    rows = [
        ("events, of them read blind by people", f"{result['events']}, {result['read']}"),
        (
            "pairs of readers that name the same cause; where both are sure",
            (
                f"{readers['same']} of {readers['pairs']}; "
                f"{readers['both_sure_same']} of {readers['both_sure']}"
            ),
        ),
        ("events where a reader is sure of a cause", f"{sure} of {result['apps']} apps"),
        ("decided of these", f"{decided} ({decided / sure:.0%})"),
        (
            "right, a second cause of a sure reader counted",
            (
                f"{result['right']} of {decided} ({result['right'] / max(decided, 1):.0%}, "
                f"95 % interval {low:.0%} to {high:.0%})"
            ),
        ),
        ("right by the first cause alone", f"{result['first']} of {decided}"),
        (
            f"right where the cause has at least {', '.join(result['by_threshold'])}",
            ", ".join(result["by_threshold"].values()),
        ),
        (
            "decided where both readers say that nothing can be said",
            f"{result['unclear_decided']} of {result['unclear']}",
        ),
        (
            "quiet windows with a verdict",
            (
                f"{result['quiet']['decided']:.1%} of {result['quiet']['windows']}; "
                f"{result['quiet']['decided_if_tenfold']:.0%} if each were a tenfold swing"
            ),
        ),
    ]
    groups = [
        (f"{by}: {name}", *counts)
        for by, found in result["groups"].items()
        for name, counts in found.items()
    ]
    return "\n\n".join(
        (
            table(("", ""), rows),
            table(("", "readers sure", "decided", "right"), groups),
            _misses(result["misses"]),
            "Simulated histories, apart from these: " + _simulated(result["simulated"]) + ".",
        )
    )


def speed_page(found: Mapping[str, float]) -> str:
    """Times and memory as a table."""
    rows = [
        (
            f"the {found['events']:.0f} events of up to 5,000 reviews, processor time",
            f"median {found['ordinary_median']:.2f} s, longest {found['ordinary_longest']:.2f} s",
            "2 s",
        ),
        (
            "100,000 reviews against a million, one core",
            (
                f"{found['large_seconds']:.0f} s, {found['large_peak_mb']:,.0f} MB at most, "
                "the reviews themselves included"
            ),
            "60 s, 2 GB",
        ),
    ]
    return table(("all signals on", "taken", "asked"), rows)


def _misses(misses: Sequence[Mapping[str, Any]]) -> str:
    told = [
        f"{m['app']}, read as `{'`, `'.join(m['read'])}`, named `{m['answer']}` with "
        f"{m['probability']:.2f}"
        for m in misses
    ]
    return f"Not as read first: {'; '.join(told)}." if told else "All as read first."


def _simulated(found: Mapping[str, Mapping[str, Any]]) -> str:
    return ", ".join(
        f"`{name}` " + ("right" if one["cause"] == one["truth"] else f"`{one['cause']}`")
        for name, one in found.items()
    )
