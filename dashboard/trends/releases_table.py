"""Releases side by side, in words and as documents."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from analysis.trends.releases import ReleaseTrend
from collector.text.plain_text import plain
from collector.times import to_iso
from dashboard.words.catalogue import Wording

SURE = 0.95
COLUMNS = ("version", "released", "first", "mean", "sentiment", "share", "better")


def columns(words: Wording) -> list[str]:
    """The names of the columns."""
    return [words(f"trends-column-{name}") for name in COLUMNS]


def rows(found: Sequence[ReleaseTrend], words: Wording) -> list[tuple[str, ...]]:
    """A row for each release, the newest first."""
    return [
        (
            plain(one.version, 40),
            words.day(one.released_at),
            " · ".join(words.number(count) for count in one.reviews),
            words.number(one.stars, 1),
            words.signed(one.sentiment, 2),
            words.percent(one.share),
            verdict(one, words),
        )
        for one in found
    ]


def verdict(one: ReleaseTrend, words: Wording) -> str:
    """Better or worse than the release before, or too early to tell."""
    if one.before is None:
        return words("trends-release-first")
    if one.verdict is None:
        return words("trends-release-early")
    told = one.verdict
    way = "better" if told.better >= SURE else "worse" if told.better <= 1 - SURE else "open"
    return words(
        "trends-release-verdict",
        way=way,
        before=plain(one.before, 40),
        chance=words.percent(told.better),
        difference=words.signed(told.difference, 1),
        low=words.signed(told.low, 1),
        high=words.signed(told.high, 1),
    )


def document(one: ReleaseTrend) -> dict[str, Any]:
    """The same for scripts."""
    return asdict(one) | {"released_at": to_iso(one.released_at)}
