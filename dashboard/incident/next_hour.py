"""What to do in the next hour: a few neutral steps that fit the reading."""

from collections.abc import Sequence

from analysis.records import Incident
from dashboard.words.catalogue import Wording


def is_continued(incident: Incident, others: Sequence[Incident]) -> bool:
    """Whether a person split off what came later. others: the app's incidents."""
    return any(
        one.split_from in (incident.id, incident.split_from or incident.id)
        and one.onset_at > incident.onset_at
        for one in others
        if one.split_from
    )


def next_steps(incident: Incident, words: Wording, continued: bool = False) -> list[str]:
    """Check, read, agree on who speaks, the shops, and when to look again; in this order.

    continued: a person split off what came later, so that its end is none. Praise is no emergency:
    read, ask whether it was asked for, thank.
    """
    if incident.direction == "positive":
        return _after_praise(incident, words, continued)
    if incident.direction == "fewer":
        return [
            words("next-fewer-ask"),
            words("next-fewer-store"),
            words("next-fewer-read"),
            words(_look(incident, continued) or "next-look-open"),
        ]
    if incident.where == "social":
        return [
            words("next-works"),
            words("next-talk-read"),
            words("next-talk-answer"),
            words("next-talk-stores"),
            words(_look(incident, continued) or "next-look-open"),
        ]
    version = incident.cause == "release"
    signs = _signs(incident)
    return [
        words("next-works-version" if version else "next-works"),
        words("next-read-signs" if signs else "next-read"),
        words("next-answer"),
        words("next-stores-signs" if signs else "next-stores"),
        words(_look(incident, continued) or "next-look-open"),
    ]


def _after_praise(incident: Incident, words: Wording, continued: bool) -> list[str]:
    signs = _signs(incident)
    return [
        words("next-praise-calm-signs" if signs else "next-praise-calm"),
        words("next-praise-promotion"),
        words("next-praise-thank"),
        *([words("next-praise-stores")] if signs else []),
        words(_look(incident, continued) or "next-praise-look"),
    ]


def _signs(incident: Incident) -> bool:
    return incident.coordination in ("some", "strong")


def _look(incident: Incident, continued: bool) -> str | None:
    """What is said of when to look again; None while it goes on, or may."""
    if continued:
        return "next-look-continued"
    over = incident.ended_at is not None and incident.unseen_since is None
    return "next-look-over" if over else None
