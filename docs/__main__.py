"""Writes the parts of README.md and docs/ that come from the code: `python -m docs [--check]`."""

import inspect
import re
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any

import typer

import floodgauge as fg
from analysis import evidence
from analysis.research.export import dictionary
from collector.sources import sources_table
from dashboard.main import app

ROOT = Path(__file__).resolve().parents[1]


def commands() -> str:
    """A table of every command and what it does."""
    group: Any = typer.main.get_command(app)
    lines = ["| command | what it does |", "|---|---|"]
    for name in sorted(group.commands):
        purpose = group.get_command(None, name).get_short_help_str(200)
        lines.append(f"| `floodgauge {name}` | {purpose} |")
    return "\n".join(lines)


def signals() -> str:
    """A table of every signal of the evidence."""
    lines = ["| signal | question |", "|---|---|"]
    lines += [f"| `{signal.name}` | {signal.question} |" for signal in evidence.all_signals()]
    return "\n".join(lines)


def api() -> str:
    """Every public name of `floodgauge` with its signature and what it says of itself."""
    functions = {name: getattr(fg, name) for name in fg.__all__ if name != "plot"}
    functions |= {
        f"plot.{name}": getattr(fg.plot, name) for name in PLOTS if hasattr(fg.plot, name)
    }
    return "\n\n".join(_entry(name, found) for name, found in sorted(functions.items()))


PLOTS = ("timeline", "network", "calibration")


def _entry(name: str, found: Any) -> str:
    given = "" if isinstance(found, type) else _signature(found)
    return f"### fg.{name}\n\n```text\nfg.{name}{given}\n\n{inspect.getdoc(found)}\n```"


def _signature(found: Any) -> str:
    """Names and defaults; types stand in the code."""
    parts = []
    for parameter in inspect.signature(found).parameters.values():
        if parameter.kind is parameter.KEYWORD_ONLY and "*" not in parts:
            parts.append("*")
        default = parameter.default
        parts.append(parameter.name + ("" if default is parameter.empty else f"={default!r}"))
    return textwrap.fill(f"({', '.join(parts)})", 96, subsequent_indent="    ")


PARTS: dict[str, Callable[[], str]] = {
    "sources": sources_table,
    "commands": commands,
    "signals": signals,
    "api": api,
}


def filled(text: str) -> str:
    """The text with what stands between <!-- made: NAME --> and <!-- end --> made anew."""

    def replace(match: re.Match[str]) -> str:
        return f"<!-- made: {match[1]} -->\n{PARTS[match[1]]().strip()}\n<!-- end -->"

    return re.sub(r"<!-- made: (\w+) -->.*?<!-- end -->", replace, text, flags=re.DOTALL)


def wanted() -> dict[Path, str]:
    """Each generated file with the text that it should have."""
    pages = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
    texts = {page: filled(page.read_text(encoding="utf-8")) for page in pages}
    return {**texts, ROOT / "docs" / "data-dictionary.md": dictionary()}


def main() -> None:
    check = "--check" in sys.argv[1:]
    stale = []
    for path, text in wanted().items():
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            stale.append(path.relative_to(ROOT))
            if not check:
                path.write_text(text, encoding="utf-8")
    if stale and check:
        sys.exit(f"out of date, run `make docs`: {', '.join(map(str, stale))}")


if __name__ == "__main__":
    main()
