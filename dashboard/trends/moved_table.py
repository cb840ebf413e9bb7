"""What moved a mean, as a table in words and as a document."""

from dataclasses import asdict
from typing import Any

from analysis.trends.moved import REST, Moved
from dashboard.trends import sentences
from dashboard.words.catalogue import Wording

MOST_ROWS = 8


def title(one: Moved, words: Wording) -> str:
    """Split by store and version."""
    change = words.signed(one.change, 2)
    by = words(f"trends-moved-by-{'-'.join(one.by)}", change=change)
    return words("trends-moved-by", by=by)


def note(one: Moved, words: Wording) -> str:
    """What the parts are parts of."""
    return words("trends-moved-note", change=words.signed(one.change, 2))


def columns(words: Wording) -> list[str]:
    """Group, what it did, how."""
    return [words(f"trends-column-{name}") for name in ("group", "moved", "why")]


def rows(one: Moved, words: Wording) -> list[tuple[str, str, str]]:
    """The largest parts in words; what is left out, as one row."""
    shown = [
        (
            sentences.group(part, one, words),
            words(
                "trends-moved-value",
                moved=words.signed(part.moved, 2),
                low=words.signed(part.low, 2),
                high=words.signed(part.high, 2),
            ),
            sentences.why(part, words),
        )
        for part in one.parts[:MOST_ROWS]
    ]
    rest = one.parts[MOST_ROWS:]
    if rest:
        left = words.signed(sum(part.moved for part in rest), 2)
        shown.append((words("trends-more", count=words.number(len(rest))), left, ""))
    return shown


def document(one: Moved) -> dict[str, Any]:
    """The same for scripts."""
    parts = [
        {
            **{name: value or None for name, value in zip(one.by, part.group, strict=False)},
            "joined": part.group == REST,
            "before": asdict(part.before),
            "after": asdict(part.after),
            "by_share": part.by_share,
            "by_mean": part.by_mean,
            "moved": part.moved,
            "low": part.low,
            "high": part.high,
        }
        for part in one.parts
    ]
    return {
        "measure": one.measure,
        "by": list(one.by),
        "before": asdict(one.before),
        "after": asdict(one.after),
        "change": one.change,
        "low": one.low,
        "high": one.high,
        "parts": parts,
    }
