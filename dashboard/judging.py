"""The alarm log against what people made of it, and against the budget of false alarms. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from dashboard import brief
from dashboard.phrasing import as_time
from dashboard.wording import MISSING, Wording

YEAR = timedelta(days=365.25)
MOST_LOGGED = 200


@dataclass(frozen=True, slots=True)
class Record:
    """One app's alarms. verdicts: incident id -> what people said of it, the last word counts."""

    app: str
    years: float
    alarms: list[dict[str, Any]]
    verdicts: dict[str, str]

    def judged(self, verdict: str) -> int:
        """Incidents with this verdict."""
        return sum(v == verdict for i, v in self.verdicts.items() if i in self.opened)

    @property
    def opened(self) -> set[str]:
        """Incidents whose alarm sounded."""
        return {a["incident"] for a in self.alarms if a["kind"] == "opened"}


def years(first: datetime, last: datetime) -> float:
    """Length of a history."""
    return (last - first) / YEAR


def sentence(found: list[Record], budget: float, words: Wording) -> str:
    """What was achieved against what was allowed."""
    span = sum(r.years for r in found)
    opened = sum(len(r.opened) for r in found)
    mistaken = sum(r.judged("mistaken") for r in found)
    judged = mistaken + sum(r.judged("right") for r in found)
    rate = words.number(mistaken / span, 2) if span and judged else MISSING
    return words(
        "wrong-sentence",
        alarms=opened,
        years=words.number(span, 1),
        judged=judged,
        mistaken=mistaken,
        rate=rate,
        budget=words.number(budget, 2),
    )


def rows(found: list[Record], names: dict[str, str], words: Wording) -> list[tuple[str, ...]]:
    """App, years watched, alarms, right, mistaken, not judged."""
    return [
        (
            names[r.app],
            words.number(r.years, 1),
            words.number(len(r.opened)),
            words.number(r.judged("right")),
            words.number(r.judged("mistaken")),
            words.number(len(r.opened) - r.judged("right") - r.judged("mistaken")),
        )
        for r in found
    ]


def log(found: list[Record], names: dict[str, str], words: Wording) -> list[tuple[str, ...]]:
    """Every alarm of every app, newest first: when, app, kind, what, verdict."""
    listed = [(alarm, record) for record in found for alarm in record.alarms]
    listed.sort(key=lambda entry: as_time(entry[0]["at"]), reverse=True)
    return [
        (
            when,
            names[record.app],
            kind,
            what,
            words(f"verdict-{record.verdicts[alarm['incident']]}")
            if alarm["incident"] in record.verdicts
            else words("verdict-open"),
        )
        for alarm, record in listed[:MOST_LOGGED]
        for when, kind, what in brief.log_rows([alarm], words)
    ]
