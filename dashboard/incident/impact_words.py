"""What an incident costs in stars, in the reader's words."""

from datetime import timedelta
from typing import NamedTuple

from analysis.incidents.impact import Impact
from dashboard.words.catalogue import Wording
from dashboard.words.sources import source_name


class ImpactRow(NamedTuple):
    """One row of the table, in its columns' order."""

    shop: str
    before: str
    with_it: str
    without_it: str
    recovery: str


def rows(impacts: list[Impact], words: Wording, smallest: int = 0) -> list[ImpactRow]:
    """Stars before, with and without the excess of the incident, and the way back.

    Shops whose stars rest on fewer ratings than `smallest`, before it or in it, are left out.
    """
    return [
        ImpactRow(
            shop=_shop(i, words),
            before=words.number(i.stars_before, 2),
            with_it=words.number(i.stars_with, 2),
            without_it=words.number(i.stars_without, 2),
            recovery=_recovery(i, words),
        )
        for i in impacts
        if min(i.swing_ratings, i.ratings - i.swing_ratings) >= smallest
    ]


def sides(impacts: list[Impact], words: Wording) -> str:
    """Praise against complaints above expectation, and from when; empty of a one-sided swing."""
    found = next((i.sides for i in impacts if i.source == "all"), None)
    if found is None:
        return ""
    return words(
        "impact-sides",
        high=round(found.high),
        high_from=words.time(found.high_from),
        low=round(found.low),
        low_from=words.time(found.low_from),
    )


def _shop(impact: Impact, words: Wording) -> str:
    if impact.source == "all":
        return words("impact-all")
    name = source_name(impact.source, words)
    return name if impact.country == "all" else f"{name} · {impact.country.upper()}"


def _recovery(impact: Impact, words: Wording) -> str:
    days = impact.recovery_days
    if days is None:
        return words("recovery-never")
    if days == 0:
        return words("recovery-now")

    def length(value: float | None) -> str:
        return "∞" if value is None else words.length(timedelta(days=value))

    low, high = length(impact.recovery_low), length(impact.recovery_high)
    if low == high:
        return words("recovery-days-alike", days=length(days))
    return words("recovery-days", days=length(days), low=low, high=high)
