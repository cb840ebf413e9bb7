"""What happened around an incident: releases, news and statements, and what people decided."""

from dataclasses import dataclass, replace
from datetime import datetime

import pandas as pd

from analysis.incidents import removals
from analysis.records import Removal
from collector.store import Store


@dataclass(frozen=True, slots=True)
class Around:
    """Frames of Release, ContextEvent and StoredDecision; waves of reviews that vanished."""

    releases: pd.DataFrame
    context: pd.DataFrame
    decisions: pd.DataFrame
    removals: tuple[Removal, ...] = ()

    def public(self) -> "Around":
        """The same without what people noted, which stays inside."""
        return replace(self, decisions=self.decisions.iloc[:0])


def around(store: Store, app: str, since: datetime, until: datetime) -> Around:
    """What happened in a span."""
    return Around(
        _within(store.timeline.releases(app), "released_at", since, until),
        _within(store.timeline.context(app), "at", since, until),
        _within(store.decisions.frame(app), "at", since, until),
        tuple(
            wave.removal
            for wave in removals.waves(store, app, until)
            if since <= wave.removal.at <= until
        ),
    )


def _within(frame: pd.DataFrame, column: str, since: datetime, until: datetime) -> pd.DataFrame:
    low, high = pd.Timestamp(since), pd.Timestamp(until)
    return frame[(frame[column] >= low) & (frame[column] <= high)].reset_index(drop=True)
