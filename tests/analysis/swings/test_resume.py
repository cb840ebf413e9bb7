"""Continuing from a checkpoint ends in exactly what a rebuild gives."""

import sys
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.swings import History, advance, detect, needed_from, state
from analysis.swings.history import DAY, HOUR
from tests.analysis.swings.builders import START, arrivals, flood, history
from tests.examples import examples


def since(h: History, moment: int, until: int) -> History:
    kept = (h.at >= moment) & (h.at <= until)
    return replace(
        h,
        at=h.at[kept],
        stars=h.stars[kept],
        source=h.source[kept],
        is_post=h.is_post[kept],
        ratings=h.ratings[(h.ratings >= moment) & (h.ratings <= until)],
    )


def eventful(seed: int) -> History:
    rng = np.random.default_rng(seed)
    parts = [(arrivals(rng, 2, 160), 1), (arrivals(rng, 3, 160), 5), (arrivals(rng, 1, 160), 3)]
    for day in rng.integers(60, 150, 3):
        size = int(rng.integers(5, 150))
        parts.append(
            (
                flood(rng, size, float(rng.uniform(2, 60)), START + int(day) * DAY),
                int(rng.choice([1, 5])),
            )
        )
    day = START + int(rng.integers(60, 150)) * DAY
    parts += [(arrivals(rng, 1, 160), 0), (flood(rng, 30, 5, day), 0), (flood(rng, 9, 9, day), 1)]
    h = history(parts)
    silent = np.concatenate([arrivals(rng, 4, 160), flood(rng, 60, 12, day - 30 * DAY)])
    return replace(
        h,
        source=rng.integers(0, 2, len(h.at)).astype(np.int16),
        sources=("one", "two"),
        is_post=h.stars == 0,
        ratings=np.sort(-(-silent // HOUR) * HOUR),
    )


def with_pauses(h: History, seed: int) -> History:
    """The same where the second source begins late, and for a time next to nothing comes."""
    rng = np.random.default_rng(seed)
    begins, silent = START + rng.integers(30, 150, 2) * DAY
    here = (h.at < silent) | (h.at > silent + 80 * DAY) | (rng.random(len(h.at)) < 0.02)
    return replace(
        h,
        at=h.at[here],
        stars=h.stars[here],
        source=np.where(h.at < begins, 0, h.source)[here].astype(np.int16),
        is_post=h.is_post[here],
    )


@settings(max_examples=examples(4, 60), deadline=None)
@given(
    seed=st.integers(0, 10_000),
    stops=st.lists(st.integers(1, 158 * 24), max_size=8),
    pauses=st.booleans(),
)
def test_any_way_of_stopping_gives_the_same(seed: int, stops: list[int], pauses: bool) -> None:
    h = with_pauses(eventful(seed), seed) if pauses else eventful(seed)
    checkpoint: bytes | None = None
    for hours in sorted(stops):
        now = START + hours * HOUR + 1234
        _, checkpoint = advance(checkpoint, since(h, needed_from(checkpoint), now), now=now)
    now = START + 165 * DAY
    found = advance(checkpoint, since(h, needed_from(checkpoint), now), now=now)
    assert found == advance(None, h, now=now)


def test_day_by_day_is_the_same_as_many_days_at_a_time(monkeypatch) -> None:
    h = eventful(5)
    now = START + 165 * DAY
    fast = detect(h, now=now)
    monkeypatch.setattr(sys.modules["analysis.swings.advance"], "LONGEST_STRETCH", 1)
    assert fast
    assert detect(h, now=now) == fast


def test_checkpoint_is_small_and_survives_the_round_trip() -> None:
    h = eventful(6)
    _, checkpoint = advance(None, h, now=START + 150 * DAY)
    assert checkpoint is not None
    assert len(checkpoint) < 100_000
    known = state.from_bytes(checkpoint)
    assert known is not None
    assert state.to_bytes(known) == checkpoint
    other = checkpoint.replace(b'"format":%d' % state.FORMAT, b'"format":0')
    assert state.from_bytes(other) is None


def test_a_checkpoint_from_later_is_refused() -> None:
    h = eventful(7)
    _, checkpoint = advance(None, h, now=START + 150 * DAY)
    with pytest.raises(ValueError, match="later day"):
        advance(checkpoint, h, now=START + 140 * DAY)
