"""What to do in the next hour: a few neutral steps that fit the reading."""

from collections.abc import Sequence
from typing import Any

from dashboard.wording import Wording


def is_continued(incident: dict[str, Any], others: Sequence[dict[str, Any]]) -> bool:
    """Whether a person split off what came later. others: the app's incidents."""
    return any(
        one["split_from"] in (incident["id"], incident["split_from"] or incident["id"])
        and one["onset_at"] > incident["onset_at"]
        for one in others
        if one["split_from"]
    )


def next_steps(incident: dict[str, Any], words: Wording, continued: bool = False) -> list[str]:
    """Check, read, agree on who speaks, the stores, and when to look again; in this order.

    continued: a person split off what came later, so that its end is none.
    """
    version = incident["cause"] == "release"
    signs = incident["coordination"] in ("some", "strong")
    look = "open" if incident["ended_at"] is None else "over"
    return [
        words("next-works-version" if version else "next-works"),
        words("next-read-signs" if signs else "next-read"),
        words("next-answer"),
        words("next-stores-signs" if signs else "next-stores"),
        words("next-look-continued" if continued else f"next-look-{look}"),
    ]
