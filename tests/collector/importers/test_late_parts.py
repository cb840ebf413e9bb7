"""A dump of the newest reviews of each storefront begins on another day in each: no incident."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from analysis import series
from analysis.swings import detect
from analysis.swings.history import DAY, HOUR
from collector.importers import file_gaps
from collector.importers.late_parts import Reviews, late, noted
from collector.importers.load import ImportOptions, import_file
from collector.store import Store
from collector.store.reading.item_reads import ItemReads
from collector.store.writing.import_undo import undo_import
from collector.times import from_us
from tests.analysis.swings.builders import START, flood
from tests.analysis.swings.worlds import NOW, Source, quiet


def both(busy: float, shown: int | None = 500) -> dict[str, Source]:
    """A busy storefront that shows its newest reviews, and a small one that shows all."""
    rng = np.random.default_rng(7)
    own = {"us": quiet(rng, busy, 0.3), "at": quiet(rng, 1.2, 0.3)}
    if shown is not None:
        own["us"] = own["us"].since(int(own["us"].at[-shown]))
    return own


def dump(folder: Path, own: dict[str, Source], place: str, source: str = "app_store") -> Path:
    rows = [
        (int(at), f"{code}{n},{source},{code},{int(stars)},{from_us(int(at)).isoformat()},ok {n}")
        for code, one in own.items()
        for n, (at, stars) in enumerate(zip(one.at[::-1], one.stars[::-1], strict=True))
    ]
    path = folder / f"{source}-{len(rows)}.csv"
    head = f"review_id,source,{place},rating,created_at,text"
    path.write_text("\n".join([head, *(line for _, line in sorted(rows))]))
    return path


def load(store: Store, path: Path, days: int = 0) -> None:
    now = from_us(NOW) + timedelta(days=days)
    import_file(store, path, ImportOptions(app="tips"), now=now)


@pytest.mark.parametrize(
    ("busy", "place"),
    [(18, "country"), (6, "lang"), (100, "lang"), (220, "country"), (400, "lang")],
)
def test_parts_of_a_dump(any_store: Store, tmp_path: Path, busy: float, place: str) -> None:
    """From three months down to a day before the end."""
    busiest, small = both(busy).values()
    large, other = {"country": ("us", "at"), "lang": ("en", "de")}[place]
    load(any_store, dump(tmp_path, {large: busiest, other: small}, place))
    ((split, begin),) = noted(any_store, "tips")["app_store"]
    assert (split.place, split.code, begin) == (place, large, int(busiest.at[0]))
    assert detect(series.history(any_store, "tips"), now=NOW) == []


def test_a_part_whose_past_comes_later_begins_late_no_more(
    any_store: Store, tmp_path: Path
) -> None:
    load(any_store, dump(tmp_path, both(6), "country"))
    load(any_store, dump(tmp_path, both(9), "country", "google_play"), days=1)
    assert set(noted(any_store, "tips")) == {"app_store", "google_play"}
    load(any_store, dump(tmp_path, both(6, None), "country"), days=2)
    assert set(noted(any_store, "tips")) == {"google_play"}
    undo_import(any_store.items, from_us(NOW) + timedelta(days=2))
    file_gaps.note(any_store, [("tips", "app_store")])
    assert set(noted(any_store, "tips")) == {"app_store", "google_play"}


def test_a_history_is_read_once_a_place(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for source in ("app_store", "google_play"):
        load(store, dump(tmp_path, both(6), "country", source))
    reads = 0
    whole = ItemReads.arrays

    def counted(*given: Any, **named: Any) -> Any:
        nonlocal reads
        reads += 1
        return whole(*given, **named)

    monkeypatch.setattr(ItemReads, "arrays", counted)
    few = {"us": both(6, 10)["us"]}
    few["us"] = Source(few["us"].at + HOUR, few["us"].stars, few["us"].unseen)
    path = dump(tmp_path, few, "country")
    path.write_text(path.read_text().replace("\nus", "\nnew"))
    load(store, path, days=1)
    assert reads == 2


def test_of_an_app_too_large_to_look_through_nothing_old_is_told(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(store, dump(tmp_path, both(6), "country"))
    monkeypatch.setattr(file_gaps, "MOST_LOOKED_THROUGH", 100)
    load(store, dump(tmp_path, both(6, None), "country"), days=1)
    assert noted(store, "tips") == {}


def reviews(at: NDArray[np.int64], stars: int = 1) -> Reviews:
    return Reviews(at, np.full(len(at), stars, np.int8))


@pytest.mark.parametrize("count", [60, 100, 500])
def test_a_flood_from_a_country_that_never_wrote_before_is_a_flood(count: int) -> None:
    rng = np.random.default_rng(1)
    old = reviews(np.sort(START + (rng.random(900) * 365 * DAY).astype(np.int64)), 4)
    for hours in (5, 60):
        begin = NOW - 20 * DAY
        new = np.sort(np.concatenate([flood(rng, count, hours, begin), [NOW - 3 * HOUR]]))
        assert late({"us": old, "br": reviews(new)}) == {}


@pytest.mark.parametrize("hours", [5, 30, 100])
@pytest.mark.parametrize("stars", [1, 5])
def test_a_flood_that_goes_on_is_a_flood(hours: int, stars: int) -> None:
    """A round number of reviews until the end; its stars tell."""
    rng = np.random.default_rng(1)
    usual = quiet(rng, 3, 0.3)
    new = np.sort(flood(rng, 300, hours, NOW - hours * HOUR))
    assert late({"us": Reviews(usual.at, usual.stars), "br": reviews(new, stars)}) == {}


def test_a_language_that_is_read_since_ten_days_begins_with_its_file() -> None:
    rng = np.random.default_rng(2)
    usual, new = quiet(rng, 3, 0.3), quiet(rng, 14, 0.35)
    begun = new.since(NOW - 10 * DAY)
    assert len(begun.at) % 50
    apart = {"en": Reviews(usual.at, usual.stars), "es": Reviews(begun.at, begun.stars)}
    assert late(apart) == {"es": int(begun.at[0])}


def test_a_small_country_that_writes_now_and_then_does_not_begin_late() -> None:
    old = reviews(np.arange(START, NOW, DAY // 3))
    small = reviews(np.arange(START + 100 * DAY, NOW, 20 * DAY))
    assert late({"us": old, "lu": small}) == {}
