"""What is remembered of a part of a source between runs, and what one walk of it gave."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from collector.records import Outcome
from collector.sources import Part

_TIMES = (
    "newest",
    "walked_at",
    "to_end_at",
    "oldest",
    "whole_from",
    "whole_at",
    "confirm_at",
    "gone_from",
    "gone_unseen_since",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Times and the source's own state; never page numbers or tokens, they do not last.

    newest: newest time that a finished walk covered: the high-water mark.
    walked_at: start of the last finished walk. to_end_at: of the last that ignored the mark.
    oldest: oldest time seen by a walk that reached the end of the list.
    whole_from, whole_at: lower end and start of the last walk that saw every item above its end.
    confirm_at: start of a walk to the end that the next run repeats, since pages may have shifted.
    gone_from, gone_unseen_since: that walk's judgement on removals, as in PartResult; applied again
    at the next start in case the process ended before it was.
    """

    newest: datetime | None = None
    walked_at: datetime | None = None
    to_end_at: datetime | None = None
    oldest: datetime | None = None
    whole_from: datetime | None = None
    whole_at: datetime | None = None
    confirm_at: datetime | None = None
    gone_from: datetime | None = None
    gone_unseen_since: datetime | None = None
    state: Mapping[str, str] = field(default_factory=dict)

    def dump(self) -> str:
        """As the store keeps it: JSON."""
        times = {n: t.isoformat() for n in _TIMES if (t := getattr(self, n)) is not None}
        return json.dumps({**times, "state": dict(self.state)}, sort_keys=True)

    @classmethod
    def load(cls, value: str | None) -> "Mark":
        """From the store; None is a part that was never walked."""
        if value is None:
            return cls()
        kept = json.loads(value)
        times = {n: datetime.fromisoformat(kept[n]) for n in _TIMES if n in kept}
        return cls(**times, state=kept.get("state", {}))


@dataclass(slots=True, kw_only=True)
class PartResult:
    """What came of one part; filled while its walk goes on.

    covered_from, covered_to: the span that was read completely, None while there is none.
    gone_from, gone_unseen_since: items published from the one on and not seen since the other were
    removed by the platform; None where the walk cannot tell.
    share_new: part of the walk's capacity (pages x rows) that was new.
    elapsed: since the last finished walk. had_mark: whether there was one.
    """

    part: Part
    outcome: Outcome = "failed"
    stop_reason: str = ""
    error: Exception | None = None
    covered_from: datetime | None = None
    covered_to: datetime | None = None
    gone_from: datetime | None = None
    gone_unseen_since: datetime | None = None
    gone: int = 0
    pages: int = 0
    new: int = 0
    changed: int = 0
    seen: int = 0
    bad: int = 0
    cost_usd: float = 0.0
    share_new: float = 0.0
    elapsed: timedelta | None = None
    had_mark: bool = False

    def details(self) -> dict[str, Any]:
        """For the run's record: plain values."""
        names = ("outcome", "stop_reason", "pages", "new", "changed", "seen", "bad", "gone")
        span = {n: t.isoformat() for n in ("covered_from", "covered_to") if (t := getattr(self, n))}
        return {n: getattr(self, n) for n in names} | span
