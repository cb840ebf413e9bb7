"""Storefronts and languages with starts, caps and gaps of their own raise no incident."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import series
from analysis.source_parts import LONG_HOLE, apart
from analysis.swings import History, detect
from analysis.swings.history import DAY, HOUR
from collector.store import Store
from collector.store.polls.part_spans import SeenPart
from collector.times import from_us
from tests.analysis.swings.builders import START, flood
from tests.analysis.swings.worlds import NOW, SHOWN, Source, quiet
from tests.analysis.test_coverage import report
from tests.collector.store.items import item

HOLES = st.lists(st.tuples(st.integers(20, 340), st.integers(2, 40)), max_size=2)
PARTS = st.lists(
    st.tuples(st.floats(0.5, 15), st.sampled_from(["whole", "capped", "added"]), HOLES),
    min_size=2,
    max_size=6,
)


def seen(place: tuple[float, str, list[tuple[int, int]]], rng: np.random.Generator) -> "Told":
    """A part's reviews as far as they were seen, and what its polls tell."""
    rate, kind, holes = place
    source = quiet(rng, rate, float(rng.uniform(0.15, 0.4)))
    begin = START
    if kind == "capped" and len(source.at) > SHOWN:
        begin = int(source.at[-SHOWN])
    if kind == "added":
        begin = START + int(rng.integers(60, 300)) * DAY
    source = source.since(begin)
    spans = [(begin, begin, NOW)]
    for day, length in sorted(holes):
        start, end = START + day * DAY, START + (day + length) * DAY
        if start > spans[-1][1] and end < NOW:
            spans[-1:] = [(begin, spans[-1][1], start), (end, end, NOW)]
            source = source.without(start, end, told=True)
    part = SeenPart(place="country", code=kind, cut=begin > START, spans=tuple(spans))
    return source, part


Told = tuple[Source, SeenPart]


def history(told: list[Told]) -> History:
    """What the detector reads of one shop with these parts."""
    parts = [
        SeenPart(place="country", code=f"c{n}", cut=part.cut, spans=part.spans)
        for n, (_, part) in enumerate(told)
    ]
    own = {one.split.code: one for one in apart({"app_store": parts}).get("app_store", [])}
    names = ("app_store", *(one.split.name for one in own.values()))
    place = {code: names.index(one.split.name) for code, one in own.items()}
    missed = series.Missed(
        gaps=np.empty((0, 2), np.int64),
        truncated=np.empty((0, 2), np.int64),
        polled={"app_store": START},
        apart={"app_store": list(own.values())},
    )
    at = np.concatenate([source.at for source, _ in told])
    order = np.argsort(at, kind="stable")
    codes = [np.full(len(s.at), place.get(f"c{n}", 0), np.int16) for n, (s, _) in enumerate(told)]
    return History(
        at=at[order],
        stars=np.concatenate([source.stars for source, _ in told])[order],
        source=np.concatenate(codes)[order],
        is_post=np.zeros(len(at), dtype=bool),
        sources=names,
        gaps=missed.gaps,
        truncated=missed.truncated,
        unseen=missed.unseen_by_part(),
        polled=missed.polled_by_part(),
    )


@settings(max_examples=15, derandomize=True)
@given(places=PARTS, seed=st.integers(0, 1_000))
def test_any_set_of_quiet_parts_keeps_to_the_budget(
    places: list[tuple[float, str, list[tuple[int, int]]]], seed: int
) -> None:
    """A year at 0.2 false alarms: three in one year come once in a thousand years."""
    rng = np.random.default_rng([seed, 3])
    told = [seen(place, rng) for place in places]
    found = detect(history(told), now=NOW)
    assert len(found) <= 2
    begins = [a for _, part in told for _, a, _ in part.spans if a > START]
    onsets = [s.onset_at.timestamp() * 1e6 for s in found]
    assert not [o for o in onsets if any(0 <= o - begin < 3 * DAY for begin in begins)]


def test_forty_quiet_worlds_keep_to_the_budget_and_floods_are_found() -> None:
    alarms, hits = 0, 0
    kinds = ("whole", "capped", "added")
    for seed in range(40):
        rng = np.random.default_rng([seed, 11])
        places = [
            (
                float(rng.uniform(0.5, 12)),
                kinds[int(rng.integers(3))],
                [(int(rng.integers(40, 300)), 30)],
            )
            for _ in range(int(rng.integers(2, 5)))
        ]
        told = [seen(place, rng) for place in places]
        alarms += len(detect(history(told), now=NOW))
        if seed % 8 == 0:
            at = NOW - 12 * DAY + 5 * HOUR
            flooded = told[0][0].with_flood(rng, 80, 8, at)
            found = detect(history([(flooded, told[0][1]), *told[1:]]), now=NOW)
            hits += any(0 <= s.alarmed_at.timestamp() * 1e6 - at < DAY for s in found)
    expected = 40 * 0.2
    assert alarms <= expected + 2 * np.sqrt(expected)
    assert hits == 5


def test_a_part_that_fails_today_moves_no_alarm_of_last_year() -> None:
    """Three languages of one shop; one of them is not read for two days in the last week."""
    rng = np.random.default_rng(5)
    whole = (START, START, NOW)
    sources = [quiet(rng, rate, 0.3) for rate in (6.0, 4.0, 3.0)]
    sources[0] = sources[0].with_flood(rng, 9, 8, START + 200 * DAY)
    sources[1] = sources[1].with_flood(rng, 60, 8, START + 240 * DAY)
    parts = [SeenPart(place="country", code="x", cut=False, spans=(whole,)) for _ in sources]
    before = detect(history(list(zip(sources, parts, strict=True))), now=NOW)
    start, end = NOW - 5 * DAY, NOW - 3 * DAY
    spans = (START, START, start), (end, end, NOW)
    failed = replace(parts[2], spans=spans)
    sources[2] = sources[2].without(start, end, told=True)
    after = detect(history(list(zip(sources, [*parts[:2], failed], strict=True))), now=NOW)
    year = from_us(NOW - 60 * DAY)
    told = [
        [(s.alarmed_at, s.recurrence_days) for s in f if s.alarmed_at < year]
        for f in (before, after)
    ]
    assert len(told[0]) >= 1
    assert told[0] == told[1]


def test_holes_of_a_day_set_a_part_apart() -> None:
    def part(code: str, *spans: tuple[int, int, int], cut: bool = False) -> SeenPart:
        return SeenPart(place="lang", code=code, cut=cut, spans=spans)

    day = LONG_HOLE
    whole = part("en", (0, 0, 9 * day))
    assert apart({"google_play": [part("en", (0, 0, day), cut=True)]}) == {}
    found = apart(
        {
            "google_play": [
                whole,
                part("es", (0, 0, day), (0, 3 * day, 9 * day)),
                part("de", (0, 5, day)),
            ]
        }
    )["google_play"]
    assert [(p.split.name, p.since, p.unseen.tolist()) for p in found] == [
        ("google_play/es", None, [[day, 3 * day]]),
        ("google_play/de", None, [[day, 9 * day]]),
    ]


def test_the_store_tells_the_parts_apart(any_store: Store) -> None:
    any_store.apps.ensure("tips")
    rows = [
        item(f"{code}{n}", source="app_store", country=code, created_at=from_us(START + n * HOUR))
        for code in ("us", "at")
        for n in range(5)
    ]
    any_store.items.write(rows, how="poll")
    start, end = from_us(START), from_us(START + DAY)
    for code, cut in (("us", True), ("at", False)):
        any_store.part_spans.note(
            "tips", "app_store", f"reviews:{code}", place="country", code=code, known=end,
            seen=(start, end), cut=cut,
        )  # fmt: skip
    any_store.runs.write(report("app_store", start, end))
    found = series.history(any_store, "tips")
    assert sorted(found.sources) == ["app_store", "app_store/us"]
    assert np.bincount(found.source).tolist() == [5, 5]
    assert found.polled["app_store/us"] == START
    early = series.coverage(any_store, "tips", as_of=end - timedelta(hours=1))
    assert early.apart == {}


@pytest.mark.parametrize("days", [30, 60])
def test_silence_that_was_watched_is_history(days: int) -> None:
    """Polled for weeks without a review, then a hundred one-stars in five hours."""
    rng = np.random.default_rng(1)
    begin = NOW - days * DAY
    at = flood(rng, 100, 5, NOW - 6 * HOUR)
    none = np.empty((0, 2), np.int64)
    burst = History(
        at, np.ones(100, np.int8), np.zeros(100, np.int16), np.zeros(100, bool), ("google_play",),
        none, none, polled={"google_play": begin},
    )  # fmt: skip
    (swing,) = detect(burst, now=NOW)
    assert swing.direction == "negative"
    assert abs(swing.onset_at.timestamp() * 1e6 - at[0]) < HOUR
