"""The detector on the shared real histories, with default settings."""

from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.swings import History, detect


def history_of(path: Path) -> History:
    frame = pd.read_parquet(path, columns=["source", "rating", "created_at"])
    codes, names = pd.factorize(frame["source"])
    none = np.empty((0, 2), dtype=np.int64)
    return History(
        at=frame["created_at"].dt.as_unit("us").astype("int64").to_numpy(),
        stars=frame["rating"].round().astype("int8").to_numpy(),
        source=codes.astype(np.int16),
        is_post=np.zeros(len(frame), dtype=bool),
        sources=tuple(names),
        gaps=none,
        truncated=none,
    )


def test_coordinated_negative_wave_is_alarmed_early(shared_data: Path) -> None:
    history = history_of(shared_data / "reviews" / "trump2020-ios-us.parquet")
    found = detect(history, now=int(history.at[-1]))
    during = [
        s
        for s in found
        if s.direction == "negative"
        and (s.ended_at is None or s.ended_at > datetime(2020, 6, 9, tzinfo=UTC))
    ]
    assert len(during) == 1
    assert during[0].alarmed_at < datetime(2020, 6, 4, tzinfo=UTC)
    assert during[0].escalations


def test_busy_ordinary_weeks_give_no_swing(shared_data: Path) -> None:
    history = history_of(shared_data / "reviews" / "umang-play-in.parquet")
    assert detect(history, now=int(history.at[-1])) == []


def test_history_that_begins_inside_its_event(shared_data: Path) -> None:
    history = history_of(shared_data / "reviews" / "mypertamina-play-id.parquet")
    found = detect(history, now=int(history.at[-1]))
    assert all(s.alarmed_at >= s.onset_at for s in found)
