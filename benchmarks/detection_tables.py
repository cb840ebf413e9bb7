"""The benchmark's result as Markdown."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

DOCS = Path("docs/detection.md")
NOT_METHODS = ("k", "hours", "runs", "delay_h", "onset_error_h")


def tables(result: dict[str, Any]) -> str:
    """Events and quiet spans, injected bursts, power, the iWatch case."""
    w, own = result["iwatch"], result["own_delay"]
    last = (
        f"The iWatch case (516 in 18 h on one to four a week, {w['runs']} runs): alarm by review "
        f"5 in {w['by_review_5']:.1%}, median review {w['median_reviews']:.0f}, median "
        f"{w['median_minutes']:.0f} minutes after the first.\n"
    )
    first = (
        f"From the swing's own estimate of its onset to the alarm: median {own['minutes']:.0f} "
        f"minutes{_within(own['minutes_interval'], 0)} and {own['reviews']:.0f} low reviews"
        f"{_within(own['reviews_interval'], 0)}, {own['events']} events with times."
    )
    return "\n\n".join(
        (
            _events(result),
            first,
            "Share of injected bursts seen within a day of their end:",
            _bursts(result["injections"]),
            "Power before the burst ends, on simulated apps:",
            _power(result["power"]),
            last,
        )
    )


def _events(result: dict[str, Any]) -> str:
    head = (
        "method",
        "events caught",
        "95 % interval",
        "median delay, h (95 %)",
        "low reviews until the alarm (95 %)",
        "messages an event",
        "alarms a quiet app-year (95 %)",
        "of which without a readable cause (95 %)",
    )
    rows: list[tuple[object, ...]] = []
    for name, q in result["quiet"].items():
        quiet = [
            f"{q[f'{kind}per_year']:.2f} ({q[f'{kind}low']:.2f}-{q[f'{kind}high']:.2f})"
            for kind in ("", "unread_")
        ]
        e = result["events"].get(name)
        if e is None:
            rows.append((name, *["-"] * 5, *quiet))
            continue
        rows.append(
            (
                name,
                f"{e['caught']} of {e['events']}",
                f"{e['recall_low']:.2f}-{e['recall_high']:.2f}",
                _text(e["delay_h"]) + _within(e["delay_h_interval"]),
                _text(e["delay_reviews"], 0) + _within(e["delay_reviews_interval"], 0),
                _text(e["messages"]),
                *quiet,
            )
        )
    return table(head, rows)


def nested(result: dict[str, Any]) -> str:
    """Leave-one-app-out: the chosen and every variant."""
    head = (
        "constants",
        "events caught",
        "median delay, h",
        "low and mixed alarms a quiet app-year",
        "all alarms a quiet app-year",
        "chosen for apps",
    )
    rows = [
        (
            r["name"],
            f"{r['caught']} of {r['events']}",
            _text(r["delay_h"]),
            f"{r['quiet']:.2f}",
            f"{r['all_quiet']:.2f}",
            result["chosen"].get(r["name"], "-" if "without" in r["name"] else 0),
        )
        for r in result["rows"]
    ]
    return table(head, rows)


def put(text: str, mark: str) -> None:
    """Replaces what stands between two marks of docs/detection.md."""
    page = DOCS.read_text("utf-8")
    begin, end = f"<!-- {mark} -->", f"<!-- /{mark} -->"
    before, rest = page.split(begin)
    DOCS.write_text(f"{before}{begin}\n\n{text.strip()}\n\n{end}{rest.split(end)[1]}", "utf-8")


def _bursts(found: list[dict[str, Any]]) -> str:
    names = [n for n in found[0] if n not in NOT_METHODS]
    rows = (
        (
            r["k"],
            r["hours"],
            *(f"{r[n]:.2f}" for n in names),
            _text(r["delay_h"]),
            _text(r["onset_error_h"]),
        )
        for r in found
    )
    return table(("k", "hours", *names, "our delay, h", "error of our onset, h"), rows)


def _power(found: list[dict[str, Any]]) -> str:
    head = (
        "low stars a day",
        "high stars a day",
        "dispersion",
        "burst",
        "power",
        "same mix every day",
        "counts at best, all known",
        "and the day so far",
    )
    rows = (
        (
            f"{r['low_a_day']:g}",
            f"{r['high_a_day']:g}",
            f"{r['phi']:g}",
            f"{r['k']} in {r['hours']} h",
            *(f"{r[name]:.2f}" for name in ("power", "together", "ceiling", "ceiling_of_the_day")),
        )
        for r in found
    )
    return table(head, rows)


def table(head: Iterable[object], rows: Iterable[Iterable[object]]) -> str:
    """A Markdown table."""
    names = list(head)
    lines = [names, ["---"] * len(names), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)


def _within(interval: Iterable[float] | None, digits: int = 1) -> str:
    if interval is None:
        return ""
    low, high = interval
    return f" ({low:.{digits}f}-{high:.{digits}f})"


def _text(value: float | None, digits: int = 1) -> str:
    return "-" if value is None else f"{value:.{digits}f}"
