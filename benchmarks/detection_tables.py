"""The benchmark's result as Markdown."""

from collections.abc import Iterable
from typing import Any

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
        f"minutes and {own['reviews']:.0f} low reviews ({own['events']} events with times)."
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
        "median delay, h",
        "low reviews until the alarm",
        "messages an event",
        "alarms a quiet app-year",
        "95 % interval",
    )
    rows = []
    for name, e in result["events"].items():
        q = result["quiet"][name]
        rows.append(
            (
                name,
                f"{e['caught']} of {e['events']}",
                f"{e['recall_low']:.2f}-{e['recall_high']:.2f}",
                _text(e["delay_h"]),
                _text(e["delay_reviews"], 0),
                _text(e["messages"]),
                f"{q['per_year']:.2f}",
                f"{q['low']:.2f}-{q['high']:.2f}",
            )
        )
    return table(head, rows)


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
    head = ("low stars a day", "high stars a day", "dispersion", "burst", "power")
    rows = (
        (
            f"{r['low_a_day']:g}",
            f"{r['high_a_day']:g}",
            f"{r['phi']:g}",
            f"{r['k']} in {r['hours']} h",
            f"{r['power']:.2f}",
        )
        for r in found
    )
    return table(head, rows)


def table(head: Iterable[object], rows: Iterable[Iterable[object]]) -> str:
    """A Markdown table."""
    names = list(head)
    lines = [names, ["---"] * len(names), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)


def _text(value: float | None, digits: int = 1) -> str:
    return "-" if value is None else f"{value:.{digits}f}"
