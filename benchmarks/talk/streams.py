"""The shared streams of posts, with their storms and quiet spans. Never shown, never copied."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.sentiment import reader
from analysis.talk.said import of_rows
from analysis.talk.voices import Said
from collector.store.reading.unrated import Unrated
from collector.times import to_us

FOLDER = Path("social/streams")
JUDGED = ("envagency-2020-21", "sicepat", "stocknet/", "tracetogether")  # with texts, over weeks
HAND_PICKED = ("tracetogether",)  # threads chosen by hand: nothing outside its storms can be told


@dataclass(frozen=True, slots=True)
class Storm:
    """A labelled event, or a quiet span."""

    name: str
    onset: int
    end: int
    direction: str | None
    quiet: bool


@dataclass(frozen=True, slots=True)
class Stream:
    """posts: all that may be looked at, in order of time; rows: the same with texts."""

    name: str
    posts: Said
    rows: list[Unrated]
    storms: list[Storm]

    @property
    def first_day(self) -> int:
        """Of the posts, days since 1970."""
        return int(self.posts.at[0] // 86_400_000_000)


def streams(data: Path) -> Iterator[Stream]:
    """The streams with texts and strong labels on what people say themselves (`core`)."""
    labels = json.loads((data / FOLDER / "events.json").read_text("utf-8"))
    by_file: dict[str, list[dict[str, Any]]] = {}
    for label in labels:
        strong = label.get("rows") == "core" and label.get("strength") == "strong"
        if label["file"].startswith(JUDGED) and (strong or label["kind"] == "control"):
            by_file.setdefault(label["file"], []).append(label)
    for file, found in sorted(by_file.items()):
        rows = _rows(pd.read_parquet(data / FOLDER / f"{file}.parquet"))
        yield Stream(file, of_rows(rows), rows, [_storm(one) for one in found])


def _rows(frame: pd.DataFrame) -> list[Unrated]:
    frame = frame[frame["core"].astype(bool)].sort_values("created_at", kind="stable")
    texts = frame["text"].fillna("").tolist()
    distinct = sorted(set(texts))
    scored = reader.score(distinct, [None] * len(distinct))
    score = dict(zip(distinct, scored.tolist(), strict=True))
    at: NDArray[np.int64] = frame["created_at"].dt.as_unit("us").astype("int64").to_numpy()
    authors = frame["author"].astype(object).where(frame["author"].notna(), None).tolist()
    return [
        Unrated(t, network, who, text, None, None if score[text] != score[text] else score[text])
        for t, network, who, text in zip(
            at.tolist(), frame["network"].astype(str), authors, texts, strict=True
        )
    ]


def _storm(label: dict[str, Any]) -> Storm:
    onset, end = (to_us(datetime.fromisoformat(label[n])) for n in ("onset_utc", "end_utc"))
    return Storm(label["name"], onset, end, label["direction"], label["kind"] == "control")
