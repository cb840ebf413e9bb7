"""Looking again and again gives what a checkpoint and what a rebuild give."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from analysis.records import Swing
from analysis.swings import History, Live, advance, detect, detectors, needed_from
from analysis.swings.history import DAY, HOUR, joined
from tests.analysis.swings.builders import START, arrivals, flood, history
from tests.analysis.swings.test_resume import eventful
from tests.examples import examples

LOOKS = 70


def taken(h: History, chosen: NDArray[np.bool_], since: int, until: int) -> History:
    """The chosen items, and the ratings that were shown from `since` to `until`."""
    return replace(
        h,
        at=h.at[chosen],
        stars=h.stars[chosen],
        source=h.source[chosen],
        is_post=h.is_post[chosen],
        ratings=h.ratings[(h.ratings > since) & (h.ratings <= until)],
    )


def troubled(seed: int, rng: np.random.Generator) -> History:
    """An eventful history with a second source that begins late, days without times, and gaps."""
    h = eventful(seed)
    second = START + int(rng.integers(30, 150)) * DAY
    dated = rng.random(len(h.at)) < (0.2 if rng.random() < 0.5 else 0)
    at = np.where(dated, h.at // DAY * DAY, h.at)
    order = np.argsort(at, kind="stable")
    begin = START + rng.integers(20, 150, 3) * DAY + rng.integers(0, DAY, 3)
    gaps = np.stack([begin, begin + rng.integers(HOUR, 3 * DAY, 3)], axis=1)
    return replace(
        h,
        at=at[order],
        stars=h.stars[order],
        source=np.where(at < second, 0, h.source)[order].astype(np.int16),
        is_post=h.is_post[order],
        gaps=gaps if rng.random() < 0.5 else h.gaps,
        truncated=gaps[:1] if rng.random() < 0.5 else h.truncated,
    )


def moments(rng: np.random.Generator) -> NDArray[np.int64]:
    """Looks from minutes to days apart."""
    steps = rng.choice([HOUR // 6, HOUR, 7 * HOUR, 40 * HOUR], LOOKS, p=[0.4, 0.4, 0.17, 0.03])
    steps = steps * rng.uniform(0.5, 1.5, LOOKS)
    first = START + int(rng.integers(3, 130)) * DAY
    return first + np.cumsum(steps).astype(np.int64)


class Watched:
    """A live view that begins again from an older state where something came too late for it."""

    def __init__(self) -> None:
        self.live: Live | None = None
        self.states: list[tuple[int, bytes]] = []
        self.begun = 0

    def look(self, known: History, new: History, now: int) -> list[Swing]:
        """known: everything by now, new: what was not there at the last look."""
        try:
            found = self.live.look(new, now=now) if self.live else self.begin(known, now)
        except ValueError:
            earliest = min([*new.at[:1].tolist(), *new.ratings[:1].tolist()])
            self.states = [pair for pair in self.states if pair[0] <= earliest // DAY]
            found = self.begin(known, now)
        assert self.live is not None
        blob = self.live.checkpoint
        if blob is not None and (not self.states or self.states[-1][0] < now // DAY):
            self.states.append((now // DAY, blob))
        return found

    def begin(self, known: History, now: int) -> list[Swing]:
        self.begun += 1
        blob = self.states[-1][1] if self.states else None
        self.live = Live(blob, known.between(needed_from(blob), now + 1), now=now)
        return self.live.found


@settings(max_examples=examples(4, 60), deadline=None)
@given(seed=st.integers(0, 100_000), late=st.sampled_from([0.0, 0.1]))
def test_every_look_is_what_a_checkpoint_and_a_rebuild_give(seed: int, late: float) -> None:
    rng = np.random.default_rng(seed)
    h = troubled(seed, rng)
    lag = np.where(rng.random(len(h.at)) < late, rng.exponential(4 * HOUR, len(h.at)), 0)
    shown = h.at + lag.astype(np.int64)
    watched, before = Watched(), -(2**62)
    later_gap = np.array([[START + 20 * DAY, START + 20 * DAY + 5 * HOUR]])
    looks = moments(rng)
    for number, now in enumerate(looks.tolist()):
        if number == LOOKS // 2 and rng.random() < 0.3:  # only now it is known what was not seen
            h = replace(h, gaps=np.concatenate([h.gaps, later_gap]))
            watched = Watched()
        elif number == LOOKS // 3 and rng.random() < 0.3:
            open_end = np.array([[now - 30 * 60_000_000, now + 2 * HOUR]])
            h = replace(h, gaps=np.concatenate([h.gaps, open_end]))
        known = taken(h, shown <= now, -(2**62), now)
        found = watched.look(known, taken(h, (shown > before) & (shown <= now), before, now), now)
        before = now
        blob = watched.live.checkpoint if watched.live else None
        again, kept = advance(blob, known.between(needed_from(blob), now + 1), now=now)
        assert found == again
        assert kept == blob
        if number % 30 == 29:
            assert found == detect(known, now=now)


def test_looks_within_a_day_fit_nothing_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    fitted = []
    fit = detectors.fit
    monkeypatch.setattr(detectors, "fit", lambda s, name: fitted.append(name) or fit(s, name))
    rng = np.random.default_rng(1)
    h = history([(arrivals(rng, 40, 91), 1), (arrivals(rng, 40, 91), 5)])
    now = START + 90 * DAY
    live = Live(None, h, now=now)
    for hour in range(1, 24):
        fitted.clear() if hour == 2 else None
        since, now = now, START + 90 * DAY + hour * HOUR
        live.look(h.between(since + 1, now + 1), now=now)
    assert fitted == []
    live.look(h.between(now + 1, START + 91 * DAY), now=START + 91 * DAY - 1)
    assert fitted == []
    assert live.found == detect(h, now=START + 91 * DAY - 1)


def test_a_flood_is_seen_as_it_comes() -> None:
    rng = np.random.default_rng(2)
    begin = START + 90 * DAY + 5 * HOUR
    h = history([(arrivals(rng, 2, 95), 1), (flood(rng, 80, 6, begin), 1)])
    live = Live(None, h, now=begin - HOUR)
    assert live.found == []
    alarmed = []
    for step in range(1, 40):
        now = begin - HOUR + step * HOUR // 4
        (*_, swing) = live.look(h.between(now - HOUR // 4 + 1, now + 1), now=now) or [None]
        if swing is not None:
            alarmed.append(swing.alarmed_at)
            assert swing.items == sum(1 for t in h.at.tolist() if begin < t <= now)
    assert len(alarmed) > 20
    assert len(set(alarmed)) == 1


def test_what_it_cannot_take_is_refused() -> None:
    rng = np.random.default_rng(3)
    h = history([(arrivals(rng, 5, 70), 1)])
    now = START + 60 * DAY + 5 * HOUR
    live = Live(None, h, now=now)
    with pytest.raises(ValueError, match="later moment"):
        live.look(h.between(now, now), now=now - 1)
    with pytest.raises(ValueError, match="before the day"):
        live.look(h.between(START + 59 * DAY, START + 60 * DAY), now=now + HOUR)
    assert live.found == detect(h, now=now)
    assert live.look(h.between(now + 1, now + 2), now=now + 1) == detect(h, now=now + 1)


def test_too_few_reviews_say_nothing_until_there_are_enough() -> None:
    rng = np.random.default_rng(4)
    h = history([(arrivals(rng, 0.2, 200), 1)])
    now = START + DAY
    live = Live(None, h, now=now)
    assert live.checkpoint is None
    for _ in range(190):
        since, now = now, now + DAY
        live.look(h.between(since + 1, now + 1), now=now)
    assert live.checkpoint is not None
    assert (live.found, live.checkpoint) == advance(None, h, now=now)


def test_joined_histories_keep_names_of_sources_and_order() -> None:
    rng = np.random.default_rng(5)
    one = history([(arrivals(rng, 3, 5), 1)])
    two = replace(history([(arrivals(rng, 3, 5), 5)]), sources=("other",))
    both = joined([one, two])
    assert both.sources == ("store", "other")
    assert (np.diff(both.at) >= 0).all()
    assert ((both.stars == 5) == (both.source == 1)).all()
    assert len(both.at) == len(one.at) + len(two.at)
