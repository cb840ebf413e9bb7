"""The alarm log against what people made of it, and against the budget of false alarms.

`records` reads a store; the rest is pure.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import TypeVar

from scipy import stats

from analysis import series
from analysis.decisions import Decision, ids_of, readable
from analysis.incidents.stored import listed_incidents, stored_alarms
from analysis.records import Alarm, Incident
from collector.store import Store
from collector.times import to_us
from dashboard.incident import alarm_log
from dashboard.words.catalogue import MISSING, Wording

YEAR = timedelta(days=365.25)
MOST_LOGGED = 200
R = TypeVar("R", Alarm, Incident)
CONFIDENCE = 0.95
ENOUGH = 20  # judged readings below which a calibration table would say nothing
BOUNDS = (0.0, 0.5, 0.7, 0.85, 0.95, 1.0)  # of the bins of stated probability


@dataclass(frozen=True, slots=True)
class Reading:
    """A stated cause that a person has judged. probability: what was stated for it."""

    probability: float
    right: bool


@dataclass(frozen=True, slots=True)
class Record:
    """One app's alarms. verdicts: incident id -> what people said of it, the last word counts.

    readings: causes that people corrected or confirmed. signs: whether they agreed with the signs
    of coordination. read_later: whether the years hold history that no poll covered.
    """

    app: str
    years: float
    alarms: list[Alarm]
    verdicts: dict[str, str]
    readings: list[Reading] = field(default_factory=list)
    signs: list[bool] = field(default_factory=list)
    read_later: bool = False

    def judged(self, verdict: str) -> int:
        """Incidents with this verdict."""
        return sum(v == verdict for i, v in self.verdicts.items() if i in self.opened)

    @property
    def opened(self) -> set[str]:
        """Incidents whose alarm sounded."""
        return {a.incident for a in self.alarms if a.kind == "opened"}


def years(first: datetime, last: datetime) -> float:
    """Length of a history."""
    return (last - first) / YEAR


def records(store: Store, now: datetime) -> list[Record]:
    """Every app's alarms and what people made of them."""
    alarms, listed = by_app(stored_alarms(store)), by_app(listed_incidents(store))
    found = []
    for app in store.apps.keys():  # noqa: SIM118 - not a mapping
        known = store.items.span(app)
        watched = years(known[0], series.observed_until(store, app, now)) if known else 0.0
        made = readable(store.decisions.frame(app))
        one = record(app, watched, alarms[app], listed[app], made)
        found.append(
            replace(one, read_later=known is not None and _read_later(store, app, known[0]))
        )
    return found


def _read_later(store: Store, app: str, first: datetime) -> bool:
    """Whether items are older than all that polls covered: they were imported."""
    begun = [int(spans.covered_from[0]) for spans in store.runs.spans(app).values()]
    return not begun or to_us(first) < min(begun)


def by_app(records: Sequence[R]) -> dict[str, list[R]]:
    """Alarms or incidents of each app, in their order."""
    found: dict[str, list[R]] = defaultdict(list)
    for one in records:
        found[one.app].append(one)
    return found


def record(
    app: str,
    watched: float,
    alarms: list[Alarm],
    incidents: Sequence[Incident],
    made: Sequence[Decision],
) -> Record:
    """What people made of one app's alarms. watched: years of history."""
    last: dict[tuple[str, str], Decision] = {}
    for decision in made:
        if decision.incident and decision.value:
            last[decision.kind, decision.incident] = decision
    verdicts = {
        i: decision.value or "" for (kind, i), decision in last.items() if kind == "verdict"
    }
    for incident in incidents:
        # A verdict on an incident is one on every alarm that was merged into it.
        said = [verdicts[i] for i in ids_of(incident) if i in verdicts]
        if said:
            verdicts |= {i: verdicts.get(i, said[0]) for i in ids_of(incident)}
    return Record(
        app=app,
        years=watched,
        alarms=alarms,
        verdicts=verdicts,
        readings=[
            Reading(decision.said_probability, decision.said == decision.value)
            for (kind, _), decision in last.items()
            if kind == "cause"
            and decision.said_probability is not None
            and decision.said != "undetermined"
        ],
        signs=[
            decision.said == decision.value
            for (kind, _), decision in last.items()
            if kind == "coordination" and decision.said
        ],
    )


def rate_interval(events: int, span: float) -> tuple[float, float]:
    """95 % interval of a yearly rate from a count in `span` years (Garwood 1936: exact Poisson)."""
    tail = (1 - CONFIDENCE) / 2
    low = float(stats.chi2.ppf(tail, 2 * events)) / 2 if events else 0.0
    high = float(stats.chi2.ppf(1 - tail, 2 * events + 2)) / 2
    return low / span, high / span


def share_interval(hits: int, of: int) -> tuple[float, float]:
    """95 % interval of a share (Wilson 1927)."""
    found = stats.binomtest(hits, of).proportion_ci(CONFIDENCE, method="wilson")
    return float(found.low), float(found.high)


def calibration(readings: Sequence[Reading], words: Wording) -> list[tuple[str, ...]]:
    """Stated probability in bins: bin, number, mean stated, share right, its interval."""
    found: list[tuple[str, ...]] = []
    for low, high in pairwise(BOUNDS):
        mine = [r for r in readings if low <= r.probability < high or r.probability == high == 1]
        if not mine:
            continue
        right = sum(r.right for r in mine)
        ends = [words.percent(end) for end in share_interval(right, len(mine))]
        found.append(
            (
                f"{words.percent(low)}–{words.percent(high)}",
                words.number(len(mine)),
                words.percent(sum(r.probability for r in mine) / len(mine)),
                words.percent(right / len(mine)),
                f"{ends[0]}–{ends[1]}",
            )
        )
    return found


def sentence(found: list[Record], budget: float, words: Wording) -> str:
    """What was achieved against what was allowed."""
    span = sum(r.years for r in found)
    opened = sum(len(r.opened) for r in found)
    mistaken = sum(r.judged("mistaken") for r in found)
    judged = mistaken + sum(r.judged("right") for r in found)
    known = bool(span and judged)
    low, high = rate_interval(mistaken, span) if known else (None, None)
    said = words(
        "wrong-sentence",
        alarms=opened,
        years=words.number(span, 1),
        judged=judged,
        mistaken=mistaken,
        rate=words.number(mistaken / span, 2) if known else MISSING,
        low=words.number(low, 2),
        high=words.number(high, 2),
        budget=words.number(budget, 2),
    )
    if any(r.read_later for r in found):
        said = f"{said} {words('wrong-read-later')}"
    left = opened - judged
    if not known or not left:
        return said
    most = words.number((mistaken + left) / span, 2)
    return f"{said} {words('wrong-unjudged', count=left, most=most)}"


def rows(found: list[Record], names: dict[str, str], words: Wording) -> list[tuple[str, ...]]:
    """App, years watched, alarms, right, mistaken, not judged, false a year with its interval.

    Several apps end in a row for all of them.
    """
    listed = [_row(names[r.app], [r], words) for r in found]
    return [*listed, _row(words("wrong-all"), found, words)] if len(found) > 1 else listed


def _row(name: str, found: list[Record], words: Wording) -> tuple[str, ...]:
    span = sum(r.years for r in found)
    opened = sum(len(r.opened) for r in found)
    right, mistaken = (sum(r.judged(v) for r in found) for v in ("right", "mistaken"))
    rate = MISSING
    if span and right + mistaken:
        ends = [words.number(end, 2) for end in rate_interval(mistaken, span)]
        rate = f"{words.number(mistaken / span, 2)} ({ends[0]}–{ends[1]})"
    counts = (opened, right, mistaken, opened - right - mistaken)
    return (name, words.number(span, 1), *(words.number(n) for n in counts), rate)


def log(found: list[Record], names: dict[str, str], words: Wording) -> list[tuple[str, ...]]:
    """Every alarm of every app, newest first: when, app, kind, what, verdict."""
    listed = [(alarm, record) for record in found for alarm in record.alarms]
    listed.sort(key=lambda entry: entry[0].at, reverse=True)
    return [
        (
            when,
            names[record.app],
            kind,
            what,
            words(f"verdict-{record.verdicts[alarm.incident]}")
            if alarm.incident in record.verdicts
            else words("verdict-open"),
        )
        for alarm, record in listed[:MOST_LOGGED]
        for when, kind, what in alarm_log.log_rows([alarm], words)
    ]
