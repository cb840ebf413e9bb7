"""Joined runs say what the single ones said: coverage at any moment, counts, cost, status."""

import itertools
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import series
from collector.records import Outcome, RatingSnapshot, RunReport
from collector.store import Store, open_store
from collector.store.polls.run_compaction import KEPT_SINGLY, LEAST

START = datetime(2025, 1, 20, tzinfo=UTC)
HOUR = timedelta(hours=1)
COUNTER = itertools.count()
ENDED = timedelta(minutes=2)

# outcome, hours since the last run, hours that it looked back (None: covered nothing), to the end
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["ok"] * 6 + ["failed", "partial", "truncated", "suspect_empty"]),
        st.sampled_from([1, 1, 1, 2, 7, 300]),
        st.sampled_from([48, 48, 48, 1, 2, 500, None]),
        st.booleans(),
    ),
    min_size=LEAST,
    max_size=70,
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory, secret: bytes) -> Iterator[Store]:
    path = tmp_path_factory.mktemp("joining") / "store.db"
    with open_store(f"sqlite:///{path}", secret=secret) as opened:
        yield opened


def run(app: str, at: datetime, outcome: Outcome = "ok", **changes: Any) -> RunReport:
    given_ = {
        "covered_from": at - 2 * HOUR,
        "covered_to": at,
        "new": 1,
        "changed": 2,
        "seen": 40,
        "bad": 0,
        "requests": 3,
        "cost_usd": 0.25,
    }
    return RunReport(
        app=app,
        source="google_play",
        started_at=at,
        ended_at=at + ENDED,
        outcome=outcome,
        stop_reason=f"at {at:%d %H}",
        next_due_at=at + HOUR,
        **{**given_, **changes},
    )


def history(app: str, steps: list[tuple[Any, int, int | None, bool]]) -> list[RunReport]:
    at, made = START, []
    for outcome, hours, back, whole in steps:
        at += hours * HOUR
        span: dict[str, Any] = {"covered_from": None, "covered_to": None}
        if back is not None:
            upto = at if whole or outcome != "truncated" else at - HOUR
            span = {"covered_from": at - back * HOUR, "covered_to": max(upto, at - back * HOUR)}
        made.append(run(app, at, outcome, **span))
    return made


def missed(store: Store, app: str, as_of: datetime | None) -> tuple[list[Any], list[Any]]:
    found = series.coverage(store, app, as_of=as_of)
    return found.gaps.tolist(), found.truncated.tolist()


@settings(max_examples=20, deadline=None)
@given(STEPS, STEPS)
def test_nothing_that_is_asked_of_runs_changes(store: Store, one: Any, other: Any) -> None:
    app = f"app{next(COUNTER)}"
    made = history(app, one)
    for report in made:
        store.runs.write(report)
    for report in history(app, other):
        store.runs.write(
            RunReport(
                **{n: getattr(report, n) for n in RunReport.__slots__} | {"source": "app_store"}
            )
        )
    moments = [None, *(r.ended_at + d for r in made[::4] for d in (-ENDED, timedelta(), HOUR))]
    before = [missed(store, app, moment) for moment in moments]
    rows = store.runs.frame(app)
    latest = store.runs.latest(app)
    now = made[-1].started_at
    went = [
        store.runs.join_old(app, source, now)
        for source in ("google_play", "app_store", "app_store")
    ]
    assert [missed(store, app, moment) for moment in moments] == before
    after = store.runs.frame(app)
    assert len(after) == len(rows) - sum(went)
    names = ["runs", "new", "changed", "seen", "requests", "cost_usd"]
    for frame in (rows, after):
        frame["month"] = frame["started_at"].dt.strftime("%Y-%m")
    by = ["month", "source", "outcome"]
    assert (after.groupby(by)[names].sum() == rows.groupby(by)[names].sum()).all(axis=None)
    mine = store.runs.latest(app)["source"] == "google_play"
    assert store.runs.latest(app)[mine].equals(latest[mine])
    assert store.runs.join_old(app, "google_play", now) == 0, "once is enough"


def test_a_quiet_month_is_one_row_and_young_runs_stay(store: Store) -> None:
    for hour in range(24 * 60):
        store.runs.write(run("quiet", START + hour * HOUR), details={"a": 1})
    now = START + 60 * 24 * HOUR
    assert store.runs.join_old("quiet", "google_play", now) > 500
    rows = store.runs.frame("quiet")
    old = rows[rows["started_at"] < now - KEPT_SINGLY]
    assert old["runs"].tolist() == [12 * 24, 13 * 24]  # 20 to 31 January, then February
    first = old.iloc[0]
    assert (first["new"], first["requests"], first["cost_usd"]) == (288, 864, 72.0)
    assert first["covered_from"] == START - 2 * HOUR
    assert first["covered_to"] == datetime(2025, 1, 31, 23, tzinfo=UTC)
    assert (rows.loc[len(old) :, "runs"] == 1).all()
    assert len(rows) == len(old) + 24 * 35


def test_an_old_history_is_joined_in_bounded_parts(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("collector.store.polls.runs.MOST", 50)
    for hour in range(240):
        store.runs.write(run("parts", START + hour * HOUR))
    now = START + timedelta(days=90)
    went = [store.runs.join_old("parts", "google_play", now) for _ in range(6)]
    assert max(went) <= 50
    assert sum(went) >= 240 - 2 - LEAST
    assert store.runs.frame("parts")["runs"].sum() == 240


def test_unchanged_totals_keep_first_last_and_one_a_day(any_store: Store) -> None:
    def total(hour: int, count: int) -> RatingSnapshot:
        stars = {f"star_{n}": count for n in range(1, 6)}
        at = START + hour * HOUR
        return RatingSnapshot(
            app="a", source="app_store", country="us", at=at, average=3.0, count=count, **stars
        )

    counts = [5] * 30 + [6] * 3 + [5] * 2 + [7]
    for hour, count in enumerate(counts):
        any_store.timeline.poll_snapshots([total(hour, count)])
    kept = any_store.timeline.snapshots("a")
    hours = ((kept["at"] - START) / HOUR).astype(int).tolist()
    assert hours == [0, 24, 29, 30, 32, 33, 34, 35]
    assert kept["count"].tolist() == [5, 5, 5, 6, 6, 5, 5, 7]
    known = np.interp(range(len(counts)), hours, kept["count"])
    assert known.tolist() == counts, "what lies between can be told from what was kept"
