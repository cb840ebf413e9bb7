"""FloodBench: its file says what the streams say, its rules look at nothing later."""

from pathlib import Path

import numpy as np
import pytest

from analysis.research.quiet_streams import arrivals
from analysis.swings import History
from analysis.swings.history import DAY, HOUR
from benchmarks.detection.methods import ours
from benchmarks.detection.real_histories import AppCase, Span
from benchmarks.floodbench import data
from benchmarks.floodbench.__main__ import entrants, judged, named, shown

FIRST, DAYS, LATE = 18_000, 160, 110


def case() -> AppCase:
    """A quiet app with a flood on one day."""
    rng = np.random.default_rng(4)
    low = arrivals(rng, 1.5, 0.2, FIRST, DAYS)
    flood = (FIRST + LATE) * DAY + np.sort(rng.integers(9 * HOUR, 15 * HOUR, 60))
    high = arrivals(rng, 4, 0.2, FIRST, DAYS)
    at = np.concatenate([low, flood, high])
    stars = np.repeat([1, 1, 5], [len(low), len(flood), len(high)]).astype(np.int8)
    order = np.argsort(at, kind="stable")
    none = np.zeros(len(at), np.int16), np.zeros(len(at), dtype=bool)
    gaps = np.array([[(FIRST + 20) * DAY, (FIRST + 21) * DAY]])
    onset = (FIRST + LATE) * DAY
    return AppCase(
        app="an-app",
        history=History(at[order], stars[order], *none, ("store",), gaps, gaps[:0]),
        events=(Span("an-app", "flood", onset, onset + DAY, "negative", False, False),),
        quiet=(Span("an-app", "before", FIRST * DAY, onset - DAY, "", False, False),),
        resolution_s=1,
    )


def test_the_file_has_the_counts_the_spans_and_no_more(tmp_path: Path) -> None:
    made, path = case(), tmp_path / "one.zip"
    data.write([made], path)
    (found,) = data.read(path)
    seen = made.history.until(int(made.history.at[-1]))
    assert (np.sort(found.history.at // HOUR) == np.sort(seen.at // HOUR)).all()
    assert np.bincount(found.history.stars).tolist() == np.bincount(seen.stars).tolist()
    assert (found.history.gaps == made.history.gaps).all()
    assert (found.events, found.quiet, found.resolution_s) == (made.events, made.quiet, 1)
    again = tmp_path / "two.zip"
    data.write([made], again)
    assert again.read_bytes() == path.read_bytes()


def test_twenty_rules_or_more_enter_beside_ours() -> None:
    assert len(list(entrants([]))) >= 20


@pytest.mark.parametrize(("name", "rule"), [(n, r) for n, r, _ in entrants([])])
def test_no_score_rests_on_anything_later(name: str, rule: object) -> None:
    assert callable(rule)
    times = arrivals(np.random.default_rng(1), 2.0, 0.3, FIRST, DAYS)
    flood = (FIRST + LATE) * DAY + np.arange(1, 200) * HOUR // 10
    more = np.sort(np.concatenate([times, flood]))
    before, after = rule(times, FIRST, DAYS), rule(more, FIRST, DAYS)
    early = [at <= (FIRST + LATE) * DAY for at, _ in (before, after)]
    assert early[0].any()
    assert (before[0][early[0]] == after[0][early[1]]).all()
    assert np.allclose(before[1][early[0]], after[1][early[1]])
    assert after[1].max() > before[1].max()  # and the flood is seen


def test_a_flood_that_is_caught_stands_in_the_table() -> None:
    row = judged("ours", [case()], {"an-app": ours(case().history)}, None)
    assert (row["caught"], row["events"], row["quiet"]) == (1, 1, 0)
    assert "| ours | 1 of 1 |" in shown([row])


def test_a_detector_that_cannot_enter_is_named() -> None:
    with pytest.raises(SystemExit, match="cannot be loaded"):
        named("no_such_module:Detector")
    with pytest.raises(SystemExit, match=r"is no floodgauge\.Detector"):
        named("builtins:dict")
