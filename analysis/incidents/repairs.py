"""Which complaints a wave of praise takes back: the incident of the fault, and its end."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pandas as pd

from analysis.incidents.merge_split import Event
from analysis.records import Incident
from collector.store import Store
from collector.times import INSTANT

PART = 1 / 3  # of those who took back what they had said, said in the one incident
SOON = timedelta(hours=1)  # after the last improbable arrival
KEY = ["source", "item_id"]


def linked(
    store: Store, app: str, made: Sequence[tuple[Incident, Event]], until: datetime
) -> list[Incident]:
    """The incidents, with each repair and the incident whose complaints it takes back naming each
    other; `until`: the last moment that is looked at."""
    repairs: dict[str, str] = {}
    complaints = [(i, e) for i, e in made if i.direction in ("negative", "mixed")]
    for incident, event in made:
        if incident.cause == "repair":
            fault = _fault(store, app, event, complaints, until)
            if fault is not None:
                repairs[incident.id] = fault
    ends = {fault: repair for repair, fault in sorted(repairs.items(), reverse=True)}
    return [
        replace(one, repairs=repairs.get(one.id), repaired_by=ends.get(one.id)) for one, _ in made
    ]


def _fault(
    store: Store,
    app: str,
    event: Event,
    complaints: Sequence[tuple[Incident, Event]],
    until: datetime,
) -> str | None:
    """Id of the incident in which most of those had complained who now give more stars."""
    swing = event.swing
    end = min(swing.ended_at or until, until)
    now = store.items.frame(app, since=swing.onset_at, until=end + INSTANT, kind="review")
    raised = now[now["rating"] > now["rating_before"]]
    if raised.empty:
        return None
    versions = store.items.versions(app, raised["item_id"].tolist())
    before = versions[versions["created_at"] < pd.Timestamp(swing.onset_at)]
    before = before.drop_duplicates(KEY, keep="last").merge(raised[KEY].drop_duplicates(), on=KEY)
    said = before.loc[before["rating"] < 3.5, "created_at"]
    found = [
        (int(said.between(fault.onset_at, _end(fault, until)).sum()), fault.id)
        for fault, _ in complaints
        if fault.onset_at < swing.onset_at
    ]
    most, name = max(found, default=(0, ""))
    return name if most and most >= PART * len(said) else None


def _end(fault: Incident, until: datetime) -> datetime:
    return until if fault.ended_at is None else fault.ended_at + SOON
