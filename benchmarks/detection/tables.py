"""The benchmark's result as Markdown."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from benchmarks.detection.delay import summary

DOCS = Path("docs/detection.md")
NOT_METHODS = ("k", "hours", "runs", "delay_h", "onset_error_h")
CEILINGS = ("ceiling", "ceiling_of_the_day", "ceiling_of_the_share")
AT_BEST = {  # who told, and how a sentence goes on about it
    "ours": "",
    "all": " for a detector of counts in the same way that knows level, hours and dispersion",
    "one": " for one that knows beforehand which single window will be the first",
}


def tables(result: dict[str, Any]) -> str:
    """Events and quiet spans, injected bursts, power, the iWatch case."""
    w = result["iwatch"]
    last = (
        f"The iWatch case (516 in 18 h on one to four a week, {w['runs']} runs): alarm by review "
        f"5 in {w['by_review_5']:.1%}, median review {w['median_reviews']:.0f}, median "
        f"{w['median_minutes']:.0f} minutes after the first.\n"
    )
    return "\n\n".join(
        (
            _events(result),
            _delay(result["delays"]),
            "Share of injected bursts seen within a day of their end:",
            _bursts(result["injections"]),
            "Power before the burst ends, on simulated apps:",
            _power(result["power"]),
            "Power before the burst ends, on real quiet streams:",
            _real_power(result["real_power"]),
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


def _delay(rows: list[dict[str, Any]]) -> str:
    found = summary(rows)
    own, known = found["own"], found["known"]
    middle = "; ".join(_medians(own, who) + text for who, text in AT_BEST.items())
    hour = ", ".join(_medians(known, who, short=True) for who in AT_BEST)
    head = ("event", "low stars a day", "dispersion", *("told", "all windows", "best window"))
    lines = [
        (
            f"{r['app'].split(' ')[0]}: {r['event']}",
            f"{r['level']:.1f}",
            f"{r['phi']:.2f}",
            *(_after(r["own"][who]) for who in AT_BEST),
        )
        for r in rows
    ]
    text = (
        f"From the swing's own estimate of its onset to the alarm, {own['events']} events with "
        f"times: {middle}. From the labelled onset, where that is known to the hour "
        f"({known['events']} events): {hour}."
    )
    return f"{text}\n\n{table(head, lines)}"


def _medians(found: dict[str, Any], who: str, *, short: bool = False) -> str:
    minutes, reviews = found[f"{who}_minutes"], found[f"{who}_reviews"]
    if short:
        return f"{_text(minutes, 0)} minutes and {_text(reviews)} low reviews"
    return (
        f"median {_text(minutes, 0)} minutes{_within(found[f'{who}_minutes_interval'], 0)} and "
        f"{_text(reviews)} low reviews{_within(found[f'{who}_reviews_interval'], 0)}"
    )


def _after(delay: dict[str, float] | None) -> str:
    return "-" if delay is None else f"{delay['minutes']:.0f} min, {delay['reviews']}"


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


def put(text: str, mark: str, path: Path = DOCS) -> None:
    """Replaces what stands between two marks of a page."""
    page = path.read_text("utf-8")
    begin, end = f"<!-- {mark} -->", f"<!-- /{mark} -->"
    before, rest = page.split(begin)
    path.write_text(f"{before}{begin}\n\n{text.strip()}\n\n{end}{rest.split(end)[1]}", "utf-8")


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
        "rho of their share",
        "burst",
        "days of history",
        "power",
        "same mix every day",
        "counts at best, all known",
        "and the day so far",
        "share at best, known and the same every day",
    )
    rows = (
        (
            f"{r['low_a_day']:g}",
            f"{r['high_a_day']:g}",
            f"{r['phi']:g}",
            f"{r['rho']:.3f}",
            f"{r['k']} in {r['hours']} h",
            r["days"],
            *(f"{r[name]:.2f}" for name in ("power", "together", *CEILINGS)),
        )
        for r in found
    )
    return table(head, rows)


def _real_power(found: list[dict[str, Any]]) -> str:
    head = (
        "burst",
        "app",
        "days to choose from",
        "low stars a day",
        "all a day",
        "dispersion of low stars",
        "rho of their share",
        "runs",
        "drawn again",
        "power (95 %)",
    )
    rows = (
        (
            f"{r['k']} in {r['hours']} h",
            r["app"] or f"all {r['apps']}, median",
            r["days"],
            f"{r['low_a_day']:.1f}",
            f"{r['every_a_day']:.1f}",
            f"{r['phi']:.2f}",
            f"{r['rho']:.3f}",
            r["runs"],
            r["again"],
            f"{r['power']:.2f} ({r['power_low']:.2f}-{r['power_high']:.2f})",
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
