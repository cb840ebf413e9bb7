"""The shared real histories with their dated events and quiet spans."""

import json
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.swings import History
from analysis.swings.history import DAY

NOT_SERIES = "steam-labelled-reviewbombs"  # sampled inside its events
US = 1_000_000


@dataclass(frozen=True, slots=True)
class Span:
    """An event or a quiet span of an app; times in microseconds, end exclusive.

    weak: near the noise, as the note says. censored: no measurable onset or end.
    """

    app: str
    name: str
    onset: int
    end: int
    direction: str
    weak: bool
    censored: bool

    @property
    def years(self) -> float:
        """Length."""
        return (self.end - self.onset) / (365.25 * DAY)


@dataclass(frozen=True, slots=True)
class AppCase:
    """One real app. resolution_s: 1 where times are to the second, 86,400 where only dates."""

    app: str
    history: History
    events: tuple[Span, ...]
    quiet: tuple[Span, ...]
    resolution_s: int


def clean(case: AppCase) -> list[Span]:
    """Negative events with a measurable onset that are not near the noise."""
    return [e for e in case.events if e.direction == "negative" and not e.weak and not e.censored]


def load(data: Path) -> list[AppCase]:
    """Every app of ../shared/data/reviews that is a time series, with what is known of it."""
    spans = json.loads((data / "events.json").read_text("utf-8"))
    covered = pd.read_csv(data / "reviews" / "civic-covid-apps-2020.coverage.csv")
    cases = []
    for path in sorted((data / "reviews").glob("*.parquet")):
        if path.stem == NOT_SERIES:
            continue
        frame = pd.read_parquet(path, columns=["source", "app_id", "rating", "created_at"])
        for app, rows in frame.groupby("app_id"):
            known = [s for s in spans if s["file"].startswith(path.stem) and s["app_id"] == app]
            gaps = _gaps(covered[covered["app_id"] == app]) if path.stem.startswith("civic") else []
            cases.append(_case(f"{path.stem}:{app}", rows, known, gaps))
    return cases


def _case(
    app: str, rows: pd.DataFrame, known: list[dict[str, str]], gaps: list[list[int]]
) -> AppCase:
    rows = rows.sort_values("created_at", kind="stable")
    codes, names = pd.factorize(rows["source"].astype(str))
    at = rows["created_at"].dt.as_unit("us").astype("int64").to_numpy()
    history = History(
        at=at,
        stars=rows["rating"].round().fillna(0).astype("int8").to_numpy(),
        source=codes.astype(np.int16),
        is_post=np.zeros(len(rows), dtype=bool),
        sources=tuple(str(name) for name in names),
        gaps=np.array(gaps, dtype=np.int64).reshape(-1, 2),
        truncated=np.empty((0, 2), dtype=np.int64),
    )
    return AppCase(
        app=app,
        history=history,
        events=tuple(_span(app, s) for s in known if s["kind"] == "event"),
        quiet=tuple(_span(app, s) for s in known if s["kind"] == "control"),
        resolution_s=86_400 if (at % DAY == 0).mean() > 0.5 else 1,
    )


def _span(app: str, row: dict[str, str]) -> Span:
    note = row["note"] or ""
    return Span(
        app=app,
        name=row["name"],
        onset=_us(row["onset_utc"]),
        end=_us(row["end_utc"]),
        direction=row["direction"] or "",
        weak="Weak" in note or "eak." in note,
        censored="LEFT-" in note,
    )


def _gaps(covered: pd.DataFrame) -> list[list[int]]:
    """Between and outside the covered intervals nobody looked."""
    edges = sorted(
        (_us(a), _us(b))
        for a, b in zip(covered["covered_from"], covered["covered_to"], strict=True)
    )
    if not edges:
        return []
    gaps = [[-(2**60), edges[0][0]]]
    gaps += [[a[1] + US, b[0]] for a, b in pairwise(edges) if b[0] > a[1] + US]
    return [*gaps, [edges[-1][1] + US, 2**60]]


def _us(moment: str) -> int:
    return int(pd.to_datetime(moment, utc=True).as_unit("us").asm8.astype("int64"))
