"""The swing detector against the rules that others use, on real events, quiet spans and injections.

    python -m benchmarks.detection [--data ../shared/data] [--runs 60] [--out FILE.json] [--write]

Every rival's threshold is set on simulated streams (not on the events) to the same false-alarm rate,
0.2 a year; the swing detector runs with its default settings. --write puts the tables into docs/detection.md.
"""

import argparse
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.records import Swing
from analysis.swings import History, detect
from analysis.swings.history import DAY, HOUR
from benchmarks import detection_cases, nulls
from benchmarks.detection_cases import AppCase, Span
from benchmarks.rivals import RIVALS, Rival, Scores

BUDGET = 0.2
OURS = "Floodgauge"
SLACK = DAY  # daily rules judge after the event's last day; onsets are known to the day
DOCS = Path("docs/detection.md")
MARKS = "<!-- benchmark -->", "<!-- /benchmark -->"


@dataclass(frozen=True, slots=True)
class Alarms:
    """What a method says about one app: openings, and every message it would have sent."""

    opened: NDArray[np.int64]
    sent: NDArray[np.int64]


def ours(history: History) -> Alarms:
    """Negative and mixed swings of the default settings."""
    found = [s for s in _swings(history) if s.direction in ("negative", "mixed")]
    opened = np.array([_us(s.alarmed_at) for s in found], dtype=np.int64)
    more = [_us(e.at) for s in found for e in s.escalations]
    return Alarms(opened, np.sort(np.concatenate([opened, np.array(more, dtype=np.int64)])))


def theirs(scores: Scores, threshold: float) -> Alarms:
    """A rule's alarms, at most one a day; an opening is one after ten days without."""
    at = scores[0][scores[1] > threshold]
    sent = at[np.concatenate([[True], np.diff(at // DAY) > 0])] if len(at) else at
    opened = sent[np.concatenate([[True], np.diff(sent) > nulls.APART])] if len(sent) else sent
    return Alarms(opened, sent)


def tune(rival: Rival, years: int = 40, seed: int = 77) -> tuple[float, float]:
    """The threshold with BUDGET false alarms a year over a mixture of null streams, and the rate."""
    scored: list[Scores] = []
    for i, level in enumerate((0.3, 1.0, 3.0, 10.0)):
        for j, phi in enumerate((0.1, 0.3, 0.6)):
            rng = np.random.default_rng([seed, i, j])
            times = nulls.arrivals(rng, level, phi, 10_000, years * 365)
            scored.append(rival(times, 10_000, years * 365))
    total = years * len(scored)
    low, high = 0.0, 60.0
    for _ in range(30):
        middle = (low + high) / 2
        rate = sum(len(theirs(s, middle).opened) for s in scored) / total
        low, high = (middle, high) if rate > BUDGET else (low, middle)
    return high, sum(len(theirs(s, high).opened) for s in scored) / total


def judge_events(cases: list[AppCase], alarms: dict[str, dict[str, Alarms]]) -> dict[str, Any]:
    """Recall, delay and messages of each method on the clean negative events."""
    events = [
        (case, e)
        for case in cases
        for e in case.events
        if e.direction == "negative" and not e.weak and not e.censored
    ]
    table: dict[str, Any] = {}
    for method, by_app in alarms.items():
        rows = [_one(case, event, by_app[case.app]) for case, event in events]
        caught = [r for r in rows if r["caught"]]
        sharp = [r for r in caught if r["resolution_s"] == 1]
        low, high = wilson(len(caught), len(rows))
        table[method] = {
            "events": len(rows),
            "caught": len(caught),
            "recall_low": low,
            "recall_high": high,
            "delay_h": median([r["delay_h"] for r in sharp]),
            "delay_reviews": median([r["reviews"] for r in sharp]),
            "messages": float(np.mean([r["messages"] for r in caught])) if caught else None,
            "by_event": rows,
        }
    return table


def _one(case: AppCase, event: Span, alarms: Alarms) -> dict[str, Any]:
    inside = alarms.sent[(alarms.sent >= event.onset - SLACK) & (alarms.sent < event.end + SLACK)]
    history = case.history
    low = (history.stars > 0) & (history.stars <= 2)
    first = int(inside[0]) if len(inside) else None
    reviews = None
    if first is not None:
        reviews = int(((history.at >= event.onset) & (history.at <= first) & low).sum())
    return {
        "app": case.app,
        "event": event.name,
        "resolution_s": case.resolution_s,
        "caught": first is not None,
        "delay_h": None if first is None else max(first - event.onset, 0) / HOUR,
        "reviews": reviews,
        "messages": len(inside),
    }


def judge_quiet(cases: list[AppCase], alarms: dict[str, dict[str, Alarms]]) -> dict[str, Any]:
    """Openings in the quiet spans of each method, per app-year, with a 95 % interval."""
    table = {}
    years = sum(q.years for case in cases for q in case.quiet)
    for method, by_app in alarms.items():
        count = sum(
            int(((a >= q.onset) & (a < q.end)).sum())
            for case in cases
            for q in case.quiet
            for a in [by_app[case.app].opened]
        )
        low, high = poisson_interval(count)
        table[method] = {
            "alarms": count,
            "years": years,
            "per_year": count / years,
            "low": low / years,
            "high": high / years,
        }
    return table


def injections(
    cases: list[AppCase], methods: dict[str, tuple[Rival, float]], runs: int, seed: int = 5
) -> list[dict[str, Any]]:
    """Share of bursts of k low-star reviews in h hours that each method sees within a day of its end."""
    rng = np.random.default_rng(seed)
    places = [
        (case, q)
        for case in cases
        for q in case.quiet
        if case.resolution_s == 1 and q.end - q.onset > 150 * DAY
    ]
    rows = []
    for hours in (6, 24, 48):
        for k in (5, 10, 15, 30, 60, 516):
            seen: dict[str, list[bool]] = {name: [] for name in (OURS, *methods)}
            delays = []
            for run in range(runs):
                case, quiet = places[run % len(places)]
                start = int(rng.integers(quiet.onset + 100 * DAY, quiet.end - 5 * DAY))
                history = _inject(case.history, start, k, hours, rng)
                until = start + (hours + 24) * HOUR
                for swing in _swings(history, until):
                    at = _us(swing.alarmed_at)
                    if at >= start and swing.direction != "positive":
                        seen[OURS].append(True)
                        delays.append((at - start) / HOUR)
                        break
                else:
                    seen[OURS].append(False)
                low = history.at[(history.stars > 0) & (history.stars <= 2)]
                first = int(low[0] // DAY)
                for name, (rival, threshold) in methods.items():
                    judged = theirs(rival(low, first, int(until // DAY - first + 1)), threshold)
                    hit = (judged.sent >= start) & (judged.sent <= until + DAY)
                    seen[name].append(bool(hit.any()))
            row: dict[str, Any] = {"k": k, "hours": hours, "runs": runs}
            row |= {name: float(np.mean(found)) for name, found in seen.items()}
            row["delay_h"] = median(delays)
            rows.append(row)
    return rows


def _inject(history: History, start: int, k: int, hours: int, rng: np.random.Generator) -> History:
    """The history of the 400 days before with k one-star reviews from `start` on."""
    kept = (history.at > start - 400 * DAY) & (history.at < start + (hours + 24) * HOUR)
    extra = start + (rng.random(k) * hours * HOUR).astype(np.int64)
    return nulls.history_of(
        np.concatenate([history.at[kept], extra]),
        np.concatenate([history.stars[kept], np.ones(k, dtype=np.int8)]),
    )


def iwatch(runs: int = 300, seed: int = 3) -> dict[str, Any]:
    """516 low ratings in 18 hours on an app with one to four a week: reviews until the alarm."""
    rng = np.random.default_rng(seed)
    reviews, minutes = [], []
    for _ in range(runs):
        weekly = rng.uniform(1, 4)
        quiet = nulls.arrivals(rng, weekly / 7, 0.3, 10_000, 200)
        good = nulls.arrivals(rng, weekly / 14, 0.3, 10_000, 200)
        start = (10_000 + 195) * DAY + int(rng.integers(DAY))
        flood = np.sort(start + (rng.random(516) * 18 * HOUR).astype(np.int64))
        times = np.concatenate([quiet[quiet < start], good[good < start], flood])
        stars = np.ones(len(times), np.int8)
        stars[(quiet < start).sum() : (quiet < start).sum() + (good < start).sum()] = 5
        found = [
            _us(s.alarmed_at)
            for s in _swings(nulls.history_of(times, stars), int(flood[-1]))
            if _us(s.alarmed_at) >= start
        ]
        reviews.append(int((flood <= found[0]).sum()) if found else 517)
        minutes.append((found[0] - start) / 6e7 if found else np.inf)
    return {
        "runs": runs,
        "by_review_5": float(np.mean(np.array(reviews) <= 5)),
        "median_reviews": float(np.median(reviews)),
        "median_minutes": float(np.median(minutes)),
    }


def wilson(successes: int, n: int) -> tuple[float, float]:
    """95 % interval of a share (Wilson 1927)."""
    if n == 0:
        return 0.0, 1.0
    z, share = 1.96, successes / n
    centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * np.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return float(max(0.0, centre - half)), float(min(1.0, centre + half))


def poisson_interval(count: int) -> tuple[float, float]:
    """Exact 95 % interval of a Poisson mean (Garwood 1936)."""
    from scipy import stats

    low = stats.chi2.ppf(0.025, 2 * count) / 2 if count else 0.0
    return float(low), float(stats.chi2.ppf(0.975, 2 * count + 2) / 2)


def median(values: list[Any]) -> float | None:
    """Median, None of nothing."""
    return float(np.median(values)) if values else None


def _swings(history: History, now: int | None = None) -> list[Swing]:
    if not len(history.at):
        return []
    found = detect(history, now=int(history.at[-1]) if now is None else now)
    return [s for s in found if not s.launch]


def _us(moment: Any) -> int:
    return round(moment.timestamp() * 1e6)


def run(data: Path, runs: int) -> dict[str, Any]:
    """The whole benchmark."""
    cases = detection_cases.load(data)
    methods = {}
    tuned = {}
    for name, rival in RIVALS.items():
        threshold, rate = tune(rival, years=15 if name == "BOCPD" else 40)
        methods[name] = (rival, threshold)
        tuned[name] = {"threshold": threshold, "null_rate": rate}
        print(f"tuned {name}: {threshold:.2f} gives {rate:.2f} a year", flush=True)
    alarms = {OURS: {c.app: ours(c.history) for c in cases}}
    for name, (rival, threshold) in methods.items():
        alarms[name] = {c.app: _rival_alarms(rival, threshold, c) for c in cases}
    slow = {n: m for n, m in methods.items() if n != "BOCPD"}
    return {
        "tuned": tuned,
        "events": judge_events(cases, alarms),
        "quiet": judge_quiet(cases, alarms),
        "injections": injections(cases, slow, runs),
        "iwatch": iwatch(),
    }


def _rival_alarms(rival: Rival, threshold: float, case: AppCase) -> Alarms:
    seen = case.history.until(int(case.history.at[-1]))
    low = seen.at[(seen.stars > 0) & (seen.stars <= 2)]
    first = int(seen.at[0] // DAY) if len(seen.at) else 0
    n = int(seen.at[-1] // DAY) - first + 1 if len(seen.at) else 0
    if n < 70:
        return Alarms(np.empty(0, np.int64), np.empty(0, np.int64))
    return theirs(rival(low, first, n), threshold)


def tables(result: dict[str, Any]) -> str:
    """The result as Markdown."""
    lines = [
        "| method | events caught | 95 % interval | median delay, h | median low reviews until alarm | "
        "messages an event | alarms a quiet app-year | 95 % interval |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for name, e in result["events"].items():
        q = result["quiet"][name]
        lines.append(
            f"| {name} | {e['caught']} of {e['events']} | {e['recall_low']:.2f}-{e['recall_high']:.2f} "
            f"| {_text(e['delay_h'])} | {_text(e['delay_reviews'], 0)} | {_text(e['messages'])} "
            f"| {q['per_year']:.2f} | {q['low']:.2f}-{q['high']:.2f} |"
        )
    names = [n for n in result["injections"][0] if n not in ("k", "hours", "runs", "delay_h")]
    lines += ["", "Share of injected bursts seen within a day of their end:", ""]
    lines += [
        f"| k | hours | {' | '.join(names)} | our median delay, h |",
        "|---" * (len(names) + 3) + "|",
    ]
    for r in result["injections"]:
        cells = " | ".join(f"{r[n]:.2f}" for n in names)
        lines.append(f"| {r['k']} | {r['hours']} | {cells} | {_text(r['delay_h'])} |")
    w = result["iwatch"]
    lines += [
        "",
        f"The iWatch case (516 in 18 h on one to four a week, {w['runs']} runs): alarm by review 5 in "
        f"{w['by_review_5']:.1%}, median review {w['median_reviews']:.0f}, "
        f"median {w['median_minutes']:.0f} minutes after the first.",
    ]
    return "\n".join(lines) + "\n"


def _text(value: float | None, digits: int = 1) -> str:
    return "-" if value is None else f"{value:.{digits}f}"


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--runs", type=int, default=60)
    parser.add_argument("--out", type=Path, default=Path("detection.json"))
    parser.add_argument("--write", action="store_true")
    chosen = parser.parse_args()
    result = run(chosen.data, chosen.runs)
    chosen.out.write_text(json.dumps(result, indent=1), "utf-8")
    text = tables(result)
    print(text)
    if chosen.write:
        page = DOCS.read_text("utf-8")
        before, after = page.split(MARKS[0])[0], page.split(MARKS[1])[1]
        DOCS.write_text(f"{before}{MARKS[0]}\n\n{text}\n{MARKS[1]}{after}", "utf-8")


if __name__ == "__main__":
    main()
