"""What came behind an incident's burst, and before it: its tail, its waves, whom it follows."""

from collections.abc import Iterator
from datetime import timedelta

from analysis.records import Incident
from analysis.swings.burst_end import LEAST_WAIT
from analysis.words import evidence
from analysis.words.incident import about_expected
from dashboard.words.catalogue import Wording

SOON = timedelta(microseconds=LEAST_WAIT)  # sooner it is told only of what has become the usual


def sentences(incident: Incident, words: Wording, smallest: int = 0) -> Iterator[str]:
    """Each a sentence of its own; none where there is nothing to tell."""
    if incident.follows_end_at is not None:
        yield words(
            "headline-follows", length=words.length(incident.onset_at - incident.follows_end_at)
        )
    if incident.waves > 1:
        yield words("headline-waves", count=incident.waves)
    if incident.tail_until is not None and incident.ended_at is not None:
        told = evidence.told_count(incident.tail_items, words, smallest)
        yield words(
            "headline-tail-runs" if incident.tail_running else "headline-tail",
            until=words.time(incident.tail_until),
            count=told if isinstance(told, str) else words.number(told),
            expected=about_expected(incident.tail_expected, words),
        )


def over(incident: Incident, words: Wording) -> str:
    """Since when it is over, and by what rule that was told."""
    end, told = incident.ended_at, incident.over_at
    if end is None or told is None or told <= end or incident.direction == "fewer":
        return words("state-over", end=words.time(end))
    if told - end < SOON:
        return words("state-over-usual", end=words.time(end))
    return words(
        "state-over-told",
        end=words.time(end),
        told=words.time(told),
        length=words.length(told - end),
    )
