"""What to do in the next hour: a few neutral steps that fit the reading."""

from typing import Any

from dashboard.wording import Wording


def next_steps(incident: dict[str, Any], words: Wording) -> list[str]:
    """Check, read, agree on who speaks, the stores, and when to look again; in this order."""
    version = incident["cause"] == "release"
    signs = incident["coordination"] in ("some", "strong")
    open_ = incident["ended_at"] is None
    return [
        words("next-works-version" if version else "next-works"),
        words("next-read-signs" if signs else "next-read"),
        words("next-answer"),
        words("next-stores-signs" if signs else "next-stores"),
        words("next-look-open" if open_ else "next-look-over"),
    ]
