"""Windows of the shared evaluation data: known events, and quiet spans where nothing is known.

The data lie outside the repository, by default in ../shared/data.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from pandas import DataFrame

from analysis.evidence import Window
from analysis.records import Swing
from analysis.scored_items import ScoredItem
from collector.record_frames import columns, empty_frame
from collector.records import ContextEvent, Item, RatingSnapshot, Release

SHARED_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
REFERENCE = timedelta(days=540)
UNTIMED = ("steam-labelled-reviewbombs",)  # sampled inside the event: no before
SAME_APP = {"id-publicservice-3apps:com.dafturn.mypertamina": "com.dafturn.mypertamina"}


@dataclass(frozen=True, slots=True)
class Labelled:
    """One event of events.json with its window; `app` is the unit that is left out."""

    app: str
    file: str
    character: str
    certainty: str
    direction: str
    window: Window


def load_reviews(data: Path, file: str) -> DataFrame:
    """Reviews of one file with the columns of ScoredItem, oldest first."""
    raw = pd.read_parquet(data / "reviews" / f"{file}.parquet").reset_index(drop=True)
    raw["app_id"] = raw["app_id"].str.split(" | ", regex=False).str[0]
    given = {
        "app": raw["app_id"],
        "source": raw["source"],
        "item_id": raw["review_id"].fillna("").astype(str) + ":" + raw.index.astype(str),
        "kind": "review",
        "author_key": raw["author"],
        **dict.fromkeys(("created_at", "arrived_at", "first_seen", "last_seen"), raw["created_at"]),
        **{
            name: raw[name]
            for name in (
                "rating",
                "title",
                "text",
                "version",
                "country",
                "lang",
                "thumbs_up",
                "reply_text",
                "reply_at",
            )
        },
    }
    frame = DataFrame({c.name: given.get(c.name) for c in columns(ScoredItem)}, index=raw.index)
    return frame.astype({c.name: c.dtype for c in columns(ScoredItem)}).sort_values(
        "created_at", kind="stable", ignore_index=True
    )


def events(data: Path) -> list[dict[str, Any]]:
    """The records of events.json."""
    found: list[dict[str, Any]] = json.loads((data / "events.json").read_text("utf-8"))
    return found


def labelled_windows(data: Path, *, untimed: bool = False) -> Iterator[Labelled]:
    """Every event of events.json as a window with the reference that it would have had."""
    every = events(data)
    for file in dict.fromkeys(e["file"] for e in every):
        if file in UNTIMED and not untimed:
            continue
        reviews = load_reviews(data, file)
        for event in every:
            if event["file"] != file or event["kind"] != "event":
                continue
            app = event["app_id"]
            own = _own(reviews, app)
            others = [
                _span(e) for e in every if e["kind"] == "event" and _same(e, event) and e != event
            ]
            onset, end = _span(event)
            direction = event["direction"]
            yield Labelled(
                SAME_APP.get(f"{file}:{app}", app),
                file,
                event["character"],
                event["certainty"],
                direction,
                make_window(app, own, onset, end, direction, others),
            )


def quiet_windows(data: Path, count: int, seed: int = 5) -> Iterator[Window]:
    """Pseudo-swings in the control spans: 15 to 150 reviews in a row at a random place."""
    every = events(data)
    controls = [e for e in every if e["kind"] == "control"]
    rng = np.random.default_rng(seed)
    frames: dict[str, DataFrame] = {}
    per_span = -(-count // len(controls))
    made = 0
    for control in controls:
        file = control["file"]
        if file not in frames:
            frames = {file: load_reviews(data, file)}
        own = _own(frames[file], control["app_id"])
        others = [_span(e) for e in every if e["kind"] == "event" and _same(e, control)]
        onset, end = _span(control)
        inside = np.flatnonzero((own["created_at"] >= onset) & (own["created_at"] < end))
        if inside.size < 120:
            continue
        for _ in range(per_span):
            size = int(rng.integers(15, 151))
            direction = ("negative", "positive", "mixed")[int(rng.integers(3))]
            start = int(
                rng.integers(inside.size // 3, max(inside.size - size, inside.size // 3 + 1))
            )
            rows = own.iloc[inside[start : start + size]]
            if len(rows) < 10 or made >= count:
                continue
            first, last = rows["created_at"].iloc[0], rows["created_at"].iloc[-1]
            made += 1
            yield make_window(
                control["app_id"], own, first, last + timedelta(microseconds=1), direction, others
            )


def make_window(
    app: str,
    reviews: DataFrame,
    onset: datetime,
    end: datetime,
    direction: Any,
    others: list[tuple[datetime, datetime]],
) -> Window:
    """The window that the system would build for a swing of these reviews."""
    at = reviews["created_at"]
    items = reviews[(at >= onset) & (at < end)]
    quiet = (at < onset) & (at >= onset - REFERENCE)
    for first, last in others:
        quiet &= ~((at >= first) & (at < last))
    before = reviews[quiet]
    matching = _matching(items, direction)
    days = max((onset - before["created_at"].min()).days, 1) if len(before) else 1
    expected = len(_matching(before, direction)) / days * (end - onset).total_seconds() / 86400
    swing = Swing(
        direction=direction,
        onset_at=onset,
        alarmed_at=onset,
        peak_at=onset,
        ended_at=end,
        closed_at=end,
        items=len(matching),
        expected_items=expected,
        recurrence_days=1800.0,
        escalations=(),
        detector="count",
        window_hours=24.0,
        launch=len(before) < 10,
    )
    return Window(
        app=app,
        swing=swing,
        items=items,
        before=before,
        posts=empty_frame(Item),
        context=empty_frame(ContextEvent),
        releases=empty_frame(Release),
        snapshots=empty_frame(RatingSnapshot),
        names=(app,),
        now=end,
    )


def _matching(reviews: DataFrame, direction: str) -> DataFrame:
    if direction == "negative":
        return reviews[reviews["rating"] <= 2]
    if direction == "positive":
        return reviews[reviews["rating"] >= 4]
    return reviews


def _span(event: dict[str, Any]) -> tuple[datetime, datetime]:
    return datetime.fromisoformat(event["onset_utc"]), datetime.fromisoformat(event["end_utc"])


def _same(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return bool(one["file"] == other["file"] and one["app_id"] == other["app_id"])


def _own(reviews: DataFrame, app: str) -> DataFrame:
    own = reviews[reviews["app"] == app]
    if len(own) == 0 and reviews["app"].nunique() == 1:
        return reviews
    return own


def without_events(
    reviews: DataFrame, every: list[dict[str, Any]], file: str, app: str, *, single: bool
) -> DataFrame:
    """Reviews of one app outside its listed events; `single`: the file has no other app."""
    at = reviews["created_at"]
    keep = at.notna()
    for event in every:
        if (
            event["kind"] == "event"
            and event["file"] == file
            and (single or event["app_id"] == app)
        ):
            first, last = _span(event)
            keep &= ~((at >= first) & (at < last))
    return reviews[keep]
