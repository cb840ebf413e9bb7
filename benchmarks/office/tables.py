"""The verdicts as Markdown."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from benchmarks.office.against_expected import Event, Verdict

DOCS = Path("docs/office.md")
MARKS = "<!-- office -->", "<!-- /office -->"
MOST_A_YEAR = 0.3  # of what is told where nothing happens
HEAD = (
    "kind",
    "histories",
    "told in time",
    "onset right",
    "burst's end right",
    '"over" within a day',
    "each event once",
    "told besides, a year",
    "at most 0.3 a year",
)
EACH = (
    "history",
    "told after, h",
    "onset off by, h",
    "end off by, h",
    '"over" after, h',
    "told again",
    "told besides, a year",
)


def text(verdicts: Sequence[Verdict]) -> str:
    """Sums by kind, and a row for each history."""
    kinds = dict.fromkeys(v.office.kind for v in verdicts)
    sums = [_sums(kind, [v for v in verdicts if v.office.kind == kind]) for kind in kinds]
    rows = [_row(v, e) for v in _by_history(verdicts) for e in (v.events or (None,))]
    return f"{_table(HEAD, sums)}\n\nEach history:\n\n{_table(EACH, rows)}"


def put(text: str) -> None:
    """Between the marks of the document."""
    page = DOCS.read_text("utf-8")
    before, rest = page.split(MARKS[0])
    after = rest.split(MARKS[1])[1]
    DOCS.write_text(f"{before}{MARKS[0]}\n\n{text}\n\n{MARKS[1]}{after}", "utf-8")


def _by_history(verdicts: Sequence[Verdict]) -> list[Verdict]:
    return sorted(verdicts, key=lambda v: [w.office.name for w in verdicts].index(v.office.name))


def _sums(kind: str, verdicts: Sequence[Verdict]) -> tuple[str, ...]:
    events = [e for v in verdicts for e in v.events]
    years = sum(v.office.years for v in verdicts)
    besides = sum(len(v.besides) for v in verdicts)
    within = sum(len(v.besides) <= max(MOST_A_YEAR * v.office.years, 0) for v in verdicts)
    return (
        kind,
        str(len(verdicts)),
        _of(e.in_time for e in events),
        _of(e.onset_right for e in events if e.held is None),
        _asked(events, lambda e: e.end_right),
        _asked(events, lambda e: e.over_in_time),
        _of(v.as_many for v in verdicts if v.events),
        f"{besides / years:.2f}",
        f"{within} of {len(verdicts)}",
    )


def _asked(events: Sequence[Event], what: Callable[[Event], bool | None]) -> str:
    return _of(bool(what(e)) for e in events if what(e) is not None)


def _of(held: Iterable[bool]) -> str:
    every = list(held)
    return f"{sum(every)} of {len(every)}" if every else "-"


def _row(verdict: Verdict, event: Event | None) -> tuple[str, ...]:
    besides = f"{len(verdict.besides) / verdict.office.years:.2f}"
    if event is None:
        return (verdict.office.name, *["-"] * 5, besides)
    if event.held is not None:
        return (verdict.office.name, f"on {event.held:.0%} of its days", *["-"] * 4, besides)
    asked = event.end_right is not None
    return (
        verdict.office.name,
        _hours(event.alarm, "not told"),
        _hours(event.onset),
        _hours(event.end) if asked else "",
        _hours(event.over) if asked else "",
        str(event.again),
        besides,
    )


def _hours(value: float | None, missing: str = "-") -> str:
    return missing if value is None else f"{value:.1f}"


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    names = list(head)
    lines = [names, ["---"] * len(names), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
