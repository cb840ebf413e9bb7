"""Signals, what could not be tested, and phrases of an incident, as rows of tables."""

from typing import NamedTuple

from analysis.records import Incident
from analysis.words import evidence as evidence_words
from collector.text.plain_text import plain
from dashboard.words.catalogue import Wording


class EvidenceRow(NamedTuple):
    """One row of the evidence table, in its columns' order."""

    signal: str
    finding: str
    value: str
    baseline: str
    chance: str
    speaks_for: str


def evidence_rows(incident: Incident, words: Wording, smallest: int = 0) -> list[EvidenceRow]:
    """The evidence table: what was measured; signals that speak for something first."""
    ranked = sorted(
        (e for e in incident.evidence if e.value is not None),
        key=lambda e: (
            e.speaks_for is None,
            e.p_value is None,
            0.0 if e.p_value is None else e.p_value,
        ),
    )
    return [
        EvidenceRow(
            signal=signal_name(e.signal, words),
            finding=evidence_words.finding(e, words, smallest, incident.items),
            value=evidence_words.measure(e, "value", words, smallest, incident.items),
            baseline=evidence_words.measure(e, "baseline", words, smallest),
            chance=words.chance(e.p_value),
            speaks_for=_speaks_for(e.speaks_for, words),
        )
        for e in ranked
    ]


def untested_rows(incident: Incident, words: Wording, smallest: int = 0) -> list[str]:
    """What could not be measured, one line a reason. No count of people below `smallest`."""
    reasons: dict[str, list[str]] = {}
    for e in incident.evidence:
        if e.value is None:
            named = reasons.setdefault(evidence_words.finding(e, words, smallest), [])
            named.append(signal_name(e.signal, words))
    return [f"{words.listing(names)}: {reason}" for reason, names in reasons.items()]


def signal_name(signal: str, words: Wording) -> str:
    """The signal in plain words; its own name where it was plugged in from elsewhere."""
    return words.known(f"signal-{signal}", plain(signal.replace("_", " "), 60))


def phrase_rows(incident: Incident, words: Wording) -> list[tuple[str, str, str, str]]:
    """Distinctive phrases: phrase, items, authors, items before."""
    return [
        (
            plain(p.phrase, 80),
            words.number(p.items),
            words.number(p.authors),
            words.number(p.before_items),
        )
        for p in incident.phrases
    ]


def _speaks_for(cause: str | None, words: Wording) -> str:
    if cause is None:
        return words("speaks-nothing")
    if cause == "coordination":
        return words("speaks-coordination")
    return words.known(f"cause-{cause}", plain(cause, 60))
